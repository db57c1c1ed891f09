"""A reload's outcome for the terminal: plain lines, and values for JSON."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

from bot.features.knowledge_versions.exam_report import exam_sections, reasons
from bot.terminal.opening import report_lines
from knowledge import Change

if TYPE_CHECKING:
    from collections.abc import Sequence

    from knowledge import ExamReport, GoldenResult, ReloadOutcome


def outcome_lines(outcome: ReloadOutcome) -> list[str]:
    """Return the report of the articles, then of the exam, then what to do when held back."""
    lines = report_lines(outcome.report)
    if outcome.exam is not None:
        for title, details in exam_sections(outcome.exam):
            lines += [title, *(f"  {detail}" for detail in details)]
    if outcome.waiting is not None and outcome.exam is not None:
        lines.append(f"Chưa chuyển sang {outcome.waiting}:")
        lines += [f"  {reason}" for reason in reasons(outcome.exam)]
        lines.append(
            "Bản đang dùng giữ nguyên. Sửa bài viết rồi chạy lại; hoặc 'vanphong versions "
            f"--promote {outcome.waiting}' để dùng bản mới, '--discard {outcome.waiting}' để bỏ."
        )
    return lines


def outcome_values(outcome: ReloadOutcome) -> dict[str, Any]:
    """Return the outcome as plain values for JSON."""
    exam = None if outcome.exam is None else _exam_values(outcome.exam)
    return {
        **dataclasses.asdict(outcome.report),
        "exam": exam,
        "promoted": outcome.promoted,
        "waiting": outcome.waiting,
    }


def _exam_values(exam: ExamReport) -> dict[str, Any]:
    asked = exam.results is not None
    return {
        "passed": exam.passed,
        "compared_with": exam.compared_with,
        "questions": len(exam.results) if exam.results is not None else None,
        "wrong": [result.question for result in exam.wrong] if asked else None,
        **{
            change.value: _result_values(exam.having(change))
            for change in (Change.LOST, Change.CHANGED, Change.GAINED)
        },
        "newly_failed": exam.newly_failed,
        "too_many_removed": exam.too_many_removed,
        "live_changed": exam.live_changed,
        "seconds": round(exam.seconds, 3),
    }


def _result_values(results: Sequence[GoldenResult]) -> list[dict[str, str | None]]:
    return [
        {"question": result.question, "before": result.before, "after": result.after}
        for result in results
    ]
