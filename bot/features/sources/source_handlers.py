"""The buttons under answers: the passages behind one, and the topics offered after a refusal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from telegram import InlineKeyboardMarkup

from bot.access.authorisation import Capability
from bot.features.sources import texts
from bot.features.sources.buttons import (
    SourcesPress,
    TablePress,
    TopicPress,
    sources_keyboard,
    table_buttons,
)
from bot.features.sources.messages import source_messages, table_messages, topic_messages
from bot.telegram.gate import Guarded, Tap, Where, on_press
from bot.telegram.sending import acknowledge, reply

if TYPE_CHECKING:
    from bot.knowledge_worker import KnowledgeWorker


_ROWS = 20  # of a table, at a time


class SourceHandlers:
    """Shows passages of the knowledge base on demand."""

    def __init__(self, worker: KnowledgeWorker) -> None:
        self._worker = worker

    def handlers(self) -> list[Guarded]:
        """Return the handlers of the buttons."""
        ask, gone = Capability.ASK, texts.SOURCE_GONE
        return [
            on_press(ask, SourcesPress, self.sources, gone, where=Where.ANYWHERE),
            on_press(ask, TopicPress, self.topic, gone, where=Where.ANYWHERE),
            on_press(ask, TablePress, self.rows, gone, where=Where.ANYWHERE),
        ]

    async def sources(self, tap: Tap, press: SourcesPress) -> None:
        """Show the passages of an answer with title, source and date."""
        citations = self._worker.citations(press.chunk_ids)
        if not citations:
            await acknowledge(tap.query, texts.SOURCE_GONE, alert=True)
            return
        await acknowledge(tap.query)
        await reply(tap.update, tap.context, source_messages(citations))

    async def rows(self, tap: Tap, press: TablePress) -> None:
        """Show the next rows of a table."""
        table = self._worker.table(press.chunk_id, press.offset, _ROWS)
        if table is None or not table.rows:
            await acknowledge(tap.query, texts.SOURCE_GONE, alert=True)
            return
        await acknowledge(tap.query)
        buttons = table_buttons(table, press.offset, len(table.rows))
        keyboard = InlineKeyboardMarkup([buttons]) if buttons else None
        await reply(tap.update, tap.context, table_messages(table, press.offset), keyboard)

    async def topic(self, tap: Tap, press: TopicPress) -> None:
        """Show what the base says about a topic, with its source one tap away."""
        answer = self._worker.topic(press.chunk_id)
        if answer is None:
            await acknowledge(tap.query, texts.SOURCE_GONE, alert=True)
            return
        await acknowledge(tap.query)
        await reply(
            tap.update, tap.context, topic_messages(answer), sources_keyboard(answer.citations)
        )
