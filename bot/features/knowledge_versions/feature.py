"""Reloads and versions as the bot runs them: commands, the control socket, the watched folder."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING, Any

import structlog

from bot.access.audit import AuditAction, AuditEvent
from bot.access.person import SETTINGS
from bot.access.roles import Role
from bot.database.errors import DatabaseError
from bot.feature import Feature
from bot.features.knowledge_versions import texts
from bot.features.knowledge_versions.article_watch import ARTICLES_CHANGED, ArticleWatch
from bot.features.knowledge_versions.control_socket import ControlSocket
from bot.features.knowledge_versions.exam_report import report_blocks
from bot.features.knowledge_versions.reload_handlers import ReloadHandlers, decision_keyboard
from bot.features.knowledge_versions.updates import KnowledgeUpdates
from bot.features.knowledge_versions.version_handlers import VersionHandlers
from bot.telegram.formatting import escape, pack
from bot.telegram.sending import notify
from knowledge import KnowledgeError, ReloadRequest

if TYPE_CHECKING:
    import datetime as dt

    from telegram.ext import ExtBot

    from bot.access.audit import AuditLog
    from bot.access.registry import People
    from bot.feature import Core
    from knowledge import ReloadOutcome

_log = structlog.get_logger(__name__)


class KnowledgeVersionsFeature(Feature):
    """/reload, /versions and /rollback, and the same for the command line of a running bot."""

    commands = texts.COMMANDS

    def __init__(self, core: Core) -> None:
        self._core = core
        articles = core.settings.articles_dir
        self.updates = KnowledgeUpdates(core.base, core.worker)
        reloading = ReloadHandlers(self.updates, articles, core.notes)
        self.handler_groups = (reloading, VersionHandlers(self.updates, core.notes))
        self.after_change = reloading.after_change
        self._socket = ControlSocket(core, self.updates)
        self._stop = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []

    async def start(self, bot: ExtBot[Any]) -> None:
        """Serve the command line, load the previous version, and watch the articles if asked to."""
        await self._socket.start()
        articles = self._core.settings.articles_dir
        self._tasks.append(asyncio.create_task(self.updates.prepare(articles)))
        if self._core.settings.watch_articles:
            self._tasks.append(asyncio.create_task(self._watch(bot)))

    def interrupt(self) -> None:
        """Give up the reload under way: handlers that wait for it would hold up the end."""
        self.updates.stop()

    async def close(self) -> None:
        """Stop serving and watching, and wait for what is under way."""
        self._stop.set()
        await self._socket.stop()
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


async def note_watched(
    audit: AuditLog, outcome: ReloadOutcome | Exception, now: dt.datetime
) -> None:
    """Write into the audit log that the program reloaded, as its settings say; not a failure.

    The reload stays done, and the watch goes on, when the log can't be written.
    """
    if isinstance(outcome, Exception):
        return
    version = outcome.waiting or outcome.report.version
    details = {"promoted": outcome.promoted, "why": ARTICLES_CHANGED}
    event = AuditEvent(AuditAction.RELOAD, target=version, details=details)
    try:
        await audit.record(SETTINGS, event, now)
    except DatabaseError as error:
        _log.error("reload_not_noted", version=version, reason=str(error))


async def tell_editors(
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
    for person in await people.with_role(Role.EDITOR, Role.ADMIN):
        for number, text in enumerate(messages, 1):
            await notify(bot, person.id, text, keyboard if number == len(messages) else None)
