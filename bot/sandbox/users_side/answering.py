"""Pressing buttons, voting, reacting and pinning."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aiohttp import web
from pydantic import Field

from bot.sandbox.errors import ConflictError, InvalidRequestError, NotAllowedError
from bot.sandbox.posting import pin, unpin
from bot.sandbox.queries import CallbackQuery
from bot.sandbox.users_side.place import Place, place_of
from bot.sandbox.users_side.request_body import Body, read_body

if TYPE_CHECKING:
    from bot.sandbox.json_object import Json
    from bot.sandbox.message import Message
    from bot.sandbox.world import World

LONGEST_WAIT = 120
"""Seconds that a request waits for the bot at most."""


class Press(Body):
    """Which button, and how long to wait for the bot's answer."""

    row: int = Field(ge=0)
    column: int = Field(ge=0)
    wait: float = Field(default=15, ge=0, le=LONGEST_WAIT)


class Vote(Body):
    """The chosen options; none takes the vote back."""

    options: list[int] = Field(max_length=12)


class Reaction(Body):
    """The emoji a person reacts with; none takes them back."""

    emoji: list[str] = Field(max_length=3)


class Pin(Body):
    """Whether the message is to be pinned."""

    pinned: bool


class AnsweringRoutes:
    """Takes what people do with messages."""

    def __init__(self, world: World) -> None:
        self._world = world

    def routes(self) -> list[web.RouteDef]:
        """Return the routes."""
        one = r"/users/{persona}/chats/{chat}/messages/{message_id:\d{1,9}}"
        return [
            web.post(f"{one}/press", self._press),
            web.post(f"{one}/vote", self._vote),
            web.post(f"{one}/reaction", self._react),
            web.post(f"{one}/pin", self._pin),
        ]

    async def _press(self, request: web.Request) -> web.Response:
        place = place_of(self._world, request)
        message = place.message(request)
        press = await read_body(request, Press)
        place.must_be_open()
        query = CallbackQuery(
            id=self._world.callbacks.new_id(),
            persona=place.persona,
            chat=place.chat,
            asked=self._world.now,
            message=message,
            data=_callback_data(message, press),
        )
        self._world.callbacks.add(query)
        self._world.updates.add("callback_query", query.json())
        answer = await query.wait(press.wait)
        outcome: Json = answer or {"text": None, "show_alert": False, "url": None}
        return web.json_response(
            {"callback_query_id": query.id, "answered": answer is not None, **outcome}
        )

    async def _vote(self, request: web.Request) -> web.Response:
        place = place_of(self._world, request)
        message = place.message(request)
        vote = await read_body(request, Vote)
        place.must_be_open()
        self._world.settle()
        poll = message.poll
        if poll is None:
            raise InvalidRequestError("this message has no poll")
        poll.vote(place.persona.user.id, vote.options)
        if not poll.is_anonymous:
            chosen = poll.votes.get(place.persona.user.id, [])
            self._world.updates.add(
                "poll_answer",
                {
                    "poll_id": poll.id,
                    "user": place.persona.user.json(),
                    "option_ids": chosen,
                    "option_persistent_ids": poll.persistent_ids(chosen),
                },
            )
        self._world.updates.add("poll", poll.json())
        self._world.publish_change(message, "poll")
        return web.json_response(message.seen_by_people())

    async def _react(self, request: web.Request) -> web.Response:
        place = place_of(self._world, request)
        message = place.message(request)
        new = list(dict.fromkeys((await read_body(request, Reaction)).emoji))
        if any(not 0 < len(emoji) <= 16 for emoji in new):
            raise InvalidRequestError("emoji must be a list of emoji")
        place.must_be_open()
        if message.is_service:
            raise NotAllowedError("nobody reacts to a service message")
        self._set_reaction(place, message, new)
        return web.json_response(message.seen_by_people())

    def _set_reaction(self, place: Place, message: Message, new: list[str]) -> None:
        user = place.persona.user
        old = message.reactions.pop(user.id, [])
        if new:
            message.reactions[user.id] = new
        if old == new:
            return
        if place.chat.is_private or self._world.bot_member.is_admin:
            self._world.updates.add(
                "message_reaction",
                {
                    "chat": place.chat.json(),
                    "message_id": message.message_id,
                    "user": user.json(),
                    "date": self._world.timestamp,
                    "old_reaction": [{"type": "emoji", "emoji": emoji} for emoji in old],
                    "new_reaction": [{"type": "emoji", "emoji": emoji} for emoji in new],
                },
            )
        self._world.publish_change(message, "reactions")

    async def _pin(self, request: web.Request) -> web.Response:
        place = place_of(self._world, request)
        message = place.message(request)
        pinned = (await read_body(request, Pin)).pinned
        if not place.is_admin:
            raise NotAllowedError("only an administrator pins messages in the group")
        if message.is_service:
            raise ConflictError("a service message can't be pinned")
        if pinned:
            pin(self._world, place.chat, message, place.persona.user)
        elif message.message_id in place.chat.pinned:
            unpin(self._world, place.chat, [message.message_id])
        return web.json_response({})


def _callback_data(message: Message, press: Press) -> str:
    rows = (message.reply_markup or {}).get("inline_keyboard", [])
    if press.row >= len(rows) or press.column >= len(rows[press.row]):
        raise InvalidRequestError(f"there is no button at row {press.row}, column {press.column}")
    data = rows[press.row][press.column].get("callback_data")
    if data is None:
        raise InvalidRequestError("this button asks nothing of the bot")
    return str(data)
