"""A chat model that says what a test wrote for it, and misbehaves on demand."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from typing import Any

from langchain_core.callbacks import AsyncCallbackManagerForLLMRun, CallbackManagerForLLMRun
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessageChunk, BaseMessage
from langchain_core.outputs import ChatGenerationChunk, ChatResult

Piece = str | Exception | AIMessageChunk | None
"""What comes next: text, a whole chunk, an error, or (None) nothing ever again."""


class ScriptedModel(BaseChatModel):
    """Streams its `script`; keeps the messages it was asked with.

    A `stubborn` one takes its time to end when it is cancelled.
    """

    script: Sequence[Piece] = ()
    endless: str = ""
    stubborn: bool = False
    asked: list[list[BaseMessage]] = []  # noqa: RUF012 -- pydantic copies it

    @property
    def _llm_type(self) -> str:
        return "scripted"

    def _generate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> ChatResult:
        raise NotImplementedError

    async def _astream(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: AsyncCallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> AsyncIterator[ChatGenerationChunk]:
        self.asked.append(messages)
        for piece in self.script:
            if isinstance(piece, Exception):
                raise piece
            if piece is None:
                await self._nothing()
            elif isinstance(piece, str):
                yield ChatGenerationChunk(message=AIMessageChunk(content=piece))
            else:
                yield ChatGenerationChunk(message=piece)
            await asyncio.sleep(0)
        while self.endless:
            yield ChatGenerationChunk(message=AIMessageChunk(content=self.endless))
            await asyncio.sleep(0)

    async def _nothing(self) -> None:
        never = asyncio.Event()
        try:
            await never.wait()
        except asyncio.CancelledError:
            if self.stubborn:
                await asyncio.wait_for(never.wait(), 2)
            raise
