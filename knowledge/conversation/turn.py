"""One turn of a conversation: what was asked and what it got."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from knowledge.answering.answer import Answer


@dataclass(frozen=True, slots=True)
class Turn:
    """A question in words that stand by themselves, and its answer."""

    question: str
    answer: Answer
