"""Pinning messages."""

from __future__ import annotations

from bot.sandbox.api_error import ApiError
from bot.sandbox.methods.registry import Call, handles
from bot.sandbox.posting import pin, unpin
from bot.sandbox.recipients import must_have_right, writable_chat
from bot.sandbox.schema import PinChatMessage, UnpinAllChatMessages, UnpinChatMessage

_NO_RIGHT = "not enough rights to manage pinned messages in the chat"


@handles(PinChatMessage)
async def pin_chat_message(call: Call[PinChatMessage]) -> bool:
    """Pin a message."""
    asked, world = call.parameters, call.world
    chat = writable_chat(world, asked.chat_id)
    must_have_right(world, chat, "can_pin_messages", _NO_RIGHT)
    message = chat.messages.get(asked.message_id)
    if message is None:
        raise ApiError(400, "Bad Request: message to pin not found")
    if message.is_service:
        raise ApiError(400, "Bad Request: message can't be pinned")
    pin(world, chat, message, world.bot.user())
    return True


@handles(UnpinChatMessage)
async def unpin_chat_message(call: Call[UnpinChatMessage]) -> bool:
    """Unpin a message, the newest pinned one if none is named."""
    asked, world = call.parameters, call.world
    chat = writable_chat(world, asked.chat_id)
    must_have_right(world, chat, "can_pin_messages", _NO_RIGHT)
    number = asked.message_id if asked.message_id is not None else (chat.pinned or [0])[0]
    if number not in chat.pinned:
        raise ApiError(400, "Bad Request: message to unpin not found")
    unpin(world, chat, [number])
    return True


@handles(UnpinAllChatMessages)
async def unpin_all_chat_messages(call: Call[UnpinAllChatMessages]) -> bool:
    """Unpin every message."""
    world = call.world
    chat = writable_chat(world, call.parameters.chat_id)
    must_have_right(world, chat, "can_pin_messages", _NO_RIGHT)
    unpin(world, chat, list(chat.pinned))
    return True
