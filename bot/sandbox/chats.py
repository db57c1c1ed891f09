"""Chats: the private ones with the bot, and the group."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.sandbox.json_object import Json, without_none

if TYPE_CHECKING:
    from datetime import datetime

    from bot.sandbox.members import Member
    from bot.sandbox.message import Message
    from bot.sandbox.people import PersonaProfile, User

GROUP_ID = -1_001_000_000_001


@dataclass(frozen=True, slots=True)
class Draft:
    """A text being streamed; it vanishes at `ends` or when a message comes."""

    draft_id: int
    text: str
    entities: list[Json]
    ends: datetime

    def json(self) -> Json:
        """Return what apps show."""
        return {"draft_id": self.draft_id, "text": self.text, "entities": self.entities}


@dataclass(frozen=True, slots=True)
class Action:
    """What the bot is doing ("typing"), until `ends`."""

    name: str
    ends: datetime


@dataclass(slots=True, eq=False)
class Chat(ABC):
    """A chat and all that is in it."""

    id: int
    messages: dict[int, Message] = field(default_factory=dict)
    pinned: list[int] = field(default_factory=list)
    """Newest first."""
    last_message_id: int = 0
    keyboard: Json | None = None
    """The reply keyboard or force reply in force."""
    action: Action | None = None
    draft: Draft | None = None

    @property
    def persona_key(self) -> str | None:
        """Whose private chat it is; None for a group."""
        return None

    @property
    def is_private(self) -> bool:
        """Whether it is a person's own chat with the bot."""
        return self.persona_key is not None

    @abstractmethod
    def json(self) -> Json:
        """Return the `Chat` object."""

    def next_message_id(self) -> int:
        """Count up the chat's message ids."""
        self.last_message_id += 1
        return self.last_message_id


@dataclass(slots=True, kw_only=True, eq=False)
class PrivateChat(Chat):
    """A person's own chat with the bot; empty until they write (`started`)."""

    persona: PersonaProfile
    started: bool = False
    blocked: bool = False
    menu_button: Json | None = None

    @property
    def persona_key(self) -> str | None:
        """Whose chat it is."""
        return self.persona.key

    def json(self) -> Json:
        """Return the `Chat` object."""
        user = self.persona.user
        return without_none(
            {
                "id": self.id,
                "type": "private",
                "first_name": user.first_name,
                "last_name": user.last_name,
                "username": user.username,
            }
        )


@dataclass(slots=True, kw_only=True, eq=False)
class GroupChat(Chat):
    """The supergroup with its members, by user id."""

    title: str
    description: str = ""
    members: dict[int, Member] = field(default_factory=dict)
    permissions: Json = field(default_factory=dict)

    def json(self) -> Json:
        """Return the `Chat` object."""
        return {"id": self.id, "type": "supergroup", "title": self.title}

    def has(self, user: User) -> bool:
        """Say whether someone is in the group."""
        member = self.members.get(user.id)
        return member is not None and member.is_in
