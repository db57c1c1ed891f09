"""Grids of cells, as a format lays them out, and the tables that they are."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import takewhile
from typing import TYPE_CHECKING

from embeddings.vietnamese import fold
from knowledge.articles.article import ROW_NUMBERS, Block, Paragraph, Table

if TYPE_CHECKING:
    from collections.abc import Sequence

_MAX_HEADER = 120
_MAX_HEADER_ROWS = 4
_LETTERHEAD = "cong hoa xa hoi chu nghia"
_LEVELS = " – "
_VALUE = re.compile(r"[(+-]?\d[\d.,\s/:%()–-]*(?:%|đồng|vnđ|đ)?", re.IGNORECASE)
_PLACE = re.compile(r"\(?(?:\d{1,2}|[A-ZĐ])\)?(?:\s*=.*)?")
_COLUMN_WORDS = frozenset(
    """chi chuc co dia dien don ghi gia hang ho ket kinh ky le linh loai luong ma muc nam ngay nguoi
    nhiem noi phong so stt ten thang thanh thoi thu tien tt van vi vu""".split()
)
"""First words of what the columns of office tables are called, folded."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A place of a grid. A merged cell's text stands in all places that it covers.

    `across` tells that the place continues the one to its left, `down` the one above it; `heads`
    that the format marks it as the head of a column (or that it is in bold type).
    """

    text: str = ""
    across: bool = False
    down: bool = False
    heads: bool = False


Row = list[Cell]


def table_blocks(grid: Sequence[Row], caption: str = "") -> list[Block]:
    """Return the blocks that a grid is.

    That is a Table, after a paragraph for each line above its head except the one that is its
    caption; a grid that only places text on the page (one row, one column, a letterhead) yields its
    cells as paragraphs.
    """
    rows = [row for row in _without_empty_columns(grid) if any(cell.text for cell in row)]
    if _only_places_text(rows):
        texts = [caption, *_own_texts(rows)]
        return [Paragraph(text) for text in texts if text]
    lines = [row[0].text or _own_texts([row])[0] for row in takewhile(_is_line, rows)]
    rows = rows[len(lines) :]
    if not caption and lines:
        caption = lines.pop()
    size = _header_size(rows)
    columns = _column_names(rows[:size])
    body = rows[size:]
    if columns and body and _counts_columns(body[0]):
        del body[0]
    heads = {_texts(row) for row in rows[:size]}  # said again on each page
    said = (_group_name(row) or _texts(row) for row in body)
    table = Table(tuple(texts for texts in said if texts not in heads), columns, caption)
    return [*map(Paragraph, lines), table] if table.rows else [*map(Paragraph, lines)]


def _texts(row: Row) -> tuple[str, ...]:
    return tuple(cell.text for cell in row)


def _group_name(row: Row) -> tuple[str, ...]:
    """Return a text that stands alone before empty cells over the whole width, else nothing."""
    first = next(n for n, cell in enumerate(row) if cell.text)
    alone = len(row) > 2 and first < 2 and not any(cell.text for cell in row[first + 1 :])
    return (row[first].text,) * len(row) if alone and not _is_value(row[first].text) else ()


def _own_texts(rows: Sequence[Row]) -> list[str]:
    """Return the texts of `rows`, each merged cell once."""
    cells = (cell for row in rows for cell in row if not cell.across and not cell.down)
    return [cell.text for cell in cells if cell.text]


def _without_empty_columns(grid: Sequence[Row]) -> list[Row]:
    """Return the grid with rows of one length, without the columns in which nothing begins."""
    width = max((len(row) for row in grid), default=0)
    rows = [[*row, *[Cell()] * (width - len(row))] for row in grid]
    kept = [n for n in range(width) if any(r[n].text and not r[n].across for r in rows)]
    return [[row[n] for n in kept] for row in rows]


def _only_places_text(rows: Sequence[Row]) -> bool:
    if len(rows) < 2 or len(rows[0]) < 2:
        return True
    return any(_LETTERHEAD in fold(cell.text.casefold()) for cell in rows[0])


def _is_line(row: Row) -> bool:
    """Tell whether a row is one text, over its whole width or alone in it."""
    return len(_own_texts([row])) == 1 or len({cell.text for cell in row}) == 1


def _header_size(rows: Sequence[Row]) -> int:
    """Return how many rows name the columns."""
    marked = sum(1 for _ in takewhile(_is_marked, rows))
    if 0 < marked < len(rows):
        size = min(marked, _MAX_HEADER_ROWS)
    elif rows and _names_columns(rows):
        size = 1
        while size < min(len(rows) - 1, _MAX_HEADER_ROWS) and _goes_on(rows[size - 1], rows[size]):
            size += 1
    else:
        return 0
    while size < min(len(rows) - 1, _MAX_HEADER_ROWS) and any(cell.down for cell in rows[size]):
        if not all(cell.down or not _is_value(cell.text) for cell in rows[size]):
            break
        size += 1
    return size


def _is_marked(row: Row) -> bool:
    cells = [cell for cell in row if cell.text]
    return len(cells) >= 2 and all(cell.heads for cell in cells) and not _is_line(row)


def _names_columns(rows: Sequence[Row]) -> bool:
    """Tell whether the first row is a header by its form: short, different texts, no values."""
    first, body = rows[0], rows[1:]
    names = _own_texts([first])
    if (
        len(names) < 2
        or len({name.casefold() for name in names}) < len(names)
        or any(len(name) > _MAX_HEADER or _is_value(name) for name in names)
        or names[0].endswith(":")
    ):
        return False
    if any(name.casefold() in ROW_NUMBERS for name in names):
        return True
    contrasts = any(
        values and all(map(_is_value, values))
        for values in ([row[n].text for row in body if row[n].text] for n in range(len(first)))
    )
    if contrasts:
        return True
    called = [fold(name.casefold()).split()[0] in _COLUMN_WORDS for name in names]
    return all(cell.text for cell in first) and (len(first) > 2 or all(called))


def _goes_on(above: Row, row: Row) -> bool:
    """Tell whether `row` splits up columns that the header row `above` it names together."""
    opened = [n for n, cell in enumerate(above) if _is_open(above, n)]
    if not opened or any(_is_value(row[n].text) for n in range(len(row)) if not row[n].down):
        return False
    return all(row[n].text for n in opened) and not _is_line(row)


def _is_open(row: Row, number: int) -> bool:
    """Tell whether a header cell reaches over several columns, or is left empty."""
    cell = row[number]
    following = row[number + 1] if number + 1 < len(row) else Cell("-")
    return cell.across or following.across or not following.text or not cell.text


def _column_names(rows: Sequence[Row]) -> tuple[str, ...]:
    names: list[str] = []
    for column in zip(*rows, strict=True):
        parts = dict.fromkeys(cell.text for cell in column if cell.text)
        names.append(_LEVELS.join(parts))
    return tuple(names)


def _counts_columns(row: Row) -> bool:
    """Tell whether a row only counts the columns, as under the head of official tables."""
    texts = [cell.text for cell in row if cell.text]
    return len(texts) > 2 and len(set(texts)) == len(texts) and all(map(_PLACE.fullmatch, texts))


def _is_value(text: str) -> bool:
    return _VALUE.fullmatch(text) is not None
