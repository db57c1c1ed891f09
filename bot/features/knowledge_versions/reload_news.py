"""What follows a reload that nobody asked for: a watched folder changed (WATCH_ARTICLES)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import structlog

from bot.access.audit import AuditAction, AuditEvent
from bot.access.person import SETTINGS
from bot.access.roles import Role
from bot.database.errors import DatabaseError
from bot.features.knowledge_versions.article_watch import ARTICLES_CHANGED
from bot.features.knowledge_versions.exam_report import report_blocks
from bot.features.knowledge_versions.reload_handlers import decision_keyboard
from bot.telegram.formatting import escape, pack
from bot.telegram.sending import notify

if TYPE_CHECKING:
    import datetime as dt

    from telegram.ext import ExtBot

    from bot.access.audit import AuditLog
    from bot.access.registry import People
    from knowledge import ReloadOutcome


_log = structlog.get_logger(__name__)


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
