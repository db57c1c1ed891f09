"""Reloads and versions as the bot runs them: commands, the control socket, the watched folder."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING, Any

import structlog

from bot.feature import Feature
from bot.features.knowledge_versions.article_watch import ArticleWatch
from bot.features.knowledge_versions.control_socket import OwnerChannel
from bot.features.knowledge_versions.reload_handlers import ReloadHandlers
from bot.features.knowledge_versions.reload_news import note_watched, tell_editors
from bot.features.knowledge_versions.updates import KnowledgeUpdates
from bot.features.knowledge_versions.version_handlers import VersionHandlers
from knowledge import KnowledgeError, ReloadRequest

if TYPE_CHECKING:
    from telegram.ext import ExtBot

    from bot.feature import Core
    from knowledge import ReloadOutcome

_log = structlog.get_logger(__name__)


class KnowledgeVersionsFeature(Feature):
    """/reload, /versions and /rollback, and the same for the command line of a running bot."""

    def __init__(self, core: Core) -> None:
        self._core = core
        articles = core.settings.articles_dir
        self.updates = KnowledgeUpdates(core.base, core.worker)
        reloading = ReloadHandlers(self.updates, articles, core.notes)
        self.handler_groups = (reloading, VersionHandlers(self.updates, core.notes))
        self.after_change = reloading.after_change
        self._channel = OwnerChannel(
            self.updates, core.worker.answer, articles, core.settings.data_dir
        )
        self._stop = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []

    async def start(self, bot: ExtBot[Any]) -> None:
        """Serve the command line, load the previous version, and watch the articles if asked to."""
        await self._channel.start()
        self._tasks.append(asyncio.create_task(self.updates.prepare()))
        if self._core.settings.watch_articles:
            self._tasks.append(asyncio.create_task(self._watch(bot)))

    def interrupt(self) -> None:
        """Give up the reload under way: handlers that wait for it would hold up the end."""
        self.updates.stop()

    async def close(self) -> None:
        """Stop serving and watching, and wait for what is under way."""
        self._stop.set()
        await self._channel.stop()
        await asyncio.gather(*self._tasks)
        self._tasks.clear()

    async def tell(self, bot: ExtBot[Any], outcome: ReloadOutcome | Exception) -> None:
        """Note a reload that the watched folder began, and tell the editors how it went."""
        core = self._core
        await note_watched(core.audit, outcome, core.now())
        await tell_editors(bot, core.people, outcome)

    async def _watch(self, bot: ExtBot[Any]) -> None:
        core = self._core
        request = ReloadRequest(core.settings.articles_dir, started_by="thư mục được theo dõi")
        watch = ArticleWatch(
            partial(self.updates.reload, request), partial(self.tell, bot), self.updates.idle
        )
        try:
            await watch.run(core.settings.articles_dir, self._stop)
        except KnowledgeError as error:
            _log.error("articles_not_watched", reason=str(error))
