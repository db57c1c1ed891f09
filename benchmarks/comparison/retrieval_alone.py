"""Dense and lexical retrieval, each alone."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import numpy as np

from benchmarks.comparison.prepared_vectors import PreparedVectors, VectorCache
from embeddings.lexical import LexicalIndex
from embeddings.syllable_texts import SyllableTexts
from embeddings.vietnamese import has_diacritics

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from benchmarks.comparison.documents import Document
    from benchmarks.comparison.place import Place

_BATCH = 2000
_ANSWERED, _RANKED = 4, 30


class DenseAlone:
    """Our encoder and one Chroma collection with a vector for each document."""

    def __init__(self, place: Place) -> None:
        self._place = place
        self._encoder = place.encoder()
        self._collection: Any = None
        self._client: Any = None

    def build(self, documents: Sequence[Document], folder: Path) -> None:
        """Write the vectors of `documents` into a collection."""
        encoder = self._encoder
        cache = VectorCache(encoder.model_id, encoder.encode_passages, self._place.vectors)
        prepared = PreparedVectors.prepare(documents, cache)
        self._connect(folder)
        for start in range(0, len(documents), _BATCH):
            batch = documents[start : start + _BATCH]
            contents = [document.content for document in batch]
            self._collection.upsert(
                ids=[document.name for document in batch],
                embeddings=prepared.encode(contents, encoder.encode_passages),
                documents=contents,
            )

    def open(self, folder: Path) -> None:
        """Connect to the collection."""
        self._connect(folder)

    def answer(self, question: str) -> object:
        """Return the nearest documents with their texts."""
        return self._collection.query(
            query_embeddings=self._encoder.encode_queries([question]), n_results=_ANSWERED
        )

    def ranking(self, question: str) -> list[str]:
        """Return the names of the nearest documents."""
        found = self._collection.query(
            query_embeddings=self._encoder.encode_queries([question]),
            n_results=_RANKED,
            include=[],
        )
        names: list[str] = found["ids"][0]
        return names

    def embed(self, question: str) -> object:
        """Embed the question."""
        return self._encoder.encode_queries([question])

    def close(self) -> None:
        """Disconnect."""
        self._client.close()

    def _connect(self, folder: Path) -> None:
        import chromadb  # noqa: PLC0415

        self._client = chromadb.PersistentClient(path=str(folder / "chroma"))
        self._collection = self._client.get_or_create_collection(
            "documents",
            embedding_function=None,
            configuration={"hnsw": {"space": "ip", "ef_search": 200, "ef_construction": 200}},
        )


class LexicalAlone:
    """BM25 over syllables and their bigrams, as written or, for a bare question, folded."""

    def __init__(self, place: Place) -> None:
        self._place = place
        self._names: list[str] = []
        self._exact: LexicalIndex | None = None
        self._folded: LexicalIndex | None = None

    def build(self, documents: Sequence[Document], folder: Path) -> None:
        """Keep the texts: the index is made in memory."""
        texts = {document.name: document.content for document in documents}
        folder.joinpath("texts.json").write_text(json.dumps(texts), encoding="utf-8")

    def open(self, folder: Path) -> None:
        """Index the texts."""
        texts = json.loads(folder.joinpath("texts.json").read_text(encoding="utf-8"))
        self._names = list(texts)
        read = SyllableTexts.of(texts.values())
        self._exact = LexicalIndex.of(read)
        self._folded = LexicalIndex.of(read, folded=True)

    def answer(self, question: str) -> object:
        """Return the names of the best documents."""
        return self._best(question, _ANSWERED)

    def ranking(self, question: str) -> list[str]:
        """Return the names of the best documents."""
        return self._best(question, _RANKED)

    def embed(self, question: str) -> object:
        """Nothing is embedded."""
        return question

    def close(self) -> None:
        """Nothing is open."""

    def _best(self, question: str, count: int) -> list[str]:
        index = self._exact if has_diacritics(question) else self._folded
        assert index is not None
        scores = index.scores(question)
        top = np.argpartition(-scores, count)[:count]
        return [self._names[row] for row in top[np.argsort(-scores[top], kind="stable")]]
