"""How chunks are written as records of the vector store, and read back."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from knowledge.articles.chunk import Chunk, Sentence
from knowledge.errors import IndexDamagedError
from knowledge.index.vector_store import Records

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from embeddings.encoder import FloatMatrix
    from knowledge.index.manifest import ChunkEntry, IndexVersion
    from knowledge.index.vector_store import VectorStore

PASSAGE = "passage"
SENTENCE = "sentence"


@dataclass(frozen=True, slots=True)
class IndexedChunks:
    """The chunks of a version in reading order, with the vectors of their passages and sentences.

    `passages` has shape (chunks, dimension); `sentences` has the rows of the first chunk's
    sentences, then the second's, and so on.
    """

    chunks: tuple[Chunk, ...]
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
            }
            for chunk, n, sentence in rows
        ),
        vectors=vectors,
    )


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


def read_version(
    store: VectorStore, manifest: IndexVersion, earlier: IndexedChunks | None = None
) -> IndexedChunks:
    """Read the chunks of `manifest` from the store.

    `earlier` holds chunks that were read from the same collection for another version; those of
    them that this version has, too, need not be read again. Raises IndexDamagedError when the
    records do not agree with `manifest`, StorageError.
    """
    if earlier is None or manifest.chunks is None:
        return read_chunks(store.read(manifest.collection), manifest)
    row_of = {chunk.chunk_id: row for row, chunk in enumerate(earlier.chunks)}
    new = tuple(entry for entry in manifest.chunks if entry.chunk_id not in row_of)
    sentences = sum(entry.sentences for entry in new)
    part = replace(manifest, chunks=new, passages=len(new), sentences=sentences)
    fresh = read_chunks(store.read(manifest.collection, record_ids(new)), part)
    row_of |= {chunk.chunk_id: row for row, chunk in enumerate(fresh.chunks, len(row_of))}
    known = (*earlier.chunks, *fresh.chunks)
    ends = np.cumsum([0, *(len(chunk.sentences) for chunk in known)])
    rows = [row_of[entry.chunk_id] for entry in manifest.chunks]
    sentence_rows = [n for row in rows for n in range(ends[row], ends[row + 1])]
    return IndexedChunks(
        tuple(_in_place([known[row] for row in rows], manifest)),
        _joined(earlier.passages, fresh.passages)[rows],
        _joined(earlier.sentences, fresh.sentences)[sentence_rows],
    )


def _joined(earlier: FloatMatrix, fresh: FloatMatrix) -> FloatMatrix:
    return np.concatenate([earlier, fresh]) if len(fresh) else earlier


def _in_place(chunks: Iterable[Chunk], manifest: IndexVersion) -> Iterator[Chunk]:
    """Yield `chunks` with the title and the ordinal that they have in this version."""
    titles = {entry.article_id: entry.title for entry in manifest.articles}
    ordinals: Counter[str] = Counter()
    for chunk in chunks:
        title, ordinal = titles[chunk.article_id], ordinals[chunk.article_id]
        ordinals[chunk.article_id] += 1
        same = (chunk.title, chunk.ordinal) == (title, ordinal)
        yield chunk if same else replace(chunk, title=title, ordinal=ordinal)


def read_chunks(records: Records, manifest: IndexVersion) -> IndexedChunks:
    """Return the chunks of `manifest` that `records` hold.

    Records of other versions in the same collection are passed over. Raises IndexDamagedError when
    the records do not agree with `manifest`.
    """
    entries = {entry.article_id: entry for entry in manifest.articles}
    listed = None if manifest.chunks is None else {c.chunk_id for c in manifest.chunks}
    passages: dict[str, int] = {}
    by_chunk: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
    for row, (record, metadata) in enumerate(zip(records.ids, records.metadata, strict=True)):
        if metadata["kind"] == PASSAGE:
            if listed is None or record in listed:
                passages[record] = row
        elif listed is None or chunk_of(record) in listed:
            by_chunk[chunk_of(record)].append((int(metadata["position"]), row))
    sentences = sum(len(rows) for rows in by_chunk.values())
    if (len(passages), sentences) != (manifest.passages, manifest.sentences):
        raise IndexDamagedError(
            f"Chỉ mục {manifest.version} có {len(passages)} đoạn và {sentences} câu, nhưng bản kê "
            f"ghi {manifest.passages} đoạn và {manifest.sentences} câu. "
            "Hãy chạy 'vanphong reload --full' để lập lại chỉ mục."
        )
    meta = records.metadata
    ordinals: Counter[str] = Counter()
    chunks: list[Chunk] = []
    sentence_rows: list[int] = []
    order = _order(passages, meta, manifest)
    for chunk_id in order:
        row = passages[chunk_id]
        fields = meta[row]
        article = str(fields["article"])
        rows = [child for _, child in sorted(by_chunk[chunk_id])]
        sentence_rows.extend(rows)
        chunks.append(
            Chunk(
                chunk_id=chunk_id,
                article_id=article,
                title=entries[article].title,
                heading=str(fields["heading"]),
                ordinal=ordinals[article],
                text=records.texts[row],
                sentences=tuple(
                    Sentence(
                        records.texts[child], int(meta[child]["start"]), int(meta[child]["end"])
                    )
                    for child in rows
                ),
            )
        )
        ordinals[article] += 1
    vectors = records.vectors
    rows = [passages[chunk_id] for chunk_id in order]
    return IndexedChunks(tuple(chunks), np.ascontiguousarray(vectors[rows]), vectors[sentence_rows])


def _order(
    passages: dict[str, int], meta: Sequence[dict[str, str | int]], manifest: IndexVersion
) -> list[str]:
    """Return the ids of a version's chunks in reading order."""
    if manifest.chunks is not None:
        return [chunk.chunk_id for chunk in manifest.chunks]
    articles = {entry.article_id: number for number, entry in enumerate(manifest.articles)}

    def place(chunk_id: str) -> tuple[int, int]:
        fields = meta[passages[chunk_id]]
        return articles[str(fields["article"])], int(fields["ordinal"])

    return sorted(passages, key=place)
