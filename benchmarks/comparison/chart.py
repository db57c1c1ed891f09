"""The comparison as a picture."""

from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks.comparison.result import SYSTEMS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from matplotlib.axes import Axes

    from benchmarks.comparison.result import Result

# Told apart by people who don't see colours alike, too (Okabe and Ito, 2008).
_COLOURS = {"dense": "#56B4E9", "lexical": "#E69F00", "plain": "#999999", "ours": "#009E73"}
_WIDTH = 0.2


def draw(results: Sequence[Result], file: Path) -> None:
    """Write the chart as PNG."""
    from matplotlib.figure import Figure  # noqa: PLC0415 -- slow to import

    figure = Figure(figsize=(11, 7.5), layout="constrained")
    axes = figure.subplots(2, 3)
    panels: tuple[tuple[str, Callable[[Result], float], str], ...] = (
        ("R@1, as typed", lambda result: result.recall_typed, "{:.2f}"),
        ("R@1, without diacritics", lambda result: result.recall_bare, "{:.2f}"),
        ("nDCG@10, as typed", lambda result: result.ndcg_typed, "{:.2f}"),
        ("p95 of an answer, ms (log)", lambda result: result.p95, "{:.0f}"),
        ("answers a second (log)", lambda result: result.answers_per_second, "{:.0f}"),
        ("peak memory, MB (log)", lambda result: result.peak_memory, "{:.0f}"),
    )
    for number, (title, value, label) in enumerate(panels):
        _bars(axes[divmod(number, 3)], results, title, value, label)
    handles, labels = axes[0, 0].get_legend_handles_labels()
    figure.legend(handles, labels, loc="outside lower center", ncols=len(labels), frameon=False)
    figure.savefig(file, dpi=120)


def _bars(
    axes: Axes,
    results: Sequence[Result],
    title: str,
    value: Callable[[Result], float],
    label: str,
) -> None:
    sizes = sorted({result.size for result in results})
    systems = [name for name in SYSTEMS if any(result.system == name for result in results)]
    for number, name in enumerate(systems):
        offset = (number - (len(systems) - 1) / 2) * _WIDTH
        own = {result.size: value(result) for result in results if result.system == name}
        bars = axes.bar(
            [place + offset for place, size in enumerate(sizes) if size in own],
            [own[size] for size in sizes if size in own],
            _WIDTH,
            label=SYSTEMS[name],
            color=_COLOURS[name],
        )
        axes.bar_label(bars, fmt=label, fontsize=7, padding=1)
    if title.endswith("(log)"):
        axes.set_yscale("log")
        axes.margins(y=0.15)
    else:
        axes.set_ylim(0, 1.08)
    axes.set_title(title, fontsize=10)
    axes.set_xticks(range(len(sizes)), [f"{size:,} documents" for size in sizes], fontsize=8)
    axes.tick_params(axis="y", labelsize=8)
    axes.spines[["top", "right"]].set_visible(False)
