"""The stack of the LangChain tutorials: splitter, sentence-transformers, Chroma, the nearest."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from langchain_chroma import Chroma
from langchain_core.documents import Document as ChainDocument
from langchain_core.embeddings import Embeddings
from langchain_text_splitters import RecursiveCharacterTextSplitter

from benchmarks.comparison.prepared_vectors import PreparedVectors, VectorCache

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from benchmarks.comparison.documents import Document
    from benchmarks.comparison.place import Place
    from embeddings import FloatMatrix

_SPLIT, _OVERLAP = 1000, 200
_BATCH = 2000
_RANKED = 30
_NAME = "fp32"


class TransformerEmbeddings(Embeddings):
    """What langchain-huggingface's class does, with the model's own prompts."""

    def __init__(self, directory: Path) -> None:
        from sentence_transformers import SentenceTransformer  # noqa: PLC0415

        self._model = SentenceTransformer(str(directory), device="cpu", local_files_only=True)
        self.prepared: PreparedVectors | None = None

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Return the vectors of passages: prepared ones, the model's for the rest."""
        if self.prepared is None:
            return [list(map(float, vector)) for vector in self.encode(texts)]
        vectors: list[list[float]] = self.prepared.encode(texts, self.encode).tolist()
        return vectors

    def embed_query(self, text: str) -> list[float]:
        """Return the vector of a question."""
        vector: list[float] = self._model.encode_query(
            text, normalize_embeddings=True, show_progress_bar=False
        ).tolist()
        return vector

    def encode(self, texts: Sequence[str]) -> FloatMatrix:
        """Embed passages with the model."""
        return np.asarray(
            self._model.encode_document(
                list(texts), normalize_embeddings=True, show_progress_bar=False
            ),
            dtype=np.float32,
        )


class PlainStack:
    """RecursiveCharacterTextSplitter, sentence-transformers and langchain-chroma."""

    def __init__(self, place: Place) -> None:
        place.write_peer_model()
        self._place = place
        self._embeddings = TransformerEmbeddings(place.peer_model)
        self._store: Any = None

    def build(self, documents: Sequence[Document], folder: Path) -> None:
        """Split `documents` and add them to the store."""
        embeddings = self._embeddings
        embeddings.prepared = PreparedVectors.prepare(
            documents, VectorCache(_NAME, embeddings.encode, self._place.vectors)
        )
        splitter = RecursiveCharacterTextSplitter(chunk_size=_SPLIT, chunk_overlap=_OVERLAP)
        chunks = splitter.split_documents(
            [
                ChainDocument(document.content, metadata={"name": document.name})
                for document in documents
            ]
        )
        self.open(folder)
        for start in range(0, len(chunks), _BATCH):
            self._store.add_documents(chunks[start : start + _BATCH])

    def open(self, folder: Path) -> None:
        """Open the store."""
        self._store = Chroma(
            "documents", self._embeddings, persist_directory=str(folder / "chroma")
        )

    def answer(self, question: str) -> object:
        """Return the nearest chunks (four, its default)."""
        return self._store.similarity_search(question)

    def ranking(self, question: str) -> list[str]:
        """Return the names of the documents of the nearest chunks."""
        found = self._store.similarity_search(question, k=_RANKED)
        return [chunk.metadata["name"] for chunk in found]

    def embed(self, question: str) -> object:
        """Embed the question."""
        return self._embeddings.embed_query(question)

    def close(self) -> None:
        """Nothing to let go of."""
