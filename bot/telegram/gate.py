"""The gate that every update passes before a handler sees it, and the application that insists.

A handler enters the application only as `Guarded`, with the capability it needs; GuardedApplication
refuses any other, so no handler can be forgotten. The role is read from the database for each
update and never kept.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Any, TypeVar

import structlog
from telegram import InlineKeyboardMarkup, Update
from telegram.constants import ChatID, ChatType
from telegram.ext import (
    Application,
    BaseHandler,
    CallbackQueryHandler,
    CommandHandler,
    MessageHandler,
    filters,
)

from bot.access.audit import AuditAction, AuditEvent
from bot.access.audit_throttle import Repeats
from bot.access.authorisation import least_role, may
from bot.access.person import Identity, on_telegram
from bot.access.roles import Role
from bot.settings import Access
from bot.telegram import texts
from bot.telegram.callbacks import PersonalPress, Press, read_press
from bot.telegram.chat_admins import is_chat_admin
from bot.telegram.sending import acknowledge, answer_inline, reply

if TYPE_CHECKING:
    import datetime as dt
    import re
    from collections.abc import Callable, Collection, Coroutine

    from telegram import CallbackQuery, Chat, Message, User

    from bot.access.audit import AuditLog
    from bot.access.authorisation import Capability
    from bot.access.person import Person
    from bot.access.registry import People
    from bot.telegram.sending import Context

    Callback = Callable[[Update, Context], Coroutine[Any, Any, None]]

P = TypeVar("P", bound=Press)
Handler = BaseHandler[Any, Any, Any]

_log = structlog.get_logger(__name__)


ANONYMOUS_ADMIN = int(ChatID.ANONYMOUS_ADMIN)
"""The sender of what a group's admins write as the group itself; they press buttons as themselves.

