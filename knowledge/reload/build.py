"""Builds a new index version beside the live one, reusing every vector that still holds."""

from __future__ import annotations

import contextlib
import time
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from embeddings.errors import EmbeddingError
from knowledge.articles.chunker import CUTTING, ChunkingSettings, chunk_article
from knowledge.documents.loader import ArticleFile, article_files, content_hash, load_article
from knowledge.errors import (
    ArticleError,
    IndexDamagedError,
    KnowledgeError,
    ReloadError,
    ReloadStoppedError,
)
from knowledge.index.chunk_records import (
    IndexedChunks,
    chunk_of,
    passage_records,
    sentence_records,
)
from knowledge.index.manifest import ArticleEntry, ChunkEntry, EmbeddingSpace, IndexVersion
from knowledge.reload.outcome import (
    Candidate,
    FailedArticle,
    Progress,
    ReloadProgress,
    ReloadReport,
    ReloadRequest,
)

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Sequence

    from embeddings.encoder import Encoder, FloatMatrix
    from knowledge.articles.chunk import Chunk
    from knowledge.index.derived.derived_files import DerivedFiles
    from knowledge.index.versions import Versions

_PROBES = 16
_PROBE_TOLERANCE = 1e-3
# A graph of vectors that grew by many small additions finds less and keeps what was deleted.
_MOST_INCREMENTS = 100
_LEAST_SHARE = 0.5  # of the collection's records that the live version must use


@dataclass(slots=True)
class _Known:
    """What the live version already holds: its chunks by article, and vectors by text."""

    manifest: IndexVersion | None = None
    articles: dict[str, list[Chunk]] = field(default_factory=dict)
    chunks: dict[str, Chunk] = field(default_factory=dict)
    passages: dict[str, FloatMatrix] = field(default_factory=dict)
    sentences: dict[str, FloatMatrix] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Plan:
    """The articles of the version to build, each with its chunks, and what happened to them."""

    entries: tuple[ArticleEntry, ...]
    chunks: tuple[Chunk, ...]
    report: ReloadReport


