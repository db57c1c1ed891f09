"""Draws one learner's progress: the path, what is remembered, and the days of learning."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.features.onboarding import texts
from bot.office_time import Period, shown_day
from bot.picture_style import (
    AMBER,
    GREEN,
    INK,
    MUTED,
    RED,
    TILE,
    legible,
    new_figure,
    png,
    tiles,
)
from bot.vietnamese_numbers import number, percentage
from knowledge.quiz.path import PASS_SHARE, StepState
from knowledge.quiz.schedule import DESIRED_RETENTION
from knowledge.quiz.streak import WORKING_DAYS

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from bot.features.onboarding.path_progress import LearnerProgress
    from knowledge.quiz.path import PathStep

WEEKS = 4
_LEFT, _WIDTH = 0.06, 0.88
_MOST_ROWS, _MOST_MEMORIES = 9, 8
_TOP, _BOTTOM = 0.768, 0.05
_ROW, _ROOM, _GAP = 0.041, 0.41, 0.03
"""Shares of the height: of a row at most, of all rows together, between two sections."""
_FADING = 0.7
_NAME_CHARACTERS = 60
_TOPIC_CHARACTERS = 44
_BAR_LEFT, _BAR_WIDTH = 0.56, 0.33
_NOTE_LEFT = _BAR_LEFT + _BAR_WIDTH + 0.015


def draw_progress(learner: LearnerProgress, now: dt.datetime) -> bytes:
    """Return the picture as PNG, 1080 × 1440 pixels. Blocks: about a second; thread-safe."""
    with new_figure() as figure:
        _header(figure, learner, now)
        _tiles(figure, learner)
        remembered = learner.remembered[:_MOST_MEMORIES]
        steps = _around_open(learner.steps)
        path_rows, memory_rows = max(len(steps), 1), max(len(remembered), 1)
        row = min(_ROW, _ROOM / (path_rows + memory_rows))
        mark = texts.LEGEND_MARK.format(mark=percentage(PASS_SHARE))
        top = _title(figure, texts.SECTION_PATH, _TOP, mark) - path_rows * row
        _path(figure.add_axes((_LEFT, top, _WIDTH, path_rows * row)), steps)
        top = _title(figure, texts.SECTION_MEMORY, top - _GAP, texts.MEMORY_NOTE)
        top -= memory_rows * row
        _memory(figure.add_axes((_LEFT, top, _WIDTH, memory_rows * row)), remembered)
        top = _title(figure, texts.SECTION_DAYS.format(weeks=WEEKS), top - _GAP)
        _days(figure.add_axes((0.09, _BOTTOM, 0.85, top - 0.015 - _BOTTOM)), learner, now)
        return png(figure)


def _header(figure: Figure, learner: LearnerProgress, now: dt.datetime) -> None:
    name = legible(learner.name, _NAME_CHARACTERS) or str(learner.person_id)
    day = shown_day(now)
    figure.text(_LEFT, 0.956, texts.TITLE, fontsize=21, fontweight="bold")
    figure.text(_LEFT, 0.929, texts.SUBTITLE.format(name=name, day=day), fontsize=11, color=MUTED)


def _tiles(figure: Figure, learner: LearnerProgress) -> None:
    right = learner.right / learner.answered if learner.answered else None
    mark = percentage(PASS_SHARE)
    noted = texts.TILE_RIGHT_NOTE.format(
        right=number(learner.right), answered=number(learner.answered)
    )
    shown = (
        (f"{learner.passed}/{len(learner.steps)}", texts.TILE_PASSED,
         texts.TILE_PASSED_NOTE.format(mark=mark), GREEN),
        (percentage(learner.score), texts.TILE_SCORE, texts.TILE_SCORE_NOTE, INK),
        (percentage(right), texts.TILE_RIGHT, noted, INK),
        (number(learner.streak), texts.TILE_STREAK, texts.TILE_STREAK_NOTE,
         AMBER if learner.streak else INK),
        (number(learner.due), texts.TILE_DUE, texts.TILE_DUE_NOTE,
         RED if learner.due else INK),
    )  # fmt: skip
    tiles(figure, shown)


def _path(axes: Axes, steps: Sequence[tuple[int, PathStep]]) -> None:
    """Draw each topic with the bar of its best score; a line stands at the mark to be reached."""
    _rows(axes, max(len(steps), 1))
    if not steps:
        axes.text(0, 0, texts.NO_STEPS, va="center", fontsize=10, color=MUTED)
        return
    for row, (place, step) in enumerate(steps):
        passed, locked = step.state is StepState.PASSED, step.state is StepState.LOCKED
        colour = GREEN if passed else AMBER
        name = f"{place}. {legible(step.topic.title, _TOPIC_CHARACTERS)}"
        axes.text(0, row, name, va="center", fontsize=9.8, color=MUTED if locked else INK)
        _bar(axes, row, step.best, colour)
        tried = step.best is not None
        note = percentage(step.best) if tried else texts.LOCKED if locked else texts.OPEN
        axes.text(_NOTE_LEFT, row, note, va="center", fontsize=9.5, color=INK if tried else MUTED,
                  fontweight="bold" if passed else "normal")  # fmt: skip
    mark = _BAR_LEFT + _BAR_WIDTH * PASS_SHARE
    axes.plot(
        [mark] * 2, [-0.45, len(steps) - 0.55], color=INK, linewidth=1.2, linestyle=(0, (3, 2))
    )


def _around_open(steps: Sequence[PathStep]) -> list[tuple[int, PathStep]]:
    """Return the steps that fit, with their places from 1: those around the open one."""
    opened = next((n for n, s in enumerate(steps) if s.state is StepState.OPEN), len(steps))
    first = max(0, min(opened - _MOST_ROWS // 2, len(steps) - _MOST_ROWS))
    return list(enumerate(steps, 1))[first : first + _MOST_ROWS]


def _memory(axes: Axes, remembered: Sequence[tuple[float, str]]) -> None:
    """Draw how much of each topic is still remembered."""
    _rows(axes, max(len(remembered), 1))
    if not remembered:
        axes.text(0, 0, texts.NO_MEMORY, va="center", fontsize=10, color=MUTED)
    for row, (share, title) in enumerate(remembered):
        colour = GREEN if share >= DESIRED_RETENTION else AMBER if share >= _FADING else RED
        axes.text(0, row, legible(title, _TOPIC_CHARACTERS), va="center", fontsize=9.8)
        _bar(axes, row, share, colour)
        axes.text(_NOTE_LEFT, row, percentage(share), va="center", fontsize=9.5)


def _rows(axes: Axes, count: int) -> None:
    axes.set_axis_off()
    axes.set(xlim=(0, 1), ylim=(count - 0.5, -0.5))


def _bar(axes: Axes, row: int, share: float | None, colour: str) -> None:
    axes.barh(row, _BAR_WIDTH, 0.52, _BAR_LEFT, color=TILE)
    if share is not None:
        axes.barh(row, _BAR_WIDTH * share, 0.52, _BAR_LEFT, color=colour)


def _days(axes: Axes, learner: LearnerProgress, now: dt.datetime) -> None:
    """Draw a bar for each day: right answers, and wrong ones on top of them."""
    days = Period.up_to(now, 7 * WEEKS).days()
    studied = {day.day: day for day in learner.days}
    right = [studied[day].right if day in studied else 0 for day in days]
    wrong = [studied[day].answered - studied[day].right if day in studied else 0 for day in days]
    places = range(len(days))
    axes.bar(places, right, 0.78, color=GREEN, label=texts.LEGEND_RIGHT)
    axes.bar(places, wrong, 0.78, right, color=AMBER, label=texts.LEGEND_WRONG)
    highest = max(r + w for r, w in zip(right, wrong, strict=True))
    axes.set(xlim=(-0.6, len(days) - 0.4), ylim=(0, max(highest, 1) * 1.12))
    ticks = list(places)[::-7][::-1]
    axes.set_xticks(ticks, [days[tick].strftime("%d/%m") for tick in ticks])
    axes.set_yticks([0, highest] if highest else [])
    axes.tick_params(length=0, labelsize=9, colors=MUTED)
    axes.axhline(0, color=MUTED, linewidth=0.8)
    axes.spines[:].set_visible(False)
    if kept := _streak_places(days, learner):
        axes.plot([kept[0] - 0.39, kept[-1] + 0.39], [0, 0], color=RED, linewidth=3.5,
                  solid_capstyle="butt", label=texts.LEGEND_STREAK, zorder=5)  # fmt: skip
    if highest:
        axes.legend(loc="lower right", bbox_to_anchor=(1.01, 1.0), ncols=3, frameon=False,
                    fontsize=9, handlelength=1, handleheight=1, columnspacing=1.4,
                    borderpad=0.1)  # fmt: skip
    else:
        axes.text(0.5, 0.5, texts.NO_DAYS, transform=axes.transAxes, ha="center", va="center",
                  fontsize=10, color=MUTED)  # fmt: skip


def _streak_places(days: Sequence[dt.date], learner: LearnerProgress) -> list[int]:
    """Return the places of the days that the streak counts, as far as the picture reaches back."""
    studied = {day.day for day in learner.days}
    counted = [n for n, day in enumerate(days) if day in studied and day.weekday() < WORKING_DAYS]
    return counted[-learner.streak :] if learner.streak else []


def _title(figure: Figure, text: str, top: float, note: str = "") -> float:
    """Write a section's title from `top` down; return where its content begins."""
    baseline = top - 0.018
    figure.text(_LEFT, baseline, text, fontsize=12.5, fontweight="bold")
    figure.text(_LEFT + _WIDTH, baseline, note, fontsize=9, color=MUTED, ha="right")
    return baseline - 0.012
