"""Builds a new index version beside the live one, reusing every vector that still holds."""

from __future__ import annotations

import contextlib
import time
from typing import TYPE_CHECKING

import numpy as np

from embeddings.errors import EmbeddingError
from knowledge.articles.chunker import CUTTING, ChunkingSettings
from knowledge.documents.content_hashes import ContentHashes
from knowledge.documents.durable_file import writing_below
from knowledge.documents.loader import ArticleFile, article_files
from knowledge.errors import (
    ArticleError,
    IndexDamagedError,
    KnowledgeError,
    ReloadError,
    ReloadStoppedError,
)
from knowledge.index.chunk_records import chunk_of, read_version
from knowledge.index.manifest import ChunkEntry, EmbeddingSpace, IndexVersion
from knowledge.index.unfinished_build import BuildRules
from knowledge.reload.chunk_spool import ChunkSpool
from knowledge.reload.outcome import (
    Candidate,
    Progress,
    ReloadProgress,
    ReloadReport,
    ReloadRequest,
)
from knowledge.reload.plan import LiveVersion, Plan, Planner
from knowledge.reload.record_writer import RecordWriter

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from embeddings.encoder import Encoder, FloatMatrix
    from knowledge.index.derived.derived_files import DerivedFiles
    from knowledge.index.versions import Versions

_PROBES = 16
_PROBE_TOLERANCE = 1e-3
# A graph of vectors that grew by many small additions finds less and keeps what was deleted.
_MOST_INCREMENTS = 100
_LEAST_SHARE = 0.5  # of the collection's records that the live version must use
_LEAST_ROOM = 1000  # records that a small collection may grow by at once
_FEW_TEXTS = 50  # are embedded sooner than a second encoder is loaded
_LOOKED = 100  # files between two signs of life
_LOOKING, _DERIVING = "Tìm bài thay đổi", "Lập mục tra từ"


