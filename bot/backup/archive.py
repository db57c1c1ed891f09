"""The file of a backup: a ZIP whose every entry is listed with its SHA-256, and which is sealed.

`manifest.json` lists the entries. The ZIP's comment, the last bytes of the file, is the seal:
`vanphong-backup-1 sha256 ` and the SHA-256 of all bytes before it. A reader believes nothing that
the ZIP says of itself: sizes and sums are the manifest's, names only choose among the places that
`bot/backup/contents.py` knows, and nothing but files comes out.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import zipfile
import zlib
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from typing import IO, TYPE_CHECKING

from pydantic import TypeAdapter

from bot.backup.errors import ArchiveError, BackupError, NewerArchiveError
from embeddings.errors import system_reason

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FORMAT = 1
MANIFEST = "manifest.json"
MOST_ENTRIES = 1_000_000
MOST_MANIFEST_BYTES = 256 * 2**20
_SEAL = b"vanphong-backup-%d sha256 "
_SEALED = re.compile(rb"vanphong-backup-(\d{1,6}) sha256 ([0-9a-f]{64})")
_SUM_CHARACTERS = 64
_LONGEST_SEAL = 128
_PIECE = 2**20
_QUICKLY = 3  # of nine levels: most documents are compressed already
_LONGEST_NAME = 1024
_LONGEST_PART = 255  # bytes, on the usual file systems
_ODD_LETTERS = "\x7f\\:" if os.name == "nt" else "\x7f\\"


@dataclass(frozen=True, slots=True)
class Entry:
    """A file in the archive: its name, its size in bytes, and its SHA-256 in hexadecimal."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What an archive says of itself.

    `created` is UTC in ISO 8601, `database` the kind of the database ("sqlite" or "postgresql") and
    `revision` that of its tables.
    """

    created: str
    program: str
    database: str
    revision: str
    entries: tuple[Entry, ...]


_MANIFEST = TypeAdapter(Manifest)
_BROKEN_ZIP = (
    zipfile.BadZipFile,
    zlib.error,
    KeyError,  # no manifest
    ValueError,  # a manifest that is none, among others
    EOFError,
    RuntimeError,  # encrypted, or compressed in a way that Python doesn't know
)


class ArchiveWriter:
    """Writes an archive into a file that can be read, too; raises OSError."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._zip = zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=_QUICKLY)
        self.entries: list[Entry] = []

    def add(self, name: str, source: IO[bytes]) -> Entry:
        """Add what `source` holds; raises BackupError for a name that no reader would take."""
        if not is_safe(name):
            raise BackupError(
                f"Tên tệp {name!a} không sao lưu được (dài quá, có ký tự điều khiển hay dấu "
                "gạch ngược). Hãy đổi tên tệp rồi sao lưu lại."
            )
        digest, size = hashlib.sha256(), 0
        with self._zip.open(name, "w", force_zip64=True) as target:
            while piece := source.read(_PIECE):
                digest.update(piece)
                size += len(piece)
                target.write(piece)
        self.entries.append(Entry(name, size, digest.hexdigest()))
        return self.entries[-1]

    def seal(self, *, created: str, program: str, database: str, revision: str) -> None:
        """Write the manifest and the seal; nothing can be added afterwards."""
        manifest = Manifest(created, program, database, revision, tuple(self.entries))
        text = json.dumps({"format": FORMAT, **asdict(manifest)}, ensure_ascii=False, indent=1)
        self._zip.writestr(MANIFEST, text)
        self._zip.comment = _SEAL % FORMAT + b"0" * _SUM_CHARACTERS
        self._zip.close()
        end = self._file.seek(-_SUM_CHARACTERS, os.SEEK_END)
        total = _sum_of(self._file, end)
        self._file.seek(end)
        self._file.write(total.encode())


class Archive:
    """An archive that was found whole."""

    def __init__(self, zipped: zipfile.ZipFile, manifest: Manifest) -> None:
        self._zip = zipped
        self.manifest = manifest
        self.entries = {entry.name: entry for entry in manifest.entries}

    def write(self, name: str, path: Path) -> None:
        """Write an entry to a new file, closed to other accounts, and bring it to the disk.

        Raises ArchiveError when it is not what the manifest says, OSError.
        """
        entry = self.entries[name]
        digest, room = hashlib.sha256(), entry.size
        path.touch(mode=0o600, exist_ok=False)
        with _read_as_zip(), self._zip.open(name) as source, path.open("wb") as target:
            while piece := source.read(min(_PIECE, room + 1)):
                room -= len(piece)
                if room < 0:
                    break
                digest.update(piece)
                target.write(piece)
            target.flush()
            os.fsync(target.fileno())
        if room or digest.hexdigest() != entry.sha256:
            raise ArchiveError(
                f"Mục '{name}' trong bản sao lưu không đúng như bản kê. Hãy dùng bản sao lưu khác."
            )


