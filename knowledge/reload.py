"""Builds a new index version from the articles, reusing every vector that still holds."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from embeddings.errors import EmbeddingError
from knowledge.chunk_records import (
    chunk_of,
    passage_records,
    read_chunks,
    sentence_records,
)
from knowledge.chunker import ChunkingSettings, chunk_article
from knowledge.errors import ArticleError, IndexDamagedError, KnowledgeError, ReloadError
from knowledge.index_directory import version_number
from knowledge.loader import ArticleFile, article_files, load_article
from knowledge.manifest import ArticleEntry, EmbeddingSpace, IndexVersion

if TYPE_CHECKING:
    from pathlib import Path

    from embeddings.encoder import Encoder, FloatMatrix
    from knowledge.chunk import Chunk
    from knowledge.index_directory import IndexDirectory
    from knowledge.vector_store import VectorStore

_KEPT_VERSIONS = 2  # the live one and the one before it, for rollback
_PROBES = 16
_PROBE_TOLERANCE = 1e-3


@dataclass(frozen=True, slots=True)
class FailedArticle:
    """An article that could not be read, and why; its earlier chunks, if any, stay in use."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class ReloadProgress:
    """How far a reload has come: `done` of `total` texts of the named stage."""

    stage: str
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class ReloadReport:
    """What a reload did; the tuples hold article ids, `version` the live version afterwards."""

    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    unchanged: tuple[str, ...]
    failed: tuple[FailedArticle, ...]
    version: str | None
    seconds: float


Progress = Callable[[ReloadProgress], None]


@dataclass(slots=True)
class _Known:
    """What the live version already holds: its chunks by article, and vectors by text."""

    manifest: IndexVersion | None = None
    chunks: dict[str, list[Chunk]] = field(default_factory=dict)
    passages: dict[str, FloatMatrix] = field(default_factory=dict)
    sentences: dict[str, FloatMatrix] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Plan:
    """The articles of the version to build, each with its chunks, and what happened to them."""

    entries: tuple[ArticleEntry, ...]
    chunks: tuple[Chunk, ...]
    report: ReloadReport


