"""What several commands are told: options, and files to read or to write."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bot.errors import FileError
from bot.office_time import Period, utc_now

_MOST_DAYS = 3660

AsJson = Annotated[bool, typer.Option("--json", help="In kết quả dạng JSON.")]
Days = Annotated[
    int, typer.Option("--days", min=1, max=_MOST_DAYS, help="Số ngày, tính cả hôm nay.")
]
TableFile = Annotated[Path, typer.Argument(help="Tệp .xlsx hoặc .csv sẽ ghi.")]


def period_of(days: int) -> Period:
    """Return the period of the last `days` days, today among them."""
    return Period.up_to(utc_now(), days)


def read_file(path: Path, most: int = -1) -> bytes:
    """Return at most the first `most` bytes of a file; raises FileError."""
    try:
        with path.open("rb") as stream:
            return stream.read(most)
    except OSError as error:
        from embeddings.errors import system_reason

        raise FileError(
            f"Không đọc được tệp '{path}' ({system_reason(error)}). Hãy kiểm tra đường dẫn."
        ) from error


def write_file(path: Path, content: bytes, *, replacing: bool = True) -> None:
    """Write a file, in the place of one that is there or not; raises FileError."""
    try:
        with path.open("wb" if replacing else "xb") as stream:
            stream.write(content)
    except FileExistsError as error:
        raise FileError(f"Tệp '{path}' đã có; hãy chọn tên khác.") from error
    except OSError as error:
        from embeddings.errors import system_reason

        raise FileError(
            f"Không ghi được tệp '{path}' ({system_reason(error)}). Hãy chọn thư mục khác."
        ) from error
