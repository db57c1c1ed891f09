"""Which chats the bot can reach, and why not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.sandbox.chats import GROUP_ID, GroupChat, PrivateChat
from bot.sandbox.errors import ApiError, bad_request

if TYPE_CHECKING:
    from bot.sandbox.world import World


def known_chat(world: World, chat_id: int | str) -> PrivateChat | GroupChat:
    """Return a chat that the bot has met; ApiError 400 "chat not found" for others."""
    if chat_id == GROUP_ID:
        return world.group
    chat = world.private_chat(chat_id) if isinstance(chat_id, int) else None
    if chat is None or not (chat.started or world.group.has(chat.persona.user)):
        raise bad_request("chat not found")
    return chat


def writable_chat(world: World, chat_id: int | str) -> PrivateChat | GroupChat:
    """Return a chat that the bot may write to; ApiError 400 or 403 says why it may not."""
    chat = known_chat(world, chat_id)
    if isinstance(chat, GroupChat):
        check_group(world)
    elif chat.blocked:
        raise ApiError(403, "Forbidden: bot was blocked by the user")
    elif not chat.started:
        raise ApiError(403, "Forbidden: bot can't initiate conversation with a user")
    return chat


def check_group(world: World) -> None:
    """Raise ApiError 403 unless the bot is in the group."""
    if not world.bot_member.is_in:
        raise ApiError(403, "Forbidden: bot is not a member of the supergroup chat")
