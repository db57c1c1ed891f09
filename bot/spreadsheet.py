"""Tables as files that spreadsheets open: XLSX for people, CSV for programs and old Excels."""

from __future__ import annotations

import csv
import datetime as dt
import io
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from knowledge.documents.workbook import FORMULA_STARTS, Cell, workbook

if TYPE_CHECKING:
    from collections.abc import Sequence


class FileKind(StrEnum):
    """What a table can be sent or written as: the ending of the file's name."""

    XLSX = "xlsx"
    CSV = "csv"


@dataclass(frozen=True, slots=True)
class Spreadsheet:
    """A table with its title, its heads and the widths of its columns in characters."""

    title: str
    columns: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    widths: Sequence[float]

    def file(self, kind: FileKind) -> bytes:
        """Return it as a file. Blocks."""
        if kind is FileKind.XLSX:
            return workbook(self.title, self.columns, self.rows, self.widths)
        text = io.StringIO(newline="")
        writer = csv.writer(text)
        writer.writerow(self.columns)
        writer.writerows([_plain(value) for value in row] for row in self.rows)
        return text.getvalue().encode("utf-8-sig")  # Excel takes it for UTF-8 only with the mark


def _plain(value: Cell) -> str | float | int | None:
    """Return what CSV holds of a value: a text never becomes a formula."""
    if isinstance(value, dt.datetime):
        return value.strftime("%d/%m/%Y %H:%M:%S")
    if isinstance(value, str) and value.startswith(FORMULA_STARTS):
        return f"'{value}"
    return value
