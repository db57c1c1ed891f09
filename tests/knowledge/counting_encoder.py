from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np

from embeddings import EmbeddingError, Encoder, FloatMatrix


@dataclass
class CountingEncoder:
    """The real encoder behind a counter; it can be told to fail, to scale or to pose as another."""

    real: Encoder
    passages: list[str] = field(default_factory=list)
    fails_after: int | None = None
    scale: float = 1.0
    model_id: str = ""
    query_prompt: str = "query: "
    passage_prompt: str = "passage: "
    dimension: int = 0
    queries: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.model_id = self.model_id or self.real.model_id
        self.dimension = self.dimension or self.real.dimension

    def encode_queries(self, texts: Sequence[str]) -> FloatMatrix:
        self.queries.extend(texts)
        return self._padded(self.real.encode_queries(texts))

    def encode_passages(
        self, texts: Sequence[str], *, progress: Callable[[int], None] | None = None
    ) -> FloatMatrix:
        self.passages.extend(texts)
        if self.fails_after is not None and len(self.passages) > self.fails_after:
            raise EmbeddingError("mô hình dừng giữa chừng.")
        return self.scale * self._padded(self.real.encode_passages(texts, progress=progress))

    def _padded(self, vectors: FloatMatrix) -> FloatMatrix:
        more = max(self.dimension - vectors.shape[1], 0)
        return np.pad(vectors, ((0, 0), (0, more)))

    def in_background(self) -> "CountingEncoder":
        return self