It stands for nobody in particular, so it has no role, whatever the database says.
"""


class Where(Enum):
    """The chats in which a command or a button works."""

    PRIVATE = frozenset({ChatType.PRIVATE})
    GROUPS = frozenset({ChatType.GROUP, ChatType.SUPERGROUP})
    ANYWHERE = None
    """In all of them, and under what inline mode sent, whose chat the bot does not see."""

    def covers(self, chat: Chat | None) -> bool:
        """Tell whether it works in `chat`."""
        return self.value is None or (chat is not None and chat.type in self.value)

    @property
    def filter(self) -> filters.BaseFilter:
        """The filter of messages in these chats."""
        match self:
            case Where.PRIVATE:
                return filters.ChatType.PRIVATE
            case Where.GROUPS:
                return filters.ChatType.GROUPS
            case Where.ANYWHERE:
                return filters.ALL


class JoinPress(Press, kind="join"):
    """Asks to be let in; whoever presses it asks."""


class UnguardedHandlerError(TypeError):
    """A handler was added without saying what capability it needs."""


def identity_of(user: User) -> Identity:
    """Return who a Telegram user is."""
    return Identity(user.id, user.full_name, user.username)


class Gate:
    """Judges updates by the table in `bot/access/authorisation.py`."""

    def __init__(
        self, people: People, audit: AuditLog, access: Access, now: Callable[[], dt.datetime]
    ) -> None:
        self._people = people
        self._audit = audit
        self._access = access
        self._now = now
        self._repeats = Repeats()
        self._refused_in_groups = Repeats()

    async def role_of(self, user_id: int) -> Role:
        """Return somebody's role at this moment."""
        person = await self._person(user_id)
        return Role.STRANGER if person is None else person.role

    async def who_may(self, user_ids: Collection[int], capability: Capability) -> set[int]:
        """Return those of some people who may do something at this moment, at one go."""
        roles = await self._people.roles_of(user_ids) | {ANONYMOUS_ADMIN: Role.STRANGER}
        return {
            user_id
            for user_id in user_ids
            if self.lets(roles.get(user_id, Role.STRANGER), capability)
        }

    async def _person(self, user_id: int) -> Person | None:
        return None if user_id == ANONYMOUS_ADMIN else await self._people.get(user_id)

    def lets(self, role: Role, capability: Capability) -> bool:
        """Tell whether somebody with `role` may do something."""
        return may(role, capability, self._access)

    async def admits(
        self,
        update: Update,
        context: Context,
        capability: Capability,
        where: Where = Where.ANYWHERE,
    ) -> bool:
        """Tell whether an update may go on; if not, say so to the person and note it.

        A personal button works only for whom it was shown to, and any button only `where` it
        belongs: a changed client may send the data of one under any message of the bot's.
        """
        user = update.effective_user
        if user is None:  # a channel: nobody to judge, and nobody to answer
            return update.poll is not None  # what Telegram itself says of a poll of the bot's
        person = await self._person(user.id)
        role = Role.STRANGER if person is None else person.role
        if person is not None:
            identity = identity_of(user)
            if (person.name, person.username) != (identity.short_name, identity.username):
                await self._people.refresh_names(identity)
        query = update.callback_query
        if query is not None and not await _is_theirs(query, context):
            await self._note(user.id, capability, role, "not_your_button")
            await acknowledge(query, texts.NOT_YOUR_BUTTON, alert=True)
            return False
        if not self.lets(role, capability):
            if update.message_reaction is not None:
                return False  # in a group it may be to anything, and nobody waits for a word to it
            await self._note(user.id, capability, role, "role")
            await self._refuse(update, context, capability, role)
            return False
        if query is not None and not where.covers(update.effective_chat):
            await self._note(user.id, capability, role, "not_in_this_chat")
            await acknowledge(query, texts.BUTTON_NOT_HERE[where.name], alert=True)
            return False
        return True

    async def _note(self, user_id: int, capability: Capability, role: Role, why: str) -> None:
        """Write a denial into the audit log; of equal ones within an hour only a few."""
        now = self._now()
        repeats = self._repeats.noted(
            (user_id, capability, role, why), now, of_stranger=not role.is_admitted
        )
        if repeats is not None:
            details = {"capability": capability.value, "role": role.value, "why": why}
            event = AuditEvent(AuditAction.DENIED, denied=True, details=details | repeats)
            await self._audit.record(on_telegram(user_id), event, now)
        _log.info("denied", capability=capability.value, role=role.value, why=why)

    def refusal(
        self, capability: Capability, role: Role
    ) -> tuple[str, InlineKeyboardMarkup | None]:
        """Return the line for somebody who lacks a capability, with the way in if there is one."""
        least = least_role(capability, self._access)
        if least is not Role.NEWCOMER:
            return texts.DENIED.format(role=texts.ROLES[least]), None
        if role is Role.PENDING:
            return texts.DENIED_PENDING, None
        if self._access is Access.OPEN:
            return texts.DENIED_GUEST, None
        if self._access is Access.APPROVAL:
            join = InlineKeyboardMarkup.from_button(JoinPress().button(texts.JOIN_BUTTON))
            return texts.DENIED_APPROVAL, join
        return texts.DENIED_CLOSED, None

    async def _refuse(
        self, update: Update, context: Context, capability: Capability, role: Role
    ) -> None:
        text, keyboard = self.refusal(capability, role)
        if update.inline_query is not None:
            button = texts.INLINE_CLOSED if keyboard is None else texts.JOIN_BUTTON
            await answer_inline(update.inline_query, [], way_in=button)
            return
        if update.message is None and update.callback_query is None:
            return  # an edit, or a poll's answer: nobody waits for a word to it
        if update.callback_query is None:
            if self._says_so_again(update):
                return
            await reply(update, context, [text], keyboard)
            return
        if keyboard is not None:
            text = texts.DENIED_APPROVAL_BUTTON  # a notification has no buttons of its own
        await acknowledge(update.callback_query, text, alert=True)

    def _says_so_again(self, update: Update) -> bool:
        """Tell whether somebody was refused in this group a while ago: once is enough for all."""
        chat, user = update.effective_chat, update.effective_user
        if chat is None or user is None or not Where.GROUPS.covers(chat):
            return False
        if self._refused_in_groups.count((chat.id, user.id), self._now()) == 1:
            return False
        _log.info("refused_silently")
        return True


async def _is_theirs(query: CallbackQuery, context: Context) -> bool:
    """Tell whether a button is not personal, or the presser's own.

    What was shown to an anonymous admin of a group is any of its admins'.
    """
    press = read_press(query.data)
    if not isinstance(press, PersonalPress) or press.owner == query.from_user.id:
        return True
    if press.owner != ANONYMOUS_ADMIN or query.message is None:
        return False
    return await is_chat_admin(context.bot, query.message.chat.id, query.from_user.id)


class Guarded(Handler):
    """A handler with the capability that it needs, and where a button of it works."""

    def __init__(
        self, capability: Capability, handler: Handler, where: Where = Where.ANYWHERE
    ) -> None:
        super().__init__(handler.callback, handler.block)
        self.capability = capability
        self.handler = handler
        self.where = where

    def check_update(self, update: object) -> object:
        """Tell whether the handler inside takes the update; only what a person does is taken."""
        if not isinstance(update, Update) or not _is_by_a_person(update):
            return None
        if update.callback_query is not None and isinstance(self.handler, CommandHandler):
            return None  # it would look for a message, and warn where that is out of reach
        return self.handler.check_update(update)

    async def handle_update(
        self,
        update: object,
        application: Application[Any, Any, Any, Any, Any, Any],
        check_result: object,
        context: Context,
    ) -> object:
        """Let the handler inside have the update if the gate admits it."""
        if not isinstance(application, GuardedApplication):
            raise UnguardedHandlerError("a guarded handler works only in a GuardedApplication")
        if not isinstance(update, Update) or not await application.gate.admits(
            update, context, self.capability, self.where
        ):
            return None
        return await self.handler.handle_update(update, application, check_result, context)


