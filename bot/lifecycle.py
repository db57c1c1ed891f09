"""What happens when the bot starts and when it ends."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import structlog

from bot.features.knowledge_versions.upkeep import Upkeep
from bot.telegram.profile import publish_profile

if TYPE_CHECKING:
    from telegram.ext import Application

    from bot.database import Database
    from bot.feature_set import Features
    from bot.features.knowledge_versions.upkeep import Tell
    from bot.settings import Settings
    from bot.telegram.menus import CommandMenus

    App = Application[Any, Any, Any, Any, Any, Any]

_log = structlog.get_logger(__name__)


class Lifecycle:
    """Connects the database and starts the features; the methods are the application's hooks."""

    def __init__(
        self,
        settings: Settings,
        database: Database,
        features: Features,
        tell: Tell,
        menus: CommandMenus,
    ) -> None:
        self._database = database
        self._menus = menus
        self._record = features.record
        self._learning = features.learning
        self._challenges = features.challenges
        updates = features.updates
        self._upkeep = None if updates is None else Upkeep(settings, updates, tell)

    async def started(self, application: App) -> None:
        """Before the first update: connect, and begin what runs beside answering."""
        await self._database.connect()
        if self._upkeep is not None:
            await self._upkeep.start()
        if self._record is not None:
            self._record.start()
        if self._learning is not None:
            await self._learning.start(application.bot)
        if self._challenges is not None:
            await self._challenges.start(application.bot)
        await publish_profile(application.bot, self._menus)
        _log.info("bot_started", username=application.bot.username)

    async def stopping(self, _application: App) -> None:
        """After the last update: end what runs beside answering."""
        if self._challenges is not None:
            await self._challenges.close()
        if self._learning is not None:
            await self._learning.close()
        if self._upkeep is not None:
            await self._upkeep.stop()

    async def stopped(self, _application: App) -> None:
        """Store what is still to be stored, and disconnect."""
        if self._record is not None:
            await self._record.close()
        await self._database.close()
