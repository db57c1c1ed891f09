"""Forwarding and copying messages."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from bot.sandbox.api_error import ApiError
from bot.sandbox.message_texts import caption_content, without_caption
from bot.sandbox.methods.message_ids import checked_message_ids
from bot.sandbox.methods.outgoing import Outgoing, outgoing
from bot.sandbox.methods.registry import Call, handles
from bot.sandbox.recipients import known_chat
from bot.sandbox.schema import CopyMessage, CopyMessages, ForwardMessage, ForwardMessages

if TYPE_CHECKING:
    from bot.sandbox.json_object import Json
    from bot.sandbox.message import Message
    from bot.sandbox.polls import Poll
    from bot.sandbox.world import World


@handles(ForwardMessage)
async def forward_message(call: Call[ForwardMessage]) -> Json:
    """Forward one message."""
    asked, world = call.parameters, call.world
    message = _source(world, asked.from_chat_id, asked.message_id, "forward")
    return _forward(outgoing(world, asked), message).json()


@handles(ForwardMessages)
async def forward_messages(call: Call[ForwardMessages]) -> list[Json]:
    """Forward those of several messages that can be."""
    asked, world = call.parameters, call.world
    messages = _sources(world, asked)
    place = outgoing(world, asked, len(messages))
    return [{"message_id": _forward(place, message).message_id} for message in messages]


@handles(CopyMessage)
async def copy_message(call: Call[CopyMessage]) -> Json:
    """Send one message's content again, maybe under another caption."""
    asked, world = call.parameters, call.world
    message = _source(world, asked.from_chat_id, asked.message_id, "copy")
    content = dict(message.content)
    if asked.caption is not None and "text" not in content:
        content = without_caption(content)
        content |= caption_content(asked.caption, asked.parse_mode, asked.caption_entities)
    sent = outgoing(world, asked).send(content, poll=_fresh_poll(world, message.poll))
    return {"message_id": sent.message_id}


@handles(CopyMessages)
async def copy_messages(call: Call[CopyMessages]) -> list[Json]:
    """Send the contents of those of several messages that can be copied."""
    asked, world = call.parameters, call.world
    messages = _sources(world, asked)
    place = outgoing(world, asked, len(messages))
    copies = []
    for message in messages:
        content = without_caption(message.content) if asked.remove_caption else message.content
        copies.append(place.send(dict(content), poll=_fresh_poll(world, message.poll)))
    return [{"message_id": copy.message_id} for copy in copies]


def _forward(place: Outgoing, message: Message) -> Message:
    origin = message.forward_origin or {
        "type": "user",
        "sender_user": message.sender.json(),
        "date": message.date,
    }
    return place.send(dict(message.content), poll=message.poll, forward_origin=origin)


def _source(world: World, chat_id: int | str, message_id: int, deed: str) -> Message:
    message = known_chat(world, chat_id).messages.get(message_id)
    if message is None:
        raise ApiError(400, f"Bad Request: message to {deed} not found")
    if message.is_service or message.protected:
        past = {"copy": "copied"}.get(deed, f"{deed}ed")
        raise ApiError(400, f"Bad Request: message can't be {past}")
    return message


def _sources(world: World, asked: Any) -> list[Message]:  # noqa: ANN401
    chat = known_chat(world, asked.from_chat_id)
    numbers = checked_message_ids(asked.message_ids)
    if any(later <= earlier for earlier, later in pairwise(numbers)):
        raise ApiError(
            400, "Bad Request: message identifiers must be in a strictly increasing order"
        )
    found = [chat.messages[number] for number in numbers if number in chat.messages]
    usable = [message for message in found if not (message.is_service or message.protected)]
    if not usable:
        raise ApiError(400, "Bad Request: there are no messages to forward or copy")
    return usable


def _fresh_poll(world: World, poll: Poll | None) -> Poll | None:
    if poll is None:
        return None
    number = str(5_300_000_000_000_000_000 + world.number())
    return replace(poll, id=number, votes={}, is_closed=False, open_period=None, close_date=None)
