"""/reload: builds, examines and promotes a new version, or asks whether to."""

from __future__ import annotations

import html
import time
from typing import TYPE_CHECKING

from telegram import InlineKeyboardButton, InlineKeyboardMarkup
from telegram.ext import CallbackQueryHandler, CommandHandler, filters

from bot.access.audit import AuditAction
from bot.access.authorisation import Capability
from bot.features.knowledge_versions import texts
from bot.features.knowledge_versions.exam_report import report_blocks
from bot.telegram.formatting import pack
from bot.telegram.gate import Guarded
from bot.telegram.progress_message import ProgressMessage
from bot.telegram.sending import acknowledge, reply, without_buttons
from embeddings import EmbeddingError
from knowledge import KnowledgeError, ReloadRequest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from telegram import Update

    from bot.access.audit_notes import AuditNotes
    from bot.features.knowledge_versions.updates import KnowledgeUpdates
    from bot.telegram.sending import Context
    from knowledge import ReloadOutcome
    from knowledge.documents.stored_document import StoredDocument

USE_PREFIX = "v:use:"
DISCARD_PREFIX = "v:drop:"


class ReloadHandlers:
    """Reloads the knowledge base at an administrator's wish; needs the capability RELOAD."""

    def __init__(
        self,
        updates: KnowledgeUpdates,
        articles_dir: Path,
        noting: AuditNotes,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """`clock` gives seconds, for the pace of the progress message."""
        self._updates = updates
        self._articles_dir = articles_dir
        self._noting = noting
        self._clock = clock

    def handlers(self) -> list[Guarded]:
        """Return the handlers of the command and of the two buttons under its report."""
        return [
            Guarded(
                Capability.RELOAD,
                CommandHandler("reload", self.reload, filters=filters.UpdateType.MESSAGE),
            ),
            Guarded(Capability.RELOAD, CallbackQueryHandler(self.use, pattern=f"^{USE_PREFIX}")),
            Guarded(
                Capability.RELOAD, CallbackQueryHandler(self.discard, pattern=f"^{DISCARD_PREFIX}")
            ),
        ]

    async def reload(self, update: Update, context: Context) -> None:
        """Reload, showing progress in one message, which becomes the report."""
        origin = update.effective_message
        if origin is None:
            return
        person = update.effective_user
        name = person.full_name if person is not None else "một người ẩn danh"
        request = ReloadRequest(self._articles_dir, started_by=name)
        shown = await ProgressMessage.sent(origin, texts.RELOAD_STARTED, self._clock)
        try:
            outcome = await self._updates.reload(request, shown.show)
        except (KnowledgeError, EmbeddingError) as error:
            await shown.finish(html.escape(f"⛔ {error}", quote=False))
            return
        version = outcome.waiting or outcome.report.version
        await self._noting.note(update, AuditAction.RELOAD, version, promoted=outcome.promoted)
        await self._report(update, context, shown, outcome)

    async def after_change(
        self, update: Update, context: Context, _document: StoredDocument
    ) -> None:
        """Reload because a stored document changed, as soon as no other reload is under way."""
        await self._updates.idle()
        await self.reload(update, context)

    async def use(self, update: Update, context: Context) -> None:
        """Promote the version that waits."""
        await self._decide(update, context, USE_PREFIX)

    async def discard(self, update: Update, context: Context) -> None:
        """Discard the version that waits."""
        await self._decide(update, context, DISCARD_PREFIX)

    async def _report(
        self, update: Update, context: Context, shown: ProgressMessage, outcome: ReloadOutcome
    ) -> None:
        first, *rest = pack(report_blocks(outcome))
        keyboard = decision_keyboard(outcome.waiting) if outcome.waiting is not None else None
        await shown.finish(first, None if rest else keyboard)
        if rest:
            await reply(update, context, rest, keyboard)

    async def _decide(self, update: Update, context: Context, prefix: str) -> None:
        query = update.callback_query
        if query is None:
            return
        version = (query.data or "").removeprefix(prefix)
        await acknowledge(query)
        try:
            if prefix == USE_PREFIX:
                await self._updates.promote(version)
                text, action = texts.USED, AuditAction.PROMOTE
            else:
                await self._updates.discard(version)
                text, action = texts.DISCARDED, AuditAction.DISCARD
        except KnowledgeError as error:
            await reply(update, context, [html.escape(f"⛔ {error}", quote=False)])
        else:
            await self._noting.note(update, action, version)
            await reply(update, context, [text.format(version=html.escape(version))])
        await without_buttons(query)


def decision_keyboard(version: str) -> InlineKeyboardMarkup:
    """Return the buttons to use or discard the version that waits."""
    return InlineKeyboardMarkup(
        [
            [InlineKeyboardButton(texts.USE_BUTTON, callback_data=USE_PREFIX + version)],
            [InlineKeyboardButton(texts.DISCARD_BUTTON, callback_data=DISCARD_PREFIX + version)],
        ]
    )
