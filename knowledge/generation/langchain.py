"""Answering as a LangChain Runnable, for use in LangChain's chains."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from langchain_core.runnables import RunnableConfig, RunnableLambda

from knowledge.generation.passages import passages_of

if TYPE_CHECKING:
    from langchain_core.runnables import Runnable

    from knowledge.answering.answer import Answer
    from knowledge.answering.assistant import Assistant
    from knowledge.generation.writer import Writer

EXTRACTING = "vanphong_extracted_answer"
WRITING = "vanphong_written_answer"
_READ = 8  # chunks to retrieve


def extracting(assistant: Assistant) -> Runnable[str, Answer]:
    """Return what turns a question into an extracted Answer; raises as `Assistant.answer`."""
    return RunnableLambda(assistant.answer, name=EXTRACTING)


def writing(assistant: Assistant, writer: Writer) -> Runnable[str, Answer]:
    """Return what turns a question into an Answer in the model's words where these stand.

    Only to be awaited; the model's run is a child of this one for callbacks.
    """

    async def write(question: str, config: RunnableConfig) -> Answer:
        answer, found = await asyncio.to_thread(assistant.examine, question, _READ)
        passages = passages_of(answer, found, assistant.corpus)
        async for draft in writer.write(answer, passages, config=config):
            answer = draft.answer
        return answer

    return RunnableLambda(write, name=WRITING)
