"""The bank's table as an Excel workbook of one sheet."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from knowledge.documents.archive import inspect_archive
from knowledge.documents.workbook import UNDERSCORE, opened_workbook, workbook
from knowledge.errors import ArticleError, QuizFileError
from knowledge.quiz.exchange.table import COLUMNS, SheetRow, known_columns

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

SHEET = "Câu hỏi"
MAX_UNPACKED_BYTES = 40 * 1024 * 1024
MAX_ROWS_WALKED = 20_000
"""Rows that are walked through, empty ones included: a cell may stand in row 1,048,576."""
_WIDTHS = (18, 24, 8, 30, 30, 14, 50, *[26] * 10, 8, 40, 26, 50, 9, 20)
_MOST_COLUMNS = 2 * len(COLUMNS)


def xlsx_bytes(rows: Iterable[tuple[str, ...]]) -> bytes:
    """Return a workbook with the rows under their headings; every cell is a text. Blocks."""
    return workbook(SHEET, COLUMNS, rows, _WIDTHS, editable=True)


def xlsx_rows(data: bytes, file: str) -> list[SheetRow]:
    """Return the rows of the sheet whose first filled row names columns; formulas as last counted.

    Raises QuizFileError for a file that is no workbook, unpacks to too much, has too many rows or
    something on other sheets, which would be lost.
    """
    _require_safe(data, file)
    damaged = QuizFileError(f"Tệp '{file}' bị hỏng; hãy mở bằng Excel, lưu lại rồi làm lại.")
    sheets: dict[str, list[SheetRow]] = {}
    with opened_workbook(data, damaged) as book:
        for sheet in book.worksheets:
            values = sheet.iter_rows(values_only=True, max_col=_MOST_COLUMNS)
            if rows := list(_rows(values, f"{file}', trang '{sheet.title}")):
                sheets[sheet.title] = rows
    return _only(sheets, file)


def _only(sheets: dict[str, list[SheetRow]], file: str) -> list[SheetRow]:
    if not sheets:
        return []
    named = [title for title, rows in sheets.items() if known_columns(rows[0].cells) > 1]
    title = named[0] if named else next(iter(sheets))
    if others := [other for other in sheets if other != title]:
        raise QuizFileError(
            f"Tệp '{file}': ngoài trang “{title}” còn dữ liệu ở trang “{others[0]}”; hãy để mỗi "
            "tệp một trang."
        )
    return sheets[title]


def _rows(values: Iterable[Sequence[object]], where: str) -> Iterator[SheetRow]:
    """Yield the rows that hold something."""
    for number, row in enumerate(values, 1):
        if number > MAX_ROWS_WALKED:
            raise QuizFileError(f"Tệp '{where}' dài quá {MAX_ROWS_WALKED} dòng.")
        if any(value is not None and value != "" for value in row):
            problems = [problem for value in row if (problem := _no_text(value)) is not None]
            yield SheetRow(number, tuple(map(_text, row)), problems[0] if problems else None)


def _no_text(value: object) -> str | None:
    """Return why a cell can't be taken for what somebody wrote."""
    if isinstance(value, (dt.date, dt.time, dt.timedelta)):
        return f"có ô là ngày giờ của bảng tính ({value}); hãy định dạng ô là Văn bản rồi gõ lại"
    if isinstance(value, bool) or (isinstance(value, float) and not value.is_integer()):
        return f"có ô là {value} của bảng tính; hãy định dạng ô là Văn bản rồi gõ lại"
    return None


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).replace(UNDERSCORE, "_")


def _require_safe(data: bytes, file: str) -> None:
    """Look through the archive before openpyxl unpacks it: a zip bomb, XML entities, a password."""
    if not data.startswith(b"PK"):
        raise QuizFileError(f"Tệp '{file}' không phải bảng tính .xlsx; hãy lưu lại bằng Excel.")
    try:
        size = inspect_archive(data).size
    except ArticleError as error:
        raise QuizFileError(f"Không mở được '{file}': {error}.") from error
    if size > MAX_UNPACKED_BYTES:
        raise QuizFileError(
            f"Tệp '{file}' khi giải nén lớn {size / 1024**2:.0f} MB, tối đa "
            f"{MAX_UNPACKED_BYTES // 1024**2} MB."
        )
