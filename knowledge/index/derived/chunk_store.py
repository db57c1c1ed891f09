"""The chunks of a collection with their vectors and syllables, in files that only grow."""

from __future__ import annotations

import json
from itertools import chain
from typing import TYPE_CHECKING, Any

import numpy as np

from embeddings.syllable_texts import Vocabulary
from knowledge.articles.chunk import Chunk, Sentence, UnitKind
from knowledge.index.derived.growing_files import GrowingArray, GrowingRuns, GrowingTexts

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from knowledge.index.chunk_records import IndexedChunks


class ChunkStore:
    """The chunks that versions of one collection share, each at a place that never changes.

    What belongs to a version alone, a chunk's ordinal and its article's title, is not in it. The
    ids are written last: what a crash left behind them is not there, and is written over.
    """

    def __init__(self, folder: Path, dimension: int) -> None:
        self.folder = folder
        self.dimension = dimension
        self.ids = GrowingArray(folder / "ids", "S16")
        self.passages = GrowingArray(folder / "passages", np.float32, dimension)
        self.sentences = GrowingRuns(folder / "sentences", np.float32, dimension)
        self.records = GrowingTexts(folder / "records")
        self.syllables = GrowingRuns(folder / "syllables", np.int32)
        self.heading_of = GrowingArray(folder / "heading-of", np.int32)
        self.headings = GrowingTexts(folder / "headings")
        self.vocabulary = GrowingTexts(folder / "vocabulary")

    def __len__(self) -> int:
        return len(self.ids)

    def places(self) -> dict[str, int]:
        """Return where each chunk stands; of one that was written twice the later place counts."""
        ids = self.ids.mapped(len(self)).tolist()
        return {chunk_id.decode(): place for place, chunk_id in enumerate(ids)}

    def append(self, indexed: IndexedChunks) -> None:
        """Write chunks behind those that are there; raises OSError."""
        if not indexed.chunks:
            return
        for folder in (self.folder.parent, self.folder):
            folder.mkdir(mode=0o700, exist_ok=True)
        chunks, behind = indexed.chunks, len(self)
        self.passages.append(indexed.passages, behind=behind)
        sizes = [len(chunk.sentences) for chunk in chunks]
        self.sentences.append(indexed.sentences, sizes, behind=behind)
        self.records.append([_written(chunk) for chunk in chunks], behind=behind)
        known, headings = self._texts(self.vocabulary), self._texts(self.headings)
        vocabulary = Vocabulary(known)
        read = [vocabulary.numbers(chunk.embedded_text) for chunk in chunks]
        numbers = np.fromiter(chain.from_iterable(read), dtype=np.int32)
        self.syllables.append(numbers, [len(text) for text in read], behind=behind)
        self.vocabulary.append(list(vocabulary.number_of)[len(known) :], behind=len(known))
        number_of = {heading: number for number, heading in enumerate(headings)}
        above = [number_of.setdefault(c.heading, len(number_of)) for c in chunks]
        self.heading_of.append(np.array(above), behind=behind)
        self.headings.append(list(number_of)[len(headings) :], behind=len(headings))
        ids = np.array([chunk.chunk_id.encode() for chunk in chunks])
        self.ids.append(ids, behind=behind)

    def files(self, count: int) -> Iterator[tuple[Path, int]]:
        """Yield the files, and how many bytes of each the first `count` chunks need."""
        for array in (self.ids, self.passages, self.heading_of):
            yield array.path, array.size(count)
        for runs, many in (
            (self.sentences, count),
            (self.syllables, count),
            (self.records.runs, count),
            (self.headings.runs, len(self.headings)),
            (self.vocabulary.runs, len(self.vocabulary)),
        ):
            yield runs.ends.path, runs.ends.size(many)
            yield runs.values.path, runs.values.size(int(runs.ends.mapped(many)[-1]) if many else 0)

    def _texts(self, texts: GrowingTexts) -> list[str]:
        return list(texts.opened(len(texts) if len(self) else 0))


def _written(chunk: Chunk) -> str:
    """Return a chunk in JSON, without its id, its heading and what a version gives it."""
    units = [
        [
            None if chunk.text[unit.start : unit.end] == unit.text else unit.text,
            unit.start,
            unit.end,
            unit.kind,
            unit.block,
            unit.cells,
        ]
        for unit in chunk.sentences
    ]
    fields = [chunk.article_id, chunk.text, chunk.continues, units]
    return json.dumps(fields, ensure_ascii=False)


def read_chunk(written: str, chunk_id: str, title: str, heading: str, ordinal: int) -> Chunk:
    """Return a chunk of the store as it stands in a version; raises ValueError."""
    article_id, text, continues, units = json.loads(written)
    return Chunk(
        chunk_id,
        article_id,
        title,
        heading,
        ordinal,
        text,
        tuple(_unit(text, unit) for unit in units),
        continues,
    )


def _unit(text: str, fields: Sequence[Any]) -> Sentence:
    own, start, end, kind, block, cells = fields
    words = text[start:end] if own is None else own
    return Sentence(words, start, end, UnitKind(kind), block, tuple((a, b) for a, b in cells))
