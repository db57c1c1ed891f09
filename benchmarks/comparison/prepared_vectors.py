"""Vectors of 100,000 distractors from those of a few thousand sentences."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from pathlib import Path

    from benchmarks.comparison.documents import Document
    from embeddings import Encoder, FloatMatrix

EncodePassages = Callable[[Sequence[str]], "FloatMatrix"]
_BATCH = 200


@dataclass(frozen=True, slots=True)
class PreparedVectors:
    """The vectors of sentences, and by the text of a sentence or distractor its rows of them."""

    vectors: FloatMatrix
    rows: dict[str, tuple[int, ...]]

    @classmethod
    def prepare(
        cls, documents: Sequence[Document], model: str, encode: EncodePassages, folder: Path
    ) -> PreparedVectors:
        """Embed each sentence of the distractors once, or take them from `folder`."""
        texts = sorted({sentence for document in documents for sentence in document.sentences})
        digest = hashlib.sha256("\n".join((model, *texts)).encode()).hexdigest()[:16]
        file = folder / f"{digest}.npy"
        if file.is_file():
            vectors = np.load(file)
        else:
            parts = []
            for start in range(0, len(texts), _BATCH):
                parts.append(encode(texts[start : start + _BATCH]))
                print(f"  {model}: {start}/{len(texts)} sentences", flush=True)
            vectors = np.concatenate(parts) if parts else np.zeros((0, 1), dtype=np.float32)
            folder.mkdir(parents=True, exist_ok=True)
            np.save(file, vectors)
        place = {text: row for row, text in enumerate(texts)}
        rows: dict[str, tuple[int, ...]] = {text: (row,) for text, row in place.items()}
        for document in documents:
            if document.sentences:
                rows[document.content] = tuple(place[text] for text in document.sentences)
        return cls(vectors, rows)

    def encode(self, texts: Sequence[str], encode: EncodePassages) -> FloatMatrix:
        """Return unit vectors: a distractor's is the normalised mean of its sentences' vectors.

        Other texts go to `encode`.
        """
        unknown = [text for text in texts if text not in self.rows]
        fresh = dict(zip(unknown, encode(unknown), strict=True)) if unknown else {}
        vectors = np.stack(
            [
                self.vectors[list(self.rows[text])].mean(axis=0)
                if text in self.rows
                else fresh[text]
                for text in texts
            ]
        )
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        return np.ascontiguousarray(vectors, dtype=np.float32)


class PreparedEncoder:
    """An encoder that looks prepared passages up instead of reading them."""

    def __init__(self, encoder: Encoder, prepared: PreparedVectors) -> None:
        self._encoder = encoder
        self._prepared = prepared
        self.model_id = encoder.model_id
        self.dimension = encoder.dimension
        self.query_prompt = encoder.query_prompt
        self.passage_prompt = encoder.passage_prompt

    def encode_queries(self, texts: Sequence[str]) -> FloatMatrix:
        """Return one unit vector per query, by the model itself."""
        return self._encoder.encode_queries(texts)

    def encode_passages(
        self, texts: Sequence[str], *, progress: Callable[[int], None] | None = None
    ) -> FloatMatrix:
        """Return one unit vector per passage, prepared where there is one."""
        vectors = self._prepared.encode(texts, self._encoder.encode_passages)
        if progress is not None:
            progress(len(texts))
        return vectors

    def count_tokens(self, text: str) -> int:
        """Return how many tokens `text` takes."""
        return self._encoder.count_tokens(text)