def _is_by_a_person(update: Update) -> bool:
    """Tell whether a person did what an update tells of, not a channel or another bot.

    Who writes in the group's name or a channel's does so by an account that is called a bot. What
    was sent by way of an inline bot (`via_bot`) is that bot's text, maybe this one's answer.
    """
    message = update.message or update.edited_message
    if message is None:
        return update.channel_post is None and update.edited_channel_post is None
    sender = message.from_user
    if sender is None or message.via_bot is not None or message.is_automatic_forward:
        return False
    return not sender.is_bot or sender.id in {ChatID.ANONYMOUS_ADMIN, ChatID.FAKE_CHANNEL}


def in_private(capability: Capability, **commands: Callback) -> list[Guarded]:
    """Return the handlers of commands, by name, that work in private chats only."""
    return [on_command(capability, name, commands[name]) for name in commands]


def on_command(
    capability: Capability,
    name: str,
    callback: Callback,
    *,
    where: Where = Where.PRIVATE,
    only: filters.BaseFilter = filters.ALL,
) -> Guarded:
    """Return the handler of a command in new messages; an edited one is not done again.

    It works in private chats if nothing else is said: what it shows is nobody else's business.
    """
    new = filters.UpdateType.MESSAGE & where.filter & only
    return Guarded(capability, CommandHandler(name, callback, filters=new))


class _ReplyTo(filters.MessageFilter):
    """Lets through replies to those of the bot's own messages whose text matches a pattern."""

    def __init__(self, asked: re.Pattern[str]) -> None:
        super().__init__(data_filter=True)
        self._asked = asked

    def filter(self, message: Message) -> dict[str, list[re.Match[str]]] | None:
        asked = message.reply_to_message
        if asked is None or asked.from_user is None or asked.from_user.id != message.get_bot().id:
            return None
        match = self._asked.match(asked.text or "")
        return None if match is None else {"matches": [match]}


def on_reply(capability: Capability, asked: re.Pattern[str], callback: Callback) -> Guarded:
    """Return the handler of texts in private that reply to what the bot asked.

    The context's `matches` has how `asked` matches the beginning of the bot's message.
    """
    private = filters.UpdateType.MESSAGE & filters.ChatType.PRIVATE
    typed = private & filters.TEXT & ~filters.COMMAND & _ReplyTo(asked)
    return Guarded(capability, MessageHandler(typed, callback))


@dataclass(frozen=True, slots=True)
class Tap:
    """One press of a button: its query, and the update and context that it came with."""

    update: Update
    context: Context
    query: CallbackQuery


def on_press(
    capability: Capability,
    kind: type[P],
    callback: Callable[[Tap, P], Coroutine[Any, Any, None]],
    gone: str = texts.BUTTON_OLD,
    *,
    where: Where = Where.PRIVATE,
) -> Guarded:
    """Return the handler of a kind of button; `gone` answers one whose data says nothing.

    As a command, it works in private chats if nothing else is said.
    """

    @functools.wraps(callback)
    async def pressed(update: Update, context: Context) -> None:
        query = update.callback_query
        if query is None:
            return
        press = kind.read(query.data)
        if press is None:
            await acknowledge(query, gone, alert=True)
        else:
            await callback(Tap(update, context, query), press)

    return Guarded(capability, CallbackQueryHandler(pressed, pattern=kind.pattern()), where)


class GuardedApplication(Application[Any, Any, Any, Any, Any, Any]):
    """An application that takes guarded handlers only."""

    def __init__(self, *, gate: Gate, **rest: Any) -> None:  # noqa: ANN401 -- the builder's own
        super().__init__(**rest)
        self.gate = gate

    def takes(self, update: Update) -> bool:
        """Tell whether any handler takes an update."""
        checks = (
            handler.check_update(update) for group in self.handlers.values() for handler in group
        )
        try:
            return any(check is not None and check is not False for check in checks)
        except Exception:  # noqa: BLE001 -- process_update meets it again, and reports it
            return True

    def add_handler(self, handler: Handler, group: int = 0) -> None:
        """Add a guarded handler; raises UnguardedHandlerError for any other."""
        if not isinstance(handler, Guarded):
            raise UnguardedHandlerError(
                f"a handler must be Guarded with the capability it needs, got {handler!r}"
            )
        super().add_handler(handler, group)
