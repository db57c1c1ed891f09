"""How chunks are written as records of the vector store, and read back."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

import numpy as np

from knowledge.chunk import Chunk, Sentence
from knowledge.errors import IndexDamagedError
from knowledge.vector_store import Records

if TYPE_CHECKING:
    from collections.abc import Sequence

    from embeddings.encoder import FloatMatrix
    from knowledge.manifest import IndexVersion

PASSAGE = "passage"
SENTENCE = "sentence"


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


def read_chunks(
    records: Records, manifest: IndexVersion
) -> tuple[tuple[Chunk, ...], FloatMatrix, FloatMatrix]:
    """Return the chunks with the vectors of their passages and of their sentences, in order.

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
    return tuple(chunks), np.ascontiguousarray(vectors[rows]), vectors[sentence_rows]


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