@contextmanager
def opened_archive(path: Path) -> Iterator[Archive]:
    """Check the seal and the list of a backup and yield it.

    Raises ArchiveError for what is no backup or is damaged, NewerArchiveError, and BackupError when
    the file can't be read.
    """
    try:
        file = path.open("rb")
    except OSError as error:
        raise BackupError(
            f"Không đọc được bản sao lưu '{path}' ({system_reason(error)}). Hãy kiểm tra đường dẫn "
            "và quyền đọc."
        ) from error
    with file:
        _check_seal(file, path)
        with _read_as_zip(), zipfile.ZipFile(file) as zipped:
            yield Archive(zipped, _manifest(zipped))


def is_safe(name: str) -> bool:
    """Tell whether a name is a plain relative path that leads nowhere else and hides nothing."""
    try:
        length = len(name.encode())
    except UnicodeEncodeError:
        return False
    odd = any(letter < " " or letter in _ODD_LETTERS for letter in name)
    return (
        length <= _LONGEST_NAME
        and not odd
        and all(
            part and not part.startswith(".") and len(part.encode()) <= _LONGEST_PART
            for part in name.split("/")
        )
    )


def _check_seal(file: IO[bytes], path: Path) -> None:
    size = file.seek(0, os.SEEK_END)
    file.seek(max(0, size - _LONGEST_SEAL))
    *_, last = (None, *_SEALED.finditer(tail := file.read()))
    if last is None or last.end() != len(tail):
        raise ArchiveError(
            f"'{path}' không phải bản sao lưu của trợ lý, hoặc đã bị cắt cụt. Hãy dùng tệp do "
            "'vanphong backup' ghi."
        )
    if int(last[1]) > FORMAT:
        raise NewerArchiveError(
            f"Bản sao lưu '{path}' có dạng {int(last[1])}, chương trình này chỉ đọc được đến dạng "
            f"{FORMAT}. Hãy cập nhật chương trình rồi phục hồi."
        )
    if _sum_of(file, size - _SUM_CHARACTERS).encode() != last[2]:
        raise ArchiveError(
            f"Bản sao lưu '{path}' đã hỏng (sai mã kiểm tra). Hãy dùng bản sao lưu khác."
        )


def _sum_of(file: IO[bytes], end: int) -> str:
    """Return the SHA-256 of a file's bytes before `end`."""
    digest = hashlib.sha256()
    file.seek(0)
    while end and (piece := file.read(min(_PIECE, end))):
        digest.update(piece)
        end -= len(piece)
    return digest.hexdigest()


def _manifest(zipped: zipfile.ZipFile) -> Manifest:
    names = zipped.namelist()
    if len(names) > MOST_ENTRIES:
        raise ArchiveError(
            f"Bản sao lưu có {len(names)} mục, quá giới hạn {MOST_ENTRIES}. Hãy dùng bản khác."
        )
    with zipped.open(MANIFEST) as file:
        text = file.read(MOST_MANIFEST_BYTES + 1)
    if len(text) > MOST_MANIFEST_BYTES:
        raise ArchiveError("Bản kê của bản sao lưu quá dài. Hãy dùng bản sao lưu khác.")
    manifest = _MANIFEST.validate_json(text)
    listed = [entry.name for entry in manifest.entries]
    if sorted(names) != sorted([*listed, MANIFEST]) or len(set(listed)) != len(listed):
        raise ArchiveError("Bản sao lưu không khớp bản kê của nó. Hãy dùng bản sao lưu khác.")
    if any(entry.size < 0 for entry in manifest.entries) or not all(map(is_safe, listed)):
        raise ArchiveError("Bản kê của bản sao lưu không hợp lệ. Hãy dùng bản sao lưu khác.")
    return manifest


@contextmanager
def _read_as_zip() -> Iterator[None]:
    """Turn what a ZIP that is none raises into ArchiveError."""
    try:
        yield
    except _BROKEN_ZIP as error:
        raise ArchiveError(
            f"Bản sao lưu đã hỏng ({type(error).__name__}). Hãy dùng bản sao lưu khác."
        ) from error
