"""The versions of the index: which is live, which waits, which are kept, and which go."""

from __future__ import annotations

import datetime as dt
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING

from knowledge.errors import IndexDamagedError, VersionError
from knowledge.index.chunk_records import record_ids
from knowledge.index.directory import IndexDirectory, version_number

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from knowledge.index.manifest import IndexVersion
    from knowledge.index.vector_store import VectorStore


@dataclass(frozen=True, slots=True)
class VersionInfo:
    """One version on disk; times are UTC.

    `waiting`: it was built and held back, and nobody has decided yet. `promoted_at` is the last
    time it went live, None if it never did or an earlier release did not note it.
    """

    name: str
    built_at: dt.datetime
    articles: int
    chunks: int
    active: bool
    previous: bool
    waiting: bool
    promoted_at: dt.datetime | None


class Versions:
    """Promotes, discards, rolls back and prunes the versions of one index directory."""

    def __init__(
        self,
        directory: IndexDirectory,
        store: VectorStore,
        keep: int,
        now: Callable[[], dt.datetime],
    ) -> None:
        """Keep the `keep` newest versions, and always the live, the previous and the waiting."""
        if keep < 2:
            raise ValueError(f"keep must be ≥ 2 (the live version and the previous), got {keep}")
        self.directory = directory
        self.store = store
        self._keep = keep
        self._now = now
        self._switching = threading.RLock()  # decisions come from other threads than builds

    def promote(self, version: str) -> None:
        """Make `version` live and prune old ones; raises VersionError or IndexDamagedError."""
        with self._switching:
            self._require(version)
            self.directory.activate(version, self._now())
            if self.directory.candidate() == version:
                self.directory.set_candidate(None)
            self.prune()

    def discard(self, version: str) -> None:
        """Forget `version`, which never went live; raises VersionError for the live one."""
        with self._switching:
            if version == self.directory.active_version():
                raise VersionError(f"Phiên bản {version} đang được dùng nên không bỏ được.")
            self._remove(version)
            if self.directory.candidate() == version:
                self.directory.set_candidate(None)

    def require_waiting(self, version: str) -> None:
        """Raise VersionError unless `version` is the one that waits for a decision."""
        if version != self.directory.candidate() or version not in self.directory.versions():
            raise VersionError(f"Phiên bản {version} không còn chờ quyết định.")

    def rollback_target(self, to: str | None) -> str:
        """Return `to`, or the previous version; raises VersionError when there is none to use."""
        active = self.directory.active_version()
        if to is None and (to := self.directory.previous_version()) is None:
            raise VersionError("Không có phiên bản nào trước phiên bản đang dùng để quay lại.")
        if to == active:
            raise VersionError(f"Phiên bản {to} đang được dùng rồi.")
        if to == self.directory.candidate():
            raise VersionError(
                f"Phiên bản {to} chưa từng được dùng; hãy xem kết quả kiểm tra rồi quyết định."
            )
        self._require(to)
        return to

    def begin(self) -> str:
        """Name a new candidate, after clearing away what no version needs.

        A candidate that still waits is superseded; what a killed build left behind goes. No name is
        given twice: a button under an old report must not decide about another version.
        """
        with self._switching:
            self._tidy()
            finished, stored = self.directory.versions(), self.store.versions()
            names = [*finished, *stored, *(entry.version for entry in self.directory.history())]
            names += [newest] if (newest := self.directory.newest()) is not None else []
            version = f"v{max(map(version_number, names), default=0) + 1:04d}"
            self.directory.set_newest(version)
            self.directory.set_candidate(version)
            return version

    def _tidy(self) -> None:
        waiting = self.directory.candidate()
        if waiting is not None and waiting != self.directory.active_version():
            self.discard(waiting)
        stored = self.store.versions()
        manifests = self.directory.manifests()
        in_use = {m.collection for m in manifests} | set(self.directory.versions())
        for collection in stored:
            if collection not in in_use:
                self._delete(collection)
        for collection in {m.collection for m in manifests if m.chunks is not None} & set(stored):
            expected = _records(m for m in manifests if m.collection == collection)
            if self.store.count(collection) > len(expected):
                self.store.remove(collection, sorted(self.store.ids(collection) - expected))

    def is_whole(self, manifest: IndexVersion) -> bool:
        """Tell whether the collection of `manifest` has as many records as its versions say.

        A shared one may have more: those of a build under way, or of one that was killed.
        """
        if manifest.collection not in self.store.versions():
            return False
        listed = manifest.chunks
        counts = (manifest.passages, manifest.sentences)
        if listed is not None and counts != (len(listed), sum(c.sentences for c in listed)):
            return False
        stored = self.store.count(manifest.collection)
        if manifest.chunks is None:
            return stored == manifest.records
        sharing = (m for m in self.directory.manifests() if m.collection == manifest.collection)
        return stored >= len(_records(sharing))

    def prune(self) -> None:
        """Remove versions beyond the kept ones, never the live, the previous or the waiting one."""
        spared = {
            self.directory.active_version(),
            self.directory.previous_version(),
            self.directory.candidate(),
        }
        names = self.directory.versions()
        room = max(self._keep - len(spared & set(names)), 0)
        others = [name for name in names if name not in spared]
        for name in others[: max(len(others) - room, 0)]:
            self._remove(name)

    def _remove(self, version: str) -> None:
        """Remove the manifest of `version` and the records that no other version uses."""
        try:
            manifest = self.directory.manifest(version)
        except IndexDamagedError:
            collection, ids = version, set[str]()
        else:
            collection, ids = manifest.collection, _records([manifest])
        self.directory.remove_manifest(version)
        if collection not in self.store.versions():
            return
        rest = [other for other in self.directory.manifests() if other.collection == collection]
        if rest:
            self.store.remove(collection, sorted(ids - _records(rest)))
        else:
            self._delete(collection)

    def _delete(self, collection: str) -> None:
        self.store.delete(collection)
        self.directory.remove_collection_files(collection)

    def _require(self, version: str) -> None:
        if version not in self.directory.versions():
            raise VersionError(
                f"Không có phiên bản {version}. Xem các phiên bản còn giữ: vanphong versions."
            )
        if not self.is_whole(self.directory.manifest(version)):
            raise IndexDamagedError(
                f"Phiên bản {version} không còn đủ bản ghi trong kho vectơ nên không dùng được. "
                "Hãy chạy 'vanphong reload' để lập phiên bản mới."
            )


def version_infos(directory: IndexDirectory) -> tuple[VersionInfo, ...]:
    """Return the readable versions, newest first; needs no lock, since the files are replaced."""
    active, previous = directory.active_version(), directory.previous_version()
    waiting = directory.candidate()
    promoted = {entry.version: entry.at for entry in directory.history()}
    return tuple(
        VersionInfo(
            name=manifest.version,
            built_at=dt.datetime.fromisoformat(manifest.created),
            articles=len(manifest.articles),
            chunks=manifest.passages,
            active=manifest.version == active,
            previous=manifest.version == previous,
            waiting=manifest.version == waiting,
            promoted_at=promoted.get(manifest.version),
        )
        for manifest in reversed(directory.manifests())
    )


def _records(manifests: Iterable[IndexVersion]) -> set[str]:
    """Return the ids of all records that `manifests` list."""
    return set(record_ids({chunk for manifest in manifests for chunk in manifest.chunks or ()}))
