"""Pressing buttons, voting, reacting and pinning."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import Field

from bot.sandbox.errors import UserApiError
from bot.sandbox.posting import pin, unpin
from bot.sandbox.queries import CallbackQuery
from bot.sandbox.user_api.place import MESSAGE_PATH, Action, Place
from bot.sandbox.user_api.request_body import Body

if TYPE_CHECKING:
    from bot.sandbox.chats import Message
    from bot.sandbox.values import Json

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


async def press(place: Place, body: Press) -> Json:
    """Press a button and wait for what the bot answers."""
    place.must_be_open()
    world, message = place.world, place.message
    query = CallbackQuery(
        id=world.new_id(),
        persona=place.persona,
        chat=place.chat,
        asked=world.now,
        message=message,
        data=_callback_data(message, body),
    )
    world.callback_queries[query.id] = query
    world.updates.add("callback_query", query.json())
    answer = await query.wait(body.wait)
    said: Json = answer or {"text": None, "show_alert": False, "url": None}
    return {"callback_query_id": query.id, "answered": answer is not None, **said}


async def vote(place: Place, body: Vote) -> Json:
    """Vote in a poll, or take the vote back."""
    place.must_be_open()
    world, user = place.world, place.persona.user
    world.settle()
    poll = place.message.poll
    if poll is None:
        raise UserApiError(400, "this message has no poll")
    poll.vote(user.id, body.options)
    if not poll.is_anonymous:
        chosen = poll.votes.get(user.id, [])
        answer = {
            "poll_id": poll.id,
            "user": user.json(),
            "option_ids": chosen,
            "option_persistent_ids": poll.persistent_ids(chosen),
        }
        world.updates.add("poll_answer", answer)
    world.updates.add("poll", poll.json())
    world.publish_change(place.message, "poll")
    return place.message.seen_by_people()


async def react(place: Place, body: Reaction) -> Json:
    """Set one's reactions to a message."""
    new = list(dict.fromkeys(body.emoji))
    if any(not 0 < len(emoji) <= 16 for emoji in new):
        raise UserApiError(400, "emoji must be a list of emoji")
    place.must_be_open()
    if place.message.is_service:
        raise UserApiError(403, "nobody reacts to a service message")
    old = place.message.reactions.pop(place.persona.user.id, [])
    if new:
        place.message.reactions[place.persona.user.id] = new
    if old != new:
        _tell_of_reaction(place, old, new)
    return place.message.seen_by_people()


def _tell_of_reaction(place: Place, old: list[str], new: list[str]) -> None:
    world = place.world
    if place.chat.is_private or world.bot_member.is_admin:
        change = {
            "chat": place.chat.json(),
            "message_id": place.message.message_id,
            "user": place.persona.user.json(),
            "date": world.timestamp,
            "old_reaction": [{"type": "emoji", "emoji": emoji} for emoji in old],
            "new_reaction": [{"type": "emoji", "emoji": emoji} for emoji in new],
        }
        world.updates.add("message_reaction", change)
    world.publish_change(place.message, "reactions")


async def set_pinned(place: Place, body: Pin) -> Json:
    """Pin a message, or unpin it."""
    message = place.message
    if not place.is_admin:
        raise UserApiError(403, "only an administrator pins messages in the group")
    if message.is_service:
        raise UserApiError(409, "a service message can't be pinned")
    if body.pinned:
        pin(place.world, message, place.persona.user)
    elif message.message_id in place.chat.pinned:
        unpin(place.world, message)
    return {}


def _callback_data(message: Message, pressed: Press) -> str:
    rows = (message.reply_markup or {}).get("inline_keyboard", [])
    row, column = pressed.row, pressed.column
    if row >= len(rows) or column >= len(rows[row]):
        raise UserApiError(400, f"there is no button at row {row}, column {column}")
    data = rows[row][column].get("callback_data")
    if data is None:
        raise UserApiError(400, "this button asks nothing of the bot")
    return str(data)


ANSWERING = (
    Action("POST", f"{MESSAGE_PATH}/press", Press, press),
    Action("POST", f"{MESSAGE_PATH}/vote", Vote, vote),
    Action("POST", f"{MESSAGE_PATH}/reaction", Reaction, react),
    Action("POST", f"{MESSAGE_PATH}/pin", Pin, set_pinned),
)
"""What people do with messages."""
