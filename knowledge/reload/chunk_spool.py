"""Chunks that wait to be written: in memory while they are few, else in a temporary file."""

from __future__ import annotations

import pickle
import tempfile
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from collections.abc import Iterator

    from knowledge.articles.chunk import Chunk
    from knowledge.index.manifest import ChunkEntry

_IN_MEMORY = 32 * 2**20  # bytes: some 10,000 chunks


@dataclass(frozen=True, slots=True)
class CutArticle:
    """An article's chunks, cut just now, and those that the live version has of it."""

    chunks: tuple[Chunk, ...]
    before: tuple[ChunkEntry, ...]

    @property
    def texts(self) -> int:
        """How many texts have a vector: the passages and their sentences."""
        return sum(1 + len(chunk.sentences) for chunk in self.chunks)


class ChunkSpool:
    """Holds articles in the order in which they were added; a context manager."""

    def __init__(self) -> None:
        self._file = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 -- closed with the spool
        self._articles = 0
        self.texts = 0
        """How many texts were added."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def add(self, article: CutArticle) -> None:
        """Add an article; raises OSError when the disk is full."""
        pickle.dump(article, self._file, protocol=pickle.HIGHEST_PROTOCOL)
        self._articles += 1
        self.texts += article.texts

    def __iter__(self) -> Iterator[CutArticle]:
        self._file.seek(0)
        for _ in range(self._articles):
            # the file has no name, so that nobody else can have written it
            article = pickle.load(self._file)  # noqa: S301
            assert isinstance(article, CutArticle)  # noqa: S101 -- for the type checker
            yield article
