"""A quiz question as a native poll."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.texts import learning as texts
from knowledge.learning.question import EXPLANATION_CHARACTERS, QUESTION_CHARACTERS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from knowledge.learning.question import QuizQuestion


@dataclass(frozen=True, slots=True)
class PollContent:
    """What sendPoll needs: `correct` are places among `options` as they are shown, ascending."""

    question: str
    options: tuple[str, ...]
    correct: tuple[int, ...]
    explanation: str
    takes_several: bool


def poll_content(
    question: QuizQuestion,
    option_order: Sequence[int],
    *,
    title: str | None,
    number: int,
    total: int,
) -> PollContent:
    """Return a question as a poll: numbered, and with its article's title, where they fit."""
    prefix = texts.QUESTION_NUMBER.format(number=number, total=total)
    text = prefix + question.text
    explanation = question.explanation
    if title is not None:
        sourced = f"{explanation}\n📄 {title}"
        if len(sourced) <= EXPLANATION_CHARACTERS and "\n" not in explanation:
            explanation = sourced
    return PollContent(
        question=text if len(text) <= QUESTION_CHARACTERS else question.text,
        options=tuple(question.options[index] for index in option_order),
        correct=tuple(
            place for place, index in enumerate(option_order) if index in question.correct
        ),
        explanation=explanation,
        takes_several=question.takes_several,
    )
