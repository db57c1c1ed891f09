"""Uploads that were received and are not read yet, kept on disk so that none is forgotten."""

from __future__ import annotations

import shutil
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING

import structlog
from pydantic import TypeAdapter

from bot.features.documents.pending_uploads import UPLOADS_FOLDER
from knowledge.documents.durable_file import write_durably, writing_below

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

UPLOAD_FILE = "upload.json"

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that a person sent to a chat; `origin` tells its message from any other.

    `status_id` is the bot's message that tells how far it is, None before that was sent; `attempts`
    are the readings that the end of the program cut off without a warning. `received_at` is UTC in
    ISO 8601.
    """

    token: str
    chat_id: int
    user_id: int
    origin: str
    file_id: str
    name: str
    received_at: str
    replaces: str | None = None
    status_id: int | None = None
    attempts: int = 0


_UPLOAD = TypeAdapter(Upload)


class QueuedUploads:
    """`DATA_DIR/documents/pending/<token>/upload.json`: what is to be read, or to be shown.

    Once it was read, its draft lies in the same folder; the file goes when the draft was shown.
    """

    def __init__(self, data_dir: Path) -> None:
        self._root = data_dir / UPLOADS_FOLDER
        self._uploads: dict[str, Upload] = {}
        self._writing = threading.Lock()

    def load(self) -> None:
        """Read what earlier runs left; raises StorageError."""
        with writing_below(self._root):
            self._root.mkdir(parents=True, exist_ok=True)
            found = [
                upload for path in self._root.glob(f"*/{UPLOAD_FILE}") if (upload := _read(path))
            ]
        found.sort(key=lambda upload: upload.received_at)
        self._uploads = {upload.token: upload for upload in found}

    def __iter__(self) -> Iterator[Upload]:
        """Go through them in the order they came in."""
        return iter(tuple(self._uploads.values()))

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._uploads)

    def get(self, token: str) -> Upload | None:
        """Return an upload, None if it is not there any more."""
        return self._uploads.get(token)

    def of_message(self, origin: str) -> Upload | None:
        """Return the upload that a message brought; None if that isn't waiting."""
        return next((upload for upload in self if upload.origin == origin), None)

    def of(self, user_id: int) -> list[Upload]:
        """Return a person's uploads."""
        return [upload for upload in self if upload.user_id == user_id]

    def folder(self, upload: Upload) -> Path:
        """Return where what belongs to an upload lies."""
        return self._root / upload.token

    def reserve(self, upload: Upload) -> None:
        """Take a place, at once; `keep` is to follow."""
        self._uploads[upload.token] = upload

    def keep(self, upload: Upload) -> None:
        """Write an upload, new or changed, unless it was removed meanwhile; raises StorageError.

        One whose place was only reserved loses that when it can't be written.
        """
        with self._writing:
            if upload.token not in self._uploads:
                return
            folder = self.folder(upload)
            try:
                with writing_below(self._root):
                    folder.mkdir(parents=True, exist_ok=True)
                    write_durably(folder / UPLOAD_FILE, _UPLOAD.dump_json(upload))
            except BaseException:
                if not folder.joinpath(UPLOAD_FILE).exists():
                    self._uploads.pop(upload.token, None)
                raise
            if upload.token in self._uploads:
                self._uploads[upload.token] = upload

    def remove(self, upload: Upload, *, with_files: bool) -> None:
        """Forget an upload, and what belongs to it, too, where it became no draft."""
        self._uploads.pop(upload.token, None)
        with self._writing:
            if with_files:
                shutil.rmtree(self.folder(upload), ignore_errors=True)
            else:
                self.folder(upload).joinpath(UPLOAD_FILE).unlink(missing_ok=True)


def _read(path: Path) -> Upload | None:
    """Return the upload kept at `path`, None if it is broken."""
    try:
        upload = _UPLOAD.validate_json(path.read_bytes())
    except ValueError:
        _log.error("upload_broken", token=path.parent.name)
        return None
    return upload if upload.token == path.parent.name else None
