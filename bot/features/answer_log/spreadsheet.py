"""The record as a spreadsheet: XLSX for people, CSV for programs and old Excels."""

from __future__ import annotations

import csv
import datetime as dt
import io
from typing import TYPE_CHECKING

from bot.features.answer_log import texts
from bot.office_time import office_clock
from knowledge.documents.workbook import FORMULA_STARTS, workbook

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from bot.features.answer_log.rows import RecordRow
    from knowledge.documents.workbook import Cell

_WIDTHS = (11, 18, 8, 9, 60, 40, 10, 10, 10, 10, 40, 40, 80, 8, 8, 24, 18)
_UTF8_MARK = "\ufeff"  # without it Excel takes a CSV file for the system's code page


def xlsx(rows: Iterable[RecordRow]) -> bytes:
    """Return the rows as an XLSX file; a text never becomes a formula. Blocks."""
    return workbook(texts.SHEET, texts.COLUMNS, _table(rows), _WIDTHS)


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
    if isinstance(value, str) and value.startswith(FORMULA_STARTS):
        return f"'{value}"
    return value


def _table(rows: Iterable[RecordRow]) -> Iterator[Sequence[Cell]]:
    """Yield each row's cells in the order of COLUMNS; moments as the office's clocks show them."""
    for row in rows:
        yield (
            row.answer_id,
            office_clock(row.shown_at),
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
            None if row.handled_at is None else office_clock(row.handled_at),
        )
