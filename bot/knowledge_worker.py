"""The one place where blocking work on the knowledge base leaves the event loop."""

from __future__ import annotations

import asyncio
import os
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, TypeVar, TypeVarTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from knowledge import Answer, AnswerTable, Assistant, Citation, Suggestions
    from knowledge.articles.chunk import Chunk

T = TypeVar("T")
Arguments = TypeVarTuple("Arguments")

SWITCH_SECONDS = 0.001
"""For sys.setswitchinterval in a bot: how long an answer waits for a reload's Python code."""

_LOW_PRIORITY = 10  # on 20 levels; at the lowest, a busy machine would never let a reload end


class KnowledgeWorker:
    """Asks the live assistant from a few threads; more would only wait for the processors.

    Upkeep of the base has threads of its own: two of low priority for reloads, which take minutes
    (one works; a second reload is told so there), and one for decisions, which take milliseconds
    and don't wait for a reload.
    """

    def __init__(self, assistant: Assistant, threads: int) -> None:
        self._assistant = assistant
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="answer")
        self._reloads = ThreadPoolExecutor(
            2, thread_name_prefix="reload", initializer=_lower_priority
        )
        self._decisions = ThreadPoolExecutor(1, thread_name_prefix="decision")

    async def answer(self, question: str) -> Answer:
        """Return the assistant's answer; raises QuestionError.

        A question that has begun is finished by the version that it began with.
        """
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._threads, self._assistant.answer, question)

    async def suggest(self, question: str, count: int) -> Suggestions:
        """Return the answer with the next best passages, `count` together; raises QuestionError."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._threads, self._assistant.suggest, question, count)

    def topic(self, chunk_id: str) -> Answer | None:
        """Return what the base says about an offered topic, or None when it is gone; instant."""
        return self._assistant.topic(chunk_id)

    def table(self, chunk_id: str, offset: int, count: int) -> AnswerTable | None:
        """Return some rows of the table in a passage, or None when it is gone; instant."""
        return self._assistant.table(chunk_id, offset, count)

    def citations(self, chunk_ids: Sequence[str]) -> list[Citation]:
        """Return the passages that are still there; instant."""
        found = (self._assistant.citation(chunk_id) for chunk_id in chunk_ids)
        return [citation for citation in found if citation is not None]

    @property
    def chunks(self) -> tuple[Chunk, ...]:
        """The passages of the live version, in reading order."""
        return self._assistant.corpus.chunks

    @property
    def kb_version(self) -> str:
        """The index version that answers come from."""
        return self._assistant.kb_version

    def swap(self, assistant: Assistant) -> None:
        """Let `assistant` answer from now on; one step, so no question sees half of a change."""
        self._assistant = assistant

    async def reload(self, work: Callable[[*Arguments], T], *arguments: *Arguments) -> T:
        """Do `work` of seconds or minutes with what processors answers leave."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._reloads, work, *arguments)

    async def decide(self, work: Callable[[*Arguments], T], *arguments: *Arguments) -> T:
        """Do `work` of milliseconds on the index, one at a time, also during a reload."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._decisions, work, *arguments)

    def close(self) -> None:
        """Wait for what is under way and end the threads."""
        for threads in (self._threads, self._decisions, self._reloads):
            threads.shutdown(wait=True, cancel_futures=True)


def _lower_priority() -> None:
    """Give this thread what the others leave; on Linux a thread has a niceness of its own."""
    if sys.platform == "linux":
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), _LOW_PRIORITY)
