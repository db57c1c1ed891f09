"""The reliability diagram: how often answers are right, by the probability they were given."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from knowledge.evaluation.metrics import CalibrationBin

# Told apart by people who don't see colours alike, too (Okabe and Ito, 2008).
_COLOURS = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00")
_FEWEST = 10  # questions of a bin: the share of fewer says little, and is drawn faintly


def draw_reliability(sets: Mapping[str, Sequence[CalibrationBin]], file: Path) -> None:
    """Write the diagram as PNG: a line for each set, and below how many questions a bin has."""
    from matplotlib.figure import Figure  # noqa: PLC0415 -- slow to import

    figure = Figure(figsize=(7, 8), layout="constrained")
    upper, lower = figure.subplots(2, 1, height_ratios=(3, 1), sharex=True)
    upper.plot([0, 1], [0, 1], color="#999999", linestyle="--", label="as stated")
    width = 0.08 / max(len(sets), 1)
    for number, (name, bins) in enumerate(sets.items()):
        colour = _COLOURS[number % len(_COLOURS)]
        known = [
            (one.probability, one.right, one.questions)
            for one in bins
            if one.probability is not None and one.right is not None
        ]
        stated, right = [p for p, _, _ in known], [r for _, r, _ in known]
        upper.plot(stated, right, color=colour, label=name)
        faint = [1.0 if questions >= _FEWEST else 0.3 for _, _, questions in known]
        upper.scatter(stated, right, color=colour, alpha=faint)
        places = [one.low + 0.01 + width * (number + 0.5) for one in bins]
        lower.bar(places, [one.questions for one in bins], width, color=colour)
    upper.set(xlim=(0, 1), ylim=(0, 1), ylabel="share that is right")
    upper.legend(frameon=False, loc="upper left")
    lower.set(xlabel="probability of the answer", ylabel="questions")
    for axes in (upper, lower):
        axes.spines[["top", "right"]].set_visible(False)
    figure.savefig(file, dpi=120)
