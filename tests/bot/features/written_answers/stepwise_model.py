"""A chat model whose reply a test hands out piece by piece."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

from langchain_core.callbacks import AsyncCallbackManagerForLLMRun
from langchain_core.messages import AIMessageChunk, BaseMessage
from langchain_core.outputs import ChatGenerationChunk

from tests.knowledge.generation.scripted_model import ScriptedModel


class StepwiseModel(ScriptedModel):
    """Says what `steps` brings, until None ends the reply."""

    steps: asyncio.Queue[str | None]

    def says(self, *pieces: str | None) -> None:
        for piece in pieces:
            self.steps.put_nowait(piece)

    async def _astream(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: AsyncCallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> AsyncIterator[ChatGenerationChunk]:
        self.asked.append(messages)
        while (piece := await self.steps.get()) is not None:
            yield ChatGenerationChunk(message=AIMessageChunk(content=piece))
