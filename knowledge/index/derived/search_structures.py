"""What an index version is searched with, computed once when it is built."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from embeddings.lexical import LexicalIndex
from embeddings.syllable_model import SyllableCounts
from embeddings.syllable_texts import SyllableTexts, ends_of, gathered
from knowledge.index.derived.headings import Headings
from knowledge.index.derived.vector_rows import RowsInFile, RowsInMemory
from knowledge.index.derived.vector_statistics import VectorMoments, VectorStatistics
from knowledge.index.derived.version_chunks import RowOf, VersionChunks, VersionVectors

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    import numpy.typing as npt

    from knowledge.articles.chunk import Chunk
    from knowledge.index.chunk_records import IndexedChunks
    from knowledge.index.derived.chunk_store import ChunkStore
    from knowledge.index.manifest import ArticleEntry

_PLACES, _NUMBERS, _ROWS, _ABOVE = "places.npy", "id-numbers.npy", "id-rows.npy", "above.npy"
_LABELS, _PASSAGES, _SENTENCES = "labels.npy", "passages.npy", "sentences.npy"
_EXACT, _FOLDED, _COUNTS = "exact", "folded", "syllables"


@dataclass(frozen=True, slots=True)
class SearchStructures:
    """The chunks of a version by row and by id, and what is counted over all of them."""

    chunks: Sequence[Chunk]
    row_of: Mapping[str, int]
    vectors: VersionVectors
    passage_statistics: VectorStatistics
    sentence_statistics: VectorStatistics
    exact: LexicalIndex
    folded: LexicalIndex
    counts: SyllableCounts
    headings: Headings
    article_of: npt.NDArray[np.int32]
    """The number of each chunk's article, in reading order."""

    @classmethod
    def of(cls, indexed: IndexedChunks) -> SearchStructures:
        """Compute them in memory."""
        chunks = indexed.chunks
        texts = SyllableTexts.of(chunk.embedded_text for chunk in chunks)
        paths = {
            path: number for number, path in enumerate(dict.fromkeys(c.heading for c in chunks))
        }
        articles = {name: n for n, name in enumerate(dict.fromkeys(c.article_id for c in chunks))}
        above = np.array([paths[chunk.heading] for chunk in chunks], dtype=np.int32)
        return cls(
            chunks,
            {chunk.chunk_id: row for row, chunk in enumerate(chunks)},
            VersionVectors(
                np.arange(len(chunks), dtype=np.int32),
                RowsInMemory(indexed.passages),
                RowsInMemory(indexed.sentences),
                ends_of(len(chunk.sentences) for chunk in chunks),
            ),
            VectorStatistics.of(VectorMoments.of(indexed.passages)),
            VectorStatistics.of(VectorMoments.of(indexed.sentences)),
            LexicalIndex.of(texts),
            LexicalIndex.of(texts, folded=True),
            SyllableCounts.of(texts),
            Headings.of(list(paths), above),
            np.array([articles[chunk.article_id] for chunk in chunks], dtype=np.int32),
        )

    @classmethod
    def load(
        cls, folder: Path, store: ChunkStore, count: int, articles: Sequence[ArticleEntry]
    ) -> SearchStructures:
        """Map what `write_structures` wrote into memory.

        `count` is how many chunks `store` held then, `articles` are the version's. Raises OSError,
        ValueError or KeyError.
        """
        places, above = (_mapped(folder / name) for name in (_PLACES, _ABOVE))
        headings = Headings.load(
            folder / _LABELS, store.headings.opened(len(store.headings)), above
        )
        return cls(
            VersionChunks(
                store.ids.mapped(count), store.records.opened(count), places, headings, articles
            ),
            RowOf(_mapped(folder / _NUMBERS).view(np.uint64), _mapped(folder / _ROWS)),
            VersionVectors(
                places,
                RowsInFile(store.passages.path, store.dimension),
                RowsInFile(store.sentences.values.path, store.dimension),
                store.sentences.ends.mapped(count),
            ),
            VectorStatistics.of(VectorMoments.load(folder / _PASSAGES)),
            VectorStatistics.of(VectorMoments.load(folder / _SENTENCES)),
            LexicalIndex.load(folder / _EXACT),
            LexicalIndex.load(folder / _FOLDED),
            SyllableCounts.load(folder / _COUNTS),
            headings,
            np.repeat(np.arange(len(articles), dtype=np.int32), [a.chunks for a in articles]),
        )


def write_structures(
    folder: Path, store: ChunkStore, places: npt.NDArray[np.int32], before: Path | None = None
) -> None:
    """Compute the structures of the chunks at `places` of the store, and write them.

    `before` are those of a version of the same store: what differs little is not counted anew.
    Takes some tenths of a second for 10,000 chunks. Raises OSError or ValueError.
    """
    count = len(store)
    vocabulary = store.vocabulary.opened(len(store.vocabulary))
    texts = SyllableTexts(tuple(vocabulary), *gathered(*store.syllables.mapped(count), places))
    texts = texts.without_unused()
    above = store.heading_of.mapped(count)[places]
    headings = Headings.of(tuple(store.headings.opened(len(store.headings))), above)
    np.save(folder / _PLACES, places)
    numbers, rows = RowOf.arrays(store.ids.mapped(count)[places])
    np.save(folder / _NUMBERS, numbers)
    np.save(folder / _ROWS, rows)
    np.save(folder / _ABOVE, above)
    headings.save(folder / _LABELS)
    passages, sentences = _moments(store, places, before)
    passages.save(folder / _PASSAGES)
    sentences.save(folder / _SENTENCES)
    LexicalIndex.of(texts).save(folder / _EXACT)
    LexicalIndex.of(texts, folded=True).save(folder / _FOLDED)
    SyllableCounts.of(texts).save(folder / _COUNTS)


def _moments(
    store: ChunkStore, places: npt.NDArray[np.int32], before: Path | None
) -> tuple[VectorMoments, VectorMoments]:
    """Return the moments of the passages and of the sentences of the chunks at `places`."""
    count = len(store)
    passages, sentences = store.passages.mapped(count), store.sentences.mapped(count)
    if before is not None:
        old = _mapped(before / _PLACES)
        added, removed = np.setdiff1d(places, old), np.setdiff1d(old, places)
        if len(added) + len(removed) < len(places):
            return (
                VectorMoments.load(before / _PASSAGES).changed(passages[added], passages[removed]),
                VectorMoments.load(before / _SENTENCES).changed(
                    gathered(*sentences, added)[0], gathered(*sentences, removed)[0]
                ),
            )
    return VectorMoments.of(passages[places]), VectorMoments.of(gathered(*sentences, places)[0])


def _mapped(path: Path) -> npt.NDArray[np.int32]:
    return np.asarray(np.load(path, mmap_mode="r"))
