"""Draws the cohort: learners by topics, the best score in each field, deadlines at the right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.features.mentoring import texts
from bot.features.onboarding import LearnerState
from bot.office_time import OFFICE_TIME, shown_day
from bot.picture_style import (
    AMBER,
    GREEN,
    INK,
    LINE,
    MUTED,
    RED,
    TILE,
    legible_lines,
    new_figure,
    png,
)
from bot.vietnamese_numbers import percentage
from knowledge.quiz.path import PASS_SHARE, StepState

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from bot.features.onboarding import Cohort, LearnerProgress
    from knowledge.quiz.path import PathStep

LEARNERS_A_PAGE = 12
MOST_TOPICS = 12
_WIDE_TOPICS = 8  # with more, a head has one line and figures are smaller
_WIDTH_INCHES, _ROW_INCHES = 7.2, 0.52
_HEAD_INCHES, _TOPICS_INCHES, _FOOT_INCHES = 0.95, 1.65, 0.55
_LEFT, _RIGHT = 0.05, 0.97
_NAME_SHARE, _DEADLINE_SHARE = 0.33, 0.1
_NAME_CHARACTERS = 25
_TOPIC_CHARACTERS = 24
_TRIED = "#f8d9a8"
_PASSED = ("#bfe5cf", "#8fd0ab", "#5cb888")
_STATE_COLOURS = {
    LearnerState.OVERDUE: RED,
    LearnerState.AT_RISK: AMBER,
    LearnerState.DONE: GREEN,
}


def draw_cohort(cohort: Cohort, page: int = 0) -> bytes:
    """Return a page of the cohort as PNG, 1080 pixels wide and as high as its rows need.

    A page holds LEARNERS_A_PAGE people, `page` counts from 0. Blocks: about a second; thread-safe.
    """
    first = page * LEARNERS_A_PAGE
    learners = cohort.learners[first : first + LEARNERS_A_PAGE]
    rows = max(len(learners), 1)
    height = _HEAD_INCHES + _TOPICS_INCHES + rows * _ROW_INCHES + _FOOT_INCHES
    with new_figure((_WIDTH_INCHES, height)) as figure:
        _header(figure, cohort, page)
        bottom = _FOOT_INCHES / height
        share = (rows * _ROW_INCHES) / height
        axes = figure.add_axes((_LEFT, bottom, _RIGHT - _LEFT, share))
        axes.set_axis_off()
        axes.set(xlim=(0, 1), ylim=(rows, 0))
        topics = cohort.topics[:MOST_TOPICS]
        _topics(axes, [title for _, title in topics])
        for row, learner in enumerate(learners):
            _learner(axes, row, learner, len(topics))
        if not learners:
            axes.text(0, 0.5, texts.NO_LEARNERS, va="center", fontsize=11, color=MUTED)
        _legend(figure, height)
        return png(figure)


def pages_of(cohort: Cohort) -> int:
    """Return how many pages there are, at least one."""
    return max(1, -(-len(cohort.learners) // LEARNERS_A_PAGE))


def _header(figure: Figure, cohort: Cohort, page: int) -> None:
    height = figure.get_figheight()

    def place(inches: float) -> float:
        return 1 - inches / height

    day = shown_day(cohort.at)
    subtitle = texts.SUBTITLE.format(office=texts.OFFICE, day=day)
    counts = texts.COUNTS.format(
        learners=len(cohort.learners),
        completed=cohort.completed,
        at_risk=cohort.at_risk,
        overdue=cohort.overdue,
    )
    pages = pages_of(cohort)
    figure.text(_LEFT, place(0.42), texts.TITLE, fontsize=21, fontweight="bold")
    if (more := len(cohort.topics) - MOST_TOPICS) > 0:
        subtitle += f"  ·  {texts.MORE_TOPICS.format(count=more)}"
    figure.text(_LEFT, place(0.68), subtitle, fontsize=10.5, color=MUTED)
    figure.text(_LEFT, place(0.95), counts, fontsize=10.5)
    if pages > 1:
        shown = texts.PAGE.format(page=page + 1, pages=pages)
        figure.text(_RIGHT, place(0.42), shown, fontsize=10.5, color=MUTED, ha="right")


def _columns(count: int) -> tuple[float, float]:
    """Return where the fields of topics begin and how wide each is."""
    room = 1 - _NAME_SHARE - _DEADLINE_SHARE
    return _NAME_SHARE, room / max(count, 4)


def _topics(axes: Axes, titles: Sequence[str]) -> None:
    begins, width = _columns(len(titles))
    for column, title in enumerate(titles):
        lines = legible_lines(
            f"{column + 1}. {title}", _TOPIC_CHARACTERS, 1 if len(titles) > _WIDE_TOPICS else 2
        )
        axes.text(begins + (column + 0.42) * width, -0.12, lines, rotation=55, ha="left",
                  va="bottom", rotation_mode="anchor", fontsize=8.8, linespacing=1.05)  # fmt: skip
    if not titles:
        axes.text(begins, -0.12, texts.NO_TOPICS, va="bottom", fontsize=9, color=MUTED)
    axes.text(1, -0.12, texts.COLUMN_DEADLINE, ha="right", va="bottom", fontsize=9.5, color=MUTED)


def _learner(axes: Axes, row: int, learner: LearnerProgress, topics: int) -> None:
    middle = row + 0.5
    axes.plot([0, 1], [row + 1, row + 1], color=LINE, linewidth=0.7)
    colour = _STATE_COLOURS.get(learner.state)
    if colour is not None:
        axes.barh(middle, 0.01, 0.76, 0, color=colour)
    name = legible_lines(learner.name, _NAME_CHARACTERS, 2) or str(learner.person_id)
    axes.text(0.022, middle, name, va="center", fontsize=9.6, linespacing=1.1)
    begins, width = _columns(topics)
    for column, step in enumerate(learner.steps[:topics]):
        _field(axes, (begins + column * width, row, width), step, learner)
    _deadline(axes, middle, learner)


def _field(
    axes: Axes, place: tuple[float, float, float], step: PathStep, learner: LearnerProgress
) -> None:
    """Fill the field of one learner and one topic: the score, and how often it was failed."""
    left, row, width = place
    axes.barh(row + 0.5, width * 0.92, 0.84, left + width * 0.04, color=_shade(step))
    if step.best is None:
        if step.state is StepState.OPEN:
            axes.plot(left + width / 2, row + 0.5, "o", color=MUTED, markersize=3.5)
        return
    failed = learner.failures.get(step.topic.topic_id, 0)
    shown = step.state is not StepState.PASSED and failed > 1
    middle = row + (0.38 if shown else 0.5)
    axes.text(left + width / 2, middle, f"{step.best * 100:.0f}", ha="center", va="center",
              fontsize=min(10, 165 * width), fontweight="bold")  # fmt: skip
    if shown:
        axes.text(left + width / 2, row + 0.72, texts.FAILED_TIMES.format(count=failed),
                  ha="center", va="center", fontsize=8, color=RED)  # fmt: skip


def _shade(step: PathStep) -> str:
    if step.best is None:
        return TILE
    if step.state is not StepState.PASSED:
        return _TRIED
    return _PASSED[min(int((step.best - PASS_SHARE + 1e-6) / (1 - PASS_SHARE) * 2), 2)]


def _deadline(axes: Axes, middle: float, learner: LearnerProgress) -> None:
    if learner.completed_at is not None:
        shown, colour = texts.COMPLETED, GREEN
    elif learner.deadline is None:
        shown, colour = texts.NO_DEADLINE, MUTED
    else:
        shown = f"{learner.deadline.astimezone(OFFICE_TIME):%d/%m}"
        colour = RED if learner.overdue else INK
    weight = "bold" if learner.overdue else "normal"
    axes.text(1, middle, shown, ha="right", va="center", fontsize=9.6, color=colour,
              fontweight=weight)  # fmt: skip


def _legend(figure: Figure, height: float) -> None:
    axes = figure.add_axes((_LEFT, 0.12 / height, _RIGHT - _LEFT, 0.26 / height))
    axes.set_axis_off()
    axes.set(xlim=(0, 1), ylim=(0, 1))
    entries = (
        (_PASSED[1], texts.LEGEND_PASSED.format(mark=percentage(PASS_SHARE))),
        (_TRIED, texts.LEGEND_TRIED),
        (TILE, texts.LEGEND_NONE),
        (RED, texts.LEGEND_OVERDUE),
        (AMBER, texts.LEGEND_AT_RISK),
        (GREEN, texts.LEGEND_DONE),
    )
    left = 0.0
    for colour, name in entries:
        axes.barh(0.5, 0.022, 0.62, left, color=colour)
        axes.text(left + 0.03, 0.5, name, va="center", fontsize=9)
        left += 0.055 + 0.0118 * len(name)
