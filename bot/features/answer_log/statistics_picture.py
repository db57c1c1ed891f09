"""Draws a period's statistics as one picture that is legible on a phone."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from bot.features.answer_log import texts
from bot.features.answer_log.statistics import DayCounts
from bot.office_time import shown_day
from bot.picture_style import AMBER, BLUE, INK, LINE, MUTED, RED, legible, new_figure, png, tiles
from bot.vietnamese_numbers import decimal, number, percentage

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure, SubFigure

    from bot.features.answer_log.statistics import Ranked, Statistics
    from bot.office_time import Period

_LATENCY_SECONDS_FROM_MS = 1000

_ANSWERED = BLUE
_REFUSED = AMBER
_DOWN = RED
_WEEKS_FROM_DAYS = 120  # more bars than this are too thin for a phone
_NAME_CHARACTERS = 46
_LEFT = 0.06


def draw(statistics: Statistics) -> bytes:
    """Return the picture as PNG, 1080 × 1440 pixels. Blocks: about a second; thread-safe."""
    with new_figure() as figure:
        _header(figure, statistics)
        tiles(figure, _tiles(statistics))
        _chart(figure.add_axes((0.08, 0.46, 0.86, 0.245)), statistics)
        for bottom, title, ranked in (
            (0.235, texts.CHART_ARTICLES, statistics.articles),
            (0.02, texts.CHART_TOPICS, statistics.topics),
        ):
            _title(figure, title, bottom + 0.165)
            _bars(figure.add_axes((_LEFT, bottom, 0.88, 0.152)), ranked)
        return png(figure)


def latency(milliseconds: float | None) -> str:
    """Return a latency as people read it: "8 ms", "1,2 giây"; a dash for None."""
    if milliseconds is None:
        return "–"
    if milliseconds < _LATENCY_SECONDS_FROM_MS:
        return f"{milliseconds:.0f} ms"
    return f"{decimal(milliseconds / 1000)} giây"


def span_of(period: Period) -> str:
    """Return the first and the last day of a period as people write them."""
    return texts.SPAN.format(first=shown_day(period.first), last=shown_day(period.last))


def _header(figure: Figure, statistics: Statistics) -> None:
    subtitle = f"{texts.OFFICE}  ·  {span_of(statistics.period)}"
    figure.text(_LEFT, 0.956, texts.STATISTICS_TITLE, fontsize=21, fontweight="bold")
    figure.text(_LEFT, 0.929, subtitle, fontsize=10.5, color=MUTED)


def _tiles(statistics: Statistics) -> list[tuple[str, str, str, str]]:
    total = statistics.total
    per_day = statistics.questions / statistics.period.length
    since = statistics.people_from
    return [
        (
            number(statistics.questions),
            texts.TILE_QUESTIONS,
            texts.TILE_PER_DAY_NOTE.format(per_day=decimal(per_day)),
            INK,
        ),
        (
            percentage(statistics.answered_share),
            texts.TILE_SHARE,
            texts.TILE_REFUSED_NOTE.format(refused=number(total.refused)),
            _ANSWERED,
        ),
        (
            f"{number(total.up)} / {number(total.down)}",
            texts.TILE_VOTES,
            texts.TILE_VOTES_NOTE,
            INK,
        ),
        (
            number(statistics.people),
            texts.TILE_PEOPLE,
            "" if since is None else texts.TILE_PEOPLE_NOTE.format(day=f"{since:%d/%m}"),
            INK,
        ),
        (
            latency(statistics.latency_p50),
            texts.TILE_LATENCY,
            texts.TILE_LATENCY_NOTE.format(p95=latency(statistics.latency_p95)),
            INK,
        ),
    ]


def _chart(axes: Axes, statistics: Statistics) -> None:
    """Draw stacked bars of answered and refused, and of what was marked down below the axis."""
    by_week = statistics.period.length > _WEEKS_FROM_DAYS
    bars = _weeks(statistics.days) if by_week else statistics.days
    places = range(len(bars))
    answered = [bar.answered for bar in bars]
    refused = [bar.refused for bar in bars]
    down = [-bar.down for bar in bars]
    width = 0.82
    axes.bar(places, answered, width, color=_ANSWERED, label=texts.LEGEND_ANSWERED)
    axes.bar(places, refused, width, answered, color=_REFUSED, label=texts.LEGEND_REFUSED)
    axes.bar(places, down, width, color=_DOWN, label=texts.LEGEND_DOWN)
    _title(axes.figure, texts.CHART_WEEKS if by_week else texts.CHART_DAYS, 0.751)
    axes.legend(
        loc="lower left", bbox_to_anchor=(-0.03, 1.0), ncols=3, frameon=False, fontsize=9,
        handlelength=1, handleheight=1, columnspacing=1.6, borderpad=0.2,
    )  # fmt: skip
    tallest = max((bar.questions for bar in bars), default=0)
    lowest = max((bar.down for bar in bars), default=0)
    top, step = _scale(max(tallest, 1))
    floor = -lowest * 1.1 if lowest else -0.02 * top
    axes.set_ylim(floor, top)
    axes.set_xlim(-0.6, len(bars) - 0.4)
    axes.set_yticks(range(0, top + 1, step))
    axes.set_yticklabels([number(tick) for tick in range(0, top + 1, step)])
    ticks = _tick_places(len(bars))
    axes.set_xticks(ticks, [bars[tick].day.strftime("%d/%m") for tick in ticks])
    axes.tick_params(length=0, labelsize=9, colors=MUTED)
    axes.grid(visible=True, axis="y", color=LINE, linewidth=0.8)
    axes.axhline(0, color=MUTED, linewidth=0.8)
    axes.set_axisbelow(True)
    axes.spines[:].set_visible(False)
    if not statistics.questions:
        axes.set_yticks([])
        axes.text(0.5, 0.5, texts.NO_QUESTIONS, transform=axes.transAxes, ha="center",
                  va="center", fontsize=11, color=MUTED)  # fmt: skip


def _weeks(days: Sequence[DayCounts]) -> list[DayCounts]:
    """Add up seven days at a time, so that the last week is whole; named by its first day."""
    first = len(days) % 7
    starts = [0] * (first > 0) + list(range(first, len(days), 7))
    ends = [*starts[1:], len(days)]
    weeks: list[DayCounts] = []
    for start, end in zip(starts, ends, strict=True):
        week = DayCounts(days[start].day)
        for day in days[start:end]:
            week += day
        weeks.append(week)
    return weeks


def _scale(tallest: int) -> tuple[int, int]:
    """Return the end of an axis that holds `tallest` with room above, and the step of its ticks."""
    magnitude = 10 ** int(math.log10(max(tallest / 4, 1)))
    step = next(s * magnitude for s in (1, 2, 5, 10) if s * magnitude * 4 >= tallest)
    return math.ceil(tallest * 1.04 / step) * step, step


def _tick_places(count: int) -> list[int]:
    """Return at most seven places, the last one among them."""
    step = max(1, math.ceil(count / 7))
    return list(range(count - 1, -1, -step))[::-1]


def _bars(axes: Axes, ranked: Sequence[Ranked]) -> None:
    """Draw names with bars beside them, the longest first."""
    axes.set_axis_off()
    rows = 5
    axes.set(xlim=(0, 1), ylim=(rows - 0.5, -0.5))
    if not ranked:
        axes.text(0, 0, texts.NOTHING_YET, va="center", fontsize=10, color=MUTED)
    most = max((entry.answers for entry in ranked), default=1)
    for row, entry in enumerate(ranked):
        length = 0.36 * entry.answers / most
        axes.barh(row, length, 0.62, 0.56, color=_ANSWERED, alpha=0.85)
        axes.text(0, row, legible(entry.name, _NAME_CHARACTERS), va="center", fontsize=9.6)
        axes.text(0.57 + length, row, number(entry.answers), va="center", fontsize=9.3,
                  color=MUTED)  # fmt: skip


def _title(figure: Figure | SubFigure, text: str, bottom: float) -> None:
    figure.text(_LEFT, bottom, text, fontsize=12.5, fontweight="bold")
