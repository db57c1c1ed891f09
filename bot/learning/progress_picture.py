"""Draws one learner's progress: the path, what is remembered, and the days of learning."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from bot.learning.mark import PASS_MARK
from bot.office_time import OFFICE_TIME
from bot.picture_style import (
    AMBER,
    BLUE,
    GREEN,
    INK,
    LINE,
    MUTED,
    RED,
    TILE,
    legible,
    new_figure,
    png,
    rounded,
    tile,
)
from bot.record.period import Period
from bot.record.picture import number, percentage
from bot.texts import learning_progress as texts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from bot.learning.standing import LearnerStanding, TopicStanding

WEEKS = 4
_LEFT, _WIDTH = 0.06, 0.88
_MOST_ROWS = 9
_WELL_REMEMBERED, _FADING = 0.9, 0.7
_NAME_CHARACTERS = 60
_TOPIC_CHARACTERS = 44
_BAR_LEFT, _BAR_WIDTH = 0.57, 0.3


def draw_progress(learner: LearnerStanding, now: dt.datetime) -> bytes:
    """Return the picture as PNG, 1080 × 1440 pixels. Blocks: about a second; thread-safe."""
    with new_figure() as figure:
        _header(figure, learner, now)
        _tiles(figure, learner)
        _title(figure, texts.SECTION_PATH, 0.752)
        _path(figure.add_axes((_LEFT, 0.487, _WIDTH, 0.25)), learner.steps)
        _title(figure, texts.SECTION_MEMORY, 0.452)
        _memory(figure.add_axes((_LEFT, 0.227, _WIDTH, 0.21)), learner.steps)
        _title(figure, texts.SECTION_DAYS.format(weeks=WEEKS), 0.192)
        _days(figure.add_axes((0.09, 0.045, 0.85, 0.125)), learner, now)
        return png(figure)


def _header(figure: Figure, learner: LearnerStanding, now: dt.datetime) -> None:
    name = legible(learner.name, _NAME_CHARACTERS) or str(learner.person_id)
    day = f"{now.astimezone(OFFICE_TIME):%d/%m/%Y}"
    figure.text(_LEFT, 0.956, texts.TITLE, fontsize=21, fontweight="bold")
    figure.text(_LEFT, 0.929, texts.SUBTITLE.format(name=name, day=day), fontsize=11, color=MUTED)


def _tiles(figure: Figure, learner: LearnerStanding) -> None:
    right = learner.right / learner.answered if learner.answered else None
    mark = percentage(PASS_MARK)
    noted = texts.TILE_RIGHT_NOTE.format(
        right=number(learner.right), answered=number(learner.answered)
    )
    tiles = (
        (f"{learner.passed}/{len(learner.steps)}", texts.TILE_PASSED,
         texts.TILE_PASSED_NOTE.format(mark=mark), GREEN),
        (percentage(learner.score), texts.TILE_SCORE, texts.TILE_SCORE_NOTE, INK),
        (percentage(right), texts.TILE_RIGHT, noted, INK),
        (number(learner.streak), texts.TILE_STREAK, texts.TILE_STREAK_NOTE,
         AMBER if learner.streak else INK),
        (number(learner.due), texts.TILE_DUE, texts.TILE_DUE_NOTE,
         RED if learner.due else INK),
    )  # fmt: skip
    gap = 0.014
    width = (_WIDTH - gap * (len(tiles) - 1)) / len(tiles)
    for place, (value, name, note, colour) in enumerate(tiles):
        left = _LEFT + place * (width + gap)
        tile(figure, (left, 0.797, width, 0.112), (value, name, note), colour)


def _path(axes: Axes, steps: Sequence[TopicStanding]) -> None:
    """Draw each topic with the bar of its best score; a line stands at the mark to be reached."""
    shown = steps if len(steps) <= _MOST_ROWS else _around_current(steps)
    rows = _rows(axes, len(shown) + (len(shown) < len(steps)))
    if not steps:
        axes.text(0, 0, texts.NO_STEPS, va="center", fontsize=10, color=MUTED)
        return
    for row, (place, step) in enumerate(shown):
        colour = GREEN if step.passed else AMBER
        name = f"{place}. {legible(step.title, _TOPIC_CHARACTERS)}"
        axes.text(0, row, name, va="center", fontsize=9.8, color=INK if step.open else MUTED)
        _bar(axes, row, step.best, colour)
        if step.best is not None:
            note = percentage(step.best)
        else:
            note = texts.OPEN if step.open else texts.LOCKED
        axes.text(_BAR_LEFT + _BAR_WIDTH + 0.02, row, note, va="center", fontsize=9.5,
                  fontweight="bold" if step.passed else "normal",
                  color=colour if step.best is not None else MUTED)  # fmt: skip
    mark = _BAR_LEFT + _BAR_WIDTH * PASS_MARK
    axes.plot(
        [mark, mark], [-0.5, len(shown) - 0.5], color=INK, linewidth=1.1, linestyle=(0, (3, 2))
    )
    axes.text(mark, -0.62, percentage(PASS_MARK), ha="center", va="bottom", fontsize=8.5, color=INK)
    if len(shown) < len(steps):
        left_out = [step for step in steps if all(step is not other for _, other in shown)]
        more = texts.MORE_STEPS.format(
            count=len(left_out), passed=sum(step.passed for step in left_out)
        )
        axes.text(0, rows - 1, more, va="center", fontsize=9, color=MUTED)
