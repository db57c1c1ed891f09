"""Hybrid retrieval: dense passages, best dense sentence and BM25, fused by z-scores."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from embeddings.vietnamese import has_diacritics, nfc
from knowledge.index.chunk_records import chunk_of

if TYPE_CHECKING:
    from embeddings.encoder import Encoder, FloatMatrix
    from knowledge.articles.chunk import Chunk
    from knowledge.index.corpus import Corpus
    from knowledge.index.vector_store import VectorStore
    from knowledge.retrieval.glossary import Glossary

_DENSE_CANDIDATES = 120
_LEXICAL_CANDIDATES = 60


@dataclass(frozen=True, slots=True)
class Query:
    """A question ready for retrieval: as typed, as restored (None when nothing was missing)."""

    typed: str
    restored: str | None
    vector: npt.NDArray[np.float32]

    @property
    def text(self) -> str:
        """The best fully written form of the question."""
        return self.typed if self.restored is None else self.restored


@dataclass(frozen=True, slots=True)
class Hit:
    """A retrieved chunk: its fused score, and the cosine of the passage and of each sentence."""

    chunk: Chunk
    score: float
    passage_similarity: float
    sentence_similarities: tuple[float, ...]


class HybridRetrieval:
    """Finds the chunks of one index version for a question. Thread-safe."""

    def __init__(
        self, corpus: Corpus, store: VectorStore, encoder: Encoder, glossary: Glossary
    ) -> None:
        self._corpus = corpus
        self._glossary = glossary
        self._store = store
        self._encoder = encoder

    def query(self, question: str) -> Query:
        """Return `question`, written out and spelled as it was probably meant, and embedded."""
        question, restored = self.spelled(question)
        best = restored if restored != nfc(question) else None
        vector = self._encoder.encode_queries([best or question])[0]
        return Query(question, best, vector)

    def spelled(self, question: str) -> tuple[str, str]:
        """Return `question` with its abbreviations written out, and spelled as probably meant."""
        question = self._glossary.read(question, self._corpus)
        return question, self._corpus.restorer.restore(question)

    def search(self, query: Query, top_k: int) -> list[Hit]:
        """Return the `top_k` best chunks, best first; fewer when the base is smaller."""
        if top_k < 1:
            raise ValueError(f"top_k must be ≥ 1, got {top_k}")
        lexical = self._lexical_scores(query)
        rows = self._candidates(query, lexical)
        corpus, vector = self._corpus, query.vector
        dense = corpus.vectors.of_passages(rows) @ vector
        every, ends = corpus.vectors.of_sentences(rows)
        similarities = np.split(every @ vector, ends[:-1])
        best = np.array([scores.max(initial=-1.0) for scores in similarities], dtype=np.float32)
        fused = (
            corpus.passage_statistics.standardise(vector, dense)
            + corpus.sentence_statistics.standardise(vector, best)
            + lexical[rows]
        )
        order = np.argsort(-fused, kind="stable")[:top_k]
        return [
            Hit(
                chunk=corpus.chunks[rows[n]],
                score=float(fused[n]),
                passage_similarity=float(dense[n]),
                sentence_similarities=tuple(float(s) for s in similarities[n]),
            )
            for n in order
        ]

    def _lexical_scores(self, query: Query) -> FloatMatrix:
        """Return standardised BM25 scores of all chunks.

        A question typed in full is matched as written; one that was mended both as restored and,
        in case a restored mark is wrong, folded.
        """
        if query.restored is None and has_diacritics(query.typed):
            return _standardised(self._corpus.exact.scores(query.typed))
        folded = _standardised(self._corpus.folded.scores(query.text))
        exact = _standardised(self._corpus.exact.scores(query.text))
        return np.asarray((folded + exact) / 2, dtype=np.float32)

    def _candidates(self, query: Query, lexical: FloatMatrix) -> list[int]:
        """Return the rows of chunks worth scoring: near by vector or by words."""
        corpus = self._corpus
        total = corpus.manifest.records
        (nearest,) = self._store.nearest(
            corpus.manifest.collection,
            query.vector[np.newaxis],
            min(_DENSE_CANDIDATES, total),
            lambda record: chunk_of(record) in corpus.row_of,
        )
        rows = {corpus.row_of[chunk_id] for chunk_id in set(map(chunk_of, nearest))}
        count = min(_LEXICAL_CANDIDATES, len(lexical))
        rows.update(int(row) for row in np.argpartition(-lexical, count - 1)[:count])
        return sorted(rows)


def _standardised(scores: FloatMatrix) -> FloatMatrix:
    return np.asarray((scores - scores.mean()) / (scores.std() + 1e-9), dtype=np.float32)
