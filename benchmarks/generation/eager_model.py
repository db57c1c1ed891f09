"""A model that cites every passage behind every sentence, so that each goes before the judge."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessageChunk
from langchain_core.outputs import ChatGenerationChunk

from knowledge.generation.passages import MOST_PASSAGES

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from langchain_core.messages import BaseMessage
    from langchain_core.outputs import ChatResult

_ALL = "".join(f" [{number}]" for number in range(1, MOST_PASSAGES + 1))
_STOP = re.compile(r"(?<=[^\W\d])([.!?]+)(?=\s)|(?<=[\w”\"’)])(?=\n)")


class EagerModel(BaseChatModel):
    """Says what `inner` says, with citations that it never made."""

    inner: BaseChatModel

    @property
    def _llm_type(self) -> str:
        return "eager"

    def _generate(self, *_: object, **__: object) -> ChatResult:
        raise NotImplementedError("it only streams")

    async def _astream(
        self, messages: list[BaseMessage], *_: object, **__: object
    ) -> AsyncIterator[ChatGenerationChunk]:
        held = ""
        async for chunk in self.inner.astream(messages):
            *whole, held = re.split(r"(?<=\s)(?=\S)", held + str(chunk.text))
            for words in whole:
                yield _said(_STOP.sub(rf"{_ALL}\1", words))
        yield _said(held)


def _said(text: str) -> ChatGenerationChunk:
    return ChatGenerationChunk(message=AIMessageChunk(content=text))
