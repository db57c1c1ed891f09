"""Chats, the private ones with the bot and the group, and the messages in them."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from bot.sandbox.values import Json, without_none

if TYPE_CHECKING:
    from datetime import datetime

    from bot.sandbox.people import Member, PersonaProfile, User
    from bot.sandbox.polls import Poll

GROUP_ID = -1_001_000_000_001

SERVICE_FIELDS = frozenset(
    """new_chat_members left_chat_member pinned_message_id forum_topic_created migrate_to_chat_id
    migrate_from_chat_id""".split()
)
"""Content of service messages."""


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
    """The group with its members, by user id."""

    title: str
    kind: Literal["group", "supergroup"] = "supergroup"
    former_id: int | None = None
    """What it was known by before it became a supergroup."""
    topics: dict[int, str] = field(default_factory=dict)
    """The titles of a forum's topics, by thread."""
    members: dict[int, Member] = field(default_factory=dict)

    def json(self) -> Json:
        """Return the `Chat` object."""
        shown = {"id": self.id, "type": self.kind, "title": self.title}
        return {**shown, "is_forum": True} if self.topics else shown

    def has(self, user: User) -> bool:
        """Say whether someone is in the group."""
        member = self.members.get(user.id)
        return member is not None and member.is_in


@dataclass(slots=True, eq=False)
class Message:
    """One message; `content` holds what was sent, under the API's field names."""

    chat: Chat
    sender: User
    content: Json
    message_id: int = 0
    """Given with `date` when it is posted."""
    date: int = 0
    reply_to: int | None = None
    reply_markup: Json | None = None
    poll: Poll | None = None
    edit_date: int | None = None
    via_bot: User | None = None
    media_group_id: str | None = None
    inline_message_id: str | None = None
    sender_chat: Chat | None = None
    """The group, where one of its admins writes as the group itself."""
    thread_id: int | None = None
    """The topic that it is in."""
    has_keyboard: bool = False
    """Whether it brought a reply keyboard; such messages can't be edited."""
    reactions: dict[int, list[str]] = field(default_factory=dict)
    """Emoji by user id."""

    @property
    def text(self) -> str:
        """The text or caption, empty without one."""
        return str(self.content.get("text") or self.content.get("caption") or "")

    @property
    def entities(self) -> list[Json]:
        """The entities of the text or caption."""
        found: list[Json] = (
            self.content.get("entities") or self.content.get("caption_entities") or []
        )
        return found

    @property
    def is_service(self) -> bool:
        """Whether it tells of an event in the chat and is nobody's writing."""
        return not SERVICE_FIELDS.isdisjoint(self.content)

    def json(self, *, with_reply: bool = True) -> Json:
        """Return the `Message` object; a replied-to message is shown without its own reply.

        To the bot, what is in a topic and no reply is one to the message that opened the topic.
        """
        opening = self.thread_id if self.thread_id != self.message_id else None
        replied = self.chat.messages.get(self.reply_to or opening or 0) if with_reply else None
        pinned_id = self.content.get("pinned_message_id")
        content = self.content if pinned_id is None else self._pin_content(pinned_id)
        return without_none(
            {
                "message_id": self.message_id,
                "message_thread_id": self.thread_id,
                "is_topic_message": True if self.thread_id else None,
                "from": self.sender.json(),
                "sender_chat": self.sender_chat.json() if self.sender_chat else None,
                "date": self.date,
                "chat": self.chat.json(),
                "reply_to_message": replied.json(with_reply=False) if replied else None,
                "via_bot": self.via_bot.json() if self.via_bot else None,
                "edit_date": self.edit_date,
                "media_group_id": self.media_group_id,
                **content,
                "poll": self.poll.json() if self.poll else None,
                "reply_markup": self.reply_markup,
            }
        )

    def seen_by_people(self) -> Json:
        """Return the message as apps show it, with what only they see under `sandbox`."""
        by_emoji: dict[str, list[int]] = {}
        for user_id, emojis in self.reactions.items():
            for emoji in emojis:
                by_emoji.setdefault(emoji, []).append(user_id)
        extra: Json = {
            "reactions": [{"emoji": emoji, "user_ids": ids} for emoji, ids in by_emoji.items()],
            "pinned": self.message_id in self.chat.pinned,
        }
        if self.poll is not None:
            extra["votes"] = {str(user_id): ids for user_id, ids in self.poll.votes.items()}
            if self.poll.is_quiz:
                extra["quiz"] = self.poll.solution()
        shown = self.json(with_reply=self.reply_to is not None)
        if self.poll is not None and self.poll.hides_results and not self.poll.is_closed:
            shown["poll"] = self.poll.without_counts()
        return {**shown, "sandbox": extra}

    def _pin_content(self, pinned_id: int) -> Json:
        pinned = self.chat.messages.get(pinned_id)
        if pinned is None:
            gone = {"chat": self.chat.json(), "message_id": pinned_id, "date": 0}
            return {"pinned_message": gone}
        return {"pinned_message": pinned.json(with_reply=False)}
