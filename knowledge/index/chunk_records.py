"""How chunks are written as records of the vector store, and read back."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from knowledge.articles.chunk import Chunk, Sentence, UnitKind, embedded_text
from knowledge.errors import IndexDamagedError
from knowledge.index.vector_store import Records

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from embeddings.encoder import FloatMatrix
    from embeddings.sentences import Span
    from knowledge.index.manifest import ChunkEntry, IndexVersion
    from knowledge.index.vector_store import Scalar, VectorStore

PASSAGE = "passage"
SENTENCE = "sentence"


@dataclass(frozen=True, slots=True)
class IndexedChunks:
    """The chunks of a version in reading order, with the vectors of their passages and sentences.

    `passages` has shape (chunks, dimension); `sentences` has the rows of the first chunk's
    sentences, then the second's, and so on.
    """

    chunks: Sequence[Chunk]
    passages: FloatMatrix
    sentences: FloatMatrix


def sentence_id(chunk_id: str, position: int) -> str:
    """Return the id of the record of a chunk's sentence."""
    return f"{chunk_id}.{position}"


def chunk_of(record_id: str) -> str:
    """Return the chunk id that a passage's or a sentence's record belongs to."""
    return record_id.partition(".")[0]


def passage_records(chunks: Sequence[Chunk], vectors: FloatMatrix) -> Records:
    """Return one record for each chunk; `vectors` has shape (chunks, dimension)."""
    return Records(
        ids=tuple(chunk.chunk_id for chunk in chunks),
        texts=tuple(chunk.text for chunk in chunks),
        metadata=tuple(
            {
                "kind": PASSAGE,
                "article": chunk.article_id,
                "heading": chunk.heading,
                "ordinal": chunk.ordinal,
                "continues": chunk.continues,
            }
            for chunk in chunks
        ),
        vectors=vectors,
    )


def sentence_records(chunks: Sequence[Chunk], vectors: FloatMatrix) -> Records:
    """Return one record for each sentence of `chunks`, in order."""
    rows = [(chunk, n, s) for chunk in chunks for n, s in enumerate(chunk.sentences)]
    return Records(
        ids=tuple(sentence_id(chunk.chunk_id, n) for chunk, n, _ in rows),
        texts=tuple(sentence.text for _, _, sentence in rows),
        metadata=tuple(
            {
                "kind": SENTENCE,
                "article": chunk.article_id,
                "position": n,
                "start": sentence.start,
                "end": sentence.end,
                "unit": sentence.kind,
                "block": sentence.block,
                "cells": " ".join(f"{start}-{end}" for start, end in sentence.cells),
            }
            for chunk, n, sentence in rows
        ),
        vectors=vectors,
    )


def records_of(indexed: IndexedChunks) -> Records:
    """Return all records of some chunks."""
    passages = passage_records(indexed.chunks, indexed.passages)
    sentences = sentence_records(indexed.chunks, indexed.sentences)
    return Records(
        passages.ids + sentences.ids,
        passages.texts + sentences.texts,
        passages.metadata + sentences.metadata,
        np.concatenate([passages.vectors, sentences.vectors]),
    )


def joined(parts: Sequence[IndexedChunks]) -> IndexedChunks:
    """Return the chunks of all `parts`, at least one, as one."""
    return IndexedChunks(
        [chunk for part in parts for chunk in part.chunks],
        np.concatenate([part.passages for part in parts]),
        np.concatenate([part.sentences for part in parts]),
    )


def embedded_texts(records: Records, titles: Mapping[str, str]) -> list[str]:
    """Return the text that each record's vector stands for; `titles` are those of its articles."""
    return [
        embedded_text(titles.get(str(fields["article"]), ""), str(fields["heading"]), text)
        if fields["kind"] == PASSAGE
        else text
        for text, fields in zip(records.texts, records.metadata, strict=True)
    ]


def record_ids(chunks: Iterable[ChunkEntry]) -> list[str]:
    """Return the ids of all records of `chunks`."""
    return [
        record
        for chunk in chunks
        for record in (
            chunk.chunk_id,
            *(sentence_id(chunk.chunk_id, position) for position in range(chunk.sentences)),
        )
    ]


def read_version(store: VectorStore, manifest: IndexVersion) -> IndexedChunks:
    """Read the chunks of `manifest` from the store.

    Raises IndexDamagedError when the records do not agree with `manifest`, StorageError.
    """
    titles = _titles(manifest)
    listed = None  # the collection holds this version alone
    if manifest.chunks is not None:
        listed = {entry.chunk_id for entry in manifest.chunks}
    found = _chunks(store.read(manifest.collection), titles, listed)
    version = _in_order(found, manifest, titles)
    _require(version, manifest, manifest.passages, manifest.sentences)
    return version


