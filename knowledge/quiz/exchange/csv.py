"""The bank's table as CSV, in UTF-8 with the mark by which spreadsheets know it."""

from __future__ import annotations

import codecs
import csv
import io
from typing import TYPE_CHECKING

from knowledge.documents.workbook import FORMULA_STARTS
from knowledge.errors import QuizFileError
from knowledge.quiz.exchange.table import COLUMNS, SheetRow, known_columns

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_GUARD = "'"
_GUARDED = (*FORMULA_STARTS, _GUARD)
_SEPARATORS = (",", ";", "\t")


def csv_bytes(rows: Iterable[tuple[str, ...]]) -> bytes:
    """Return the rows under their headings.

    A cell that a spreadsheet would run as a formula gets an apostrophe before it, and so does one
    that begins with an apostrophe, so that reading takes off exactly what was put there.
    """
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow(COLUMNS)
    writer.writerows([_guarded(cell) for cell in row] for row in rows)
    return file.getvalue().encode("utf-8-sig")


def csv_rows(data: bytes, file: str) -> Iterator[SheetRow]:
    """Yield the rows of a CSV file that is separated by commas, semicolons or tabs.

    UTF-8, or UTF-16 with its mark as Excel's "Unicode text". Raises QuizFileError naming the row.
    """
    utf16 = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        text = data.decode("utf-16" if utf16 else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise QuizFileError(
            f"Tệp '{file}' không phải UTF-8; hãy lưu lại bằng “CSV UTF-8” hoặc dùng .xlsx."
        ) from error
    first = next((line for line in text.splitlines() if line.strip()), "")
    separator = max(_SEPARATORS, key=lambda mark: known_columns(_cells(first, mark)))
    number = 0
    try:
        for cells in csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True):
            number += 1
            yield SheetRow(number, tuple(map(_unguarded, cells)))
    except csv.Error as error:
        raise QuizFileError(
            f"Tệp '{file}', dòng {number + 1}: không phải CSV hợp lệ (dấu ngoặc kép chưa đóng hoặc "
            "ô quá dài)."
        ) from error


def _cells(line: str, separator: str) -> list[str]:
    return next(csv.reader([line], delimiter=separator), [])


def _guarded(cell: str) -> str:
    return f"{_GUARD}{cell}" if cell.startswith(_GUARDED) else cell


def _unguarded(cell: str) -> str:
    return cell[1:] if cell.startswith(_GUARD) and cell[1:].startswith(_GUARDED) else cell
