"""How well a reader chooses, refuses and finds the answer's place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import torch
from scipy.stats import rankdata

if TYPE_CHECKING:
    from collections.abc import Sequence

    from training.examples import Example
    from training.model import LowerLayers, TorchReader

_READ = 8


@dataclass(frozen=True, slots=True)
class Measures:
    """Shares and areas, 0..1.

    `pairs`: the area under the curve of a window's logit; `choice`: how often the window with the
    highest logit answers, of the answered questions whose windows hold the answer; `refusal`: the
    area under the curve of a question's highest logit; `spans`: how often begin and end are both
    right in an answering window.
    """

    pairs: float
    choice: float
    refusal: float
    spans: float

    def __str__(self) -> str:
        return (
            f"AUC of windows {self.pairs:.3f}, choice {self.choice:.3f}, "
            f"AUC of refusal {self.refusal:.3f}, spans {self.spans:.3f}"
        )


@torch.no_grad()
def read_windows(
    reader: TorchReader, lower: LowerLayers, example: Example, count: int = _READ
) -> tuple[npt.NDArray[np.float32], list[tuple[int, int, float]]]:
    """Return the logits of an example's first windows and their best stretches.

    A stretch is given by its characters in the window's text and its probability.
    """
    windows = example.windows[:count]
    heads = [f"{w.context}\n" if w.context else "" for w in windows]
    read = [lower.of_text(head + w.text) for head, w in zip(heads, windows, strict=True)]
    question = lower.of_question(example.question).float()
    with torch.autocast(lower.device, dtype=torch.bfloat16):
        logits, spans = reader([question] * len(windows), [states.float() for states, _ in read])
    stretches = []
    for row, (head, (_, offsets)) in enumerate(zip(heads, read, strict=True)):
        inside = [n for n, (a, b) in enumerate(offsets) if a >= len(head) and b > a]
        if not inside:
            stretches.append((0, 0, 0.0))
            continue
        start, end = (spans[row, side, inside].softmax(0) for side in (0, 1))
        both = torch.triu(start[:, None] * end[None])
        best = int(both.argmax())
        first, last = inside[best // len(inside)], inside[best % len(inside)]
        begin = offsets[first][0] - len(head), offsets[last][1] - len(head)
        stretches.append((*begin, float(both.max())))
    return logits.cpu().numpy(), stretches


def measure(reader: TorchReader, lower: LowerLayers, examples: Sequence[Example]) -> Measures:
    """Return the measures over `examples`."""
    scores, labels, best, answerable, chosen, exact = [], [], [], [], [], []
    for example in examples:
        if not example.windows:
            continue
        logits, stretches = read_windows(reader, lower, example)
        windows = example.windows[: len(logits)]
        holds = [w.span is not None for w in windows]
        for logit, window, held in zip(logits, windows, holds, strict=True):
            if held or not window.doubtful:
                scores.append(logit)
                labels.append(held)
        if any(holds) or not example.answerable:
            best.append(logits.max())
            answerable.append(example.answerable)
        if any(holds):
            top = windows[int(logits.argmax())]
            chosen.append(top.span is not None or top.doubtful)
            for window, stretch in zip(windows, stretches, strict=True):
                if window.span:
                    found = window.text[stretch[0] : stretch[1]].strip(" .,;:")
                    exact.append(found == window.text[slice(*window.span)].strip(" .,;:"))
    return Measures(
        area_under_curve(scores, labels),
        float(np.mean(chosen)),
        area_under_curve(best, answerable),
        float(np.mean(exact)),
    )


def area_under_curve(scores: Sequence[float], labels: Sequence[bool]) -> float:
    """Return how often a positive scores above a negative (Mann–Whitney's U, normalised)."""
    ranks, truth = rankdata(scores), np.array(labels, dtype=bool)
    positives, negatives = int(truth.sum()), int((~truth).sum())
    if not positives or not negatives:
        return float("nan")
    above = ranks[truth].sum() - positives * (positives + 1) / 2
    return float(above / (positives * negatives))
