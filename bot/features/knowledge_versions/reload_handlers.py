"""/reload: builds, examines and promotes a new version, or asks whether to."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from telegram import InlineKeyboardMarkup

from bot.access.audit import AuditAction
from bot.access.authorisation import Capability
from bot.features.knowledge_versions import texts
from bot.features.knowledge_versions.exam_report import report_blocks
from bot.telegram.callbacks import Press
from bot.telegram.formatting import escape, pack
from bot.telegram.gate import Guarded, Tap, identity_of, on_command, on_press
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


class UsePress(Press, kind="vu"):
    """Promotes the version that waits."""

    version: str


class DiscardPress(Press, kind="vd"):
    """Discards the version that waits."""

    version: str


class ReloadHandlers:
    """Reloads the knowledge base at an administrator's wish; needs the capability RELOAD."""

    def __init__(
        self,
        updates: KnowledgeUpdates,
        articles_dir: Path,
        notes: AuditNotes,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """`clock` gives seconds, for the pace of the progress message."""
        self._updates = updates
        self._articles_dir = articles_dir
        self._notes = notes
        self._clock = clock

    def handlers(self) -> list[Guarded]:
        """Return the handlers of the command and of the two buttons under its report."""
        return [
            on_command(Capability.RELOAD, "reload", self.reload),
            on_press(Capability.RELOAD, UsePress, self.decide),
            on_press(Capability.RELOAD, DiscardPress, self.decide),
        ]

    async def reload(self, update: Update, context: Context) -> None:
        """Reload, showing progress in one message, which becomes the report."""
        origin = update.effective_message
        if origin is None:
            return
        person = update.effective_user
        name = identity_of(person).short_name if person is not None else "một người ẩn danh"
        request = ReloadRequest(self._articles_dir, started_by=name)
        shown = await ProgressMessage.sent(origin, texts.RELOAD_STARTED, self._clock)
        try:
            outcome = await self._updates.reload(request, shown.show)
        except (KnowledgeError, EmbeddingError) as error:
            await shown.finish(escape(f"⛔ {error}"))
            return
        version = outcome.waiting or outcome.report.version
        await self._notes.note(update, AuditAction.RELOAD, version, promoted=outcome.promoted)
        await self._report(update, context, shown, outcome)

    async def after_change(
        self, update: Update, context: Context, _document: StoredDocument
    ) -> None:
        """Reload because a stored document changed, as soon as no other reload is under way."""
        await self._updates.idle()
        await self.reload(update, context)

    async def _report(
        self, update: Update, context: Context, shown: ProgressMessage, outcome: ReloadOutcome
    ) -> None:
        first, *rest = pack(report_blocks(outcome))
        keyboard = decision_keyboard(outcome.waiting) if outcome.waiting is not None else None
        await shown.finish(first, None if rest else keyboard)
        if rest:
            await reply(update, context, rest, keyboard)

    async def decide(self, tap: Tap, press: UsePress | DiscardPress) -> None:
        """Promote or discard the version that waits."""
        version = press.version
        await acknowledge(tap.query)
        try:
            if isinstance(press, UsePress):
                await self._updates.promote(version)
                text, action = texts.USED, AuditAction.PROMOTE
            else:
                await self._updates.discard(version)
                text, action = texts.DISCARDED, AuditAction.DISCARD
        except KnowledgeError as error:
            await reply(tap.update, tap.context, [escape(f"⛔ {error}")])
        else:
            await self._notes.note(tap.update, action, version)
            await reply(tap.update, tap.context, [text.format(version=escape(version))])
        await without_buttons(tap.query)


def decision_keyboard(version: str) -> InlineKeyboardMarkup:
    """Return the buttons to use or discard the version that waits."""
    return InlineKeyboardMarkup.from_column(
        [
            UsePress(version).button(texts.USE_BUTTON),
            DiscardPress(version).button(texts.DISCARD_BUTTON),
        ]
    )
