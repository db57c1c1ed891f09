"""The knowledge base and the assistant of the project itself."""

from __future__ import annotations

import json
import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from benchmarks.comparison.prepared_vectors import PreparedEncoder, PreparedVectors, VectorCache
from knowledge import KnowledgeBase

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from benchmarks.comparison.documents import Document
    from benchmarks.comparison.place import Place
    from knowledge import Assistant, ReloadProgress

_RANKED = 30
_FOLDER = 1000  # files a folder
# A line that begins like markup is text here.
_MARKUP = re.compile(r"^(\s*)([#>*+•-]|\d+[.)])", re.MULTILINE)


class OurAssistant:
    """`KnowledgeBase.reload` over a file for each document, then `Assistant`."""

    def __init__(self, place: Place) -> None:
        self._place = place
        self._encoder = place.encoder()
        self._base: KnowledgeBase | None = None
        self._assistant: Assistant | None = None

    def build(self, documents: Sequence[Document], folder: Path) -> None:
        """Write the documents as articles and index them."""
        encoder = self._encoder
        cache = VectorCache(encoder.model_id, encoder.encode_passages, self._place.vectors)
        prepared = PreparedVectors.prepare(documents, cache, sentencewise=True)
        articles = folder / "articles"
        for number, document in enumerate(documents):
            shelf = articles / f"{number // _FOLDER:04d}"
            if number % _FOLDER == 0:
                shelf.mkdir(parents=True, exist_ok=True)
            title = json.dumps(document.title, ensure_ascii=False)
            text = _MARKUP.sub(r"\1\\\2", document.text)
            shelf.joinpath(f"{document.name}.md").write_text(
                f"---\ntitle: {title}\n---\n{text}\n", encoding="utf-8"
            )
        with KnowledgeBase(folder / "data", PreparedEncoder(encoder, prepared)) as base:
            report = base.reload(articles, progress=Stages())
        assert not report.failed, report.failed[0]

    def open(self, folder: Path) -> None:
        """Load the live version."""
        reader = self._place.reader(self._encoder)
        self._base = KnowledgeBase(folder / "data", self._encoder, reader=reader)
        self._base.open()
        self._assistant = self._base.assistant()

    def answer(self, question: str) -> object:
        """Return the answer or refusal, with evidence and citations."""
        assert self._assistant is not None
        return self._assistant.answer(question)

    def ranking(self, question: str) -> list[str]:
        """Return the names of the documents of the best chunks."""
        assert self._assistant is not None
        ranked = self._assistant.find(question, _RANKED).ranked[:_RANKED]
        return [PurePosixPath(chunk.article_id).stem for chunk in ranked]

    def embed(self, question: str) -> object:
        """Embed the question."""
        return self._encoder.encode_queries([question])

    def close(self) -> None:
        """Close the base."""
        if self._base is not None:
            self._base.close()


class Stages:
    """Prints the stages of a reload as they begin."""

    def __init__(self) -> None:
        self._stage = ""

    def __call__(self, progress: ReloadProgress) -> None:
        """Print the stage of `progress` if it is a new one."""
        if progress.stage != self._stage:
            self._stage = progress.stage
            print(f"  {progress.stage} ({progress.total})", flush=True)
