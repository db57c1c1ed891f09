"""Files that are whole or not there: written beside their place and moved into it in one step."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from embeddings.errors import system_reason
from knowledge.errors import StorageError


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


def unwritable(path: Path, error: OSError) -> StorageError:
    """Return the error that says why nothing can be written below `path`, and what to do."""
    return StorageError(
        f"Không ghi được vào '{path}' ({system_reason(error)}). Hãy kiểm tra quyền ghi và "
        "dung lượng đĩa, hoặc đặt DATA_DIR (hay --data-dir) sang thư mục khác."
    )
