"""Who does something and where: the persona, chat and message that a path names."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.sandbox.chats import GroupChat, PrivateChat
from bot.sandbox.errors import ConflictError, NotAllowedError, NotThereError

if TYPE_CHECKING:
    from aiohttp import web

    from bot.sandbox.message import Message
    from bot.sandbox.people import PersonaProfile
    from bot.sandbox.world import World


@dataclass(frozen=True, slots=True)
class Place:
    """A persona in one of their chats."""

    persona: PersonaProfile
    chat: PrivateChat | GroupChat

    def message(self, request: web.Request) -> Message:
        """Return the message that the path names; NotThereError when it isn't in the chat."""
        number = int(request.match_info["message_id"])
        try:
            return self.chat.messages[number]
        except KeyError:
            raise NotThereError(f"there is no message {number} in this chat") from None

    def must_be_open(self) -> None:
        """Raise ConflictError if they stopped the bot, NotAllowedError if they may not write."""
        if isinstance(self.chat, PrivateChat):
            if self.chat.blocked:
                raise ConflictError("the bot is stopped in this chat; restart it first")
            return
        member = self.chat.members[self.persona.user.id]
        may_write = member.status != "restricted" or "can_send_messages" in member.rights
        if not member.is_admin and not (may_write and self.chat.permissions["can_send_messages"]):
            raise NotAllowedError(f"{self.persona.key} may not write in the group")

    @property
    def is_admin(self) -> bool:
        """Whether the persona may do what administrators do here."""
        if isinstance(self.chat, PrivateChat):
            return True
        return self.chat.members[self.persona.user.id].is_admin


def place_of(world: World, request: web.Request, *, outsiders: bool = False) -> Place:
    """Return the place that the path names.

    NotThereError for an unknown persona or chat; NotAllowedError for a group that they are not
    in, unless `outsiders` are welcome.
    """
    persona = world.people.persona(request.match_info["persona"])
    name = request.match_info["chat"]
    if name == "private" and (private := world.private_chat(persona.user.id)) is not None:
        return Place(persona, private)
    if name != "group":
        raise NotThereError(f"a chat is 'private' or 'group', got {name!r}")
    if not outsiders and not world.group.has(persona.user):
        raise NotAllowedError(f"{persona.key} is not in the group")
    return Place(persona, world.group)
