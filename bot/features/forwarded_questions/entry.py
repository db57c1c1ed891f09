"""What is put before the editors."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from bot.features.answer_log import QUESTION_CHARACTERS, Reason

if TYPE_CHECKING:
    import datetime as dt

MESSAGE_CHARACTERS = QUESTION_CHARACTERS
"""Characters of a question, or of what somebody writes to the person in charge."""
TOLD_CHARACTERS = 2_000
"""Characters that are kept of an answer that somebody marked down."""
REPLY_CHARACTERS = 3_000
"""Characters of an editor's answer: it goes in one message, with the question quoted."""
KEY_CHARACTERS = 64


class EntryKind(StrEnum):
    """What an entry is: a question for an editor, or what is wrong with an answer."""

    QUESTION = "question"
    FEEDBACK = "feedback"


@dataclass(frozen=True, slots=True)
class Entry:
    """A question or a piece of feedback; moments are UTC.

    `name` is who asks, with their consent: feedback has none. `told` is the answer that feedback is
    about, empty for a refusal. It is open until `closed_at`; closed without a `reply` it was only
    marked as done.
    """

    id: int
    kind: EntryKind
    person_id: int
    name: str | None
    question: str
    told: str
    reason: Reason | None
    sent_at: dt.datetime
    closed_at: dt.datetime | None = None
    reply: str | None = None
