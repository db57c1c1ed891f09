"""Excel workbooks (.xlsx): opened to be read, and written so that a text stays a text."""

from __future__ import annotations

import datetime as dt
import io
import re
import warnings
import zipfile
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from openpyxl import Workbook
    from openpyxl.cell import Cell as OpenpyxlCell

Cell = str | int | float | dt.datetime | None

CELL_CHARACTERS = 32_767
"""Characters of one cell (Excel specifications and limits)."""
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet may take for the beginning of a formula (OWASP, "CSV Injection")."""
UNDERSCORE = "_x005F_"
"""How a file writes "_" where the words after it look like the _xHHHH_ of ECMA-376."""
_LOOKS_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_TEXT = "@"
_MOMENT = "dd/mm/yyyy hh:mm:ss"


@contextmanager
def opened_workbook(data: bytes, damaged: Exception) -> Iterator[Workbook]:
    """Open a workbook for reading row by row, formulas as last counted; raises `damaged`."""
    # late: only workbooks need openpyxl
    from openpyxl import load_workbook  # noqa: PLC0415
    from openpyxl.utils.exceptions import InvalidFileException  # noqa: PLC0415

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of features that don't matter for the text
            book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
            for sheet in book.worksheets:
                sheet.reset_dimensions()  # they may claim a million rows
            yield book
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
        raise damaged from error


def workbook(
    title: str,
    columns: Sequence[str],
    rows: Iterable[Sequence[Cell]],
    widths: Sequence[float],
    *,
    editable: bool = False,
) -> bytes:
    """Return an XLSX file of one sheet with bold, frozen heads; widths in characters. Blocks.

    Characters that the format does not allow are left out. `editable` is for texts that people
    change and send back: then "28/8" stays what it is when somebody edits it, and lines wrap.
    """
    # late: only an export needs openpyxl
    from openpyxl import Workbook  # noqa: PLC0415
    from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE  # noqa: PLC0415
    from openpyxl.styles import Alignment, Font  # noqa: PLC0415
    from openpyxl.utils import get_column_letter  # noqa: PLC0415

    book = Workbook(write_only=True)
    sheet = book.create_sheet(title)
    sheet.freeze_panes = "A2"
    for number, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    bold, wrapped = Font(bold=True), Alignment(wrap_text=True, vertical="top")

    def cell(value: Cell) -> OpenpyxlCell:
        if not isinstance(value, str):
            made = WriteOnlyCell(sheet, value)
            if isinstance(value, dt.datetime):
                made.number_format = _MOMENT
            return made
        text = ILLEGAL_CHARACTERS_RE.sub("", value)[:CELL_CHARACTERS]
        made = WriteOnlyCell(sheet, _LOOKS_ESCAPED.sub(UNDERSCORE, text))
        made.data_type = "s"  # also where it looks like a formula
        if value.startswith(FORMULA_STARTS):
            made.quotePrefix = True  # it stays a text when somebody edits the cell
        if editable:
            made.number_format = _TEXT
            made.alignment = wrapped
        return made

    heads = [cell(name) for name in columns]
    for head in heads:
        head.font = bold
    sheet.append(heads)
    for values in rows:
        sheet.append([cell(value) for value in values])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()
