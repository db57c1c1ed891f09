"""A file that is read where it is asked for."""

from __future__ import annotations

import os
import weakref
from typing import TYPE_CHECKING

from knowledge.errors import IndexDamagedError

if TYPE_CHECKING:
    from pathlib import Path


class PlacesInFile:
    """Reads at any place of a file. Thread-safe.

    It is not mapped: the pages of a gigabyte that questions touch would add up to all of it.
    """

    def __init__(self, path: Path) -> None:
        """Open the file; raises OSError."""
        self._path = path
        self._handle = os.open(path, os.O_RDONLY)
        weakref.finalize(self, os.close, self._handle)

    def __len__(self) -> int:
        return os.fstat(self._handle).st_size

    def read(self, start: int, size: int) -> bytes:
        """Return `size` bytes from `start` on; raises IndexDamagedError where there are less."""
        found = os.pread(self._handle, size, start)
        self._require(len(found), size)
        return found

    def read_into(self, content: memoryview, start: int) -> None:
        """Fill `content` from `start` on; raises IndexDamagedError where there is less."""
        self._require(os.preadv(self._handle, [content], start), len(content))

    def _require(self, found: int, size: int) -> None:
        if found != size:
            raise IndexDamagedError(
                f"Tệp '{self._path}' bị cắt ngắn. Hãy khởi động lại bot: tệp được lập lại."
            )
