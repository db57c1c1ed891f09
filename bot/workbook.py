"""Tables as XLSX files in which a text stays a text."""

from __future__ import annotations

import datetime as dt
import io
from typing import TYPE_CHECKING

from bot.office_time import OFFICE_TIME

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from openpyxl.cell import Cell as OpenpyxlCell

Cell = str | int | float | dt.datetime | None

CELL_CHARACTERS = 32_767
"""Characters of one cell (Excel specifications and limits)."""
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet may take for the beginning of a formula (OWASP, "CSV Injection")."""


def workbook(
    title: str, columns: Sequence[str], rows: Iterable[Sequence[Cell]], widths: Sequence[float]
) -> bytes:
    """Return an XLSX file of one sheet with bold, frozen heads; widths in characters. Blocks.

    Characters that the format does not allow are left out.
    """
    # late: only an export needs openpyxl
    from openpyxl import Workbook  # noqa: PLC0415
    from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE  # noqa: PLC0415
    from openpyxl.styles import Font  # noqa: PLC0415
    from openpyxl.utils import get_column_letter  # noqa: PLC0415

    book = Workbook(write_only=True)
    sheet = book.create_sheet(title)
    sheet.freeze_panes = "A2"
    for number, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    bold = Font(bold=True)

    def cell(value: Cell) -> OpenpyxlCell:
        if not isinstance(value, str):
            made = WriteOnlyCell(sheet, value)
            if isinstance(value, dt.datetime):
                made.number_format = "dd/mm/yyyy hh:mm:ss"
            return made
        made = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub("", value)[:CELL_CHARACTERS])
        made.data_type = "s"
        if value.startswith(FORMULA_STARTS):
            made.quotePrefix = True  # it stays a text when somebody edits the cell
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


def office_clock(moment: dt.datetime) -> dt.datetime:
    """Return the office's time without a zone, which spreadsheets don't know."""
    return moment.astimezone(OFFICE_TIME).replace(tzinfo=None, microsecond=0)
