"""The buttons under answers: the passages behind one, and the topics offered after a refusal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from telegram.ext import CallbackQueryHandler

from bot.access.authorisation import Capability
from bot.features.asking import texts
from bot.features.asking.buttons import SOURCES_PREFIX, TOPIC_PREFIX, source_ids, sources_keyboard
from bot.telegram.formatting import source_messages, topic_messages
from bot.telegram.gate import Guarded
from bot.telegram.sending import acknowledge, reply

if TYPE_CHECKING:
    from telegram import Update

    from bot.knowledge_worker import KnowledgeWorker
    from bot.telegram.sending import Context


class SourceHandlers:
    """Shows passages of the knowledge base on demand."""

    def __init__(self, worker: KnowledgeWorker) -> None:
        self._worker = worker

    def handlers(self) -> list[Guarded]:
        """Return the handlers of the two kinds of button."""
        return [
            Guarded(
                Capability.ASK, CallbackQueryHandler(self.sources, pattern=f"^{SOURCES_PREFIX}")
            ),
            Guarded(Capability.ASK, CallbackQueryHandler(self.topic, pattern=f"^{TOPIC_PREFIX}")),
        ]

    async def sources(self, update: Update, context: Context) -> None:
        """Show the passages of an answer with title, source and date."""
        query = update.callback_query
        if query is None:
            return
        citations = self._worker.citations(source_ids(query.data or ""))
        if not citations:
            await acknowledge(query, texts.SOURCE_GONE, alert=True)
            return
        await acknowledge(query)
        await reply(update, context, source_messages(citations))

    async def topic(self, update: Update, context: Context) -> None:
        """Show what the base says about a topic, with its source one tap away."""
        query = update.callback_query
        if query is None:
            return
        answer = self._worker.topic((query.data or "").removeprefix(TOPIC_PREFIX))
        if answer is None:
            await acknowledge(query, texts.SOURCE_GONE, alert=True)
            return
        await acknowledge(query)
        await reply(update, context, topic_messages(answer), sources_keyboard(answer.citations))
