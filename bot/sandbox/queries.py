"""Pressed buttons and inline queries, waiting for the bot's answer."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from bot.sandbox.errors import bad_request
from bot.sandbox.values import Json, without_none

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime, timedelta

    from bot.sandbox.chats import Chat, Message
    from bot.sandbox.people import PersonaProfile

AnyQuery = TypeVar("AnyQuery", bound="Query")


@dataclass(slots=True, kw_only=True, eq=False)
class Query:
    """A question to the bot that takes one answer within some time."""

    id: str
    persona: PersonaProfile
    chat: Chat
    asked: datetime
    answer: Json | None = None
    answered: asyncio.Event = field(default_factory=asyncio.Event)

    async def wait(self, seconds: float) -> Json | None:
        """Return the answer, or None when it does not come within `seconds`."""
        if self.answer is None and seconds > 0:
            try:
                async with asyncio.timeout(seconds):
                    await self.answered.wait()
            except TimeoutError:
                return None
        return self.answer


@dataclass(slots=True, kw_only=True, eq=False)
class CallbackQuery(Query):
    """A person pressed a button with `callback_data`."""

    message: Message
    data: str

    def json(self) -> Json:
        """Return the `CallbackQuery` object."""
        inline_id = self.message.inline_message_id
        return without_none(
            {
                "id": self.id,
                "from": self.persona.user.json(),
                "message": None if inline_id else self.message.json(),
                "inline_message_id": inline_id,
                "chat_instance": str(abs(self.chat.id) * 7919),
                "data": self.data,
            }
        )


@dataclass(slots=True, kw_only=True, eq=False)
class InlineQuery(Query):
    """A person typed the bot's name and some words into a chat."""

    text: str
    offset: str

    def json(self) -> Json:
        """Return the `InlineQuery` object."""
        return {
            "id": self.id,
            "from": self.persona.user.json(),
            "query": self.text,
            "offset": self.offset,
            "chat_type": "sender" if self.chat.is_private else self.chat.json()["type"],
        }


def answer_query(
    queries: Mapping[str, AnyQuery],
    query_id: str,
    answer: Json,
    *,
    now: datetime,
    lifetime: timedelta,
) -> AnyQuery:
    """Give a query its one answer and return it.

    ApiError 400 when it is unknown, answered already or older than `lifetime`.
    """
    query = queries.get(query_id)
    if query is None or query.answer is not None or now - query.asked > lifetime:
        raise bad_request("query is too old and response timeout expired or query ID is invalid")
    query.answer = answer
    query.answered.set()
    return query
