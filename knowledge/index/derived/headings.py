"""The headings of a version and the labels in them: which chunks stand below which."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from knowledge.articles.chunker import HEADING_SEPARATOR
from knowledge.entities.labels import leading_label

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    import numpy.typing as npt

    Rows = npt.NDArray[np.int32]

_LABELLED = np.dtype([("value", "U8"), ("part", "U8"), ("heading", np.int32)])


@dataclass(frozen=True, slots=True)
class Headings:
    """The heading paths of a version, and the rows of the chunks that stand below each.

    `above` is the number of each chunk's path in `paths`, `labelled` has a line for each label in
    each path, sorted by the labels' values.
    """

    paths: Sequence[str]
    above: Rows
    labelled: npt.NDArray[Any]

    @classmethod
    def of(cls, paths: Sequence[str], above: Rows) -> Headings:
        """Find the labels in the paths that `above` names."""
        found = sorted(
            (label.value, label.part, number)
            for number in np.unique(above).tolist()
            for heading in paths[number].split(HEADING_SEPARATOR)
            if (label := leading_label(heading)) is not None
        )
        return cls(paths, above, np.array(found, dtype=_LABELLED))

    def save(self, path: Path) -> None:
        """Write the labels into a file; raises OSError."""
        np.save(path, self.labelled)

    @classmethod
    def load(cls, path: Path, paths: Sequence[str], above: Rows) -> Headings:
        """Map the labels of a file into memory; raises OSError or ValueError."""
        return cls(paths, above, np.asarray(np.load(path, mmap_mode="r")))

    def rows_below(self, value: str, parts: Sequence[str]) -> Rows:
        """Return the chunks below a label of this value that is called one of `parts`, in order."""
        values = self.labelled["value"]
        start, end = values.searchsorted(value, "left"), values.searchsorted(value, "right")
        entries = self.labelled[start:end]
        numbers = entries["heading"][np.isin(entries["part"], parts)]
        return np.flatnonzero(np.isin(self.above, numbers)).astype(np.int32)

    def each(self) -> Iterator[tuple[str, Rows]]:
        """Yield each path with the rows below it, in the order in which they come."""
        numbers, first, inverse = np.unique(self.above, return_index=True, return_inverse=True)
        rows = np.split(
            np.argsort(inverse, kind="stable").astype(np.int32),
            np.cumsum(np.bincount(inverse, minlength=len(numbers)))[:-1],
        )
        for place in np.argsort(first):
            yield self.paths[int(numbers[place])], rows[place]
