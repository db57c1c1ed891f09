"""Uploaded files, kept in memory and named by ids as Telegram does."""

from __future__ import annotations

import base64
import hashlib
import mimetypes
from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING, Literal

from bot.sandbox.errors import ApiError, bad_request
from bot.sandbox.limits import UPLOAD_BYTES

if TYPE_CHECKING:
    from bot.sandbox.values import Json

FileKind = Literal["photo", "document", "voice", "video", "sticker"]

_LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file with its ids; `name` is never used as a path."""

    kind: FileKind
    content: bytes
    name: str
    mime_type: str
    file_id: str
    unique_id: str
    path: str

    def json(self) -> Json:
        """Return the fields that all of the API's file objects share."""
        return {
            "file_id": self.file_id,
            "file_unique_id": self.unique_id,
            "file_size": len(self.content),
        }

    def named_json(self) -> Json:
        """Return the fields of a file that has a name (`Document`, `Audio`, …)."""
        return {**self.json(), "file_name": self.name, "mime_type": self.mime_type}


class FileStore:
    """Every file there is, by `file_id`, `file_unique_id` and path."""

    def __init__(self) -> None:
        self._by_id: dict[str, StoredFile] = {}
        self._by_unique_id: dict[str, StoredFile] = {}
        self._by_path: dict[str, StoredFile] = {}
        self._photo_sizes: dict[str, list[Json]] = {}

    def __len__(self) -> int:
        return len(self._by_id)

    def add(
        self, kind: FileKind, content: bytes, name: str = "", mime_type: str | None = None
    ) -> StoredFile:
        """Keep a file; the same bytes under the same name and kind get the same ids."""
        if len(content) > UPLOAD_BYTES:
            raise ApiError(413, "Request Entity Too Large")
        name = _base_name(name)
        mime = mime_type or mimetypes.guess_type(name)[0] or "application/octet-stream"
        key = b"\0".join([kind.encode(), name.encode(), mime.encode(), content])
        digest = base64.urlsafe_b64encode(hashlib.sha256(key).digest()).decode().rstrip("=")
        unique_id = f"AQAD{digest[:12]}"
        if unique_id in self._by_unique_id:
            return self._by_unique_id[unique_id]
        suffix = PurePath(name).suffix if PurePath(name).suffix.isascii() else ""
        path = f"{kind}s/file_{len(self._by_id)}{suffix[:10]}"
        file = StoredFile(kind, content, name, mime, f"BQACAgUAAx{digest}", unique_id, path)
        self._by_id[file.file_id] = file
        self._by_unique_id[unique_id] = file
        self._by_path[path] = file
        return file

    def by_id(self, file_id: str) -> StoredFile:
        """Return the file of that `file_id`; ApiError 400 when it is unknown."""
        try:
            return self._by_id[file_id]
        except KeyError:
            raise bad_request("wrong file identifier/HTTP URL specified") from None

    def remember_photo(self, sizes: list[Json]) -> None:
        """Keep together the `PhotoSize` objects of one photo."""
        for size in sizes:
            self._photo_sizes[size["file_id"]] = sizes

    def photo_sizes(self, file: StoredFile) -> list[Json]:
        """Return all sizes of the photo that a file is one size of."""
        return self._photo_sizes[file.file_id]

    def by_unique_id(self, unique_id: str) -> StoredFile | None:
        """Return the file of that `file_unique_id`, or None."""
        return self._by_unique_id.get(unique_id)

    def by_path(self, path: str) -> StoredFile | None:
        """Return the file of that `file_path`, or None; nothing but exact paths is known."""
        return self._by_path.get(path)


def _base_name(name: str) -> str:
    """Return a file's name without folders and control characters, at most 200 characters."""
    last = name.replace("\\", "/").rpartition("/")[2]
    clean = "".join(c for c in last if c.isprintable()).strip().strip(".") or "file"
    stem, dot, suffix = clean.rpartition(".")
    if dot and len(suffix) < 20:
        return f"{stem[: _LONGEST_NAME - len(suffix) - 1]}.{suffix}"
    return clean[:_LONGEST_NAME]
