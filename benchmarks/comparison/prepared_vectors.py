"""Vectors of 100,000 distractors from those of a few thousand sentences."""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from embeddings.sentences import sentences

if TYPE_CHECKING:
    from pathlib import Path

    from benchmarks.comparison.documents import Document
    from embeddings import Encoder, FloatMatrix

EncodePassages = Callable[[Sequence[str]], "FloatMatrix"]
_BATCH = 200
FITTED = 300
"""How many distractors are embedded as they are, to place the made-up vectors of the others."""


class VectorCache:
    """The vectors of texts that a model embedded before, in a folder; one process at a time."""

    def __init__(self, model: str, encode: EncodePassages, folder: Path) -> None:
        digest = hashlib.sha256(model.encode()).hexdigest()[:16]
        self._model, self._encode = model, encode
        self._texts_file, self._vectors_file = folder / f"{digest}.json", folder / f"{digest}.npy"

    def vectors(self, texts: Sequence[str]) -> FloatMatrix:
        """Return one vector for each of `texts`, embedding only new ones."""
        known: dict[str, FloatMatrix] = {}
        if self._texts_file.is_file():
            old = json.loads(self._texts_file.read_text(encoding="utf-8"))
            known = dict(zip(old, np.load(self._vectors_file), strict=True))
        new = [text for text in dict.fromkeys(texts) if text not in known]
        for start in range(0, len(new), _BATCH):
            batch = new[start : start + _BATCH]
            known.update(zip(batch, self._encode(batch), strict=True))
            print(f"  {self._model}: {start + len(batch)} of {len(new)} texts", flush=True)
        if new:
            self._vectors_file.parent.mkdir(parents=True, exist_ok=True)
            self._texts_file.unlink(missing_ok=True)  # never with the vectors of other texts
            np.save(self._vectors_file, np.stack(list(known.values())))
            self._texts_file.write_text(json.dumps(list(known)), encoding="utf-8")
        return np.stack([known[text] for text in texts])


@dataclass(frozen=True, slots=True)
class Regression:
    """What the vectors of embedded texts are, given the means of their sentences' vectors.

    Means lie nearer to the middle of all vectors than embedded texts do, and so nearer to every
    question. The best line through embedded texts, with what it leaves unexplained of one of
    them, has their spread as well.
    """

    mean_middle: FloatMatrix
    middle: FloatMatrix
    slope: float
    residuals: FloatMatrix

    @classmethod
    def fit(cls, means: FloatMatrix, embedded: FloatMatrix) -> Regression:
        """Fit it to the same texts' means and unit vectors, one a row."""
        mean_middle, middle = means.mean(axis=0), embedded.mean(axis=0)
        x, y = means - mean_middle, embedded - middle
        slope = float((x * y).sum() / (x * x).sum())
        residuals = y - slope * x
        missing = 1 - middle @ middle - slope**2 * (x * x).sum(axis=1).mean()
        scale = np.sqrt(max(0.0, missing) / (residuals**2).sum(axis=1).mean())
        return cls(mean_middle, middle, slope, residuals * scale)

    def vector(self, mean: FloatMatrix, text: str) -> FloatMatrix:
        """Return the vector made for a text, of about unit length."""
        residual = self.residuals[zlib.crc32(text.encode()) % len(self.residuals)]
        return self.middle + self.slope * (mean - self.mean_middle) + residual


@dataclass(frozen=True, slots=True)
class PreparedVectors:
    """Vectors of real texts, and by text the rows that its vector is made of."""

    vectors: FloatMatrix
    rows: dict[str, tuple[int, ...]]
    regression: Regression | None
    """None without distractors."""

    @classmethod
    def prepare(
        cls, documents: Sequence[Document], cache: VectorCache, *, sentencewise: bool = False
    ) -> PreparedVectors:
        """Prepare each sentence of the distractors, and the paragraphs as they are.

        With `sentencewise` the paragraphs' sentences as well.
        """
        needed: dict[str, None] = {}
        made = [document for document in documents if document.sentences]
        fitted = [document.content for document in made[:FITTED]]
        for document in documents:
            if document.sentences:
                needed |= dict.fromkeys(document.sentences)
            else:
                needed[document.content] = None
                if sentencewise:
                    needed |= dict.fromkeys(sentences(document.text))
        texts = list(needed)
        place = {text: row for row, text in enumerate(texts)}
        rows: dict[str, tuple[int, ...]] = {text: (row,) for text, row in place.items()}
        for document in made:
            rows[document.content] = tuple(place[text] for text in document.sentences)
        vectors = cache.vectors([*texts, *fitted])
        regression = None
        if fitted:
            means = np.stack([vectors[list(rows[content])].mean(axis=0) for content in fitted])
            regression = Regression.fit(means, vectors[len(texts) :])
        return cls(vectors[: len(texts)], rows, regression)

    def encode(self, texts: Sequence[str], encode: EncodePassages) -> FloatMatrix:
        """Return unit vectors: a distractor's is made of the mean of its sentences' vectors.

        Texts that are not prepared go to `encode`.
        """
        unknown = [text for text in texts if text not in self.rows]
        fresh = dict(zip(unknown, encode(unknown), strict=True)) if unknown else {}
        vectors = np.empty((len(texts), self.vectors.shape[1]), dtype=np.float32)
        for row, text in enumerate(texts):
            rows = self.rows.get(text)
            vector = fresh[text] if rows is None else self.vectors[list(rows)].mean(axis=0)
            if rows is not None and len(rows) > 1 and self.regression is not None:
                vector = self.regression.vector(vector, text)
            vectors[row] = vector / np.linalg.norm(vector)
        return vectors


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

    def in_background(self) -> Encoder:
        """Return the model itself: nothing is prepared for it."""
        return self._encoder.in_background()
