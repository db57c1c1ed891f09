"""The one place where blocking work on the knowledge base leaves the event loop."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from knowledge import Answer, Assistant, Citation


class KnowledgeWorker:
    """Asks the assistant from a few threads; more of them would only wait for the processors."""

    def __init__(self, assistant: Assistant, threads: int) -> None:
        self._assistant = assistant
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="answer")

    async def answer(self, question: str) -> Answer:
        """Return the assistant's answer; raises QuestionError."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._threads, self._assistant.answer, question)

    def topic(self, chunk_id: str) -> Answer | None:
        """Return what the base says about an offered topic, or None when it is gone; instant."""
        return self._assistant.topic(chunk_id)

    def citations(self, chunk_ids: Sequence[str]) -> list[Citation]:
        """Return the passages that are still there; instant."""
        found = (self._assistant.citation(chunk_id) for chunk_id in chunk_ids)
        return [citation for citation in found if citation is not None]

    @property
    def kb_version(self) -> str:
        """The index version that answers come from."""
        return self._assistant.kb_version

    def close(self) -> None:
        """Wait for answers under way and end the threads."""
        self._threads.shutdown(wait=True, cancel_futures=True)
