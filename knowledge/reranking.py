"""Reranking: the best passages are read together with the question, and put in order again."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from embeddings.reader import Reader
    from knowledge.retrieval import Hit

READ_PASSAGES = 4
"""How many passages are read for a question, at most; each takes some 20 ms on 2 cores."""


@dataclass(frozen=True, slots=True)
class RerankingWeights:
    """How much the reader's logits count beside the fused score of retrieval."""

    relevance: float = 1.0
    answerable: float = 0.5


class Reranker:
    """Reads the first hits and reorders them. Thread-safe."""

    def __init__(
        self,
        reader: Reader,
        passages: int = READ_PASSAGES,
        weights: RerankingWeights | None = None,
    ) -> None:
        if passages < 1:
            raise ValueError(f"passages must be ≥ 1, got {passages}")
        self._reader = reader
        self._passages = passages
        self._weights = weights or RerankingWeights()

    def rerank(self, question: str, hits: list[Hit]) -> list[Hit]:
        """Return `hits` with the first ones read, best first; the others follow as they were."""
        weights = self._weights
        read: list[tuple[float, Hit]] = []
        for hit in hits[: self._passages]:
            reading = self._reader.read(question, hit.chunk.text)
            gain = weights.relevance * reading.relevance + weights.answerable * reading.answerable
            read.append((gain, replace(hit, reading=reading)))
        most = max((gain for gain, _ in read), default=0.0)
        ordered = [replace(hit, score=hit.score + gain - most) for gain, hit in read]
        ordered.sort(key=lambda hit: -hit.score)
        return [*ordered, *hits[self._passages :]]
