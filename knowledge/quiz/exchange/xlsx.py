"""The bank's table as an Excel workbook of one sheet."""

from __future__ import annotations

import datetime as dt
import io
import re
import warnings
import zipfile
from typing import TYPE_CHECKING

from knowledge.documents.archive import inspect_archive
from knowledge.errors import ArticleError, QuizFileError
from knowledge.quiz.exchange.csv import FORMULA_STARTS
from knowledge.quiz.exchange.table import COLUMNS, SheetRow, known_columns

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from openpyxl.cell import Cell
    from openpyxl.worksheet._write_only import WriteOnlyWorksheet

SHEET = "Câu hỏi"
MAX_UNPACKED_BYTES = 40 * 1024 * 1024
MAX_ROWS_WALKED = 20_000
"""Rows that are walked through, empty ones included: a cell may stand in row 1,048,576."""
_WIDTHS = (18, 24, 8, 30, 30, 14, 50, *[26] * 10, 8, 40, 26, 50, 9, 20)
_TEXT = "@"
_MOST_COLUMNS = 2 * len(COLUMNS)

# ECMA-376 writes a character as _xHHHH_, so words that look like that need their "_" written so.
_LOOKS_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_UNDERSCORE = "_x005F_"


def xlsx_bytes(rows: Iterable[tuple[str, ...]]) -> bytes:
    """Return a workbook with the rows under their headings; every cell is a text. Blocks."""
    # late: only an export needs openpyxl
    from openpyxl import Workbook  # noqa: PLC0415
    from openpyxl.styles import Font  # noqa: PLC0415
    from openpyxl.utils import get_column_letter  # noqa: PLC0415

    book = Workbook(write_only=True)
    sheet = book.create_sheet(SHEET)
    sheet.freeze_panes = "A2"
    for number, width in enumerate(_WIDTHS, 1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    heads = [_cell(sheet, name) for name in COLUMNS]
    for head in heads:
        head.font = Font(bold=True)
    sheet.append(heads)
    for row in rows:
        sheet.append([_cell(sheet, text) for text in row])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _cell(sheet: WriteOnlyWorksheet, text: str) -> Cell:
    from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415 -- late, as above
    from openpyxl.styles import Alignment  # noqa: PLC0415

    made: Cell = WriteOnlyCell(sheet, _LOOKS_ESCAPED.sub(_UNDERSCORE, text))
    made.data_type = "s"  # also where it looks like a formula
    made.number_format = _TEXT  # so that "28/8" stays what it is when somebody edits it
    made.alignment = Alignment(wrap_text=True, vertical="top")
    if text.startswith(FORMULA_STARTS):
        made.quotePrefix = True
    return made


def xlsx_rows(data: bytes, file: str) -> list[SheetRow]:
    """Return the rows of the sheet whose first filled row names columns; formulas as last counted.

    Raises QuizFileError for a file that is no workbook, unpacks to too much, has too many rows or
    something on other sheets, which would be lost.
    """
    _require_safe(data, file)
    from openpyxl import load_workbook  # noqa: PLC0415 -- late, as above
    from openpyxl.utils.exceptions import InvalidFileException  # noqa: PLC0415

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of features that don't matter for the text
            book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
            sheets: dict[str, list[SheetRow]] = {}
            for sheet in book.worksheets:
                sheet.reset_dimensions()  # they may claim a million rows
                values = sheet.iter_rows(values_only=True, max_col=_MOST_COLUMNS)
                if rows := list(_rows(values, f"{file}', trang '{sheet.title}")):
                    sheets[sheet.title] = rows
            book.close()
    except (
        InvalidFileException,
        zipfile.BadZipFile,
        KeyError,
        ValueError,
        TypeError,
        AttributeError,
        IndexError,
        SyntaxError,
    ) as error:
        raise QuizFileError(
            f"Tệp '{file}' bị hỏng; hãy mở bằng Excel, lưu lại rồi làm lại."
        ) from error
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
    return str(value).replace(_UNDERSCORE, "_")


def _require_safe(data: bytes, file: str) -> None:
    """Look through the archive before openpyxl unpacks it: a zip bomb, XML entities, a password."""
    if not data.startswith(b"PK"):
        raise QuizFileError(f"Tệp '{file}' không phải bảng tính .xlsx; hãy lưu lại bằng Excel.")
    try:
        inspect_archive(data)
    except ArticleError as error:
        raise QuizFileError(f"Không mở được '{file}': {error}.") from error
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        size = sum(part.file_size for part in archive.infolist())
    if size > MAX_UNPACKED_BYTES:
        raise QuizFileError(
            f"Tệp '{file}' khi giải nén lớn {size / 1024**2:.0f} MB, tối đa "
            f"{MAX_UNPACKED_BYTES // 1024**2} MB."
        )
