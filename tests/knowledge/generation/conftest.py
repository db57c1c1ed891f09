import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from langchain_core.language_models import BaseChatModel

from embeddings import Encoder, Reader
from knowledge import (
    Answer,
    Assistant,
    Draft,
    KnowledgeBase,
    Passage,
    Turn,
    Writer,
    passages_of,
)


@dataclass(frozen=True)
class Writing:
    """An assistant with a reader, and how a model writes from what they find."""

    base: KnowledgeBase
    assistant: Assistant
    reader: Reader

    def extracted(self, question: str) -> tuple[Answer, tuple[Passage, ...]]:
        answer, found = self.assistant.examine(question, 8)
        return answer, passages_of(answer, found, self.assistant.corpus)

    async def drafts(
        self, question: str, model: BaseChatModel, turns: Sequence[Turn] = (), **how: Any
    ) -> list[Draft]:
        answer, passages = self.extracted(question)
        writer = how.pop("writer", None) or Writer(model, self.reader, **how)
        return [draft async for draft in writer.write(answer, passages, turns)]

    async def last(self, question: str, model: BaseChatModel, **how: Any) -> Draft:
        return (await self.drafts(question, model, **how))[-1]


@pytest.fixture(scope="session")
def writing(
    shipped_data: Path, tmp_path_factory: pytest.TempPathFactory, encoder: Encoder, reader: Reader
) -> Iterator[Writing]:
    """Writes from the shipped articles; the tests share it."""
    data_dir = shutil.copytree(shipped_data, tmp_path_factory.mktemp("written") / "data")
    with KnowledgeBase(data_dir, encoder, reader=reader) as base:
        yield Writing(base, base.assistant(), reader)
