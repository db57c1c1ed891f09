"""An index version, ready to be searched."""

from __future__ import annotations

import math
from functools import partial, reduce
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from embeddings.diacritics import DiacriticRestorer
from knowledge.index.citation import Citation

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from knowledge.articles.chunk import Chunk
    from knowledge.index.derived.search_structures import SearchStructures
    from knowledge.index.manifest import ArticleEntry, IndexVersion


class Corpus:
    """The chunks of an index version with what they are searched by.

    `phrases` are fully spelled words beside those of the chunks, to restore diacritics from.
    """

    def __init__(
        self, manifest: IndexVersion, structures: SearchStructures, phrases: Sequence[str] = ()
    ) -> None:
        self.manifest = manifest
        self.chunks, self.row_of = structures.chunks, structures.row_of
        self.vectors, self.headings = structures.vectors, structures.headings
        self.article_of = structures.article_of
        self.passage_statistics = structures.passage_statistics
        self.sentence_statistics = structures.sentence_statistics
        self.exact, self.folded = structures.exact, structures.folded
        self.restorer = DiacriticRestorer(structures.counts, phrases)
        self._articles = {entry.article_id: entry for entry in manifest.articles}
        numbers = {entry.number: entry.article_id for entry in manifest.articles if entry.number}
        self.ended = frozenset(
            numbers[amendment.number]
            for entry in manifest.articles
            for amendment in entry.amends
            if amendment.ends
            and numbers.get(amendment.number, entry.article_id) != entry.article_id
        )
        """Articles of documents that another one of the version replaces or repeals."""

    def article(self, chunk: Chunk) -> ArticleEntry:
        """Return the article that `chunk` was cut from."""
        return self._articles[chunk.article_id]

    def citation(self, chunk: Chunk, quote: str | None = None) -> Citation:
        """Return the citation of `quote` (the whole passage when None) in `chunk`."""
        return Citation.of(chunk, self.article(chunk), quote)

    def weight(self, syllable: str) -> float:
        """Return the inverse document frequency of a folded syllable; unknown ones weigh most."""
        frequency = self.folded.frequency(syllable)
        return math.log(1 + (len(self.chunks) - frequency + 0.5) / (frequency + 0.5))

    def holding(self, words: Sequence[str]) -> Iterator[Chunk]:
        """Yield the chunks that may have these folded syllables side by side, in reading order.

        Title and headings count. Only those chunks are read from the disk; without words, all.
        """
        terms: list[tuple[str, ...]] = [*pairwise(words)] or [tuple(words)]
        found = sorted((self.folded.rows(*term) for term in terms if term), key=len)
        rows = reduce(partial(np.intersect1d, assume_unique=True), found) if found else None
        yield from self.chunks if rows is None else (self.chunks[row] for row in rows.tolist())
