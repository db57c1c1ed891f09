"""The choice of a quiz's questions, and the order of their options."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from knowledge.errors import QuizError
from knowledge.quiz.question import Difficulty

if TYPE_CHECKING:
    import random
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from knowledge.quiz.question import QuizQuestion

QUIZ_LENGTH = 7
"""Questions of a quiz."""

_HARDNESS = {difficulty: rank for rank, difficulty in enumerate(Difficulty)}


@dataclass(frozen=True, slots=True)
class QuestionHistory:
    """How somebody fared with a question: answers (also expired ones), and the last of them."""

    times: int
    last_correct: bool
    last_at: datetime


def choose_questions(
    questions: Iterable[QuizQuestion],
    count: int,
    history: Mapping[str, QuestionHistory],
    rng: random.Random,
) -> tuple[QuizQuestion, ...]:
    """Return `count` of `questions`, or all when they are fewer, from easy to hard.

    First come those never asked, then those answered wrong the last time, both spread over the
    difficulties, then those answered right, longest ago first. `history` is by question id.
    Chance breaks ties. Raises QuizError when `count` is below 1.
    """
    if count < 1:
        raise QuizError(f"Bài trắc nghiệm phải có ít nhất 1 câu, đang yêu cầu {count}.")
    pool = list(questions)
    rng.shuffle(pool)  # the sorts below are stable: chance orders what is equal
    unseen = [q for q in pool if _past(q, history) is None]
    seen = [(q, past) for q in pool if (past := _past(q, history)) is not None]
    seen.sort(key=lambda pair: pair[1].last_at)
    wrong = [q for q, past in seen if not past.last_correct]
    right = [q for q, past in seen if past.last_correct]
    chosen: list[QuizQuestion] = []
    for tier in (unseen, wrong):
        chosen += _spread(tier, count - len(chosen), Counter(q.difficulty for q in chosen))
    chosen += right[: count - len(chosen)]
    rng.shuffle(chosen)  # what is equally hard comes in any order
    return tuple(sorted(chosen, key=lambda q: _HARDNESS[q.difficulty]))


def shuffled_options(question: QuizQuestion, rng: random.Random) -> tuple[int, ...]:
    """Return an order of the options: at each place, the bank's index of the option shown there."""
    order = list(range(len(question.options)))
    rng.shuffle(order)
    return tuple(order)


def _past(question: QuizQuestion, history: Mapping[str, QuestionHistory]) -> QuestionHistory | None:
    past = history.get(question.question_id)
    return past if past is not None and past.times > 0 else None


def _spread(tier: list[QuizQuestion], count: int, taken: Counter[Difficulty]) -> list[QuizQuestion]:
    """Return up to `count` of `tier`, each time of the difficulty that was `taken` the least."""
    left = list(tier)
    picked: list[QuizQuestion] = []
    while left and len(picked) < count:
        question = min(left, key=lambda q: taken[q.difficulty])  # the first of the least taken
        left.remove(question)
        taken[question.difficulty] += 1
        picked.append(question)
    return picked
