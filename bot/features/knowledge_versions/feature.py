"""Reloads and versions as the bot runs them: commands, the control socket, the watched folder."""

from __future__ import annotations

import asyncio
import datetime as dt
from functools import partial
from typing import TYPE_CHECKING, Any

import structlog

from bot.access.person import SETTINGS
from bot.access.roles import Role
from bot.errors import BotError
from bot.feature import Feature
from bot.features.knowledge_versions import texts
from bot.features.knowledge_versions.article_watch import ARTICLES_CHANGED, ArticleWatch
from bot.features.knowledge_versions.control_socket import ControlSocket
from bot.features.knowledge_versions.decisions import VersionDecisions
from bot.features.knowledge_versions.exam_report import report_blocks
from bot.features.knowledge_versions.reload_handlers import ReloadHandlers, decision_keyboard
from bot.features.knowledge_versions.updates import KnowledgeUpdates
from bot.features.knowledge_versions.version_handlers import VersionHandlers
from bot.telegram.formatting import escape, pack
from bot.telegram.sending import notify
from embeddings import EmbeddingError
from knowledge import KnowledgeError, ReloadRequest, ReloadStoppedError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from telegram import InlineKeyboardMarkup
    from telegram.ext import ExtBot

    from bot.access.registry import People
    from bot.feature import Core
    from knowledge import ReloadOutcome

REHEARSED_AFTER = dt.timedelta(minutes=1)
"""From the start until the exam's questions are asked beforehand: people come first."""
AT_START = "lúc khởi động"
DIFFERED_AT_START = "differed_at_start"
"""Why the audit log says that the bot reloaded by itself when it started."""

_log = structlog.get_logger(__name__)


class KnowledgeVersionsFeature(Feature):
    """/reload, /versions and /rollback, and the same for the command line of a running bot."""

    commands = texts.COMMANDS

    def __init__(self, core: Core) -> None:
        self._core = core
        articles = core.settings.articles_dir
        self.updates = KnowledgeUpdates(core.base, core.worker)
        self.decisions = VersionDecisions(self.updates, core.deeds)
        self.finishes = self.decisions.finishes
        reloading = ReloadHandlers(self.updates, self.decisions, articles)
        self.handler_groups = (reloading, VersionHandlers(self.updates, self.decisions))
        self.after_change = reloading.after_change
        self._socket = ControlSocket(core, self.updates)
        self._stop = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []
        self._rehearsing: asyncio.Task[None] | None = None
        self.caught_up: asyncio.Future[None] | None = None
        """Done once the live version was compared with what there is and brought up to it."""

    async def start(self, bot: ExtBot[Any]) -> None:
        """Serve the command line, load the previous version, and watch the articles if asked to."""
        await self._socket.start()
        self._rehearsing = asyncio.create_task(self._rehearse())
        self._tasks.append(asyncio.create_task(self.updates.prepare()))
        self._tasks.append(asyncio.create_task(self._catch_up(bot)))
        self.caught_up = self._tasks[-1]
        if self._core.settings.watch_articles:
            self._tasks.append(asyncio.create_task(self._watch(bot)))

    def interrupt(self) -> None:
        """Give up the reload under way: handlers that wait for it would hold up the end."""
        self.updates.stop()

    async def close(self) -> None:
        """Stop serving and watching, and wait for what is under way."""
        self._stop.set()
        if self._rehearsing is not None:
            self._rehearsing.cancel()
        await self._socket.stop()
        await asyncio.gather(*self._tasks)
        self._tasks.clear()

    async def tell(self, bot: ExtBot[Any], outcome: ReloadOutcome | Exception) -> None:
        """Tell the editors how a reload went that the watched folder began."""
        await tell_outcome(bot, self._core.people, outcome)

    async def _rehearse(self) -> None:
        """Wait until those who waited for the start were answered, and rehearse then."""
        await self._core.clock.until(self._core.now() + REHEARSED_AFTER)
        await self.updates.rehearse(self._core.settings.articles_dir)

    async def _catch_up(self, bot: ExtBot[Any]) -> None:
        """Compare the live version with the store and the folder; take up or tell the difference.

        Stored documents are taken up: who stored them was to have them answered from. Files of the
        folder only where it is watched; else they may be half done.
        """
        core = self._core
        folder = core.settings.articles_dir
        outcome: ReloadOutcome | Exception
        try:
            found = await self.updates.difference(folder)
            if not found.documents and not (found.articles and core.settings.watch_articles):
                if found.articles:
                    text = texts.FOLDER_DIFFERS.format(count=len(found.articles))
                    await tell_editors(bot, core.people, [text])
                return
            request = ReloadRequest(folder, only_new=True, started_by=AT_START)
            outcome = await self.decisions.reload(SETTINGS, request, why=DIFFERED_AT_START)
        except ReloadStoppedError:
            return  # the next start does it
        except (BotError, KnowledgeError, EmbeddingError) as error:
            _log.error("not_caught_up", reason=str(error))
            outcome = error
        except Exception:  # noqa: BLE001 -- nobody awaits this task
            _log.exception("not_caught_up")
            return
        await tell_outcome(bot, core.people, outcome)

    async def _watch(self, bot: ExtBot[Any]) -> None:
        core = self._core
        request = ReloadRequest(
            core.settings.articles_dir, only_new=True, started_by="thư mục được theo dõi"
        )
        reload = partial(self.decisions.reload, SETTINGS, request, why=ARTICLES_CHANGED)
        watch = ArticleWatch(reload, partial(self.tell, bot), self.updates.idle)
        try:
            await watch.run(core.settings.articles_dir, self._stop)
        except KnowledgeError as error:
            _log.error("articles_not_watched", reason=str(error))


async def tell_outcome(
    bot: ExtBot[Any], people: People, outcome: ReloadOutcome | Exception
) -> None:
    """Send the report of a reload, with the buttons to decide if it waits for that."""
    keyboard = None
    if isinstance(outcome, Exception):
        messages = [escape(f"⛔ {outcome}")]
    else:
        messages = pack(report_blocks(outcome))
        if outcome.waiting is not None:
            keyboard = decision_keyboard(outcome.waiting)
    await tell_editors(bot, people, messages, keyboard)


async def tell_editors(
    bot: ExtBot[Any],
    people: People,
    messages: Sequence[str],
    keyboard: InlineKeyboardMarkup | None = None,
) -> None:
    """Send messages (HTML) to all editors, the buttons under the last."""
    for person in await people.with_role(Role.EDITOR, Role.ADMIN):
        for number, text in enumerate(messages, 1):
            await notify(bot, person.id, text, keyboard if number == len(messages) else None)
