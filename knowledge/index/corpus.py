"""An index version in memory, ready to be searched."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from embeddings.diacritics import DiacriticRestorer
from embeddings.lexical import LexicalIndex, exact_terms, folded_terms
from knowledge.index.citation import Citation

if TYPE_CHECKING:
    from collections.abc import Sequence

    from embeddings.encoder import FloatMatrix
    from knowledge.articles.chunk import Chunk
    from knowledge.index.chunk_records import IndexedChunks
    from knowledge.index.manifest import ArticleEntry, IndexVersion

_BLOCK = 1 << 14


class VectorStatistics:
    """Mean and spread of a set of vectors' scores for any query, without scoring each of them.

    For unit vectors p with mean μ and covariance Σ, the scores q·p have mean q·μ and variance qᵀΣq.
    """

    def __init__(self, vectors: FloatMatrix) -> None:
        self._mean = vectors.mean(axis=0)
        dimension = vectors.shape[1]
        self._covariance = np.zeros((dimension, dimension), dtype=np.float32)
        for start in range(0, len(vectors), _BLOCK):  # not a second copy of 300,000 vectors
            centred = vectors[start : start + _BLOCK] - self._mean
            self._covariance += centred.T @ centred
        self._covariance /= max(len(vectors), 1)

    def standardise(self, query: npt.NDArray[np.float32], scores: FloatMatrix) -> FloatMatrix:
        """Return `scores` of `query` as z-scores over the whole set."""
        variance = float(query @ self._covariance @ query)
        return (scores - float(query @ self._mean)) / math.sqrt(max(variance, 1e-9))


class Corpus:
    """The chunks of an index version, their vectors, lexical indexes and syllable statistics.

    `phrases` are fully spelled words beside those of the chunks, to restore diacritics from.
    """

    def __init__(
        self, manifest: IndexVersion, indexed: IndexedChunks, phrases: Sequence[str] = ()
    ) -> None:
        self.manifest = manifest
        self.indexed = indexed
        self.chunks, self.passages = indexed.chunks, indexed.passages
        self.sentences = indexed.sentences
        self.row_of = {chunk.chunk_id: row for row, chunk in enumerate(self.chunks)}
        ends = np.cumsum([len(chunk.sentences) for chunk in self.chunks])
        self._sentence_ends = [0, *ends.tolist()]
        self._articles = {entry.article_id: entry for entry in manifest.articles}
        numbers = {entry.number: entry.article_id for entry in manifest.articles if entry.number}
        self.ended = frozenset(
            numbers[amendment.number]
            for entry in manifest.articles
            for amendment in entry.amends
            if amendment.ends
            and numbers.get(amendment.number, entry.article_id) != entry.article_id
        )
        """Articles of documents that another one of the version replaces or repeals."""
        self.passage_statistics = VectorStatistics(self.passages)
        self.sentence_statistics = VectorStatistics(self.sentences)
        texts = [chunk.embedded_text for chunk in self.chunks]
        self.exact = LexicalIndex(texts, exact_terms)
        self.folded = LexicalIndex(texts, folded_terms)
        self.restorer = DiacriticRestorer(texts, phrases)

    def sentence_rows(self, row: int) -> slice:
        """Return the rows of `sentences` that belong to the chunk in `row`."""
        return slice(self._sentence_ends[row], self._sentence_ends[row + 1])

    def article(self, chunk: Chunk) -> ArticleEntry:
        """Return the article that `chunk` was cut from."""
        return self._articles[chunk.article_id]

    def citation(self, chunk: Chunk, quote: str | None = None) -> Citation:
        """Return the citation of `quote` (the whole passage when None) in `chunk`."""
        return Citation.of(chunk, self.article(chunk), quote)

    def weight(self, syllable: str) -> float:
        """Return the inverse document frequency of a folded syllable; unknown ones weigh most."""
        frequency = self.folded.frequency(syllable)
        return math.log(1 + (len(self.chunks) - frequency + 0.5) / (frequency + 0.5))
