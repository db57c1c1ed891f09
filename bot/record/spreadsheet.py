"""The record as a spreadsheet: XLSX for people, CSV for programs and old Excels."""

from __future__ import annotations

import csv
import datetime as dt
import io
from typing import TYPE_CHECKING

from bot.office_time import OFFICE_TIME
from bot.texts import record as texts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from openpyxl.cell import Cell as OpenpyxlCell

    from bot.record.record_rows import RecordRow

Cell = str | int | float | dt.datetime | None

CELL_CHARACTERS = 32_767
"""Characters of one cell (Excel specifications and limits)."""
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")  # OWASP, "CSV Injection"
_WIDTHS = (11, 18, 8, 9, 60, 40, 10, 10, 10, 10, 40, 40, 80, 8, 8, 24, 18)
_UTF8_MARK = "\ufeff"  # without it Excel takes a CSV file for the system's code page


def xlsx(rows: Iterable[RecordRow]) -> bytes:
    """Return the rows as an XLSX file; a text never becomes a formula. Blocks."""
    # late: only an export needs openpyxl
    from openpyxl import Workbook  # noqa: PLC0415
    from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415
    from openpyxl.styles import Font  # noqa: PLC0415

    book = Workbook(write_only=True)
    sheet = book.create_sheet(texts.SHEET)
    sheet.freeze_panes = "A2"
    for number, width in enumerate(_WIDTHS):
        sheet.column_dimensions[chr(ord("A") + number)].width = width
    bold = Font(bold=True)

    def cell(value: Cell) -> OpenpyxlCell:
        if not isinstance(value, str):
            made = WriteOnlyCell(sheet, value)
            if isinstance(value, dt.datetime):
                made.number_format = "dd/mm/yyyy hh:mm:ss"
            return made
        made = WriteOnlyCell(sheet, value[:CELL_CHARACTERS])
        made.data_type = "s"
        if value.startswith(_FORMULA_STARTS):
            made.quotePrefix = True  # it stays a text when somebody edits the cell
        return made

    heads = [cell(name) for name in texts.COLUMNS]
    for head in heads:
        head.font = bold
    sheet.append(heads)
    for values in _table(rows):
        sheet.append([cell(value) for value in values])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def csv_file(rows: Iterable[RecordRow]) -> bytes:
    """Return the rows as CSV in UTF-8 with a byte order mark, as Excel wants it. Blocks.

    A text that a spreadsheet would run as a formula gets an apostrophe before it.
    """
    file = io.StringIO(newline="")
    file.write(_UTF8_MARK)
    writer = csv.writer(file)
    writer.writerow(texts.COLUMNS)
    writer.writerows([_plain(value) for value in values] for values in _table(rows))
    return file.getvalue().encode()


def _plain(value: Cell) -> str | float | int | None:
    if isinstance(value, dt.datetime):
        return value.strftime("%d/%m/%Y %H:%M:%S")
    if isinstance(value, str) and value.startswith(_FORMULA_STARTS):
        return f"'{value}"
    return value


def _table(rows: Iterable[RecordRow]) -> Iterator[Sequence[Cell]]:
    """Yield each row's cells in the order of COLUMNS; moments as the office's clocks show them."""
    for row in rows:
        yield (
            row.answer_id,
            _clock(row.shown_at),
            texts.CHAT_KINDS[row.chat_kind],
            row.person,
            row.question,
            row.restored_question or "",
            texts.REFUSED if row.refused else texts.ANSWERED,
            row.confidence,
            row.kb_version,
            row.latency_ms,
            "\n".join(dict.fromkeys(passage.title for passage in row.passages)),
            "\n".join(dict.fromkeys(p.heading for p in row.passages if p.heading)),
            "\n".join(passage.quote for passage in row.passages),
            row.up,
            row.down,
            ", ".join(texts.REASONS[reason] for reason in dict.fromkeys(row.reasons)),
            None if row.handled_at is None else _clock(row.handled_at),
        )


def _clock(moment: dt.datetime) -> dt.datetime:
    """Return the office's time without a zone, which spreadsheets don't know."""
    return moment.astimezone(OFFICE_TIME).replace(tzinfo=None, microsecond=0)
