"""Which questions a quiz asks, and in what order its options stand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from knowledge.learning.question import Difficulty

if TYPE_CHECKING:
    import datetime as dt
    import random
    from collections.abc import Mapping, Sequence

    from knowledge.learning.question import QuizQuestion

QUIZ_LENGTH = 7
"""Questions of a quiz, where the topic has as many: between 5 and 10."""

_HARDNESS = {Difficulty.EASY: 0, Difficulty.MEDIUM: 1, Difficulty.HARD: 2}


@dataclass(frozen=True, slots=True)
class QuestionHistory:
    """What somebody did with a question: how often, how it went last, and when."""

    times: int
    last_correct: bool
    last_at: dt.datetime


def choose_questions(
    questions: Sequence[QuizQuestion],
    count: int,
    history: Mapping[str, QuestionHistory],
    rng: random.Random,
) -> tuple[QuizQuestion, ...]:
    """Return `count` of the questions, or all if there are fewer; easy ones come first.

    Those never asked are taken first, then those answered wrong last time, then those asked longest
    ago; among equals chance decides.
    """

    def urgency(question: QuizQuestion) -> tuple[int, float, float]:
        known = history.get(question.question_id)
        if known is None:
            return 0, 0.0, rng.random()
        return 2 if known.last_correct else 1, known.last_at.timestamp(), rng.random()

    chosen = sorted(questions, key=urgency)[:count]
    rng.shuffle(chosen)
    return tuple(sorted(chosen, key=lambda question: _HARDNESS[question.difficulty]))


def shuffled_options(question: QuizQuestion, rng: random.Random) -> tuple[int, ...]:
    """Return the indexes of the options in the order of showing."""
    order = list(range(len(question.options)))
    rng.shuffle(order)
    return tuple(order)
