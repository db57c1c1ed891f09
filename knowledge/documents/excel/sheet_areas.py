"""The tables and texts of a sheet, which blank rows and columns set apart."""

from __future__ import annotations

from bisect import bisect_left
from itertools import islice, pairwise
from typing import TYPE_CHECKING

from knowledge.articles.grid import Cell, Row, holds_data, is_text, names_columns

if TYPE_CHECKING:
    from collections.abc import Iterator

    from knowledge.documents.excel.package import Sheet

Area = dict[int, dict[int, Cell]]
"""Cells by row and column; blank ones are not there."""
_MAX_CARRIED = 1_000_000  # places that merged cells of a sheet may fill
_MAX_GAPS = 20  # blank columns that are tried
_MAX_SEEN = 200  # rows by which a head is told
_BLANK = Cell()


def areas(sheet: Sheet) -> list[list[Row]]:
    """Return the grids that a sheet is made of, in reading order, without what it hides."""
    return [_grid(area) for area in _areas(_displayed(sheet))]


def _displayed(sheet: Sheet) -> Area:
    """Return the displayed cells, numbered without the hidden rows and columns between them."""
    cells: Area = {
        row: {
            column: Cell(text, heads=(row, column) in sheet.bold)
            for column, text in texts.items()
            if text
        }
        for row, texts in sheet.cells.items()
    }
    for head in sheet.heads:
        for column, cell in cells.get(head.top, {}).items():
            if head.left <= column <= head.right:
                cells[head.top][column] = Cell(cell.text, heads=True)
    _carry(sheet, cells)
    hidden_rows, hidden_columns = sorted(sheet.hidden_rows), sorted(sheet.hidden_columns)
    return {
        row - bisect_left(hidden_rows, row): {
            column - bisect_left(hidden_columns, column): texts[column]
            for column in sorted(texts)
            if column not in sheet.hidden_columns
        }
        for row, texts in sorted(cells.items())
        if row not in sheet.hidden_rows
    }


def _carry(sheet: Sheet, cells: Area) -> None:
    """Write the text of each merged cell into all places that it covers and that are in use."""
    if not cells:
        return
    last_row = max(cells)
    last_column = max((max(texts) for texts in cells.values() if texts), default=0)
    left = _MAX_CARRIED
    for place in sheet.merged:
        cell = cells.get(place.top, {}).get(place.left)
        if cell is None:
            continue
        rows = _shown(range(place.top, min(place.bottom, last_row) + 1), sheet.hidden_rows)
        columns = _shown(range(place.left, min(place.right, last_column) + 1), sheet.hidden_columns)
        left -= len(rows) * len(columns)
        if left < 0:
            return
        for row in rows:
            for column in columns:
                cells.setdefault(row, {})[column] = Cell(
                    cell.text, column > columns[0], row > rows[0], cell.heads
                )


def _shown(places: range, hidden: set[int]) -> list[int]:
    return [place for place in places if place not in hidden]


def _areas(area: Area) -> Iterator[Area]:
    area = {row: texts for row, texts in area.items() if texts}
    if sides := _sides(area):
        for side in sides:
            yield from _areas(side)
        return
    current: Area = {}  # a table with the lines above it
    columns: set[int] = set()  # which it uses
    lines: Area = {}  # what may be the lines above the next one
    for band in _bands(area):
        if _sides(band):
            yield from filter(None, (current, lines))
            current, lines = {}, {}
            yield from _areas(band)
        elif is_text(_grid(band)):
            lines |= band
        elif current and _continues(band, columns):
            current |= lines | band
            lines = {}
        else:
            if current:
                yield current
            current, lines = lines | band, {}
            columns = set(_columns(current))
    yield from filter(None, (current, lines))


def _bands(area: Area) -> Iterator[Area]:
    """Yield the parts of an area between blank rows."""
    band: Area = {}
    above = 0
    for row, texts in area.items():
        if band and row - above > 1:
            yield band
            band = {}
        band[row] = texts
        above = row
    if band:
        yield band


def _sides(area: Area) -> list[Area]:
    """Return the two parts of an area beside a blank column, if both are tables of their own."""
    used = _columns(area)
    gaps = [right for left, right in pairwise(used) if right - left > 1]
    for gap in gaps[:_MAX_GAPS]:
        sides = [_part(area, range(gap)), _part(area, range(gap, used[-1] + 1))]
        if all(any(map(_begins_table, _bands(side))) for side in sides):
            return sides
    return []


def _continues(band: Area, columns: set[int]) -> bool:
    """Tell whether a band holds more rows of the table above it, which has these columns."""
    used = _columns(band)
    like = len(used) == len(columns) or holds_data(_grid(band))
    return like and columns.issuperset(used) and not _begins_table(band)


def _begins_table(band: Area) -> bool:
    return names_columns(_grid(dict(islice(band.items(), _MAX_SEEN))))


def _part(area: Area, columns: range) -> Area:
    parts = ({c: cell for c, cell in texts.items() if c in columns} for texts in area.values())
    return {row: texts for row, texts in zip(area, parts, strict=True) if texts}


def _grid(area: Area) -> list[Row]:
    columns = _columns(area)
    return [[texts.get(column, _BLANK) for column in columns] for texts in area.values()]


def _columns(area: Area) -> list[int]:
    return sorted({column for texts in area.values() for column in texts})