def require_records(store: VectorStore, manifest: IndexVersion) -> None:
    """Raise IndexDamagedError if the store has fewer records than `manifest` says, or it errs.

    Only counts are compared: a collection that versions share has the others' records too.
    """
    entries = manifest.chunks
    counts = manifest.passages, manifest.sentences
    if entries is not None and counts != (len(entries), sum(e.sentences for e in entries)):
        raise IndexDamagedError(
            f"Chỉ mục {manifest.version} có bản kê ghi {counts[0]} đoạn và {counts[1]} câu, không "
            "khớp với các đoạn trong đó. Hãy chạy 'vanphong reload --full' để lập lại chỉ mục."
        )
    if (stored := store.count(manifest.collection)) < manifest.records:
        raise IndexDamagedError(
            f"Kho vectơ có {stored} bản ghi, nhưng bản kê {manifest.version} ghi "
            f"{manifest.records}. Hãy chạy 'vanphong reload --full' để lập lại chỉ mục."
        )


def read_indexed(
    store: VectorStore, manifest: IndexVersion, chunks: Sequence[ChunkEntry]
) -> IndexedChunks:
    """Read some chunks of `manifest` with their vectors, in any order; raises as above."""
    found = _chunks(store.read(manifest.collection, record_ids(chunks)), _titles(manifest))
    _require(found, manifest, len(chunks), sum(chunk.sentences for chunk in chunks))
    return found


def _require(found: IndexedChunks, manifest: IndexVersion, passages: int, sentences: int) -> None:
    counts = len(found.chunks), len(found.sentences)
    if counts != (passages, sentences):
        raise IndexDamagedError(
            f"Chỉ mục {manifest.version} có {counts[0]} đoạn và {counts[1]} câu, nhưng bản kê "
            f"ghi {passages} đoạn và {sentences} câu. "
            "Hãy chạy 'vanphong reload --full' để lập lại chỉ mục."
        )


def _titles(manifest: IndexVersion) -> dict[str, str]:
    return {entry.article_id: entry.title for entry in manifest.articles}


def _chunks(
    records: Records, titles: dict[str, str], listed: set[str] | None = None
) -> IndexedChunks:
    """Return the chunks that `records` hold (only those `listed`), in any order."""
    meta = records.metadata
    passages: list[int] = []
    sentences: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
    for row, (record, fields) in enumerate(zip(records.ids, meta, strict=True)):
        if listed is None or chunk_of(record) in listed:
            if fields["kind"] == PASSAGE:
                passages.append(row)
            else:
                sentences[chunk_of(record)].append((int(fields["position"]), row))
    chunks: list[Chunk] = []
    sentence_rows: list[int] = []
    for row in passages:
        fields = meta[row]
        rows = [child for _, child in sorted(sentences[records.ids[row]])]
        sentence_rows.extend(rows)
        chunks.append(
            Chunk(
                chunk_id=records.ids[row],
                article_id=str(fields["article"]),
                title=titles.get(str(fields["article"]), ""),
                heading=str(fields["heading"]),
                ordinal=int(fields["ordinal"]),
                text=records.texts[row],
                sentences=tuple(_unit(records.texts[child], meta[child]) for child in rows),
                continues=bool(fields.get("continues")),
            )
        )
    return IndexedChunks(tuple(chunks), records.vectors[passages], records.vectors[sentence_rows])


def _unit(text: str, fields: Mapping[str, Scalar]) -> Sentence:
    """Return a unit; records of earlier versions hold plain sentences."""
    return Sentence(
        text,
        int(fields["start"]),
        int(fields["end"]),
        UnitKind(str(fields.get("unit", UnitKind.SENTENCE))),
        int(fields.get("block", 0)),
        tuple(_span(cell) for cell in str(fields.get("cells", "")).split()),
    )


def _span(written: str) -> Span:
    start, _, end = written.partition("-")
    return int(start), int(end)


def _in_order(
    found: IndexedChunks, manifest: IndexVersion, titles: dict[str, str]
) -> IndexedChunks:
    """Return those chunks of a version that were `found`, as they stand in it.

    The version gives them their order, their ordinals and the titles of their articles.
    """
    chunks = found.chunks
    if manifest.chunks is not None:
        row_of = {chunk.chunk_id: row for row, chunk in enumerate(chunks)}
        rows = [row_of[e.chunk_id] for e in manifest.chunks if e.chunk_id in row_of]
    else:
        number = {name: place for place, name in enumerate(titles)}
        place = [(number[chunk.article_id], chunk.ordinal) for chunk in chunks]
        rows = sorted(range(len(chunks)), key=place.__getitem__)
    ends = np.cumsum([0, *(len(chunk.sentences) for chunk in chunks)])
    sentence_rows = [n for row in rows for n in range(ends[row], ends[row + 1])]
    ordinals: Counter[str] = Counter()
    ordered: list[Chunk] = []
    for row in rows:
        chunk, article = chunks[row], chunks[row].article_id
        here = (titles[article], ordinals[article])
        ordinals[article] += 1
        same = (chunk.title, chunk.ordinal) == here
        ordered.append(chunk if same else replace(chunk, title=here[0], ordinal=here[1]))
    return IndexedChunks(tuple(ordered), found.passages[rows], found.sentences[sentence_rows])
