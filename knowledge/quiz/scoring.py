"""Scoring: what an answer to a quiz question is worth."""

from __future__ import annotations

from dataclasses import dataclass
from math import fsum
from typing import TYPE_CHECKING

from knowledge.errors import QuizError

if TYPE_CHECKING:
    from collections.abc import Collection

    from knowledge.quiz.question import QuizQuestion


@dataclass(frozen=True, slots=True)
class Score:
    """What an answer is worth: `share` is 0–1, and 1 exactly when it is `correct`."""

    correct: bool
    share: float


def score_choice(question: QuizQuestion, chosen: Collection[int]) -> Score:
    """Return what choosing `chosen` (indexes of the bank's options, from 0) is worth.

    The share is max(0, (right chosen − wrong chosen) / right): all or nothing where one option is
    right, and in part where several are, so that ticking everything earns nothing. No choice, as
    of an expired question, is worth 0. The question is sound (`require_sound`). Raises QuizError
    for an index that no option has.
    """
    picked = set(chosen)
    unknown = sorted(index for index in picked if not 0 <= index < len(question.options))
    if unknown:
        raise QuizError(
            f"Phương án phải có số từ 0 đến {len(question.options) - 1}, câu "
            f"{question.question_id} nhận được số {unknown[0]}; hãy mở lại câu hỏi này."
        )
    return score_indexes(question.correct, picked)


def score_indexes(right: Collection[int], chosen: Collection[int]) -> Score:
    """Return what `chosen` is worth where `right` are right, as `score_choice` does.

    For a question that may have another wording by now. Raises QuizError where nothing is right.
    """
    wanted, picked = set(right), set(chosen)
    if not wanted:
        raise QuizError("Câu hỏi không có phương án đúng nên không chấm được.")
    share = max(0.0, (len(picked & wanted) - len(picked - wanted)) / len(wanted))
    return Score(correct=picked == wanted, share=share)


def session_score(shares: Collection[float]) -> float:
    """Return the mean of the shares of a quiz's questions, 0–1; 0 for a quiz of none."""
    return fsum(shares) / len(shares) if shares else 0.0
