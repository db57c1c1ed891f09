"""Rows of vectors, in memory or in a file that is read where it is asked for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import numpy as np

from knowledge.index.derived.file_reading import PlacesInFile

if TYPE_CHECKING:
    from pathlib import Path

    import numpy.typing as npt

    from embeddings.encoder import FloatMatrix

    Numbers = npt.NDArray[np.integer]


class VectorRows(Protocol):
    """Vectors of one dimension, row by row."""

    def runs(self, starts: Numbers, sizes: Numbers) -> FloatMatrix:
        """Return the rows of some runs one after the other, shape (rows, dimension)."""
        ...


@dataclass(frozen=True, slots=True)
class RowsInMemory:
    """Rows of one array."""

    vectors: FloatMatrix

    def runs(self, starts: Numbers, sizes: Numbers) -> FloatMatrix:
        """Return the rows of some runs."""
        ends = np.cumsum(sizes)
        places = np.arange(ends[-1] if len(ends) else 0)
        found: FloatMatrix = self.vectors[places + np.repeat(starts - ends + sizes, sizes)]
        return found


class RowsInFile:
    """Rows of float32 in a file without a header. Thread-safe."""

    def __init__(self, path: Path, dimension: int) -> None:
        """Open the file; raises OSError."""
        self._file = PlacesInFile(path)
        self._dimension = dimension

    def runs(self, starts: Numbers, sizes: Numbers) -> FloatMatrix:
        """Return the rows of some runs; raises IndexDamagedError where the file has none."""
        ends = np.cumsum(sizes)
        rows = np.empty((int(ends[-1]) if len(ends) else 0, self._dimension), dtype=np.float32)
        content, row_bytes = rows.reshape(-1).view(np.uint8), 4 * self._dimension
        for start, size, end in zip(starts.tolist(), sizes.tolist(), ends.tolist(), strict=True):
            part = content[(end - size) * row_bytes : end * row_bytes]
            self._file.read_into(part.data, start * row_bytes)
        return rows
