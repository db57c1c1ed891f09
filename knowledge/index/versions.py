"""The versions of the index: which is live, which waits, which are kept, and which go."""

from __future__ import annotations

import contextlib
import datetime as dt
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from knowledge.errors import IndexDamagedError, VersionError
from knowledge.index.directory import IndexDirectory, version_number
from knowledge.index.held_records import ids_in, records_in, union
from knowledge.index.set_aside import changes, without_those_in
from knowledge.index.unfinished_build import UnfinishedBuild

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from knowledge.index.held_records import ChunkTable, HeldRecords
    from knowledge.index.unfinished_build import BuildRules
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
            with contextlib.suppress(IndexDamagedError):
                live = self.directory.manifest(version)
                left_out = without_those_in(self.directory.set_aside(), live)
                self.directory.write_set_aside(left_out)
            self._forget_build(version)
            self.prune()

    def set_aside(self, left: str | None, kept: str | None) -> None:
        """Keep what is otherwise in the version `left` than in `kept` out of later versions.

        A reload of everything takes it in again, and so does `take_up`. Harmless to do twice.
        """
        with self._switching, contextlib.suppress(IndexDamagedError):
            if left is not None and kept is not None:
                versions = self.directory.manifest(left), self.directory.manifest(kept)
                aside = self.directory.set_aside() | changes(*versions)
                self.directory.write_set_aside(without_those_in(aside, versions[1]))

    def take_up(self, article_id: str) -> None:
        """Let later versions have an article as it is; harmless when nothing kept it out."""
        with self._switching:
            aside = self.directory.set_aside()
            aside.pop(article_id, None)
            self.directory.write_set_aside(aside)

    def discard(self, version: str) -> None:
        """Forget `version`, which never went live; raises VersionError for the live one."""
        with self._switching:
            if version == self.directory.active_version():
                raise VersionError(f"Phiên bản {version} đang được dùng nên không bỏ được.")
            self._remove(version)
            if self.directory.candidate() == version:
                self.directory.set_candidate(None)
            self._forget_build(version)

    def hold_back(self, version: str) -> None:
        """Let a version that was built and examined wait for `promote` or `discard`."""
        with self._switching:
            self.directory.set_candidate(version)

    def _forget_build(self, version: str) -> None:
        build = self.directory.unfinished()
        if build is not None and build.version == version:
            self.directory.set_unfinished(None)

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

    def begin(self, rules: BuildRules, shared: str | None) -> tuple[UnfinishedBuild, set[str]]:
        """Begin a new candidate and return it, in the collection of a build that was cut off.

        `shared` is the collection that it builds upon, None for one of its own. With it come the
        ids of the records that the earlier build left, if it was made by the same rules; else what
        no version needs is cleared away. A candidate that still waits is superseded. No name is
        given twice: a button under an old report must not decide about another version.
        """
        with self._switching:
            earlier = self.cut_off()
            collection, written = shared, set[str]()
            if earlier is not None and self._goes_on(earlier, rules, shared):
                collection = earlier.collection
                written = self.store.ids(collection)
                self.lay_aside(earlier.version)
            else:
                self._clear()
            version = self._next_name()
            self.directory.set_newest(version)
            if collection is None:
                self.store.create(version)
            build = UnfinishedBuild(version, collection or version, rules)
            self.directory.set_unfinished(build)
            return build, written

    def lay_aside(self, version: str) -> None:
        """Take a version back that is not live; its records stay for the next build."""
        with self._switching:
            self.directory.remove_manifest(version)
            if self.directory.candidate() == version:
                self.directory.set_candidate(None)

    def forget_unfinished(self) -> None:
        """Clear away what a build left that was cut off; one that waits for a decision stays."""
        with self._switching:
            build = self.cut_off()
            if build is not None and build.version != self.directory.candidate():
                self._clear()

    def cut_off(self) -> UnfinishedBuild | None:
        """Return the build that was cut off or waits for a decision; what went live is neither."""
        build = self.directory.unfinished()
        live = {entry.version for entry in self.directory.history()}
        live.add(self.directory.active_version() or "")
        return build if build is not None and build.version not in live else None

    def _goes_on(self, earlier: UnfinishedBuild, rules: BuildRules, shared: str | None) -> bool:
        if earlier.rules != rules or earlier.collection not in self.store.versions():
            return False
        if shared is not None:
            return earlier.collection == shared
        held = self.directory.held()
        return not any(
            one.collection == earlier.collection
            for name, one in held.items()
            if name != earlier.version
        )

    def _next_name(self) -> str:
        names = [*self.directory.versions(), *self.store.versions()]
        names += [entry.version for entry in self.directory.history()]
        names += [newest] if (newest := self.directory.newest()) is not None else []
        return f"v{max(map(version_number, names), default=0) + 1:04d}"

    def _clear(self) -> None:
        """Clear away the waiting candidate, and the records that no version needs."""
        build, waiting = self.cut_off(), self.directory.candidate()
        for version in {build.version if build is not None else None, waiting}:
            if version is not None and version != self.directory.active_version():
                self.discard(version)
        self.directory.set_unfinished(None)
        stored, held = self.store.versions(), self.directory.held()
        in_use = {one.collection for one in held.values()} | set(self.directory.versions())
        for collection in stored:
            if collection not in in_use:
                self._delete(collection)
        for collection in {one.collection for one in held.values()} & set(stored):
            expected = _expected(held.values(), collection)
            if expected is not None and self.store.count(collection) > records_in(expected):
                strays = self.store.ids(collection) - ids_in(expected)
                self.store.remove(collection, sorted(strays))

    def is_whole(self, version: str) -> bool:
        """Tell whether the collection of `version` has as many records as its versions say.

        A shared one may have more: those of a build under way, or of one that was cut off.
        """
        held = self.directory.held()
        one = held.get(version)
        if one is None or not one.counted or one.collection not in self.store.versions():
            return False
        stored = self.store.count(one.collection)
        expected = _expected(held.values(), one.collection)
        if one.chunks is None or expected is None:
            return stored == one.records
        return stored >= records_in(expected)

    def prune(self) -> None:
        """Remove versions beyond the kept ones, never the live, the previous or the waiting one.

        Nor one that is being examined.
        """
        build = self.directory.unfinished()
        spared = {
            build.version if build is not None else None,
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
        held = self.directory.held()
        gone = held.pop(version, None)
        self.directory.remove_manifest(version)
        collection = gone.collection if gone is not None else version
        if collection not in self.store.versions():
            return
        rest = _expected(held.values(), collection)
        if rest is None:
            self._delete(collection)
        elif gone is not None and gone.chunks is not None:
            needless = gone.chunks[~np.isin(gone.chunks, rest)]
            self.store.remove(collection, sorted(ids_in(needless) - ids_in(rest)))

    def _delete(self, collection: str) -> None:
        self.store.delete(collection)
        self.directory.remove_collection_files(collection)

    def _require(self, version: str) -> None:
        if version not in self.directory.versions():
            raise VersionError(
                f"Không có phiên bản {version}. Xem các phiên bản còn giữ: vanphong versions."
            )
        if not self.is_whole(version):
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


def _expected(held: Iterable[HeldRecords], collection: str) -> ChunkTable | None:
    """Return the chunks of a collection that versions list; None when none lists any."""
    tables = [h.chunks for h in held if h.collection == collection and h.chunks is not None]
    return union(tables) if tables else None
