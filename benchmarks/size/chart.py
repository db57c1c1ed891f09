"""The figures of bases of several sizes as a picture."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from matplotlib.axes import Axes

    from benchmarks.size.result import Result

# Told apart by people who don't see colours alike, too (Okabe and Ito, 2008).
_OURS, _CHROMA = "#009E73", "#56B4E9"
_WIDTH = 0.38


def draw(results: Sequence[Result], file: Path) -> None:
    """Write the chart as PNG."""
    from matplotlib.figure import Figure  # noqa: PLC0415 -- slow to import

    figure = Figure(figsize=(11, 7), layout="constrained")
    axes = figure.subplots(2, 3)
    panels: tuple[tuple[str, Callable[[Result], float], Callable[[Result], float] | None], ...] = (
        ("opening, s", lambda r: r.opened.seconds, lambda r: r.chroma.seconds),
        (
            "memory (resident), MB",
            lambda r: r.opened.memory.resident,
            lambda r: r.chroma.memory.resident,
        ),
        ("memory (USS), MB", lambda r: r.opened.memory.unique, lambda r: r.chroma.memory.unique),
        ("p95 of an answer, ms", lambda r: r.opened.p95, lambda r: r.chroma.p95),
        ("reload of one changed article, s", lambda r: r.reloaded.again, None),
        ("build without embedding, s (log)", lambda r: r.built.seconds, None),
    )
    for number, (title, ours, peers) in enumerate(panels):
        _bars(axes[divmod(number, 3)], results, title, ours, peers)
    handles, labels = axes[0, 0].get_legend_handles_labels()
    figure.legend(handles, labels, loc="outside lower center", ncols=len(labels), frameon=False)
    figure.savefig(file, dpi=120)


def _bars(
    axes: Axes,
    results: Sequence[Result],
    title: str,
    ours: Callable[[Result], float],
    peers: Callable[[Result], float] | None,
) -> None:
    places = range(len(results))
    shift = 0.0 if peers is None else _WIDTH / 2
    bars = axes.bar(
        [place - shift for place in places],
        [ours(result) for result in results],
        _WIDTH,
        label="ours",
        color=_OURS,
    )
    axes.bar_label(bars, fmt="{:,.3g}", fontsize=7, padding=1)
    if peers is not None:
        bars = axes.bar(
            [place + shift for place in places],
            [peers(result) for result in results],
            _WIDTH,
            label="Chroma alone",
            color=_CHROMA,
        )
        axes.bar_label(bars, fmt="{:,.3g}", fontsize=7, padding=1)
    if title.endswith("(log)"):
        axes.set_yscale("log")
    axes.margins(y=0.15)
    axes.set_title(title, fontsize=10)
    axes.set_xticks(places, [f"{result.documents:,} documents" for result in results], fontsize=8)
    axes.tick_params(axis="y", labelsize=8)
    axes.spines[["top", "right"]].set_visible(False)
