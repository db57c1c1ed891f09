"""Mean and spread of the scores of a set of vectors, for any query."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from pathlib import Path

    from embeddings.encoder import FloatMatrix

_BLOCK = 1 << 13


@dataclass(frozen=True, slots=True)
class VectorMoments:
    """What is summed over a set of vectors; from one set to one that is almost the same is a step.

    In double precision: over thousands of such steps nothing adds up that could be seen.
    """

    count: int
    total: npt.NDArray[np.float64]
    products: npt.NDArray[np.float64]
    """The sum of the outer products of the vectors with themselves."""

    @classmethod
    def of(cls, vectors: FloatMatrix) -> VectorMoments:
        """Return those of `vectors`, one a row."""
        dimension = vectors.shape[1]
        total, products = np.zeros(dimension), np.zeros((dimension, dimension))
        for start in range(0, len(vectors), _BLOCK):  # not a second copy of 300,000 vectors
            block = vectors[start : start + _BLOCK].astype(np.float64)
            total += block.sum(axis=0)
            products += block.T @ block
        return cls(len(vectors), total, products)

    def changed(self, added: FloatMatrix, removed: FloatMatrix) -> VectorMoments:
        """Return those of the set without some of its vectors and with others."""
        more, fewer = VectorMoments.of(added), VectorMoments.of(removed)
        return VectorMoments(
            self.count + more.count - fewer.count,
            self.total + more.total - fewer.total,
            self.products + more.products - fewer.products,
        )

    def save(self, path: Path) -> None:
        """Write them into a file; raises OSError."""
        np.save(path, np.vstack([self.products, self.total, np.full_like(self.total, self.count)]))

    @classmethod
    def load(cls, path: Path) -> VectorMoments:
        """Read them from a file; raises OSError or ValueError."""
        rows = np.load(path)
        return cls(int(rows[-1, 0]), rows[-2], rows[:-2])


@dataclass(frozen=True, slots=True)
class VectorStatistics:
    """Mean and spread of a set of vectors' scores for any query, without scoring each of them.

    For unit vectors p with mean μ and covariance Σ, the scores q·p have mean q·μ and variance qᵀΣq.
    """

    mean: npt.NDArray[np.float32]
    covariance: FloatMatrix

    @classmethod
    def of(cls, moments: VectorMoments) -> VectorStatistics:
        """Return those of a set of vectors."""
        count = max(moments.count, 1)
        mean = moments.total / count
        covariance = moments.products / count - np.outer(mean, mean)
        return cls(mean.astype(np.float32), covariance.astype(np.float32))

    def standardise(self, query: npt.NDArray[np.float32], scores: FloatMatrix) -> FloatMatrix:
        """Return `scores` of `query` as z-scores over the whole set."""
        variance = float(query @ self.covariance @ query)
        return (scores - float(query @ self.mean)) / math.sqrt(max(variance, 1e-9))
