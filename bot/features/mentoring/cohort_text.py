"""The cohort and its people as captions in HTML, each within a caption's length."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.features.mentoring import texts
from bot.features.onboarding import Concern
from bot.office_time import shown_day
from bot.telegram.formatting import escape_line
from bot.vietnamese_numbers import percentage

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.features.onboarding import Cohort, LearnerProgress

_NAME_UNITS = 40  # twelve lines fit in a caption
_LONG_NAME_UNITS = 160
_TITLE_UNITS = 80


def page_caption(cohort: Cohort, learners: Sequence[LearnerProgress], first: int) -> str:
    """Return the counts and a line for each of `learners`, numbered from `first` + 1."""
    if not cohort.learners:
        return texts.NO_LEARNERS
    head = texts.CAPTION.format(
        learners=len(cohort.learners),
        completed=cohort.completed,
        at_risk=cohort.at_risk,
        overdue=cohort.overdue,
    )
    lines = [_line(number, learner) for number, learner in enumerate(learners, first + 1)]
    return "\n".join([head, "", *lines, "", texts.HINT])


def _line(number: int, learner: LearnerProgress) -> str:
    return texts.LINE.format(
        mark=texts.MARKS[learner.state],
        number=number,
        name=escape_line(learner.name, _NAME_UNITS),
        passed=learner.passed,
        topics=len(learner.steps),
        score="" if learner.score is None else f" · {percentage(learner.score)}",
    )


def learner_caption(learner: LearnerProgress) -> str:
    """Return what a mentor should know of one learner."""
    return "\n".join(_details(learner))


def _details(learner: LearnerProgress) -> Iterator[str]:
    department = learner.department
    yield texts.DETAIL.format(
        name=escape_line(learner.name, _LONG_NAME_UNITS),
        department="" if department is None else f" · {escape_line(department, _TITLE_UNITS)}",
        mark=texts.MARKS[learner.state],
        state=texts.STATES[learner.state],
    )
    for concern in learner.concerns:
        mark = "⏰" if concern is Concern.OVERDUE else "⚠️"
        yield texts.DETAIL_CONCERN.format(mark=mark, concern=texts.CONCERNS[concern])
    yield texts.DETAIL_PATH.format(
        passed=learner.passed,
        topics=len(learner.steps),
        score="" if learner.score is None else f" · {percentage(learner.score)}",
    )
    if learner.completed_at is None and (step := learner.current) is not None:
        failed = learner.failures.get(step.topic.topic_id, 0)
        yield texts.DETAIL_NEXT.format(
            topic=escape_line(step.topic.title, _TITLE_UNITS),
            best="" if step.best is None else texts.DETAIL_BEST.format(best=percentage(step.best)),
            failures=texts.DETAIL_FAILURES.format(count=failed) if failed else "",
        )
    if learner.enrolled_at is not None:
        yield texts.DETAIL_ENROLLED.format(day=shown_day(learner.enrolled_at))
    if learner.completed_at is not None:
        yield texts.DETAIL_COMPLETED.format(day=shown_day(learner.completed_at))
    elif learner.deadline is not None:
        yield texts.DETAIL_DEADLINE.format(day=shown_day(learner.deadline))
    else:
        yield texts.DETAIL_NO_DEADLINE
    if learner.last_active is None:
        yield texts.DETAIL_NEVER
    else:
        yield texts.DETAIL_ACTIVE.format(
            day=shown_day(learner.last_active), streak=learner.streak, due=learner.due
        )
