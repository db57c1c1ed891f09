"""Makes a backup: one file, whole or not there, as of one moment, while the bot runs.

The moment is that of the database and of the documents' history together: nobody adds a document
while both are held fast, and what the history names is never changed or deleted afterwards.
"""

from __future__ import annotations

import io
import os
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from bot.backup import contents
from bot.backup.archive import ArchiveWriter
from bot.backup.database_copies import database_copies
from bot.backup.errors import BackupError, TakenPlaceError
from embeddings.errors import system_reason
from knowledge.documents.durable_file import fsync_folder
from knowledge.documents.store import DocumentStore

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Sequence

    from bot.backup.archive import Entry
    from bot.settings import Settings
    from knowledge.documents.stored_document import StoredDocument

_PACKAGE = "vanphong-bot"


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup that was made: its size in bytes, what is in it, and what should have been.

    `missing` names files of the store of documents that are gone or damaged.
    """

    size: int
    database: str
    entries: tuple[Entry, ...]
    missing: tuple[str, ...]

    def count(self, *folders: str) -> int:
        """Return how many files there are in some folders of the archive."""
        return sum(entry.name.startswith(folders) for entry in self.entries)


def save(settings: Settings, file: Path, now: dt.datetime) -> Backup:
    """Write all that can't be made again into a new `file`; the bot may run, and goes on.

    Raises TakenPlaceError when the file is there, BackupError or DatabaseError when it can't be
    made, StorageError for the store of documents: then there is no file of that name.
    """
    file = file.absolute()
    if file.exists():
        raise TakenPlaceError(f"Tệp '{file}' đã có; hãy chọn tên khác, ví dụ kèm ngày giờ.")
    copies = database_copies(settings)
    store = DocumentStore(settings.data_dir)
    with _writing(file), tempfile.TemporaryDirectory(dir=file.parent, prefix=".vanphong-") as place:
        copy, unfinished = Path(place, "database"), Path(place, "backup")
        revision, (history, documents) = copies.write(copy, store.standing_still())
        with unfinished.open("xb+") as target:
            writer = ArchiveWriter(target)
            missing = _fill(writer, settings, copy, history, documents)
            writer.seal(
                created=now.isoformat(timespec="seconds"),
                program=version(_PACKAGE),
                database=copies.kind,
                revision=revision,
            )
            target.flush()
            os.fsync(target.fileno())
        unfinished.chmod(0o600)
        unfinished.replace(file)
        fsync_folder(file.parent)
    return Backup(file.stat().st_size, copies.kind, tuple(writer.entries), tuple(missing))


def _fill(
    writer: ArchiveWriter,
    settings: Settings,
    copy: Path,
    history: bytes,
    documents: Sequence[StoredDocument],
) -> list[str]:
    """Add everything, and return the names of what could not be read or is not as it was sent.

    The keys come after the database's moment: they may be newer than the database, never older.
    """
    data_dir = settings.data_dir
    missing: list[str] = []
    with copy.open("rb") as source:
        writer.add(contents.DATABASE, source)
    if history:
        writer.add(contents.HISTORY, io.BytesIO(history))
    originals = {f"{contents.ORIGINALS}/{document.sha256}": document for document in documents}
    readings = {f"{contents.READINGS}/{document.document_id}.json" for document in documents}
    wanted = {name: data_dir / name for name in sorted({*originals, *readings})}
    for folder, files in contents.office_files(settings).items():
        wanted |= {f"{folder}/{name}": path for name, path in files.items()}
    for name, path in wanted.items():
        entry = _add(writer, name, path)
        original = originals.get(name)
        if entry is None or (original is not None and entry.sha256 != original.sha256):
            missing.append(name)
    for name, path in {
        **{key: data_dir / key for key in sorted(contents.KEYS)},
        **contents.pending_files(data_dir),
    }.items():
        _add(writer, name, path)
    return missing


def _add(writer: ArchiveWriter, name: str, path: Path) -> Entry | None:
    """Add a file; None where there is none, or it can't be read."""
    try:
        source = path.open("rb")
    except OSError:
        return None
    with source:
        return writer.add(name, source)


@contextmanager
def _writing(file: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise BackupError(
            f"Không ghi được bản sao lưu '{file}' ({system_reason(error)}). Hãy kiểm tra quyền ghi "
            "và dung lượng đĩa, hoặc chọn nơi khác; không có tệp dở dang nào để lại."
        ) from error
