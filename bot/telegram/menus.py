"""The command menu that Telegram shows each person, by role."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import structlog
from telegram import BotCommand, BotCommandScopeChat
from telegram.error import TelegramError

from bot.access.authorisation import may
from bot.access.roles import Role
from bot.features.asking import texts
from bot.features.people.texts import MENU

if TYPE_CHECKING:
    from telegram.ext import ExtBot

    from bot.settings import Access

_log = structlog.get_logger(__name__)


def commands_of(role: Role, access: Access) -> tuple[tuple[str, str], ...]:
    """Return the commands that somebody with `role` has beyond everybody's."""
    return tuple(
        (name, description)
        for capability, name, description in MENU
        if may(role, capability, access) and not may(Role.STRANGER, capability, access)
    )


class CommandMenus:
    """Shows each person the commands they may use. What they may is judged elsewhere."""

    def __init__(self, access: Access) -> None:
        self._access = access

    def of(self, role: Role) -> tuple[tuple[str, str], ...]:
        """Return the commands that somebody with `role` has beyond everybody's."""
        return commands_of(role, self._access)

    async def show(self, bot: ExtBot[Any], person_id: int, role: Role) -> None:
        """Set somebody's menu, or take it away so that everybody's shows; failures are logged."""
        scope = BotCommandScopeChat(person_id)
        extra = self.of(role)
        try:
            if extra:
                menu = [BotCommand(*command) for command in (*texts.COMMANDS, *extra)]
                await bot.set_my_commands(menu, scope=scope)
            else:
                await bot.delete_my_commands(scope=scope)
        except TelegramError as error:
            _log.warning("menu_not_shown", role=role.value, reason=str(error))
