"""The hashes of article files, read anew only for files that may have changed."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING

from knowledge.documents.durable_file import write_durably, writing_below
from knowledge.documents.loader import content_hash, signature

if TYPE_CHECKING:
    from pathlib import Path

    from knowledge.documents.loader import ArticleFile

# A file may change again within the grain of its file system's clock (2 s on FAT).
_SETTLED_NS = 3_000_000_000


class ContentHashes:
    """Remembers the hash of each file with its size, times and inode.

    The memory is a file that may be lost at any time: then everything is read again.
    """

    def __init__(self, memory: Path) -> None:
        self._memory = memory
        self._known = _read(memory)
        self._seen: dict[str, tuple[str, str]] = {}

    def of(self, file: ArticleFile) -> str:
        """Return the hash of `file`; raises ArticleError like `content_hash`."""
        try:
            mark, changed = signature(file)
        except OSError:
            return content_hash(file)  # which says what is wrong
        known = self._known.get(file.article_id)
        digest = known[1] if known is not None and known[0] == mark else content_hash(file)
        if time.time_ns() - changed > _SETTLED_NS:  # the file system's clock is the real one
            self._seen[file.article_id] = (mark, digest)
        return digest

    def save(self) -> None:
        """Remember the files asked for, and only those; raises StorageError."""
        if self._seen != self._known:
            with writing_below(self._memory.parent):
                write_durably(self._memory, json.dumps(self._seen).encode())
            self._known = self._seen


def _read(memory: Path) -> dict[str, tuple[str, str]]:
    try:
        fields = json.loads(memory.read_bytes())
        return {str(name): (str(mark), str(digest)) for name, (mark, digest) in fields.items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}
