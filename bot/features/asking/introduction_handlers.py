"""How the bot introduces itself to a group: when it is added, and by /start and /help there."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import structlog
from telegram import ChatMemberAdministrator, ChatMemberRestricted
from telegram.constants import ChatMemberStatus
from telegram.ext import ChatMemberHandler

from bot.access.authorisation import Capability
from bot.access.roles import Role
from bot.features.asking import texts
from bot.features.asking.start_handlers import command_lines
from bot.telegram.gate import Guarded, Where, on_command
from bot.telegram.sending import reply

if TYPE_CHECKING:
    from collections.abc import Callable

    from telegram import ChatMember, Update, User

    from bot.telegram.gate import Gate
    from bot.telegram.menus import CommandMenus
    from bot.telegram.sending import Context

ONCE_IN = dt.timedelta(minutes=1)
"""An introduction holds for so long: a link that adds the bot to a group sends /start, too."""

_log = structlog.get_logger(__name__)


class _Recent:
    """The chats of which something was noted within ONCE_IN."""

    def __init__(self, now: Callable[[], dt.datetime]) -> None:
        self._now = now
        self._chats: dict[int, dt.datetime] = {}

    def note(self, chat_id: int) -> None:
        now = self._now()
        self._chats = {chat: at for chat, at in self._chats.items() if abs(now - at) < ONCE_IN}
        self._chats[chat_id] = now

    def __contains__(self, chat_id: int) -> bool:
        at = self._chats.get(chat_id)
        return at is not None and abs(self._now() - at) < ONCE_IN  # either way a clock is put


class IntroductionHandlers:
    """Tells a group how to ask, and what the bot gets to see there."""

    def __init__(self, gate: Gate, menus: CommandMenus, now: Callable[[], dt.datetime]) -> None:
        self._gate = gate
        self._menus = menus
        self._introduced = _Recent(now)
        self._upgraded = _Recent(now)

    def handlers(self) -> list[Guarded]:
        """Return the handlers of the bot's coming and going, and of the two commands."""
        came = ChatMemberHandler(self.came_or_went, ChatMemberHandler.MY_CHAT_MEMBER)
        return [
            Guarded(Capability.GREET, came),
            on_command(Capability.GREET, "start", self.start, where=Where.GROUPS),
            on_command(Capability.GREET, "help", self.help, where=Where.GROUPS),
        ]

    def upgraded(self, chat_id: int) -> None:
        """Let a group that was just upgraded not be introduced to anew."""
        self._upgraded.note(chat_id)

    async def came_or_went(self, update: Update, context: Context) -> None:
        """Introduce the bot to a group that it was added to; say nothing where it can't."""
        change = update.my_chat_member
        if change is None or not Where.GROUPS.covers(change.chat):
            return
        if not _may_write(change.new_chat_member):
            if _may_write(change.old_chat_member):
                _log.info("group_closed_to_the_bot", status=change.new_chat_member.status)
            return
        if _is_in(change.old_chat_member) or change.chat.id in self._introduced:
            return
        self._introduced.note(change.chat.id)
        sees_all = isinstance(change.new_chat_member, ChatMemberAdministrator)
        me = await context.bot.get_me()  # anew: the setting may have changed since the start
        # Telegram adds the bot to an upgraded group, too, and tells of the upgrade beside it
        if change.chat.id not in self._upgraded:
            await self._introduce(update, context, me, sees_all=sees_all)

    async def start(self, update: Update, context: Context) -> None:
        """Introduce the bot, unless it was just added."""
        if update.effective_chat is not None and update.effective_chat.id not in self._introduced:
            await self.help(update, context)

    async def help(self, update: Update, context: Context) -> None:
        """Explain how to ask in the group."""
        await self._introduce(update, context, context.bot.bot)

    async def _introduce(
        self, update: Update, context: Context, me: User, *, sees_all: bool = False
    ) -> None:
        if update.effective_chat is None:
            return
        self._introduced.note(update.effective_chat.id)
        sees_all = sees_all or bool(me.can_read_all_group_messages)
        paragraphs = [
            texts.INTRODUCTION.format(bot=me.username, commands=command_lines(self._menus.groups)),
            texts.SEES_ALL if sees_all else texts.SEES_LITTLE,
        ]
        if not self._gate.lets(Role.STRANGER, Capability.ASK):
            paragraphs.append(texts.STAFF_ONLY)
        await reply(update, context, ["\n\n".join(paragraphs)])


def _is_in(member: ChatMember) -> bool:
    if isinstance(member, ChatMemberRestricted):
        return member.is_member
    return member.status in {ChatMemberStatus.MEMBER, ChatMemberStatus.ADMINISTRATOR}


def _may_write(member: ChatMember) -> bool:
    muted = isinstance(member, ChatMemberRestricted) and not member.can_send_messages
    return _is_in(member) and not muted
