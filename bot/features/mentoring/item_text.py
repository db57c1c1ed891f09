"""Item analysis as messages in HTML."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.features.mentoring import item_texts as texts
from bot.telegram.formatting import escape_line
from bot.vietnamese_numbers import percentage
from knowledge.quiz.item_analysis import MINIMUM_DISCRIMINATION_SAMPLE, MINIMUM_SAMPLE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.features.mentoring.items import ItemReport
    from bot.telegram.paging import Page

_LINE_UNITS = 120


def items_text(reports: Sequence[ItemReport], page: Page) -> str:
    """Return a page of the list; `reports` are all of them."""
    if not reports:
        return texts.NONE
    head = texts.TITLE.format(
        questions=len(reports),
        weak=sum(bool(r.weaknesses) and not r.retired for r in reports),
        page=page.number + 1,
        pages=page.pages,
    )
    shown = reports[page.offset : page.offset + page.size]
    lines = [
        texts.LINE.format(
            number=number,
            mark=_mark(report),
            question=escape_line(report.question.text, _LINE_UNITS),
            figures=_figures(report),
        )
        for number, report in enumerate(shown, page.offset + 1)
    ]
    return "\n".join([head, "", *lines, "", texts.HINT])


def item_text(report: ItemReport) -> str:
    """Return all that is known of one question."""
    return "\n".join(_details(report))


def index(value: float | None, sign: str = "") -> str:
    """Return an index as people read it: "62%", "-12"; a dash where it is undefined."""
    return texts.UNKNOWN if value is None else f"{value:.0f}{sign}"


def _mark(report: ItemReport) -> str:
    if report.retired:
        return texts.MARK_RETIRED
    if report.weaknesses:
        return texts.MARK_WEAK
    enough = report.statistics.has_enough_for_discrimination
    return texts.MARK_GOOD if enough else texts.MARK_FEW


def _figures(report: ItemReport) -> str:
    found = report.statistics
    if not found.attempts:
        return texts.NO_FIGURES
    return texts.FIGURES.format(
        attempts=found.attempts,
        facility=index(found.facility, "%"),
        discrimination=index(found.discrimination),
    )


def _details(report: ItemReport) -> Iterator[str]:
    question, found = report.question, report.statistics
    yield texts.DETAIL.format(
        question=escape_line(question.text, 300),
        topic=escape_line(report.topic, _LINE_UNITS),
        question_id=escape_line(question.question_id, 40),
    )
    if report.retired:
        yield texts.RETIRED
    for weakness in report.weaknesses:
        yield texts.WEAKNESS.format(weakness=texts.WEAKNESSES[weakness])
    yield ""
    yield texts.FACILITY.format(
        facility=index(found.facility, "%"),
        deviation=index(found.standard_deviation, "%"),
        guess=index(found.guess, "%"),
    )
    yield texts.DISCRIMINATION.format(
        discrimination=index(found.discrimination), efficiency=index(found.efficiency)
    )
    yield ""
    yield texts.OPTIONS.format(attempts=found.attempts)
    for number, option in enumerate(question.options):
        count = found.option_counts[number]
        share = percentage(count / found.attempts) if found.attempts else texts.UNKNOWN
        never = found.attempts and number in found.never_chosen
        yield texts.OPTION.format(
            mark="✅" if number in question.correct else "▫️",
            share=share,
            option=escape_line(option, 100),
            never=texts.NEVER if never else "",
        )
    yield from _warnings(report)


def _warnings(report: ItemReport) -> Iterator[str]:
    found = report.statistics
    if not found.has_enough_for_facility:
        yield texts.FEW_FACILITY.format(attempts=found.attempts, least=MINIMUM_SAMPLE)
    if not found.has_enough_for_discrimination:
        yield texts.FEW_DISCRIMINATION.format(
            attempts=found.compared, least=MINIMUM_DISCRIMINATION_SAMPLE
        )
    if found.never_chosen and not found.has_enough_for_distractors:
        yield texts.FEW_DISTRACTORS.format(
            attempts=found.attempts, least=MINIMUM_DISCRIMINATION_SAMPLE
        )
