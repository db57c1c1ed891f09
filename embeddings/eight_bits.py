"""Rounding matrices to 8 bits, symmetrically, with one scale per output."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    from embeddings.encoder import FloatMatrix

_LIMIT = 127  # rounding to 7 bits costs a point of retrieval quality


def round_to_int8(weight: FloatMatrix) -> tuple[npt.NDArray[np.int8], npt.NDArray[np.float32]]:
    """Return `weight`, (outputs, inputs), as integers and the scale of each output.

    What `restore` returns is rounded to the same integers again.
    """
    scales = np.abs(weight).max(axis=1) / _LIMIT
    scales[scales == 0] = 1
    return np.rint(weight / scales[:, None]).astype(np.int8), scales


def restore(rounded: npt.NDArray[np.int8], scales: npt.NDArray[np.float32]) -> FloatMatrix:
    """Return the matrix that `round_to_int8` made these of, but for the rounding."""
    return rounded * scales[:, None]