class VersionBuilder:
    """Turns the articles of a folder into the next index version; the live one stays as it is.

    While little changes, a new version shares the live one's collection and adds only the records
    that are new. What is written of a version stays when the build is cut off, by a stop or a kill,
    and the next build goes on from there.
    """

    def __init__(
        self,
        versions: Versions,
        derived: DerivedFiles,
        encoder: Encoder,
        chunking: ChunkingSettings,
        now: Callable[[], dt.datetime],
    ) -> None:
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
        files = [*article_files(request.articles_dir), *stored]
        active = self._live_manifest()
        live = self._live_version(active, full=request.full)
        with ChunkSpool() as spool:
            compared = live is not None and (live.reusable or request.only_new)
            hashes = self._hashes(files, notify) if compared else {}
            held: frozenset[str] = frozenset()
            if request.only_new and live is not None:
                held = self._held(files, hashes, live)
            planner = Planner(live, self._store, self._chunking, held)
            with writing_below(self._directory.root):  # the spool may fill the disk
                plan = planner.plan(files, hashes, spool, notify)
            if live is not None and self._as_indexed(plan, live):
                self._versions.forget_unfinished()
                return plan.report(live.manifest.version, time.perf_counter() - begun)
            if not plan.chunks:
                details = "; ".join(f"{bad.path}: {bad.reason}" for bad in plan.failed)
                raise ReloadError(
                    f"Không có bài viết nào đọc được trong '{request.articles_dir}'"
                    + (f" ({details})" if details else "")
                    + ". Chỉ mục cũ, nếu có, vẫn được giữ nguyên."
                )
            version = self._write(plan, live, request, notify)
        base = active.version if active is not None else None
        return Candidate(version, base, plan.report(version, time.perf_counter() - begun))

    def _live_manifest(self) -> IndexVersion | None:
        """Return the live manifest, or None when there is none or it is broken."""
        version = self._directory.active_version()
        with contextlib.suppress(IndexDamagedError):  # a full build mends it
            return self._directory.manifest(version) if version else None
        return None

    def _held(
        self, files: Sequence[ArticleFile], hashes: Mapping[str, str], live: LiveVersion
    ) -> frozenset[str]:
        """Return the articles of which the new version keeps what the live one has, maybe nothing.

        Those that are just as they were set aside: a later change is a new one.
        """
        aside = self._directory.set_aside()
        present = {file.article_id for file in files}
        gone = {name for name, change in aside.items() if change.content_hash is None}
        as_aside = {
            name
            for name in present & aside.keys()
            if name in hashes and hashes[name] == aside[name].content_hash
        }
        return frozenset(as_aside | (gone & live.chunks.keys() - present))

    def _live_version(self, manifest: IndexVersion | None, *, full: bool) -> LiveVersion | None:
        """Return the live version where its records are all there."""
        if manifest is None or not self._versions.is_whole(manifest.version):
            return None  # nothing to reuse: everything is embedded again
        chunks = manifest.chunks
        if chunks is None:  # an earlier release's
            try:
                found = read_version(self._store, manifest).chunks
            except IndexDamagedError:
                return None
            chunks = tuple(ChunkEntry(c.chunk_id, len(c.sentences)) for c in found)
        reusable = manifest.space == EmbeddingSpace.of(self._encoder) and not full
        return LiveVersion.of(manifest, chunks, reusable=reusable)

    def _hashes(self, files: Sequence[ArticleFile], notify: Progress) -> dict[str, str]:
        """Return the content hashes of the files that can be read."""
        hashes: dict[str, str] = {}
        remembered = ContentHashes(self._directory.content_hashes)
        for number, file in enumerate(files, 1):
            with contextlib.suppress(ArticleError):  # which reading it says again
                hashes[file.article_id] = remembered.of(file)
            if number % _LOOKED == 0 or number == len(files):
                notify(ReloadProgress(_LOOKING, number, len(files)))
        remembered.save()
        return hashes

    def _as_indexed(self, plan: Plan, live: LiveVersion) -> bool:
        """Tell whether the live version is what was planned: at most, articles keep failing."""
        return (
            live.reusable
            and live.manifest.has_chunking(self._chunking)
            and set(live.manifest.articles) == set(plan.articles)
        )

    def _write(
        self, plan: Plan, live: LiveVersion | None, request: ReloadRequest, notify: Progress
    ) -> str:
        """Write the version and return its name; what is written stays when that is cut off."""
        rules = BuildRules.of(self._encoder, self._chunking, full=request.full)
        shared = self._shared_collection(plan, live, rules)
        build, written = self._versions.begin(rules, shared)
        version = build.version
        manifest = IndexVersion(
            version=version,
            created=self._now().isoformat(timespec="seconds"),
            space=rules.space,
            chunk_target=self._chunking.target,
            chunk_limit=self._chunking.limit,
            cutting=CUTTING,
            articles=tuple(plan.articles),
            passages=plan.passages,
            sentences=plan.sentences,
            collection=build.collection,
            chunks=tuple(plan.chunks),
            increments=live.manifest.increments + 1 if shared and live else 0,
            failed=tuple(bad.path for bad in plan.failed),
        )
        source = live.manifest if live is not None and live.reusable else None
        writer = RecordWriter(
            self._store,
            self._derived,
            self._encoder_for(plan, request),
            build.collection,
            notify,
            written=written,
            source=source,
            gently=request.background,
        )
        try:
            there = set[str]()
            if shared is None:
                writer.copy(plan.kept)
            elif live is not None:
                there = {chunk.chunk_id for chunks in live.chunks.values() for chunk in chunks}
            writer.embed(plan.cut, there)
            notify(ReloadProgress(_DERIVING, 0, 1))
            before = live.manifest if shared is not None and live is not None else None
            self._derived.write(manifest, before)
            notify(ReloadProgress(_DERIVING, 1, 1))
            self._directory.write_manifest(manifest)
            self._check(manifest)
        except (KnowledgeError, EmbeddingError) as error:
            if isinstance(error, ReloadStoppedError):
                raise
            if version in self._directory.versions():  # whole, and yet wrong
                self._versions.discard(version)
            raise ReloadError(
                f"Không lập được phiên bản {version}: {error} "
                "Phiên bản đang dùng vẫn được giữ nguyên."
            ) from error
        return version

    def _encoder_for(self, plan: Plan, request: ReloadRequest) -> Encoder:
        """Return the encoder; in the background, for many texts, one that holds up nobody."""
        if request.background and plan.cut.texts > _FEW_TEXTS:
            return self._encoder.in_background()
        return self._encoder

    def _shared_collection(
        self, plan: Plan, live: LiveVersion | None, rules: BuildRules
    ) -> str | None:
        """Return the live version's collection if the new version can share it.

        It cannot in another embedding space, when the live version fills less than half of it or
        would, and when a passage is cut into other sentences than before. What an earlier build
        left there, which this one goes on from, does not count against it at once.
        """
        if live is None or not live.reusable or plan.recut:
            return None
        manifest = live.manifest
        if manifest.chunks is None or not manifest.has_chunking(self._chunking):
            return None
        if manifest.increments >= _MOST_INCREMENTS:
            return None
        earlier = self._versions.cut_off()
        goes_on = (
            earlier is not None
            and earlier.rules == rules
            and earlier.collection == manifest.collection
        )
        room = max(manifest.records, _LEAST_ROOM)
        most = 4 * room if goes_on else manifest.records / _LEAST_SHARE
        kept = sum(1 + chunk.sentences for chunk in plan.kept)
        grows = plan.passages + plan.sentences - kept
        if grows > room or self._store.count(manifest.collection) > most:
            return None
        return manifest.collection

    def _check(self, manifest: IndexVersion) -> None:
        """Count the records and look a sample of passages up by their own vectors."""
        if not self._versions.is_whole(manifest.version):
            stored = self._store.count(manifest.collection)
            raise ReloadError(f"kho vectơ chỉ có {stored} bản ghi, không khớp bản kê.")
        names = [chunk.chunk_id for chunk in manifest.chunks or ()]
        rows = np.unique(np.linspace(0, len(names) - 1, min(_PROBES, len(names)), dtype=int))
        probes = self._vectors(manifest.collection, (names[row] for row in rows))
        ours = set(names)
        nearest = self._store.nearest(
            manifest.collection,
            np.stack(list(probes.values())),
            1,
            lambda record: chunk_of(record) in ours,
        )
        found = self._vectors(
            manifest.collection, {chunk_of(record) for records in nearest for record in records}
        )
        for probe, records in zip(probes.values(), nearest, strict=True):
            # A twin passage may stand at the very same point of the space.
            other = found.get(chunk_of(records[0])) if records else None
            if other is None or not float(probe @ other) >= 1 - _PROBE_TOLERANCE:
                raise ReloadError("tra thử một số đoạn trong chỉ mục mới không thấy chính đoạn đó.")

    def _vectors(self, collection: str, names: Iterable[str]) -> dict[str, FloatMatrix]:
        """Return the vectors of passages by id."""
        records = self._store.read(collection, list(names))
        return dict(zip(records.ids, records.vectors, strict=True))
