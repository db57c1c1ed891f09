"""Arrays in files that only grow, so that what is mapped into memory stays as it is."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any, overload

import numpy as np
import numpy.typing as npt

from embeddings.syllable_texts import ends_of
from knowledge.index.derived.file_reading import PlacesInFile

if TYPE_CHECKING:
    from pathlib import Path


class GrowingArray:
    """Rows of `width` numbers (of bytes, without one) of one type in a file without a header."""

    def __init__(self, path: Path, dtype: npt.DTypeLike, width: int | None = None) -> None:
        self.path = path
        self._dtype = np.dtype(dtype)
        self._width = width
        self._row_bytes = self._dtype.itemsize * (1 if width is None else width)

    def __len__(self) -> int:
        return self.path.stat().st_size // self._row_bytes if self.path.is_file() else 0

    def size(self, rows: int) -> int:
        """Return how many bytes so many rows take."""
        return rows * self._row_bytes

    def append(self, rows: npt.NDArray[Any], *, behind: int) -> None:
        """Write `rows` behind the first `behind`; what stood there was never used. Durable."""
        rows = np.ascontiguousarray(rows, dtype=self._dtype)
        handle = os.open(self.path, os.O_WRONLY | os.O_CREAT, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.truncate(self.size(behind))
            file.seek(self.size(behind))
            file.write(rows.data)
            file.flush()
            os.fsync(file.fileno())

    def mapped(self, rows: int) -> npt.NDArray[Any]:
        """Map the first `rows` rows into memory; raises OSError or ValueError if there are less."""
        shape = (rows,) if self._width is None else (rows, self._width)
        if rows == 0:
            return np.zeros(shape, dtype=self._dtype)
        return np.asarray(np.memmap(self.path, self._dtype, mode="r", shape=shape))


class GrowingRuns:
    """Runs of rows one behind the other, and in a second file where each of them ends."""

    def __init__(self, path: Path, dtype: npt.DTypeLike, width: int | None = None) -> None:
        self.values = GrowingArray(path, dtype, width)
        self.ends = GrowingArray(path.with_name(f"{path.name}-ends"), np.int64)

    def append(self, values: npt.NDArray[Any], sizes: Sequence[int], *, behind: int) -> None:
        """Write runs of those `sizes` behind the first `behind` runs. Durable."""
        last = int(self.ends.mapped(behind)[-1]) if behind else 0
        self.values.append(values, behind=last)
        self.ends.append(last + ends_of(sizes), behind=behind)

    def mapped(self, runs: int) -> tuple[npt.NDArray[Any], npt.NDArray[np.int64]]:
        """Map the first `runs` runs and their ends into memory; raises OSError or ValueError."""
        ends = self.ends.mapped(runs)
        return self.values.mapped(int(ends[-1]) if runs else 0), ends


class GrowingTexts:
    """Texts in UTF-8."""

    def __init__(self, path: Path) -> None:
        self.runs = GrowingRuns(path, np.uint8)

    def __len__(self) -> int:
        return len(self.runs.ends)

    def append(self, texts: Sequence[str], *, behind: int) -> None:
        """Write `texts` behind the first `behind`. Durable."""
        written = [text.encode() for text in texts]
        values = np.frombuffer(b"".join(written), dtype=np.uint8)
        self.runs.append(values, [len(text) for text in written], behind=behind)

    def opened(self, texts: int) -> Sequence[str]:
        """Open the first texts for reading; raises OSError or ValueError if there are less."""
        ends = self.runs.ends.mapped(texts)
        return TextsInFile(PlacesInFile(self.runs.values.path), ends) if texts else ()


class TextsInFile(Sequence[str]):
    """Texts that are read from the disk when they are looked at. Thread-safe."""

    def __init__(self, file: PlacesInFile, ends: npt.NDArray[np.int64]) -> None:
        """Take an open file; raises ValueError where it is shorter than its texts."""
        if len(file) < ends[-1]:
            raise ValueError(f"{ends[-1]} bytes of texts, got {len(file)}")
        self._file = file
        self._ends = ends

    def __len__(self) -> int:
        return len(self._ends)

    def __iter__(self) -> Iterator[str]:
        """Read all at once."""
        content = self._file.read(0, int(self._ends[-1]))
        for start, end in pairwise((0, *self._ends.tolist())):
            yield content[start:end].decode()

    @overload
    def __getitem__(self, number: int) -> str: ...

    @overload
    def __getitem__(self, number: slice) -> list[str]: ...

    def __getitem__(self, number: int | slice) -> str | list[str]:
        numbers = range(len(self))[number]
        if isinstance(numbers, int):
            start = int(self._ends[numbers - 1]) if numbers else 0
            return self._file.read(start, int(self._ends[numbers]) - start).decode()
        return [self[one] for one in numbers]
