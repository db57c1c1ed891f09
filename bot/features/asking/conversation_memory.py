"""What was said last in each conversation: of one person, in one chat, in one topic of it.

It is in memory only and forgotten after a while, by /new and by a restart.
"""

from __future__ import annotations

import datetime as dt
from collections import OrderedDict
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, Self

if TYPE_CHECKING:
    from collections.abc import Callable

    from telegram import Update

    from bot.personal_data import Exported
    from knowledge.conversation.turn import Turn

FORGOTTEN_AFTER = dt.timedelta(minutes=30)
"""After so long without a word, or where the clock was put back by as much, one begins anew."""
MOST_TURNS = 4
"""Turns that a later one may point back to."""
MOST_CONVERSATIONS = 2_000
"""Conversations in memory; the one that rested longest goes first."""


class Place(NamedTuple):
    """Where a conversation is held, and by whom."""

    chat_id: int
    thread_id: int | None
    person_id: int

    @classmethod
    def of(cls, update: Update) -> Self | None:
        """Return where an update was written; None where nobody did."""
        chat, user, message = update.effective_chat, update.effective_user, update.effective_message
        if chat is None or user is None:
            return None
        in_topic = getattr(message, "is_topic_message", None)
        return cls(
            chat.id, getattr(message, "message_thread_id", None) if in_topic else None, user.id
        )


@dataclass(frozen=True, slots=True)
class _Conversation:
    turns: tuple[Turn, ...]
    last: dt.datetime
    answer_id: str | None = None
    """Of the last answer that was recorded; one that was not may have come after it."""


class ConversationMemory:
    """Remembers the last turns of each conversation; belongs to one event loop."""

    title = "Hội thoại gần đây"

    def __init__(self, now: Callable[[], dt.datetime]) -> None:
        self._now = now
        self._conversations: OrderedDict[Place, _Conversation] = OrderedDict()

    def turns(self, place: Place | None) -> tuple[Turn, ...]:
        """Return the last turns, oldest first; none after a while of silence."""
        held = self._conversations.get(place) if place is not None else None
        if held is None or abs(self._now() - held.last) > FORGOTTEN_AFTER:
            return ()
        return held.turns

    def last_answer_id(self, place: Place | None) -> str | None:
        """Return the id of the last answer that may be voted on; None after a while of silence."""
        return self._conversations[place].answer_id if place and self.turns(place) else None

    def add(self, place: Place | None, turn: Turn, answer_id: str | None = None) -> None:
        """Remember a turn as the last one; `answer_id` where its answer was recorded."""
        if place is None:
            return
        answer_id = answer_id or self.last_answer_id(place)
        turns = (*self.turns(place), turn)[-MOST_TURNS:]
        self._conversations[place] = _Conversation(turns, self._now(), answer_id)
        self._conversations.move_to_end(place)
        while len(self._conversations) > MOST_CONVERSATIONS:
            self._conversations.popitem(last=False)

    def forget(self, place: Place | None) -> None:
        """Begin anew there."""
        if place is not None:
            self._conversations.pop(place, None)

    def move(self, old: int, new: int) -> None:
        """Let the conversations of one chat be those of another; harmless when they are."""
        for place in [one for one in self._conversations if one.chat_id == old]:
            held = self._conversations.pop(place)
            self._conversations.setdefault(place._replace(chat_id=new), held)

    async def export(self, person_id: int) -> Exported:
        """Return what the person asked in conversations that are still remembered."""
        return [
            turn.question
            for place, held in self._conversations.items()
            if place.person_id == person_id
            for turn in held.turns
        ]

    async def erase(self, person_id: int) -> None:
        """Forget all conversations of a person."""
        for place in [one for one in self._conversations if one.person_id == person_id]:
            del self._conversations[place]
