"""Draws how refusals trade off: questions refused rightly against those refused wrongly."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.features.evaluation import texts
from bot.picture_style import (
    AMBER,
    BLUE,
    GREEN,
    INK,
    LINE,
    MUTED,
    PAPER,
    RED,
    legible,
    new_figure,
    png,
)
from bot.vietnamese_numbers import decimal, number
from knowledge.evaluation.noise import Typing

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from knowledge import EvaluationReport

_INCHES = (11.2, 6.0)
_COLOURS = {
    Typing.TYPED: INK,
    Typing.WITHOUT_DIACRITICS: BLUE,
    Typing.PARTIAL_DIACRITICS: GREEN,
    Typing.TYPOS: RED,
    Typing.ABBREVIATIONS: AMBER,
}
_TICKS = [tick / 5 for tick in range(6)]
_NAME_CHARACTERS = 60
_LEGEND: dict[str, Any] = {"facecolor": PAPER, "edgecolor": "none", "framealpha": 0.9}


def draw_trade_off(report: EvaluationReport) -> bytes:
    """Return the picture as PNG, 1680 × 900 pixels. Blocks: about a second; thread-safe.

    On the left a curve for each way of typing, a dot at the product's own threshold; on the right
    both shares over the threshold, for questions as typed.
    """
    with new_figure(_INCHES) as figure:
        subtitle = texts.PICTURE_SUBTITLE.format(
            files=legible(", ".join(Path(f).name for f in report.files), _NAME_CHARACTERS),
            questions=number(report.questions),
            unanswerable=number(report.unanswerable),
        )
        figure.text(0.06, 0.93, texts.PICTURE_TITLE, fontsize=18, fontweight="bold")
        figure.text(0.06, 0.885, subtitle, fontsize=10.5, color=MUTED)
        _curves(figure.add_axes((0.075, 0.11, 0.40, 0.68)), report)
        _shares(figure.add_axes((0.565, 0.11, 0.40, 0.68)), report)
        return png(figure)


def _curves(axes: Axes, report: EvaluationReport) -> None:
    _frame(axes, texts.PICTURE_CURVE, texts.ANSWERABLE_REFUSED)
    axes.set_ylabel(texts.UNANSWERABLE_REFUSED, fontsize=9.5, color=INK)
    if not report.unanswerable:
        axes.text(0.5, 0.5, texts.PICTURE_NO_UNANSWERABLE, ha="center", va="center",
                  fontsize=11, color=MUTED)  # fmt: skip
        return
    for typing in reversed(report.scores):  # as typed is drawn over the others
        refusal = report.scores[typing]
        points = [
            (p.answerable_refused, p.unanswerable_refused)
            for p in refusal.trade_off
            if p.answerable_refused is not None and p.unanswerable_refused is not None
        ]
        points.append((1.0, 1.0))  # a threshold that nothing reaches
        colour = _COLOURS[typing]
        axes.plot(*zip(*points, strict=True), color=colour, linewidth=1.8,
                  label=texts.TYPINGS[typing])  # fmt: skip
        if refusal.answerable_refused is not None and refusal.unanswerable_refused is not None:
            axes.plot(refusal.answerable_refused, refusal.unanswerable_refused, "o", color=colour,
                      markersize=7)  # fmt: skip
    axes.plot([], [], "o", color=MUTED, label=_own_threshold(report))
    axes.legend(loc="lower right", fontsize=9, reverse=True, **_LEGEND)


def _shares(axes: Axes, report: EvaluationReport) -> None:
    _frame(axes, texts.PICTURE_SHARES, texts.PICTURE_THRESHOLD)
    points = report.scores[Typing.TYPED].trade_off
    thresholds = [point.threshold for point in points]
    for label, colour, shares in (
        (texts.UNANSWERABLE_REFUSED, GREEN, [p.unanswerable_refused for p in points]),
        (texts.ANSWERABLE_REFUSED, RED, [p.answerable_refused for p in points]),
    ):
        known = [share for share in shares if share is not None]
        if known:
            axes.plot(thresholds, known, color=colour, linewidth=1.8, label=label)
    axes.axvline(report.threshold, color=MUTED, linewidth=1.2, linestyle=(0, (3, 2)),
                 label=_own_threshold(report))  # fmt: skip
    axes.legend(loc="upper left", fontsize=8.2, borderaxespad=0.2, **_LEGEND)


def _own_threshold(report: EvaluationReport) -> str:
    threshold = decimal(report.threshold, "g")
    return texts.PICTURE_OWN.format(threshold=threshold)


def _frame(axes: Axes, title: str, below: str) -> None:
    axes.set(xlim=(-0.01, 1.01), ylim=(-0.01, 1.03))
    axes.set_title(title, fontsize=11.5, fontweight="bold", loc="left", color=INK)
    axes.set_xlabel(below, fontsize=9.5, color=INK)
    axes.set_yticks(_TICKS, [f"{tick:.0%}" for tick in _TICKS])
    if below == texts.PICTURE_THRESHOLD:
        axes.set_xticks(_TICKS, [decimal(tick, "g") for tick in _TICKS])
    else:
        axes.set_xticks(_TICKS, [f"{tick:.0%}" for tick in _TICKS])
    axes.grid(visible=True, color=LINE, linewidth=0.8)
    axes.tick_params(length=0, labelsize=9, colors=MUTED)
    axes.spines[:].set_visible(False)
