"""What files were when they were written, so that damage is found when they are opened."""

from __future__ import annotations

import json
import os
import zlib
from typing import TYPE_CHECKING

from knowledge.documents.durable_file import write_durably

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_FORMAT = 2  # of all files of the derived folder; others are made anew
_CHECKED = 4 << 20
"""Bytes of each file that its checksum is of; reading gigabytes would take longer than opening."""


class BrokenSealError(ValueError):
    """A file is missing, too short or not what was written, or nothing was sealed."""


def write_seal(path: Path, root: Path, files: Iterable[tuple[Path, int]], count: int) -> None:
    """Note the first bytes of `files`, all below `root`, and a `count`; raises OSError."""
    sealed = []
    for file, size in files:
        with file.open("rb") as content:
            os.fsync(content.fileno())
            sealed.append(
                [str(file.relative_to(root)), size, _checksum(content.read(_CHECKED)[:size])]
            )
    write_durably(path, json.dumps({"format": _FORMAT, "count": count, "files": sealed}).encode())


def check_seal(path: Path, root: Path) -> int:
    """Return the count if the files below `root` are as they were; raises BrokenSealError."""
    try:
        seal = json.loads(path.read_bytes())
        if seal["format"] != _FORMAT:
            raise BrokenSealError(f"{path} has format {seal['format']}, not {_FORMAT}")
        for name, size, checksum in seal["files"]:
            with root.joinpath(name).open("rb") as content:
                length = os.fstat(content.fileno()).st_size
                if length < size or _checksum(content.read(min(size, _CHECKED))) != checksum:
                    raise BrokenSealError(f"{name} is not as it was written")
        return int(seal["count"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise BrokenSealError(f"{path}: {error}") from error


def _checksum(content: bytes) -> int:
    return zlib.crc32(content)
