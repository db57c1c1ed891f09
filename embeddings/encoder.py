"""The port between texts and vectors."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING, Protocol, TypeAlias, runtime_checkable

import numpy as np
import numpy.typing as npt

from embeddings.vietnamese import encodable

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

FloatMatrix: TypeAlias = npt.NDArray[np.float32]
"""(n, dimension) float32, C-contiguous."""


@runtime_checkable
class Encoder(Protocol):
    """Turns texts into vectors of unit length whose dot product is their cosine similarity.

    Implementations are thread-safe and deterministic: a text's vector depends neither on its
    neighbours in the call nor on other calls.
    """

    model_id: str
    """The stable identity of weights and precision; vectors of different ids don't mix."""
    dimension: int
    """The length of every vector."""
    query_prompt: str
    """What is put before a query, such as "query: "; empty when the model has none."""
    passage_prompt: str
    """What is put before a passage, such as "passage: "; empty when the model has none."""

    def encode_queries(self, texts: Sequence[str]) -> FloatMatrix:
        """Return one unit vector per query, shape (len(texts), dimension)."""
        ...

    def encode_passages(
        self, texts: Sequence[str], *, progress: Callable[[int], None] | None = None
    ) -> FloatMatrix:
        """Return one unit vector per passage, shape (len(texts), dimension).

        `progress` is called with the number of texts just finished.
        """
        ...

    def in_background(self) -> Encoder:
        """Return an encoder of the same vectors that takes the processors from nobody."""
        ...


class TextByTextEncoder(Encoder):
    """An encoder that runs its model on one text at a time."""

    def encode_queries(self, texts: Sequence[str]) -> FloatMatrix:
        """Return one unit vector per query, shape (len(texts), dimension)."""
        return self._encode(self.query_prompt, texts, None)

    def encode_passages(
        self, texts: Sequence[str], *, progress: Callable[[int], None] | None = None
    ) -> FloatMatrix:
        """Return one unit vector per passage, shape (len(texts), dimension)."""
        return self._encode(self.passage_prompt, texts, progress)

    def in_background(self) -> Encoder:
        """Return the encoder itself: a model says otherwise where it can."""
        return self

    def _encode(
        self, prompt: str, texts: Sequence[str], progress: Callable[[int], None] | None
    ) -> FloatMatrix:
        vectors = np.empty((len(texts), self.dimension), dtype=np.float32)
        for row, text in enumerate(texts):
            vectors[row] = self._vector(prompt, encodable(text))
            if progress is not None:
                progress(1)
        return vectors

    @abstractmethod
    def _vector(self, prompt: str, text: str) -> npt.NDArray[np.float32]:
        """Return the unit vector of `text` after `prompt`."""
