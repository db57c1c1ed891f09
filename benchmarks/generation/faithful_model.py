"""A model that does as it is told: it copies the statements of the first passages and cites them.

It shows what the checks cost a model that is good; no such model fits on a machine of two cores.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessageChunk
from langchain_core.outputs import ChatGenerationChunk

from embeddings.sentences import sentences

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from langchain_core.messages import BaseMessage
    from langchain_core.outputs import ChatResult

_PASSAGE = re.compile(r"^\[(\d)\] (\".*\")$", re.MULTILINE)


class FaithfulModel(BaseChatModel):
    """Says each sentence of the first passage, "Theo tài liệu, …", with a citation."""

    @property
    def _llm_type(self) -> str:
        return "faithful"

    def _generate(self, *_: object, **__: object) -> ChatResult:
        raise NotImplementedError("it only streams")

    async def _astream(
        self, messages: list[BaseMessage], *_: object, **__: object
    ) -> AsyncIterator[ChatGenerationChunk]:
        number, quoted = _PASSAGE.findall(str(messages[-1].text))[0]
        for sentence in sentences(json.loads(quoted).partition(": ")[2]):
            text = f"Theo tài liệu, {sentence.rstrip('.')} [{number}].\n"
            yield ChatGenerationChunk(message=AIMessageChunk(content=text))
