"""The one place where blocking work on the knowledge base leaves the event loop."""

from __future__ import annotations

import asyncio
import os
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, TypeVar, TypeVarTuple

from knowledge import passages_of
from knowledge.conversation.continuation import more_of
from knowledge.conversation.conversation import Conversation
from knowledge.conversation.topics import topics_about
from knowledge.retrieval.politeness import without_politeness

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from knowledge import Answer, AnswerTable, Assistant, Citation, Offer, Passage, Topic
    from knowledge.articles.chunk import Chunk
    from knowledge.conversation.turn import Turn
    from knowledge.index.manifest import ArticleEntry

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
        self._asked = 0
        self._quiet = asyncio.Event()
        self._quiet.set()

    async def answer(self, question: str, turns: Sequence[Turn] = ()) -> Answer:
        """Return the answer to `question` as it is meant after `turns`; raises QuestionError.

        A question that has begun is finished by the version that it began with.
        """
        return await self._asking(Conversation(self._assistant).answer, question, turns)

    async def answer_about(self, question: str, chunk_id: str) -> Answer | None:
        """Return the answer to `question` as asked of a passage's heading; None if it is gone."""
        return await self._asking(Conversation(self._assistant).answer_about, question, chunk_id)

    async def answer_after(self, question: str, earlier: Sequence[str]) -> Answer:
        """Return the answer to `question` after earlier ones; raises QuestionError."""
        return await self._asking(Conversation(self._assistant).answer_after, question, earlier)

    async def offer(self, question: str, count: int) -> Offer:
        """Return the answer with the next best passages, `count` together; raises QuestionError."""
        return await self._asking(self._assistant.offer, question, count)

    async def passages(self, answer: Answer) -> tuple[Passage, ...]:
        """Return what a language model may write from in place of an answer.

        None when another version has taken over meanwhile.
        """
        assistant = self._assistant
        if assistant.kb_version != answer.kb_version:
            return ()

        def find() -> tuple[Passage, ...]:
            question = answer.understood or answer.question
            return passages_of(answer, assistant.find(question), assistant.corpus)

        return await self._asking(find)

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

    def topics_about(self, words: str) -> tuple[Topic, ...]:
        """Return the topics of the live version that have these words for a name; instant."""
        return topics_about(self._assistant.corpus, without_politeness(words))

    def leans(self, text: str, turns: Sequence[Turn], *, in_words: bool) -> bool:
        """Tell whether `text` speaks of what was just said in `turns`; instant.

        `in_words`: it does so, too, by words of the last answer.
        """
        return Conversation(self._assistant).leans(text, turns, in_words=in_words)

    def more_of(self, answer: Answer) -> Answer | None:
        """Return more of the article that an answer was taken from, or None; instant."""
        return more_of(self._assistant.corpus, answer)

    @property
    def documents(self) -> list[ArticleEntry]:
        """The documents in force of the live version, the newest first."""
        corpus = self._assistant.corpus
        in_force = [e for e in corpus.manifest.articles if e.article_id not in corpus.ended]
        return sorted(in_force, key=lambda entry: entry.published or "", reverse=True)

    @property
    def chunks(self) -> Sequence[Chunk]:
        """The passages of the live version, in reading order."""
        return self._assistant.corpus.chunks

    @property
    def kb_version(self) -> str:
        """The index version that answers come from."""
        return self._assistant.kb_version

    def swap(self, assistant: Assistant) -> None:
        """Let `assistant` answer from now on; one step, so no question sees half of a change."""
        self._assistant = assistant

    async def aside(self, work: Callable[[Assistant, *Arguments], T], *arguments: *Arguments) -> T:
        """Do `work` of milliseconds with the live assistant, once nobody waits for an answer."""
        await self._quiet.wait()
        return await self.reload(work, self._assistant, *arguments)

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

    async def _asking(self, work: Callable[[*Arguments], T], *arguments: *Arguments) -> T:
        """Do `work` that somebody waits for; meanwhile nothing is begun `aside`."""
        self._asked += 1
        self._quiet.clear()
        try:
            loop = asyncio.get_running_loop()
            return await loop.run_in_executor(self._threads, work, *arguments)
        finally:
            self._asked -= 1
            if not self._asked:
                self._quiet.set()


def _lower_priority() -> None:
    """Give this thread what the others leave; on Linux a thread has a niceness of its own."""
    if sys.platform == "linux":
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), _LOW_PRIORITY)
