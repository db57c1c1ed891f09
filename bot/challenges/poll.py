"""A challenge's question as a native quiz poll."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.formatting import utf16_units
from bot.texts import challenges as texts
from knowledge.learning.question import (
    EXPLANATION_CHARACTERS,
    EXPLANATION_LINE_FEEDS,
    QUESTION_CHARACTERS,
)

if TYPE_CHECKING:
    from bot.challenges.challenge import PlannedQuestion
    from knowledge.learning.question import QuizQuestion


@dataclass(frozen=True, slots=True)
class QuizPoll:
    """What sendPoll needs; `correct` are places among `options` as the poll shows them."""

    question: str
    options: tuple[str, ...]
    correct: tuple[int, ...]
    explanation: str

    @classmethod
    def of(
        cls,
        question: QuizQuestion,
        plan: PlannedQuestion,
        number: int,
        count: int,
        article_title: str | None,
    ) -> QuizPoll:
        """Return the poll of the question `number` (from 1) of `count`, options as planned.

        The number and the article's title are left out where Telegram's limits have no room.
        """
        order = plan.option_order
        numbered = texts.POLL_QUESTION.format(number=number, count=count, text=question.text)
        return cls(
            numbered if utf16_units(numbered) <= QUESTION_CHARACTERS else question.text,
            tuple(question.options[index] for index in order),
            tuple(place for place, index in enumerate(order) if index in plan.correct),
            _explanation(question.explanation, article_title),
        )


def _explanation(explanation: str, title: str | None) -> str:
    if title is None:
        return explanation
    gap = "\n" if explanation.count("\n") < EXPLANATION_LINE_FEEDS else " "
    whole = texts.POLL_SOURCE.format(
        explanation=explanation, gap=gap, title=" ".join(title.split())
    )
    return whole if utf16_units(whole) <= EXPLANATION_CHARACTERS else explanation
