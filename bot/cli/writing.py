"""Files that commands write where they are told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.errors import OutputFileError
from embeddings.system_errors import system_reason

if TYPE_CHECKING:
    from pathlib import Path


def write_file(path: Path, content: bytes) -> None:
    """Write a file, replacing what was there; raises OutputFileError."""
    try:
        path.write_bytes(content)
    except OSError as error:
        raise OutputFileError(
            f"Không ghi được tệp '{path}' ({system_reason(error)}). Hãy chọn thư mục khác."
        ) from error
