"""/reload: builds, examines and promotes a new version, or asks whether to."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from telegram import InlineKeyboardMarkup

from bot.access.authorisation import Capability
from bot.access.person import Actor, Channel, on_telegram
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

    from bot.features.knowledge_versions.decisions import VersionDecisions
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
        decisions: VersionDecisions,
        articles_dir: Path,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """`clock` gives seconds, for the pace of the progress message."""
        self._updates = updates
        self._decisions = decisions
        self._articles_dir = articles_dir
        self._clock = clock

    def handlers(self) -> list[Guarded]:
        """Return the handlers of the command and of the two buttons under its report."""
        return [
            on_command(Capability.RELOAD, "reload", self.reload),
            on_press(Capability.RELOAD, UsePress, self.decide),
            on_press(Capability.RELOAD, DiscardPress, self.decide),
        ]

    async def reload(self, update: Update, context: Context) -> None:
        """Reload everything, showing progress in one message, which becomes the report."""
        await self._reload(update, context)

    async def _reload(self, update: Update, context: Context, *, only_new: bool = False) -> None:
        origin = update.effective_message
        if origin is None:
            return
        person = update.effective_user
        name = identity_of(person).short_name if person is not None else "một người ẩn danh"
        actor = on_telegram(person.id) if person is not None else Actor(Channel.TELEGRAM)
        request = ReloadRequest(self._articles_dir, only_new=only_new, started_by=name)
        shown = await ProgressMessage.sent(origin, texts.RELOAD_STARTED, self._clock)
        try:
            outcome = await self._decisions.reload(actor, request, shown.show)
        except (KnowledgeError, EmbeddingError) as error:
            await shown.finish(escape(f"⛔ {error}"))
            return
        await self._report(update, context, shown, outcome)

    async def after_change(
        self, update: Update, context: Context, _document: StoredDocument
    ) -> None:
        """Reload because a stored document changed, as soon as no other reload is under way.

        What was set aside before stays so.
        """
        await self._updates.idle()
        await self._reload(update, context, only_new=True)

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
        version, actor = press.version, on_telegram(tap.query.from_user.id)
        await acknowledge(tap.query)
        try:
            if isinstance(press, UsePress):
                await self._decisions.promote(actor, version)
                text = texts.USED
            else:
                await self._decisions.discard(actor, version)
                text = texts.DISCARDED
        except KnowledgeError as error:
            await reply(tap.update, tap.context, [escape(f"⛔ {error}")])
        else:
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
