"""The state of the sandbox: everyone, every chat, and what waits for the bot."""

from __future__ import annotations

import heapq
import itertools
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.sandbox.bot_profile import BotProfile, CommandMenus
from bot.sandbox.call_log import CallLog
from bot.sandbox.chats import GROUP_ID, Action, Chat, Draft, GroupChat, Message, PrivateChat
from bot.sandbox.events import EventHub
from bot.sandbox.faults import Faults
from bot.sandbox.files import FileStore
from bot.sandbox.limits import ACTION_SECONDS, DRAFT_SECONDS
from bot.sandbox.older_server import as_before_9_6
from bot.sandbox.people import Member, People, PersonaProfile
from bot.sandbox.update_queue import UpdateQueue

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from bot.sandbox.people import User
    from bot.sandbox.polls import Poll
    from bot.sandbox.queries import CallbackQuery, InlineQuery
    from bot.sandbox.values import Clock, Json
    from bot.sandbox.webhook import Webhook

GROUP_TITLE = "Phòng Tổng hợp"
_FIRST_ID = 5_300_000_000_000_000_000
_GROUP_AT_FIRST = {"staff": "member", "admin": "creator", "editor": "member"}


@dataclass(slots=True)
class SandboxSettings:
    """Rules that tests change while the sandbox runs."""

    group_privacy: bool = True
    """The bot sees only what concerns it in the group, as BotFather sets by default."""
    mentions_pass_privacy: bool = True
    """A plain @mention concerns the bot; on Telegram that is not certain."""
    inline_mode: bool = True
    """Whether BotFather's /setinline is on; `getMe` tells it."""
    voice_seconds: int = 1
    """How long voice messages are, as nothing here looks into them."""
    callback_lifetime: timedelta = timedelta(minutes=15)
    """How long a pressed button can be answered."""
    older_than_bot_api_9_6: bool = False
    """What the server writes lacks what Bot API 9.6 and 10.0 added about polls."""