class VersionBuilder:
    """Turns the articles of a folder into the next index version; the live one stays as it is.

    While little changes, a new version shares the live one's collection and adds only the records
    that are new: writing 1,000 articles again costs a tenth of embedding them.
    """

    def __init__(  # noqa: PLR0913, PLR0917 -- each of its parts
        self,
        versions: Versions,
        derived: DerivedFiles,
        encoder: Encoder,
        chunking: ChunkingSettings,
        now: Callable[[], dt.datetime],
        read: Callable[[IndexVersion], IndexedChunks],
    ) -> None:
        """`read` returns the chunks of a version, or raises IndexDamagedError."""
        self._read = read
        self._versions = versions
        self._derived = derived
        self._directory = versions.directory
        self._store = versions.store
        self._encoder = encoder
        self._chunking = chunking
        self._now = now

    def build(
        self, request: ReloadRequest, notify: Progress, stored: Sequence[ArticleFile] = ()
    ) -> Candidate | ReloadReport:
        """Return the candidate built as requested, or only a report when nothing changed.

        `stored` are the documents of the store, beside the folder's articles. Raises ReloadError
        when no version could be built, ArticlesFolderError for the folder.
        """
        begun = time.perf_counter()
        folder, full = request.articles_dir, request.full
        files = [*article_files(folder), *stored]
        live = self._live_manifest()
        reusable = live is not None and live.space == EmbeddingSpace.of(self._encoder) and not full
        if live is not None and reusable and (report := self._nothing_to_do(files, live, begun)):
            return report
        known = self._known(live, with_vectors=reusable)
        plan = self._plan(files, known, notify)
        as_indexed = known.manifest is not None and known.manifest.articles == plan.entries
        if live is not None and reusable and as_indexed and live.has_chunking(self._chunking):
            return _finished(plan, live.version, begun)  # only articles that keep failing
        if not plan.chunks:
            details = "; ".join(f"{bad.path}: {bad.reason}" for bad in plan.report.failed)
            raise ReloadError(
                f"Không có bài viết nào đọc được trong '{folder}'"
                + (f" ({details})" if details else "")
                + ". Chỉ mục cũ, nếu có, vẫn được giữ nguyên."
            )
        version = self._versions.begin()
        try:
            self._write(version, plan, known, notify, gently=request.background)
        except BaseException as error:
            self._versions.discard(version)
            stopped = isinstance(error, ReloadStoppedError)
            if isinstance(error, KnowledgeError | EmbeddingError) and not stopped:
                raise ReloadError(
                    f"Không lập được phiên bản {version}: {error} "
                    "Phiên bản đang dùng vẫn được giữ nguyên."
                ) from error
            raise
        return Candidate(version, live.version if live else None, _finished(plan, version, begun))

    def _live_manifest(self) -> IndexVersion | None:
        """Return the live manifest, or None when there is none or it is broken."""
        version = self._directory.active_version()
        with contextlib.suppress(IndexDamagedError):  # a full build mends it
            return self._directory.manifest(version) if version else None
        return None

    def _nothing_to_do(
        self, files: Sequence[ArticleFile], live: IndexVersion, begun: float
    ) -> ReloadReport | None:
        """Return the report when every file is as indexed, without touching the vectors."""
        if not live.has_chunking(self._chunking):
            return None
        indexed = {entry.article_id: entry.content_hash for entry in live.articles}
        if set(indexed) != {file.article_id for file in files}:
            return None
        try:
            same = all(content_hash(file) == indexed[file.article_id] for file in files)
            if not same or not self._versions.is_whole(live):
                return None
        except (ArticleError, IndexDamagedError):
            return None
        unchanged = tuple(file.article_id for file in files)
        seconds = time.perf_counter() - begun
        return ReloadReport((), (), (), unchanged, (), live.version, seconds)

    def _known(self, live: IndexVersion | None, *, with_vectors: bool) -> _Known:
        """Read the live version; its vectors only hold in the same embedding space."""
        if live is None:
            return _Known()
        try:
            indexed = self._read(live)
        except IndexDamagedError:
            return _Known()  # nothing to reuse: everything is embedded again
        known = _Known(live)
        for chunk in indexed.chunks:
            known.articles.setdefault(chunk.article_id, []).append(chunk)
        if with_vectors:
            known.chunks = {chunk.chunk_id: chunk for chunk in indexed.chunks}
            known.passages = dict(zip(known.chunks, indexed.passages, strict=True))
            sentences = (s.text for chunk in indexed.chunks for s in chunk.sentences)
            known.sentences = dict(zip(sentences, indexed.sentences, strict=True))
        return known

    def _plan(self, files: Sequence[ArticleFile], known: _Known, notify: Progress) -> _Plan:
        live = known.manifest
        old = {entry.article_id: entry for entry in live.articles} if live else {}
        as_cut = live is not None and bool(known.chunks) and live.has_chunking(self._chunking)
        entries: list[ArticleEntry] = []
        chunks: list[Chunk] = []
        happened: dict[str, list[str]] = {"added": [], "changed": [], "unchanged": []}
        failed: list[FailedArticle] = []
        for number, file in enumerate(files):
            name = file.article_id
            try:
                if as_cut and name in old and content_hash(file) == old[name].content_hash:
                    entry, cut = old[name], known.articles[name]
                else:
                    article = load_article(file)
                    cut = list(chunk_article(article, self._chunking))
                    entry = ArticleEntry.of(article, len(cut))
            except ArticleError as error:
                failed.append(FailedArticle(name, str(error)))
                if name not in old:
                    continue
                entry, cut = old[name], known.articles[name]
            else:
                happened[_what_happened(entry, old.get(name))].append(name)
            entries.append(entry)
            chunks.extend(cut)
            notify(ReloadProgress("Đọc bài viết", number + 1, len(files)))
        present = {file.article_id for file in files}
        removed = tuple(name for name in old if name not in present)
        titles = {entry.article_id: entry.title for entry in (*old.values(), *entries)}
        told = (*happened["added"], *happened["changed"], *removed, *(bad.path for bad in failed))
        report = ReloadReport(
            added=tuple(happened["added"]),
            changed=tuple(happened["changed"]),
            removed=removed,
            unchanged=tuple(happened["unchanged"]),
            failed=tuple(failed),
            version=None,
            seconds=0.0,
            titles={name: titles[name] for name in told if name in titles},
        )
        return _Plan(tuple(entries), tuple(chunks), report)

    def _write(
        self, version: str, plan: _Plan, known: _Known, notify: Progress, *, gently: bool
    ) -> None:
        shared = self._shared_collection(plan, known)
        fresh = [c for c in plan.chunks if shared is None or c.chunk_id not in known.chunks]
        keys = [chunk.chunk_id for chunk in fresh]
        texts = [chunk.embedded_text for chunk in fresh]
        passages = self._embed(keys, texts, known.passages, "Nhúng đoạn văn", notify)
        sentences = [s.text for chunk in fresh for s in chunk.sentences]
        vectors = self._embed(sentences, sentences, known.sentences, "Nhúng câu", notify)
        live = known.manifest
        manifest = IndexVersion(
            version=version,
            created=self._now().isoformat(timespec="seconds"),
            space=EmbeddingSpace.of(self._encoder),
            chunk_target=self._chunking.target,
            chunk_limit=self._chunking.limit,
            cutting=CUTTING,
            articles=plan.entries,
            passages=len(plan.chunks),
            sentences=sum(len(chunk.sentences) for chunk in plan.chunks),
            collection=shared or version,
            chunks=tuple(ChunkEntry(c.chunk_id, len(c.sentences)) for c in plan.chunks),
            increments=live.increments + 1 if shared and live else 0,
            failed=tuple(bad.path for bad in plan.report.failed),
        )
        if shared is None:
            self._store.create(version)
        count = _counter("Ghi vào chỉ mục", len(keys) + len(sentences), notify)
        for records in (passage_records(fresh, passages), sentence_records(fresh, vectors)):
            self._store.upsert(manifest.collection, records, gently=gently, progress=count)
        self._derived.write(manifest, IndexedChunks(fresh, passages, vectors))
        self._directory.write_manifest(manifest)
        self._check(manifest, [(c.chunk_id, known.passages[c.chunk_id]) for c in plan.chunks])

    def _shared_collection(self, plan: _Plan, known: _Known) -> str | None:
        """Return the live version's collection if the new version can share it.

        It cannot in another embedding space, when the live version alone fills less than half of
        it, and when a chunk of the same text is cut into other sentences than before.
        """
        live = known.manifest
        if live is None or live.chunks is None or not known.chunks:
            return None
        if live.increments >= _MOST_INCREMENTS or not self._versions.is_whole(live):
            return None
        if live.records < _LEAST_SHARE * self._store.count(live.collection):
            return None
        before = known.chunks
        cut_alike = all(
            chunk.sentences == before[chunk.chunk_id].sentences
            for chunk in plan.chunks
            if chunk.chunk_id in before
        )
        return live.collection if cut_alike else None

    def _embed(
        self,
        keys: Sequence[str],
        texts: Sequence[str],
        known: dict[str, FloatMatrix],
        stage: str,
        notify: Progress,
    ) -> FloatMatrix:
        """Return a vector for each text, embedding only the keys that are not known yet."""
        missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
        if missing:
            count = _counter(stage, len(missing), notify)
            fresh = self._encoder.encode_passages(list(missing.values()), progress=count)
            known.update(zip(missing, fresh, strict=True))
        if not keys:
            return np.zeros((0, self._encoder.dimension), dtype=np.float32)
        return np.stack([known[key] for key in keys])

    def _check(self, manifest: IndexVersion, passages: Sequence[tuple[str, FloatMatrix]]) -> None:
        """Count the records and look a sample of passages up by their own vectors."""
        if not self._versions.is_whole(manifest):
            stored = self._store.count(manifest.collection)
            raise ReloadError(f"kho vectơ chỉ có {stored} bản ghi, không khớp bản kê.")
        count = min(_PROBES, len(passages))
        rows = np.unique(np.linspace(0, len(passages) - 1, count, dtype=int))
        probes = np.stack([passages[row][1] for row in rows])
        vectors = dict(passages)
        nearest = self._store.nearest(
            manifest.collection, probes, 1, lambda record: chunk_of(record) in vectors
        )
        for probe, found in zip(probes, nearest, strict=True):
            # A twin passage may stand at the very same point of the space.
            other = vectors[chunk_of(found[0])] if found else None
            if other is None or not float(probe @ other) >= 1 - _PROBE_TOLERANCE:
                raise ReloadError("tra thử một số đoạn trong chỉ mục mới không thấy chính đoạn đó.")


def _counter(stage: str, total: int, notify: Progress) -> Callable[[int], None]:
    """Return a function that adds up what was just done, and reports it."""
    done = 0

    def count(finished: int) -> None:
        nonlocal done
        done += finished
        notify(ReloadProgress(stage, done, total))

    return count


def _what_happened(entry: ArticleEntry, before: ArticleEntry | None) -> str:
    if before is None:
        return "added"
    return "unchanged" if before.content_hash == entry.content_hash else "changed"


def _finished(plan: _Plan, version: str, begun: float) -> ReloadReport:
    return replace(plan.report, version=version, seconds=time.perf_counter() - begun)
