"""The chunks of a version as a sequence that is read from the disk when it is looked at."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, overload

import numpy as np

from embeddings.vietnamese import nfc
from knowledge.articles.chunk import Chunk
from knowledge.index.derived.chunk_store import read_chunk

if TYPE_CHECKING:
    import numpy.typing as npt

    from embeddings.encoder import FloatMatrix
    from embeddings.syllable_texts import Ends
    from knowledge.index.derived.headings import Headings
    from knowledge.index.derived.vector_rows import VectorRows
    from knowledge.index.manifest import ArticleEntry

    Rows = npt.NDArray[np.int32]

_REMEMBERED = 2048  # chunks, some 10 MB


@dataclass(frozen=True, slots=True)
class VersionVectors:
    """The vectors of a version's chunks: row n stands at `places[n]` of the arrays.

    The sentences of a chunk stand together, those of the chunk at a place up to its end.
    """

    places: Rows
    passages: VectorRows
    sentences: VectorRows
    sentence_ends: Ends

    def of_passages(self, rows: Sequence[int] | Rows) -> FloatMatrix:
        """Return the vectors of the passages in `rows`, shape (rows, dimension)."""
        places = self.places[rows]
        return self.passages.runs(places, np.ones_like(places))

    def of_sentences(self, rows: Sequence[int] | Rows) -> tuple[FloatMatrix, Ends]:
        """Return the vectors of the sentences of `rows`, and where those of each row end."""
        places = self.places[rows]
        ends = self.sentence_ends[places]
        starts = np.where(places > 0, self.sentence_ends[places - 1], 0)
        return self.sentences.runs(starts, ends - starts), np.cumsum(ends - starts)


class RowOf(Mapping[str, int]):
    """The rows of a version's chunks by their ids, in sorted arrays instead of a dictionary."""

    def __init__(self, numbers: npt.NDArray[np.uint64], rows: Rows) -> None:
        """`numbers` are the ids as numbers, sorted."""
        self._numbers, self._rows = numbers.data, rows

    @classmethod
    def arrays(cls, ids: npt.NDArray[np.bytes_]) -> tuple[npt.NDArray[np.uint64], Rows]:
        """Return what the constructor takes, for the ids of rows 0, 1, …; raises ValueError."""
        numbers = np.frombuffer(bytes.fromhex(b"".join(ids.tolist()).decode()), dtype=">u8")
        rows = np.argsort(numbers).astype(np.int32)
        return numbers[rows].astype(np.uint64), rows

    def __getitem__(self, chunk_id: str) -> int:
        row = self.get(chunk_id)
        if row is None:
            raise KeyError(chunk_id)
        return row

    def get(self, chunk_id: str, default: int | None = None) -> int | None:  # type: ignore[override]
        """Return the row of a chunk, `default` when the version has no such chunk."""
        try:
            number = int(chunk_id, 16)
        except ValueError:
            return default
        place = bisect_left(self._numbers, number)
        found = place < len(self._numbers) and self._numbers[place] == number
        return int(self._rows[place]) if found and chunk_id == f"{number:016x}" else default

    def __contains__(self, chunk_id: object) -> bool:
        return isinstance(chunk_id, str) and self.get(chunk_id) is not None

    def __iter__(self) -> Iterator[str]:
        return (f"{number:016x}" for number in self._numbers)

    def __len__(self) -> int:
        return len(self._rows)


class VersionChunks(Sequence[Chunk]):
    """The chunks of a version in reading order; those used last stay in memory. Thread-safe."""

    def __init__(
        self,
        ids: npt.NDArray[np.bytes_],
        records: Sequence[str],
        places: Rows,
        headings: Headings,
        articles: Sequence[ArticleEntry],
    ) -> None:
        """`ids` and `records` are those of the store; the chunks stand at its `places`."""
        self._ids, self._records, self._places = ids, records, places
        self._headings, self._articles = headings, articles
        self._starts = np.cumsum([0, *(article.chunks for article in articles)])
        self._remembered = lru_cache(maxsize=_REMEMBERED)(self._read)

    @overload
    def __getitem__(self, row: int) -> Chunk: ...

    @overload
    def __getitem__(self, row: slice) -> tuple[Chunk, ...]: ...

    def __getitem__(self, row: int | slice) -> Chunk | tuple[Chunk, ...]:
        rows = range(len(self))[row]
        if isinstance(rows, int):
            return self._remembered(rows)
        return tuple(map(self._remembered, rows))

    def __iter__(self) -> Iterator[Chunk]:
        return map(self._read, range(len(self)))

    def __len__(self) -> int:
        return len(self._places)

    def of_article(self, article_id: str) -> Sequence[Chunk]:
        """Return the chunks of an article, by the NFC of its id, in reading order."""
        places = self._places_of_articles.get(article_id, ())
        return [chunk for n in places for chunk in self[self._starts[n] : self._starts[n + 1]]]

    @cached_property
    def _places_of_articles(self) -> dict[str, list[int]]:
        places: dict[str, list[int]] = {}
        for number, article in enumerate(self._articles):
            places.setdefault(nfc(article.article_id), []).append(number)
        return places

    def _read(self, row: int) -> Chunk:
        place = int(self._places[row])
        article = int(self._starts.searchsorted(row, "right")) - 1
        return read_chunk(
            self._records[place],
            self._ids[place].decode(),
            self._articles[article].title,
            self._headings.paths[int(self._headings.above[row])],
            row - int(self._starts[article]),
        )