class World:
    """Everything the server remembers; its parts each keep one noun."""

    def __init__(self, bot_id: int, clock: Clock) -> None:
        self.clock = clock
        self.began = clock()
        self.settings = SandboxSettings()
        self.people = People()
        self.bot = BotProfile(bot_id)
        self.files = FileStore()
        self.events = EventHub()
        self.updates = UpdateQueue(clock)
        self.menus = CommandMenus()
        self.callback_queries: dict[str, CallbackQuery] = {}
        self.inline_queries: dict[str, InlineQuery] = {}
        self.faults = Faults()
        self.calls = CallLog()
        self.webhook: Webhook
        """Set by the server."""
        self.inline_messages: dict[str, Message] = {}
        self.group = GroupChat(GROUP_ID, title=GROUP_TITLE)
        self._private: dict[int, PrivateChat] = {}
        self._closings: list[tuple[int, str, Poll, Message]] = []
        self._passing: set[Chat] = set()
        self._ids = itertools.count(_FIRST_ID)
        for persona in self.people.all():
            self.welcome(persona, _GROUP_AT_FIRST.get(persona.key))
        self.set_member(self.bot.user(), "member")

    # people and chats

    def welcome(self, persona: PersonaProfile, group_status: str | None) -> None:
        """Give a persona a private chat and, with a status, a place in the group."""
        self._private[persona.user.id] = PrivateChat(persona.user.id, persona=persona)
        if group_status is not None:
            self.set_member(persona.user, group_status)

    def set_member(self, user: User, status: str) -> None:
        """Remember someone's status in the group."""
        self.group.members[user.id] = Member(user, status)

    def private_chat(self, user_id: int) -> PrivateChat | None:
        """Return the private chat of a person, or None for an unknown id."""
        return self._private.get(user_id)

    def chats(self) -> Iterator[Chat]:
        """Yield every chat."""
        yield self.group
        yield from self._private.values()

    @property
    def creator(self) -> User:
        """Who made the group."""
        return next(m.user for m in self.group.members.values() if m.status == "creator")

    @property
    def bot_member(self) -> Member:
        """The bot's status in the group."""
        return self.group.members[self.bot.user_id]

    # numbers and time

    def new_id(self) -> str:
        """Return an id that was not used before: a 64-bit number written as text."""
        return str(next(self._ids))

    @property
    def now(self) -> datetime:
        """The time."""
        return self.clock()

    @property
    def timestamp(self) -> int:
        """The time as the Bot API writes it."""
        return int(self.now.timestamp())

    # telling people and the bot

    def written(self, value: object) -> object:
        """Return what the bot gets of a result or an update, as old as the server is."""
        return as_before_9_6(value) if self.settings.older_than_bot_api_9_6 else value

    def publish(self, name: str, chat: Chat, **data: object) -> None:
        """Tell the apps of those in a chat."""
        self.events.publish(name, {"chat_id": chat.id, "persona": chat.persona_key, **data})

    def publish_bot(self) -> None:
        """Tell everyone that the bot's descriptions or connection changed."""
        data = {"chat_id": None, "persona": None, "bot": self.bot.json("vi")}
        self.events.publish("bot_changed", data)

    def publish_reset(self) -> None:
        """Tell everyone to load all again."""
        self.events.publish("reset", {"chat_id": None, "persona": None})

    def bot_connects(self) -> None:
        """Tell everyone that the bot takes updates, if that is news."""
        if self.bot.connection != "connected":
            self.bot.connection = "connected"
            self.publish_bot()

    def publish_change(self, message: Message, change: str) -> None:
        """Tell the apps of a message that is different now."""
        self.publish(
            "message_changed", message.chat, message=message.seen_by_people(), change=change
        )

    def settle(self) -> None:
        """Do what time has brought: polls close, drafts and chat actions end."""
        now = self.now
        while self._closings and self._closings[0][0] <= now.timestamp():
            _, _, poll, message = heapq.heappop(self._closings)
            if not poll.is_closed:
                self.close_poll(poll, message)
        for chat in list(self._passing):
            if chat.action is not None and chat.action.ends <= now:
                self.end_action(chat)
            if chat.draft is not None and chat.draft.ends <= now:
                self.end_draft(chat)
            if chat.action is None and chat.draft is None:
                self._passing.discard(chat)

    def add_poll(self, poll: Poll, message: Message) -> None:
        """Remember when a poll closes."""
        if poll.close_date is not None:
            heapq.heappush(self._closings, (poll.close_date, poll.id, poll, message))

    def show_action(self, chat: Chat, name: str) -> None:
        """Show for some seconds what the bot does."""
        chat.action = Action(name, self.now + timedelta(seconds=ACTION_SECONDS))
        self._passing.add(chat)
        self.publish("action", chat, action=name, seconds=ACTION_SECONDS)

    def show_draft(self, chat: Chat, draft_id: int, text: str, entities: list[Json]) -> None:
        """Show for some seconds a text that is being written."""
        chat.draft = Draft(draft_id, text, entities, self.now + timedelta(seconds=DRAFT_SECONDS))
        self._passing.add(chat)
        self.publish("draft", chat, draft=chat.draft.json())

    def close_poll(self, poll: Poll, message: Message) -> None:
        """End a poll and tell everyone, the bot too."""
        poll.is_closed = True
        self.updates.add("poll", poll.json())
        if message.message_id in message.chat.messages:
            self.publish_change(message, "poll")

    def end_action(self, chat: Chat) -> None:
        """Stop showing what the bot does."""
        if chat.action is not None:
            chat.action = None
            self.publish("action", chat, action=None, seconds=ACTION_SECONDS)

    def end_draft(self, chat: Chat) -> None:
        """Take a streamed text off the screen."""
        if chat.draft is not None:
            chat.draft = None
            self.publish("draft", chat, draft=None)
