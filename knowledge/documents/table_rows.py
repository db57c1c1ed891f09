"""Turns the rows of a table into lines that can be read, and found, on their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from knowledge.articles.article import Block, BlockKind

if TYPE_CHECKING:
    from collections.abc import Sequence

_MAX_HEADER = 80
_ROW_NUMBERS = frozenset({"stt", "tt", "số tt", "số thứ tự"})
_LETTERHEAD = "cộng hòa xã hội chủ nghĩa"


def is_header(row: Sequence[str]) -> bool:
    """Tell whether `row` names columns: two or more short, different names and no number."""
    names = [cell for cell in row if cell]
    return (
        len(names) >= 2
        and len({name.casefold() for name in names}) == len(names)
        and all(len(name) <= _MAX_HEADER and not _is_number(name) for name in names)
    )


def row_text(header: Sequence[str], row: Sequence[str]) -> str:
    """Return "column: value; column: value" for the cells that hold something.

    A column that only counts the rows is left out; a cell without a name stands alone.
    """
    parts = []
    for number, value in enumerate(row):
        name = header[number] if number < len(header) else ""
        if value and name.casefold() not in _ROW_NUMBERS:
            parts.append(f"{name.rstrip(':')}: {value}" if name and name != value else value)
    return "; ".join(parts)


def table_blocks(rows: Sequence[Sequence[str]]) -> list[Block]:
    """Return the blocks of a table in a text.

    With column names, a list item a row; a table that only places text on the page (one row, one
    column, a letterhead) yields its cells as paragraphs.
    """
    filled = [row for row in rows if any(row)]
    if _only_places_text(filled):
        return [Block(BlockKind.PARAGRAPH, cell) for row in filled for cell in row if cell]
    header: Sequence[str] = ()
    if is_header(filled[0]) and all(filled[0]):
        header, *filled = filled
    texts = (row_text(header, row) for row in filled)
    return [Block(BlockKind.LIST_ITEM, text) for text in texts if text]


def _only_places_text(rows: Sequence[Sequence[str]]) -> bool:
    if len(rows) < 2 or max(len(row) for row in rows) < 2:
        return True
    return any(_LETTERHEAD in cell.casefold().replace("hoà", "hòa") for cell in rows[0])


def _is_number(text: str) -> bool:
    return text.replace(".", "").replace(",", "").replace("%", "").strip().isdecimal()
