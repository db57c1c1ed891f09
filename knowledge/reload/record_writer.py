"""Writes the records of a version batch by batch: what was written once is never embedded again."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING

import numpy as np

from knowledge.errors import IndexDamagedError
from knowledge.index.chunk_records import (
    IndexedChunks,
    embedded_texts,
    joined,
    record_ids,
    records_of,
)
from knowledge.index.manifest import ChunkEntry
from knowledge.reload.outcome import ReloadProgress

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    import numpy.typing as npt

    from embeddings.encoder import Encoder
    from knowledge.articles.chunk import Chunk
    from knowledge.index.derived.derived_files import DerivedFiles
    from knowledge.index.manifest import IndexVersion
    from knowledge.index.vector_store import VectorStore
    from knowledge.reload.chunk_spool import ChunkSpool, CutArticle
    from knowledge.reload.outcome import Progress

    Vector = npt.NDArray[np.float32]

COPYING, EMBEDDING = "Chép vectơ đã có", "Nhúng và ghi"
_BATCH = 500  # records
_EMBEDDED = 64  # texts; what a kill can undo: one to five seconds of work
_DERIVED = 2_000  # chunks; each time, their words' numbers are looked up anew
_REMEMBERED = 10_000  # vectors, 15 MB: offices say the same sentence in many documents


class RecordWriter:
    """Writes into one collection; `written` are the ids that a build that was cut off left there.

    `source` is the version whose vectors may be taken over, None when there is none.
    """

    def __init__(  # noqa: PLR0913 -- each of its parts
        self,
        store: VectorStore,
        derived: DerivedFiles,
        encoder: Encoder,
        collection: str,
        notify: Progress,
        *,
        written: set[str],
        source: IndexVersion | None,
        gently: bool,
    ) -> None:
        self._store = store
        self._derived = derived
        self._encoder = encoder
        self._collection = collection
        self._written = written
        self._source = source
        self._titles = {e.article_id: e.title for e in source.articles} if source else {}
        self._notify = notify
        self._gently = gently
        self._vectors: OrderedDict[str, Vector] = OrderedDict()
        self._fresh: list[IndexedChunks] = []
        self._done = self._told = self._total = 0

    def copy(self, chunks: Sequence[ChunkEntry]) -> None:
        """Copy the records of `chunks` from the source; raises IndexDamagedError if any is gone."""
        source = self._source
        if source is None:
            return
        total = sum(1 + chunk.sentences for chunk in chunks)
        done = 0
        for batch in _batches(chunks):
            ids = [name for name in record_ids(batch) if name not in self._written]
            records = self._store.read(source.collection, ids)
            if len(records.ids) != len(ids):
                raise IndexDamagedError(
                    f"Phiên bản {source.version} thiếu {len(ids) - len(records.ids)} bản ghi. "
                    "Hãy chạy 'vanphong reload --full' để lập lại chỉ mục."
                )
            self._store.upsert(self._collection, records, gently=self._gently)
            done += sum(1 + chunk.sentences for chunk in batch)
            self._notify(ReloadProgress(COPYING, done, total))

    def embed(self, articles: ChunkSpool, there: set[str]) -> None:
        """Write the chunks of `articles` that are not `there` yet, by id."""
        self._done, self._told, self._total = 0, 0, articles.texts
        waiting: list[Chunk] = []
        missing = size = 0
        for article in articles:
            fresh = [chunk for chunk in article.chunks if not self._is_there(chunk, there)]
            self._done += article.texts - sum(1 + len(chunk.sentences) for chunk in fresh)
            if fresh:
                self._take_over(article)
            for chunk in fresh:
                waiting.append(chunk)
                texts = _texts(chunk)
                size += len(texts)
                missing += sum(text not in self._vectors for text in texts)
                if missing >= _EMBEDDED or size >= _BATCH:
                    self._write(waiting)
                    waiting, missing, size = [], 0, 0
        self._write(waiting)
        self._derive()
        if self._told < self._done:
            self._count(0)

    def _is_there(self, chunk: Chunk, there: set[str]) -> bool:
        entry = ChunkEntry(chunk.chunk_id, len(chunk.sentences))
        return chunk.chunk_id in there or (
            chunk.chunk_id in self._written and self._written.issuperset(record_ids([entry]))
        )

    def _take_over(self, article: CutArticle) -> None:
        """Remember the vectors that the source has for the article's texts."""
        if self._source is None or not article.before:
            return
        for batch in _batches(article.before):
            records = self._store.read(self._source.collection, record_ids(batch))
            texts = embedded_texts(records, self._titles)
            for text, vector in zip(texts, records.vectors, strict=True):
                self._remember(text, vector)

    def _write(self, chunks: Sequence[Chunk]) -> None:
        if not chunks:
            return
        texts = [text for chunk in chunks for text in _texts(chunk)]
        known = {text: self._vectors[text] for text in texts if text in self._vectors}
        missing = list(dict.fromkeys(text for text in texts if text not in known))
        self._done += len(texts) - len(missing)
        if missing:
            fresh = self._encoder.encode_passages(missing, progress=self._count)
            known.update(zip(missing, fresh, strict=True))
        for text in missing:
            self._remember(text, known[text])
        passages = np.stack([known[chunk.embedded_text] for chunk in chunks])
        sentences = [known[sentence.text] for chunk in chunks for sentence in chunk.sentences]
        matrix = np.stack(sentences) if sentences else np.zeros((0, passages.shape[1]), np.float32)
        indexed = IndexedChunks(chunks, passages, matrix)
        self._store.upsert(self._collection, records_of(indexed), gently=self._gently)
        self._fresh.append(indexed)
        if sum(len(batch.chunks) for batch in self._fresh) >= _DERIVED:
            self._derive()

    def _derive(self) -> None:
        """Add what was written lately to the derived files; what a kill forgets is read again."""
        if self._fresh:
            self._derived.add(self._collection, self._encoder.dimension, joined(self._fresh))
            self._fresh = []

    def _remember(self, text: str, vector: Vector) -> None:
        self._vectors[text] = vector
        self._vectors.move_to_end(text)
        if len(self._vectors) > _REMEMBERED:
            self._vectors.popitem(last=False)

    def _count(self, finished: int) -> None:
        self._done += finished
        self._told = self._done
        self._notify(ReloadProgress(EMBEDDING, self._done, self._total))


def _texts(chunk: Chunk) -> list[str]:
    """Return what is embedded of a chunk: the passage, then its sentences."""
    return [chunk.embedded_text, *(sentence.text for sentence in chunk.sentences)]


def _batches(chunks: Iterable[ChunkEntry]) -> Iterator[list[ChunkEntry]]:
    batch: list[ChunkEntry] = []
    size = 0
    for chunk in chunks:
        batch.append(chunk)
        size += 1 + chunk.sentences
        if size >= _BATCH:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch
