"""Reads Excel workbooks (.xlsx)."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from knowledge.articles.article import Block, Heading
from knowledge.articles.characters import tidy
from knowledge.articles.grid import Cell, table_blocks
from knowledge.articles.reading import DocumentFormat, Reading
from knowledge.documents.workbook import opened_workbook
from knowledge.errors import ArticleError

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_ROWS = 5_000
"""Filled rows that are read of a workbook; the rest is left out with a note."""
MAX_COLUMNS = 60
_MAX_ROWS_WALKED = 300_000  # empty ones included: a cell may stand in row 1,048,576
_MAX_CELL = 2_000


def read_spreadsheet(data: bytes) -> Reading:
    """Return a heading for each sheet and a list item for each row: "column: value; …".

    Formulas count with the value that Excel stored. Raises ArticleError when openpyxl cannot open
    the workbook or nothing is in it.
    """
    damaged = ArticleError("bảng tính bị hỏng; hãy mở bằng Excel, lưu lại rồi gửi lại")
    reader = _WorkbookReader()
    with opened_workbook(data, damaged) as book:
        for sheet in book.worksheets:
            if sheet.sheet_state != "visible":
                reader.notes.append(f"Bỏ qua trang tính ẩn “{sheet.title[:60]}”.")
                continue
            reader.read(sheet.title, sheet.iter_rows(values_only=True))
        title = book.properties.title or None
    if not reader.rows:
        raise ArticleError("bảng tính không có dữ liệu nào; hãy bổ sung nội dung")
    return Reading(
        DocumentFormat.EXCEL, tuple(reader.blocks), title, notes=tuple(reader.finished_notes())
    )


class _WorkbookReader:
    """Gathers the rows of all sheets within the caps."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.notes: list[str] = []
        self.rows = 0
        self._walked = 0
        self._left_out = 0
        self._wide = False

    def read(self, title: str, rows: Iterator[tuple[object, ...]]) -> None:
        """Add a sheet."""
        self.blocks.append(Heading(" ".join(tidy(title).split()) or "Trang", 2))
        grid: list[list[Cell]] = []
        for values in rows:
            self._walked += 1
            if self._walked > _MAX_ROWS_WALKED:
                self.notes.append(
                    f"Trang tính “{title[:60]}” quá dài; tôi chỉ xem {_MAX_ROWS_WALKED} dòng đầu."
                )
                return
            self._wide = self._wide or len(values) > MAX_COLUMNS
            cells = [_cell(value) for value in values[:MAX_COLUMNS]]
            if not any(cells):
                continue
            if self.rows >= MAX_ROWS:
                self._left_out += 1
            else:
                grid.append([Cell(cell) for cell in cells])
                self.rows += 1
        self.blocks.extend(table_blocks(grid))

    def finished_notes(self) -> list[str]:
        """Return all notes, with what the caps left out."""
        notes = list(self.notes)
        if self._left_out:
            notes.append(
                f"Bảng tính có {self.rows + self._left_out} dòng; tôi chỉ lấy {MAX_ROWS} dòng "
                f"đầu, bỏ {self._left_out} dòng. Hãy chia thành nhiều tệp nếu cần tất cả."
            )
        if self._wide:
            notes.append(f"Có dòng dài hơn {MAX_COLUMNS} cột; tôi chỉ lấy {MAX_COLUMNS} cột đầu.")
        return notes


def _cell(value: object) -> str:
    match value:
        case None:
            shown = ""
        case bool():
            shown = "Có" if value else "Không"
        case dt.datetime() if value.time() != dt.time():
            shown = f"{value:%H:%M %d/%m/%Y}"
        case dt.date():
            shown = f"{value:%d/%m/%Y}"
        case dt.time():
            shown = f"{value:%H:%M}"
        case float():
            shown = str(int(value)) if value.is_integer() else f"{value:.10g}".replace(".", ",")
        case _:
            shown = " ".join(tidy(str(value)[:_MAX_CELL]).split())
    return shown
