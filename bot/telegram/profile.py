"""The bot's command menu and descriptions, as people see them before they write."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import structlog
from telegram import BotCommand, BotCommandScopeAllGroupChats, BotCommandScopeDefault
from telegram.error import TelegramError

from bot.telegram import texts

if TYPE_CHECKING:
    from telegram.ext import ExtBot

    from bot.telegram.menus import CommandMenus

_log = structlog.get_logger(__name__)


async def publish_profile(bot: ExtBot[Any], menus: CommandMenus) -> None:
    """Set what differs from what Telegram already shows.

    Telegram limits how often these may be set, so equal ones are left alone. They are cosmetic: a
    refusal is logged and the bot goes on.
    """
    try:
        for menu, scope in (
            (menus.everybodys, BotCommandScopeDefault()),
            (menus.groups, BotCommandScopeAllGroupChats()),
        ):
            commands = tuple(BotCommand(each.name, each.description) for each in menu)
            if await bot.get_my_commands(scope=scope) != commands:
                await bot.set_my_commands(commands, scope=scope)
        if (await bot.get_my_description()).description != texts.DESCRIPTION:
            await bot.set_my_description(texts.DESCRIPTION)
        short = await bot.get_my_short_description()
        if short.short_description != texts.SHORT_DESCRIPTION:
            await bot.set_my_short_description(texts.SHORT_DESCRIPTION)
    except TelegramError as error:
        _log.warning("profile_not_published", reason=str(error))
