"""The files around the vector store: manifests and the pointer to the active version."""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import re
import shutil
import tempfile
from dataclasses import dataclass
from typing import TYPE_CHECKING
from weakref import WeakValueDictionary

from embeddings.errors import system_reason
from knowledge.documents.durable_file import write_durably, writing_below
from knowledge.errors import IndexDamagedError, StorageError
from knowledge.index.held_records import HeldRecords
from knowledge.index.manifest import IndexVersion
from knowledge.index.set_aside import SET_ASIDE, SetAside
from knowledge.index.unfinished_build import UnfinishedBuild

if TYPE_CHECKING:
    from pathlib import Path

_VERSION = re.compile(r"v(\d{4,})")
_STAYS = frozenset({"damaged", "history.jsonl", "lock", "lock.json", "newest", "owner.sock"})
_Mark = tuple[int, int]  # of a file that is only ever replaced: its time and its size


@dataclass(frozen=True, slots=True)
class Promotion:
    """A version that went live, and when (UTC)."""

    version: str
    at: dt.datetime


class IndexDirectory:
    """`DATA_DIR/index`: `chroma/` (vectors), `manifests/vNNNN.json`, `derived/`, some small files.

    `set_aside.json` says which changes later versions leave out.
    `damaged/` keeps what an index was that had to be made again; nothing reads it.
    `active` names the live version and is replaced in one step, so a reader sees the old version or
    the new one, never half of either. `candidate` names a version that was built and waits to be
    promoted, `newest` the last that was begun, `unfinished` one that is being built or was when the
    program was killed. `history.jsonl` has a line for each time that a version went live.
    """

    def __init__(self, data_dir: Path) -> None:
        self.root = data_dir / "index"
        self.chroma = self.root / "chroma"
        self.derived = self.root / "derived"
        self.lock_file = self.root / "lock"
        self._manifests = self.root / "manifests"
        self._active = self.root / "active"
        self._candidate = self.root / "candidate"
        self._newest = self.root / "newest"
        self._unfinished = self.root / "unfinished.json"
        self._history = self.root / "history.jsonl"
        self._set_aside = self.root / "set_aside.json"
        self.content_hashes = self.root / "content_hashes.json"
        self._held: dict[str, tuple[_Mark | None, HeldRecords]] = {}
        self._opened_next: IndexVersion | None = None
        self._parsed: WeakValueDictionary[tuple[str, _Mark], IndexVersion] = WeakValueDictionary()

    def create(self) -> None:
        """Make the directories; raises StorageError when they cannot be made or written."""
        with writing_below(self.root):
            self.chroma.mkdir(parents=True, exist_ok=True)
            self._manifests.mkdir(exist_ok=True)
            self.derived.mkdir(mode=0o700, exist_ok=True)
            tempfile.TemporaryFile(dir=self.root).close()

    def keep_damaged(self, now: dt.datetime) -> Path | None:
        """Move all that makes up the index below `damaged/`, and return where; None without any.

        What was promoted and which names were given stays: no name is given twice.
        """
        aside = self.root / "damaged" / f"{now:%Y%m%dT%H%M%S%f}"
        with writing_below(self.root):
            found = [path for path in self.root.iterdir() if path.name not in _STAYS]
            for path in found:
                aside.mkdir(parents=True, exist_ok=True)
                path.rename(aside / path.name)
        return aside if found else None

    def active_version(self) -> str | None:
        """Return the name of the live version, or None before the first reload.

        Raises IndexDamagedError where the pointer names none.
        """
        text = _text(self._active, errors="replace")
        if text is not None and not _VERSION.fullmatch(text.strip()):
            raise IndexDamagedError(
                f"Tệp '{self._active}' không ghi tên phiên bản hợp lệ. Hãy khởi động lại bot, hoặc "
                "chạy 'vanphong reload': chỉ mục được lập lại."
            )
        return text.strip() if text is not None else None

    def activate(self, version: str, at: dt.datetime) -> None:
        """Make `version` the live one, atomically, and note when (`at`, UTC)."""
        self._write(self._active, version + "\n")
        line = json.dumps({"version": version, "at": at.isoformat(timespec="seconds")})
        with writing_below(self.root), self._history.open("a", encoding="utf-8") as file:
            file.write(line + "\n")

    def history(self) -> list[Promotion]:
        """Return what went live and when, oldest first.

        Directories of earlier releases have none; a line that a crash cut short is passed over.
        """
        promotions = []
        for line in (_text(self._history, errors="replace") or "").splitlines():
            try:
                fields = json.loads(line)
                at = dt.datetime.fromisoformat(fields["at"])
                promotions.append(Promotion(str(fields["version"]), at))
            except (ValueError, KeyError, TypeError):
                continue
        return promotions

    def candidate(self) -> str | None:
        """Return the name of the version that waits to be promoted, if there is one."""
        return self._noted(self._candidate)

    def standing(self) -> tuple[str | None, str | None]:
        """Return the live version and the one that was built and waits, or None for each."""
        live, waiting = self.active_version(), self.candidate()
        return live, waiting if waiting != live and waiting in self.versions() else None

    def set_candidate(self, version: str | None) -> None:
        """Note that `version` waits to be promoted, or with None that no version does."""
        with writing_below(self.root):
            if version is None:
                self._candidate.unlink(missing_ok=True)
            else:
                write_durably(self._candidate, f"{version}\n".encode())

    def set_aside(self) -> dict[str, SetAside]:
        """Return the changes that later versions leave out, by article; raises StorageError."""
        text = _text(self._set_aside, errors="replace")
        try:
            return SET_ASIDE.validate_json(text) if text is not None else {}
        except ValueError:  # then nothing is left out, and the exam has its say again
            return {}

    def write_set_aside(self, changes: dict[str, SetAside]) -> None:
        """Note which changes later versions leave out, in place of those of before."""
        if changes != self.set_aside():
            self._write(self._set_aside, SET_ASIDE.dump_json(changes).decode())

    def newest(self) -> str | None:
        """Return the name that was given last, or None in directories of earlier releases."""
        return self._noted(self._newest)

    def set_newest(self, version: str) -> None:
        """Note that the name `version` is given away."""
        self._write(self._newest, version + "\n")

    def unfinished(self) -> UnfinishedBuild | None:
        """Return what is noted of a build that was not finished, if there is one."""
        text = _text(self._unfinished, errors="replace")
        return UnfinishedBuild.from_json(text) if text is not None else None

    def set_unfinished(self, build: UnfinishedBuild | None) -> None:
        """Note that `build` is under way, or with None that none is."""
        with writing_below(self.root):
            if build is None:
                self._unfinished.unlink(missing_ok=True)
            else:
                write_durably(self._unfinished, build.to_json())

    def manifest(self, version: str) -> IndexVersion:
        """Return the manifest of `version`; raises IndexDamagedError when it is gone or broken."""
        path = self._manifests / f"{version}.json"
        mark = _mark(path)
        known = self._parsed.get((version, mark)) if mark is not None else None
        if known is not None:
            return known
        text = _text(path, called=f"bản kê {version}", errors="replace")
        if text is None:
            raise IndexDamagedError(
                f"Thiếu bản kê của phiên bản {version}. Hãy chạy 'vanphong reload'."
            )
        manifest = IndexVersion.from_json(text)
        if mark is not None:
            self._parsed[version, mark] = manifest
        return manifest

    def keep_parsed(self, manifest: IndexVersion) -> None:
        """Keep a manifest in memory, in place of the last one, because it is opened next."""
        self._opened_next = manifest

    def write_manifest(self, manifest: IndexVersion) -> None:
        """Store `manifest`, atomically."""
        path = self._manifests / f"{manifest.version}.json"
        self._write(path, manifest.to_json())
        self.keep_parsed(manifest)
        if (mark := _mark(path)) is not None:
            self._parsed[manifest.version, mark] = manifest

    def remove_manifest(self, version: str) -> None:
        """Forget the manifest of `version`, if there is one, and what was derived for it."""
        self._manifests.joinpath(f"{version}.json").unlink(missing_ok=True)
        shutil.rmtree(self.version_files(version), ignore_errors=True)

    def version_files(self, version: str) -> Path:
        """Return the folder of what was derived for `version`."""
        return self.derived / "versions" / version

    def collection_files(self, collection: str) -> Path:
        """Return the folder of what was derived for the versions of `collection`."""
        return self.derived / "collections" / collection

    def remove_collection_files(self, collection: str) -> None:
        """Remove what was derived for the versions of `collection`."""
        shutil.rmtree(self.collection_files(collection), ignore_errors=True)

    def versions(self) -> list[str]:
        """Return the names of the versions that have a manifest, oldest first."""
        names = [path.stem for path in self._manifests.glob("v*.json")]
        return sorted((name for name in names if _VERSION.fullmatch(name)), key=version_number)

    def manifests(self) -> list[IndexVersion]:
        """Return the readable manifests, oldest first."""
        manifests = []
        for name in self.versions():
            with contextlib.suppress(IndexDamagedError):  # nobody can use it; it is pruned later
                manifests.append(self.manifest(name))
        return manifests

    def held(self) -> dict[str, HeldRecords]:
        """Return which records each version with a readable manifest holds, oldest first.

        A manifest is read once; later calls take microseconds.
        """
        held: dict[str, tuple[_Mark | None, HeldRecords]] = {}
        for name in self.versions():
            with contextlib.suppress(IndexDamagedError):
                mark = _mark(self._manifests / f"{name}.json")
                known = self._held.get(name)
                if known is None or known[0] != mark:
                    known = mark, HeldRecords.of(self.manifest(name))
                held[name] = known
        self._held = held
        return {name: records for name, (_, records) in held.items()}

    def previous_version(self) -> str | None:
        """Return the version that was live before the live one and can still be used."""
        active = self.active_version()
        there = set(self.versions()) - {active, self.candidate()}
        for entry in reversed(self.history()):
            if entry.version in there:
                return entry.version
        # Directories of earlier releases have no history: the next older number was live before.
        older = [name for name in there if active and version_number(name) < version_number(active)]
        return max(older, key=version_number, default=None)

    def _noted(self, path: Path) -> str | None:
        """Return the name of a version that a small file holds, or None without a valid one."""
        name = (_text(path, errors="replace") or "").strip()
        return name if _VERSION.fullmatch(name) else None

    def _write(self, path: Path, text: str) -> None:
        with writing_below(path.parent):
            write_durably(path, text.encode())


def version_number(version: str) -> int:
    """Return the number in a version's name: "v0012" → 12."""
    match = _VERSION.fullmatch(version)
    if match is None:
        raise ValueError(f"a version is named v0001, v0002, …, got {version!r}")
    return int(match.group(1))


def _mark(path: Path) -> _Mark | None:
    """Return what changes when a file is replaced, None when there is none."""
    try:
        found = path.stat()
    except OSError:
        return None  # reading it says what is wrong
    return found.st_mtime_ns, found.st_size


def _text(path: Path, *, called: str | None = None, errors: str) -> str | None:
    """Return what a file holds, or None when there is none; raises StorageError."""
    try:
        return path.read_text(encoding="utf-8", errors=errors)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise StorageError(
            f"Không đọc được {called or repr(str(path))} ({system_reason(error)})."
        ) from error
