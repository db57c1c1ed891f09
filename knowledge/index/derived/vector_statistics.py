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

_BLOCK = 1 << 14


@dataclass(frozen=True, slots=True)
class VectorStatistics:
    """Mean and spread of a set of vectors' scores for any query, without scoring each of them.

    For unit vectors p with mean μ and covariance Σ, the scores q·p have mean q·μ and variance qᵀΣq.
    """

    mean: npt.NDArray[np.float32]
    covariance: FloatMatrix

    @classmethod
    def of(cls, vectors: FloatMatrix) -> VectorStatistics:
        """Return those of `vectors`, one a row."""
        mean = vectors.mean(axis=0)
        dimension = vectors.shape[1]
        covariance = np.zeros((dimension, dimension), dtype=np.float32)
        for start in range(0, len(vectors), _BLOCK):  # not a second copy of 300,000 vectors
            centred = vectors[start : start + _BLOCK] - mean
            covariance += centred.T @ centred
        covariance /= max(len(vectors), 1)
        return cls(mean, covariance)

    def save(self, path: Path) -> None:
        """Write them into a file; raises OSError."""
        np.save(path, np.vstack([self.mean, self.covariance]))

    @classmethod
    def load(cls, path: Path) -> VectorStatistics:
        """Read them from a file; raises OSError or ValueError."""
        rows = np.load(path)
        return cls(rows[0], rows[1:])

    def standardise(self, query: npt.NDArray[np.float32], scores: FloatMatrix) -> FloatMatrix:
        """Return `scores` of `query` as z-scores over the whole set."""
        variance = float(query @ self.covariance @ query)
        return (scores - float(query @ self.mean)) / math.sqrt(max(variance, 1e-9))
