"""The cohort as a spreadsheet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.features.mentoring import texts
from bot.office_time import office_clock
from knowledge.documents.workbook import Cell, workbook

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from bot.features.onboarding import Cohort, LearnerProgress

_WIDTHS = (28, 20, 12, 30, 11, 11, 14, 18, 18, 18, 18, 11, 9, 11, 12)
_TOPIC_WIDTH = 16


def cohort_xlsx(cohort: Cohort) -> bytes:
    """Return a row for each learner; scores, shares and memory are per cent. Blocks."""
    titles = [title for _, title in cohort.topics]
    columns = (
        *texts.COLUMNS,
        *(texts.SCORE_COLUMN.format(topic=title) for title in titles),
        *(texts.MEMORY_COLUMN.format(topic=title) for title in titles),
    )
    widths = (*_WIDTHS, *[_TOPIC_WIDTH] * (2 * len(titles)))
    rows = (tuple(_row(learner)) for learner in cohort.learners)
    return workbook(texts.SHEET, columns, rows, widths)


def _row(learner: LearnerProgress) -> Iterator[Cell]:
    yield learner.name
    yield learner.department
    yield texts.STATES[learner.state]
    yield "; ".join(texts.CONCERNS[concern] for concern in learner.concerns)
    yield learner.passed
    yield len(learner.steps)
    yield _per_cent(learner.score)
    for moment in (
        learner.enrolled_at, learner.deadline, learner.completed_at, learner.last_active,
    ):  # fmt: skip
        yield _clock(moment)
    yield learner.streak
    yield learner.due
    yield learner.answered
    yield learner.right
    for step in learner.steps:
        yield _per_cent(step.best)
    for step in learner.steps:
        yield _per_cent(learner.memory.get(step.topic.topic_id))


def _per_cent(share: float | None) -> float | None:
    return None if share is None else round(share * 100, 1)


def _clock(moment: dt.datetime | None) -> dt.datetime | None:
    return None if moment is None else office_clock(moment)
