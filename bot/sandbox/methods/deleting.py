"""Deleting messages."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from bot.sandbox.api_error import ApiError
from bot.sandbox.limits import DELETABLE_HOURS
from bot.sandbox.methods.message_ids import checked_message_ids
from bot.sandbox.methods.registry import Call, handles
from bot.sandbox.posting import delete
from bot.sandbox.recipients import writable_chat
from bot.sandbox.schema import DeleteMessage, DeleteMessages

if TYPE_CHECKING:
    from bot.sandbox.message import Message
    from bot.sandbox.world import World


@handles(DeleteMessage)
async def delete_message(call: Call[DeleteMessage]) -> bool:
    """Delete one message; ApiError 400 when it isn't there or may not be deleted."""
    asked, world = call.parameters, call.world
    chat = writable_chat(world, asked.chat_id)
    message = chat.messages.get(asked.message_id)
    if message is None:
        raise ApiError(400, "Bad Request: message to delete not found")
    if not _deletable(world, message):
        raise ApiError(400, "Bad Request: message can't be deleted for everyone")
    delete(world, chat, [message.message_id])
    return True


@handles(DeleteMessages)
async def delete_messages(call: Call[DeleteMessages]) -> bool:
    """Delete those of several messages that are there and may be deleted."""
    asked, world = call.parameters, call.world
    chat = writable_chat(world, asked.chat_id)
    numbers = checked_message_ids(asked.message_ids)
    messages = [chat.messages[number] for number in numbers if number in chat.messages]
    delete(world, chat, [m.message_id for m in messages if _deletable(world, m)])
    return True


def _deletable(world: World, message: Message) -> bool:
    """Say whether the bot may delete a message: a young one, its own or as an administrator."""
    if message.date < (world.now - timedelta(hours=DELETABLE_HOURS)).timestamp():
        return False
    return (
        message.chat.is_private
        or message.sender.id == world.bot.user_id
        or world.bot_member.may("can_delete_messages")
    )
