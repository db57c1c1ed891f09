"""Scoring: what an answer to a quiz question is worth."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from knowledge.errors import QuizError

if TYPE_CHECKING:
    from collections.abc import Collection


@dataclass(frozen=True, slots=True)
class Score:
    """What an answer is worth: `share` is 0–1, and 1 exactly when it is `correct`."""

    correct: bool
    share: float


def score_indexes(right: Collection[int], chosen: Collection[int]) -> Score:
    """Return what choosing the options `chosen` is worth where `right` are right.

    The share is max(0, (right chosen − wrong chosen) / right): all or nothing where one option is
    right, and in part where several are, so that ticking everything earns nothing. No choice, as
    of an expired question, is worth 0. Raises QuizError where nothing is right.
    """
    wanted, picked = set(right), set(chosen)
    if not wanted:
        raise QuizError("Câu hỏi không có phương án đúng nên không chấm được.")
    share = max(0.0, (len(picked & wanted) - len(picked - wanted)) / len(wanted))
    return Score(correct=picked == wanted, share=share)
