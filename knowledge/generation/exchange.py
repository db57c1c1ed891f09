"""What was said before: a question with the answer that it got."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Exchange:
    """One turn of a conversation: the question as it was asked, the answer as it was shown."""

    question: str
    answer: str
