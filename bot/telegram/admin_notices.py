"""Notices: a request that every admin gets with buttons, and that all see decided once one did."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import structlog
from telegram.error import TelegramError

from bot.access.roles import Role
from bot.telegram.sending import edit_message_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from telegram import InlineKeyboardMarkup
    from telegram.ext import ExtBot

    from bot.access.registry import People
    from bot.telegram.gate import Tap

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Notice:
    """A message that told an admin of a request."""

    chat_id: int
    message_id: int


async def tell_admins(
    bot: ExtBot[Any], people: People, text: str, keyboard: Callable[[int], InlineKeyboardMarkup]
) -> list[Notice]:
    """Send `text` (HTML) to the admins, each with the `keyboard` of their id; return the messages.

    An admin who never wrote to the bot can't be reached. Raises DatabaseError.
    """
    notices = []
    for admin in await people.with_role(Role.ADMIN):
        try:
            message = await bot.send_message(admin.id, text, reply_markup=keyboard(admin.id))
        except TelegramError as error:
            _log.warning("admin_not_reached", reason=str(error))
        else:
            notices.append(Notice(message.chat.id, message.message_id))
    if not notices:
        _log.warning("no_admin_reached", hint="ADMIN_IDS")
    return notices


async def show_decision(tap: Tap, notices: Iterable[Notice], text: str) -> None:
    """Show `text` (HTML) in the notices of the admins other than the one who pressed."""
    pressed = tap.query.message
    own = None if pressed is None else Notice(pressed.chat.id, pressed.message_id)
    for notice in notices:
        if notice == own:
            continue
        try:
            await edit_message_of(tap.context.bot, notice.chat_id, notice.message_id, text)
        except TelegramError as error:
            _log.info("notice_not_edited", reason=str(error))
