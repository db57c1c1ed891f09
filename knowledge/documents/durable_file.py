"""Files that are whole or not there: written beside their place and moved into it in one step."""

from __future__ import annotations

import os
import tempfile
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from embeddings.errors import system_reason
from knowledge.errors import StorageError

if TYPE_CHECKING:
    from collections.abc import Iterator


def write_durably(path: Path, data: bytes) -> None:
    """Write through a temporary file, so that a crash leaves the old content; raises OSError."""
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def fsync_folder(folder: Path) -> None:
    """Bring the names in `folder` to the disk, too; not every system lets a folder be synced."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


@contextmanager
def writing_below(path: Path) -> Iterator[None]:
    """Turn the operating system's refusal into the StorageError that says what to do about it."""
    try:
        yield
    except OSError as error:
        raise StorageError(
            f"Không ghi được vào '{path}' ({system_reason(error)}). Hãy kiểm tra quyền ghi và "
            "dung lượng đĩa, hoặc đặt DATA_DIR (hay --data-dir) sang thư mục khác."
        ) from error