class Reloader:
    """Turns the articles of a folder into the next index version and makes it live."""

    def __init__(
        self,
        directory: IndexDirectory,
        store: VectorStore,
        encoder: Encoder,
        chunking: ChunkingSettings,
    ) -> None:
        self._directory = directory
        self._store = store
        self._encoder = encoder
        self._chunking = chunking

    def run(
        self,
        folder: Path,
        *,
        stored: Sequence[ArticleFile] = (),
        full: bool = False,
        progress: Progress | None = None,
    ) -> ReloadReport:
        """Bring the index up to date with `folder` and `stored`; see KnowledgeBase.reload."""
        begun = time.perf_counter()
        notify = progress or (lambda _: None)
        files = [*article_files(folder), *stored]
        live = self._live_manifest()
        reusable = live is not None and live.space == EmbeddingSpace.of(self._encoder) and not full
        if live is not None and reusable and (report := self._nothing_to_do(files, live, begun)):
            return report
        known = self._known(live, with_vectors=reusable)
        plan = self._plan(files, known, notify)
        if live is not None and reusable and self._is_as_indexed(plan, known):
            return _finished(plan, live.version, begun)  # only articles that keep failing
        if not plan.chunks:
            details = "; ".join(f"{bad.path}: {bad.reason}" for bad in plan.report.failed)
            raise ReloadError(
                f"Không có bài viết nào đọc được trong '{folder}'"
                + (f" ({details})" if details else "")
                + ". Chỉ mục cũ, nếu có, vẫn được giữ nguyên."
            )
        version = self._next_version()
        try:
            self._build(version, plan, known, notify)
        except (KnowledgeError, EmbeddingError) as error:
            self._discard(version)
            raise ReloadError(
                f"Không lập được phiên bản {version}: {error} "
                "Phiên bản đang dùng vẫn được giữ nguyên."
            ) from error
        except BaseException:
            self._discard(version)
            raise
        self._directory.activate(version)
        self._prune(version)
        return _finished(plan, version, begun)

    def _live_manifest(self) -> IndexVersion | None:
        """Return the live manifest, or None when there is none or it is broken."""
        version = self._directory.active_version()
        if version is None:
            return None
        try:
            return self._directory.manifest(version)
        except IndexDamagedError:
            return None  # a full build mends it

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
            if any(load_article(file).content_hash != indexed[file.article_id] for file in files):
                return None
            if self._store.count(live.version) != live.passages + live.sentences:
                return None
        except (ArticleError, IndexDamagedError):
            return None
        unchanged = tuple(file.article_id for file in files)
        seconds = time.perf_counter() - begun
        return ReloadReport((), (), (), unchanged, (), live.version, seconds)

    def _is_as_indexed(self, plan: _Plan, known: _Known) -> bool:
        live = known.manifest
        return (
            live is not None and live.has_chunking(self._chunking) and live.articles == plan.entries
        )

    def _known(self, live: IndexVersion | None, *, with_vectors: bool) -> _Known:
        """Read the live version; its vectors only hold in the same embedding space."""
        if live is None:
            return _Known()
        try:
            records = self._store.read(live.version)
            chunks, passages, sentences = read_chunks(records, live)
        except IndexDamagedError:
            return _Known()  # nothing to reuse: everything is embedded again
        known = _Known(live)
        row = 0
        for number, chunk in enumerate(chunks):
            known.chunks.setdefault(chunk.article_id, []).append(chunk)
            if not with_vectors:
                continue
            known.passages[chunk.chunk_id] = passages[number]
            for sentence in chunk.sentences:
                known.sentences[sentence.text] = sentences[row]
                row += 1
        return known

    def _plan(self, files: Sequence[ArticleFile], known: _Known, notify: Progress) -> _Plan:
        old = {e.article_id: e for e in known.manifest.articles} if known.manifest else {}
        entries: list[ArticleEntry] = []
        chunks: list[Chunk] = []
        added: list[str] = []
        changed: list[str] = []
        unchanged: list[str] = []
        failed: list[FailedArticle] = []
        for number, file in enumerate(files):
            name = file.article_id
            try:
                article = load_article(file)
                cut = list(chunk_article(article, self._chunking))
                entry = ArticleEntry.of(article, len(cut))
            except ArticleError as error:
                failed.append(FailedArticle(name, str(error)))
                if name not in old:
                    continue
                entry, cut = old[name], known.chunks[name]
            else:
                if name not in old:
                    added.append(name)
                elif old[name].content_hash != entry.content_hash:
                    changed.append(name)
                else:
                    unchanged.append(name)
            entries.append(entry)
            chunks.extend(cut)
            notify(ReloadProgress("Đọc bài viết", number + 1, len(files)))
        present = {file.article_id for file in files}
        removed = tuple(name for name in old if name not in present)
        report = ReloadReport(
            tuple(added), tuple(changed), removed, tuple(unchanged), tuple(failed), None, 0.0
        )
        return _Plan(tuple(entries), tuple(chunks), report)

    def _build(self, version: str, plan: _Plan, known: _Known, notify: Progress) -> None:
        texts = [chunk.embedded_text for chunk in plan.chunks]
        keys = [chunk.chunk_id for chunk in plan.chunks]
        passages = self._embed(keys, texts, known.passages, "Nhúng đoạn văn", notify)
        sentences = [s.text for chunk in plan.chunks for s in chunk.sentences]
        vectors = self._embed(sentences, sentences, known.sentences, "Nhúng câu", notify)
        self._store.create(version)
        self._store.upsert(version, passage_records(plan.chunks, passages))
        self._store.upsert(version, sentence_records(plan.chunks, vectors))
        manifest = IndexVersion(
            version=version,
            created=dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
            space=EmbeddingSpace.of(self._encoder),
            chunk_target=self._chunking.target,
            chunk_limit=self._chunking.limit,
            articles=plan.entries,
            passages=len(plan.chunks),
            sentences=len(sentences),
        )
        self._check(manifest, plan.chunks, passages)
        self._directory.write_manifest(manifest)

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
            done = 0

            def count(finished: int) -> None:
                nonlocal done
                done += finished
                notify(ReloadProgress(stage, done, len(missing)))

            fresh = self._encoder.encode_passages(list(missing.values()), progress=count)
            known.update(zip(missing, fresh, strict=True))
        return np.stack([known[key] for key in keys])

    def _check(
        self, manifest: IndexVersion, chunks: Sequence[Chunk], passages: FloatMatrix
    ) -> None:
        """Count the records and look a sample of passages up by their own vectors."""
        expected = manifest.passages + manifest.sentences
        if (stored := self._store.count(manifest.version)) != expected:
            raise ReloadError(f"kho vectơ có {stored} bản ghi, lẽ ra phải có {expected}.")
        rows = np.unique(np.linspace(0, len(chunks) - 1, min(_PROBES, len(chunks)), dtype=int))
        nearest = self._store.nearest(manifest.version, passages[rows], 1)
        by_id = {chunk.chunk_id: number for number, chunk in enumerate(chunks)}
        for row, found in zip(rows, nearest, strict=True):
            # A twin passage may stand at the very same point of the space.
            other = by_id[chunk_of(found[0])] if found else None
            if other is None or float(passages[row] @ passages[other]) < 1 - _PROBE_TOLERANCE:
                raise ReloadError("tra thử một số đoạn trong chỉ mục mới không thấy chính đoạn đó.")

    def _next_version(self) -> str:
        """Return the next name; collections that a killed build left without manifest go."""
        finished = set(self._directory.versions())
        stored = self._store.versions()
        for version in stored:
            if version not in finished:
                self._store.delete(version)
        numbers = [version_number(version) for version in [*finished, *stored]]
        return f"v{max(numbers, default=0) + 1:04d}"

    def _discard(self, version: str) -> None:
        self._directory.remove_manifest(version)
        if version in self._store.versions():
            self._store.delete(version)

    def _prune(self, active: str) -> None:
        for version in self._directory.versions()[:-_KEPT_VERSIONS]:
            if version != active:
                self._directory.remove_manifest(version)
                if version in self._store.versions():
                    self._store.delete(version)


def _finished(plan: _Plan, version: str, begun: float) -> ReloadReport:
    return replace(plan.report, version=version, seconds=time.perf_counter() - begun)
