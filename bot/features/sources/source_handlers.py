"""The buttons under answers: the passages behind one, and the topics offered after a refusal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.access.authorisation import Capability
from bot.features.sources import texts
from bot.features.sources.buttons import SourcesPress, TopicPress, sources_keyboard
from bot.features.sources.messages import source_messages, topic_messages
from bot.telegram.gate import Guarded, Tap, on_press
from bot.telegram.sending import acknowledge, reply

if TYPE_CHECKING:
    from bot.knowledge_worker import KnowledgeWorker


class SourceHandlers:
    """Shows passages of the knowledge base on demand."""

    def __init__(self, worker: KnowledgeWorker) -> None:
        self._worker = worker

    def handlers(self) -> list[Guarded]:
        """Return the handlers of the two kinds of button."""
        return [
            on_press(Capability.ASK, SourcesPress, self.sources, texts.SOURCE_GONE),
            on_press(Capability.ASK, TopicPress, self.topic, texts.SOURCE_GONE),
        ]

    async def sources(self, tap: Tap, press: SourcesPress) -> None:
        """Show the passages of an answer with title, source and date."""
        citations = self._worker.citations(press.chunk_ids)
        if not citations:
            await acknowledge(tap.query, texts.SOURCE_GONE, alert=True)
            return
        await acknowledge(tap.query)
        await reply(tap.update, tap.context, source_messages(citations))

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
