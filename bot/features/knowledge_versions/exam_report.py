"""The report of a reload with its exam, as blocks of a Telegram message and as plain lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.article_name import article_name
from bot.features.knowledge_versions import texts
from bot.telegram.formatting import HtmlBlock, clip, escape
from bot.vietnamese_numbers import decimal
from knowledge import Change

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from knowledge import ExamReport, GoldenResult, ReloadOutcome

_NAMES = 15
_RESULTS = 10
_REASON_UNITS = 200
_QUESTION_UNITS = 200
_ANSWER_UNITS = 300

Lines = list[str]


def report_blocks(outcome: ReloadOutcome) -> list[HtmlBlock]:
    """Return the report of a reload: its headline in HTML, then a block for each section."""
    report = outcome.report
    if outcome.promoted:
        headline = texts.PROMOTED.format(version=report.version, seconds=decimal(report.seconds))
    elif outcome.waiting is not None:
        headline = texts.WAITING.format(version=outcome.waiting)
    else:
        headline = texts.NOTHING_CHANGED.format(version=report.version)
    sections = [
        HtmlBlock.of("\n".join([f"<b>{escape(title)}</b>", *map(escape, lines)]))
        for title, lines in report_sections(outcome)
    ]
    return [HtmlBlock.of(headline), *sections]


def report_sections(outcome: ReloadOutcome) -> list[tuple[str, Lines]]:
    """Return the sections of the report, each a title and its lines, in plain text."""
    report, exam = outcome.report, outcome.exam
    sections: list[tuple[str, Lines]] = []
    if exam is not None and outcome.waiting is not None:
        sections.append((texts.REASONS, [f"• {reason}" for reason in reasons(exam)]))
    counts = texts.COUNTS.format(
        added=len(report.added),
        changed=len(report.changed),
        removed=len(report.removed),
        unchanged=len(report.unchanged),
        failed=len(report.failed),
    )
    sections.append((counts, []))
    for title, names in (
        (texts.ADDED, report.added),
        (texts.CHANGED, report.changed),
        (texts.REMOVED, report.removed),
    ):
        sections.extend(_listed(title, [article_name(report, name) for name in names], _NAMES))
    failed = [
        f"{article_name(report, bad.path)}: {clip(bad.reason, _REASON_UNITS)}"
        for bad in report.failed
    ]
    sections.extend(_listed(texts.FAILED, failed, _NAMES))
    if exam is not None:
        sections.extend(exam_sections(exam))
    elif outcome.promoted:
        sections.append((texts.NOT_EXAMINED, []))
    return sections


def exam_sections(exam: ExamReport) -> Iterable[tuple[str, Lines]]:
    """Yield what the golden questions showed: a title and its lines, in plain text."""
    if exam.results is None:
        yield texts.NO_GOLDEN, []
        return
    lost, gained = exam.having(Change.LOST), exam.having(Change.GAINED)
    changed = exam.having(Change.CHANGED)
    first = exam.compared_with is None
    counts = texts.EXAM_COUNTS.format(
        right=len(exam.results) - len(exam.wrong),
        total=len(exam.results),
        lost=len(lost),
        gained=0 if first else len(gained),
        changed=len(changed),
    )
    yield counts, []
    if first:
        yield from _results(texts.WRONG, exam.wrong)
        return
    yield from _results(texts.LOST, lost)
    yield from _results(texts.ANSWER_CHANGED, changed)
    yield from _results(texts.GAINED, gained)


def _results(title: str, results: Sequence[GoldenResult]) -> Iterable[tuple[str, Lines]]:
    """Yield a section a question, so that a long list may go on in the next message."""
    for number, result in enumerate(results[:_RESULTS]):
        lines = [] if result.before is None else [f"{texts.BEFORE}: {_shortened(result.before)}"]
        lines.append(f"{texts.AFTER}: {_shortened(result.after)}")
        count = f" ({len(results)})" if number == 0 and len(results) > 1 else ""
        yield f"{title}{count}: {clip(result.question, _QUESTION_UNITS)}", lines
    if len(results) > _RESULTS:
        yield texts.AND_MORE.format(count=len(results) - _RESULTS), []


def _listed(title: str, lines: Lines, most: int) -> Iterable[tuple[str, Lines]]:
    if not lines:
        return
    shown = [f"• {line}" for line in lines[:most]]
    if len(lines) > most:
        shown.append(texts.AND_MORE.format(count=len(lines) - most))
    yield f"{title} ({len(lines)})", shown


def reasons(exam: ExamReport) -> Lines:
    """Return why the exam did not pass, a reason a line."""
    found = []
    if exam.having(Change.LOST):
        found.append(texts.REASON_LOST.format(count=len(exam.having(Change.LOST))))
    if exam.newly_failed:
        failed = (article_name(exam.articles, name) for name in exam.newly_failed)
        names = clip(", ".join(failed), _REASON_UNITS)
        found.append(texts.REASON_FAILED.format(count=len(exam.newly_failed), names=names))
    if exam.too_many_removed:
        found.append(texts.REASON_REMOVED.format(count=len(exam.articles.removed)))
    if exam.live_changed:
        found.append(texts.REASON_LIVE_CHANGED)
    return found


def _shortened(answer: str) -> str:
    return clip(" ".join(answer.split()), _ANSWER_UNITS)
