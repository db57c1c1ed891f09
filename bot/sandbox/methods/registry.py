"""What a method of the Bot API is made of: its parameters, what they name, and what does it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.sandbox.chats import GroupChat, PrivateChat
from bot.sandbox.errors import ApiError, bad_request
from bot.sandbox.schema import METHODS, ApiMethod

if TYPE_CHECKING:
    from bot.sandbox.chats import Message
    from bot.sandbox.request_parameters import Upload
    from bot.sandbox.values import Json
    from bot.sandbox.world import World


@dataclass(frozen=True, slots=True)
class Call:
    """A call: `asked` are the parameters it came with, checked; uploads are files by field."""

    world: World
    asked: Json
    uploads: Mapping[str, Upload]

    @property
    def chat(self) -> PrivateChat | GroupChat:
        """The chat that it names, to write to; ApiError 400 or 403 says why the bot may not."""
        chat = known_chat(self.world, self.asked["chat_id"])
        if isinstance(chat, GroupChat):
            check_group(self.world)
        elif chat.blocked:
            raise ApiError(403, "Forbidden: bot was blocked by the user")
        elif not chat.started:
            raise ApiError(403, "Forbidden: bot can't initiate conversation with a user")
        return chat

    @property
    def thread(self) -> int | None:
        """The topic that it names; ApiError 400 for one that the chat has not."""
        thread, chat = self.asked.get("message_thread_id"), self.chat
        if thread and (not isinstance(chat, GroupChat) or thread not in chat.topics):
            raise bad_request("message thread not found")
        return thread or None

    def message(self, missing: str) -> Message:
        """Return the message that it names in such a chat; ApiError 400 says `missing`."""
        message = self.chat.messages.get(self.asked["message_id"])
        if message is None:
            raise bad_request(missing)
        return message


def known_chat(world: World, chat_id: int | str) -> PrivateChat | GroupChat:
    """Return a chat that the bot has met; ApiError 400 for others, and one that was upgraded."""
    if chat_id == world.group.id:
        return world.group
    if chat_id == world.group.former_id:
        moved: dict[str, object] = {"migrate_to_chat_id": world.group.id}
        reason = "Bad Request: group chat was upgraded to a supergroup chat"
        raise ApiError(400, reason, moved)
    chat = world.private_chat(chat_id) if isinstance(chat_id, int) else None
    if chat is None or not (chat.started or world.group.has(chat.persona.user)):
        raise bad_request("chat not found")
    return chat


def check_group(world: World) -> None:
    """Raise ApiError 403 unless the bot is in the group."""
    if not world.bot_member.is_in:
        raise ApiError(403, f"Forbidden: bot is not a member of the {world.group.kind} chat")


Handler = Callable[[Call], Awaitable[object]]
_methods: dict[str, tuple[ApiMethod, Handler]] = {}


def handles(name: str) -> Callable[[Handler], Handler]:
    """Register a function as what the method of that name does."""

    def register(handler: Handler) -> Handler:
        _methods[name.lower()] = METHODS[name], handler
        return handler

    return register


def find_method(name: str) -> tuple[ApiMethod, Handler]:
    """Return the method of that name, in any case; ApiError 404 when there is no such method."""
    try:
        return _methods[name.lower()]
    except KeyError:
        raise ApiError(404, "Not Found: method not found") from None
