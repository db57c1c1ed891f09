"""How right an answer is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from knowledge.errors import QuizError

if TYPE_CHECKING:
    from collections.abc import Collection


@dataclass(frozen=True, slots=True)
class Score:
    """`correct`: exactly the right options were chosen; `share`: how right, 0–1."""

    correct: bool
    share: float


def score_choice(right: Collection[int], chosen: Collection[int]) -> Score:
    """Score the chosen options against the right ones, both by their indexes in the bank.

    Each right one chosen counts for, each wrong one against: (right chosen − wrong chosen) / right,
    never below 0; so choosing everything earns nothing by itself. Raises QuizError when no option
    is right.
    """
    wanted, given = set(right), set(chosen)
    if not wanted:
        raise QuizError("Câu hỏi không có phương án đúng nên không chấm được.")
    share = (len(given & wanted) - len(given - wanted)) / len(wanted)
    return Score(correct=given == wanted, share=max(0.0, share))
