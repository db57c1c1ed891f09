"""What a running bot does beside answering: it keeps the knowledge base up to date."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import structlog

from bot.features.knowledge_versions.article_watch import ArticleWatch
from bot.features.knowledge_versions.control_socket import OwnerChannel
from knowledge import KnowledgeError, ReloadRequest

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from bot.features.knowledge_versions.updates import KnowledgeUpdates
    from bot.settings import Settings
    from knowledge import ReloadOutcome

    Tell = Callable[[ReloadOutcome | Exception], Awaitable[None]]

_log = structlog.get_logger(__name__)


async def _only_log(outcome: ReloadOutcome | Exception) -> None:
    if isinstance(outcome, Exception):
        _log.warning("watched_reload_failed", reason=str(outcome))


class Upkeep:
    """Serves the command line, holds the previous version ready and watches the articles."""

    def __init__(
        self, settings: Settings, updates: KnowledgeUpdates, tell: Tell = _only_log
    ) -> None:
        """`tell` gets the outcome or the error of each reload that watching the articles began."""
        self._settings = settings
        self._updates = updates
        self._tell = tell
        self._channel = OwnerChannel(
            updates, updates.answer, settings.articles_dir, settings.data_dir
        )
        self._stop = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []

    async def start(self) -> None:
        """Begin; call in the event loop that answers."""
        await self._channel.start()
        self._tasks.append(asyncio.create_task(self._updates.prepare()))
        if self._settings.watch_articles:
            self._tasks.append(asyncio.create_task(self._watch()))

    async def stop(self) -> None:
        """End and wait for what is under way."""
        self._stop.set()
        await self._channel.stop()
        await asyncio.gather(*self._tasks)
        self._tasks.clear()

    async def _watch(self) -> None:
        request = ReloadRequest(self._settings.articles_dir, started_by="thư mục được theo dõi")
        watch = ArticleWatch(lambda: self._updates.reload(request), self._tell, self._updates.idle)
        try:
            await watch.run(self._settings.articles_dir, self._stop)
        except KnowledgeError as error:
            _log.error("articles_not_watched", reason=str(error))
