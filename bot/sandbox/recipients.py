"""Which chats the bot can reach, and why not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.sandbox.api_error import ApiError
from bot.sandbox.chats import GROUP_ID, Chat, GroupChat, PrivateChat

if TYPE_CHECKING:
    from bot.sandbox.world import World


def known_chat(world: World, chat_id: int | str) -> PrivateChat | GroupChat:
    """Return a chat that the bot has met; ApiError 400 "chat not found" for others."""
    try:
        number = int(chat_id)
    except ValueError:
        raise _not_found() from None
    if number == GROUP_ID:
        return world.group
    chat = world.private_chat(number)
    if chat is None or not (chat.started or world.group.has(chat.persona.user)):
        raise _not_found()
    return chat


def writable_chat(world: World, chat_id: int | str) -> PrivateChat | GroupChat:
    """Return a chat that the bot may write to; ApiError 400 or 403 says why it may not."""
    chat = known_chat(world, chat_id)
    if isinstance(chat, GroupChat):
        _check_group(world)
    elif chat.blocked:
        raise ApiError(403, "Forbidden: bot was blocked by the user")
    elif not chat.started:
        raise ApiError(403, "Forbidden: bot can't initiate conversation with a user")
    return chat


def group_of(world: World, chat_id: int | str) -> GroupChat:
    """Return the group, for methods that only groups have; ApiError for anything else."""
    chat = known_chat(world, chat_id)
    if not isinstance(chat, GroupChat):
        raise ApiError(
            400, "Bad Request: method is available for supergroup and channel chats only"
        )
    _check_group(world)
    return chat


def must_have_right(world: World, chat: Chat, right: str, refusal: str) -> None:
    """Raise ApiError 400 unless the bot has an administrator's right (all in a private chat)."""
    if not chat.is_private and not world.bot_member.may(right):
        raise ApiError(400, f"Bad Request: {refusal}")


def _check_group(world: World) -> None:
    if world.bot_member.is_in:
        return
    if world.bot_member.status == "kicked":
        raise ApiError(403, "Forbidden: bot was kicked from the supergroup chat")
    raise ApiError(403, "Forbidden: bot is not a member of the supergroup chat")


def _not_found() -> ApiError:
    return ApiError(400, "Bad Request: chat not found")
