"""Retention as the bot runs it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import structlog

from bot.database.errors import DatabaseError
from bot.feature import Feature
from bot.upkeep import Upkeep

if TYPE_CHECKING:
    from collections.abc import Sequence

    from telegram.ext import ExtBot

    from bot.feature import Core
    from bot.retention import Expiring

FIRST_SECONDS = 60.0
"""Until people who waited for the start were answered."""
PURGING_SECONDS = 900.0
"""How often it is looked at whether anything is over its time."""

_log = structlog.get_logger(__name__)


class RetentionFeature(Feature):
    """Deletes what is over its time, of all the features; what fails leaves the rest to go on."""

    def __init__(self, core: Core, expiring: Sequence[Expiring]) -> None:
        self._all = tuple(expiring)
        self._upkeep = Upkeep("retention", PURGING_SECONDS, core.clock)

    async def start(self, bot: ExtBot[Any]) -> None:
        """Delete what is over its time, soon and every quarter of an hour."""
        del bot
        self._upkeep.start(self.purge, after=FIRST_SECONDS)

    async def close(self) -> None:
        """Stop deleting."""
        await self._upkeep.close()

    async def purge(self) -> None:
        """Delete what is over its time."""
        for one in self._all:
            try:
                deleted = await one.purge()
            except DatabaseError as error:
                _log.warning("not_purged", what=one.what, reason=str(error))
                continue
            if deleted:
                _log.info("purged", what=one.what, count=deleted)
