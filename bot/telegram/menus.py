"""The command menus that Telegram shows: everybody's, that of groups, and each person's by role."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import structlog

from bot.access.authorisation import LEAST_ROLE, may
from bot.access.roles import Role

if TYPE_CHECKING:
    from collections.abc import Sequence

    from telegram.ext import ExtBot

    from bot.access.authorisation import Capability
    from bot.settings import Access

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class MenuCommand:
    """A command of a menu, with the capability that its handler needs."""

    capability: Capability
    name: str
    description: str
    in_private: bool = True
    in_groups: bool = False

    @property
    def everybodys(self) -> bool:
        """Whether all who may use the bot at all may use this."""
        return Role.NEWCOMER.reaches(LEAST_ROLE[self.capability])


class CommandMenus:
    """Shows each person the commands they may use. What they may is judged elsewhere."""

    def __init__(self, access: Access) -> None:
        self._access = access
        self.commands: Sequence[MenuCommand] = ()
        """Those of all features in the order of the menus; `bot/app.py` sets them."""

    @property
    def groups(self) -> tuple[MenuCommand, ...]:
        """The commands that everybody has in groups."""
        return tuple(command for command in self.commands if command.in_groups)

    @property
    def everybodys(self) -> tuple[MenuCommand, ...]:
        """The commands that everybody has in private."""
        return tuple(one for one in self.commands if one.in_private and one.everybodys)

    def of(self, role: Role) -> tuple[MenuCommand, ...]:
        """Return the commands that somebody with `role` has beyond everybody's."""
        return tuple(
            one
            for one in self.commands
            if one.in_private and not one.everybodys and may(role, one.capability, self._access)
        )

    async def show(self, bot: ExtBot[Any], person_id: int, role: Role) -> None:
        """Set somebody's menu, or take it away so that everybody's shows; failures are logged."""
        # late: the commands of a feature are data that the command line reads, too
        from telegram import BotCommandScopeChat  # noqa: PLC0415
        from telegram.error import TelegramError  # noqa: PLC0415

        scope = BotCommandScopeChat(person_id)
        try:
            if extra := self.of(role):
                menu = [(each.name, each.description) for each in (*self.everybodys, *extra)]
                await bot.set_my_commands(menu, scope=scope)
            else:
                await bot.delete_my_commands(scope=scope)
        except TelegramError as error:
            _log.warning("menu_not_shown", role=role.value, reason=str(error))
