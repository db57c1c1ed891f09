"""One turn of a conversation: what was asked and what it got."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from knowledge.retrieval.politeness import without_politeness

if TYPE_CHECKING:
    from knowledge.answering.answer import Answer


@dataclass(frozen=True, slots=True)
class Turn:
    """A question in words that stand by themselves, and its answer."""

    question: str
    answer: Answer

    @classmethod
    def of(cls, asked: str, answer: Answer) -> Self:
        """Return the turn of a message, in the words that it was understood in."""
        question = answer.understood or answer.restored_question or asked
        return cls(without_politeness(question), answer)
