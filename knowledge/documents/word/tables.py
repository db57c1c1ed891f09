"""Reads the tables of Word documents into grids."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from knowledge.articles.article import Block, Note, Table, lines_of
from knowledge.articles.grid import Cell, Row
from knowledge.documents.word.package import Element, W, is_on, number, value

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_WRAPPERS = frozenset(f"{W}{name}" for name in ("sdt", "sdtContent", "customXml"))
_MAX_SPAN = 64
_BOLD_ROWS = 6
"""How many rows at the top may be the head by being in bold type."""
_ROWS_LEFT_OUT = {"del": "hàng đã xóa (theo dõi thay đổi)", "hidden": "hàng ẩn"}
_CELL_LEFT_OUT = "ô đã xóa (theo dõi thay đổi)"


class CellReader(Protocol):
    """What reads the cells of a table."""

    def cell_blocks(self, cell: Element) -> list[Block]:
        """Return what a cell holds."""

    def is_bold(self, cell: Element) -> bool:
        """Tell whether all text of a cell is in bold type."""

    def heads_first_row(self, table: Element) -> bool:
        """Tell whether a table's style sets its first row in bold type."""

    def leave_out(self, what: str, element: Element) -> None:
        """Note that an element is not read."""


@dataclass(slots=True)
class WordTable:
    """A table's places, and what its cells hold in reading order."""

    grid: list[Row] = field(default_factory=list)
    contents: list[Block] = field(default_factory=list)


def read_table(table: Element, reader: CellReader) -> WordTable:
    """Return the grid of a table without the rows and cells that are deleted or hidden."""
    found = WordTable()
    merged: dict[int, Cell] = {}
    heads_first = reader.heads_first_row(table)
    for row in _parts(table, f"{W}tr"):
        properties = row.find(f"{W}trPr")
        stated = {name: is_on(_child(properties, name)) for name in (*_ROWS_LEFT_OUT, "tblHeader")}
        if reason := next((text for name, text in _ROWS_LEFT_OUT.items() if stated[name]), ""):
            reader.leave_out(reason, row)
            continue
        heads = stated["tblHeader"] or (heads_first and not found.grid)
        before = number(value(_child(properties, "gridBefore")))
        cells: Row = [Cell()] * min(before, _MAX_SPAN)
        for cell in _parts(row, f"{W}tc"):
            look = cell.find(f"{W}tcPr")
            if _child(look, "cellDel") is not None:
                reader.leave_out(_CELL_LEFT_OUT, cell)
                continue
            down = _child(look, "vMerge")
            first = merged.get(len(cells)) if down is not None else None
            goes_on = first is not None and value(down) != "restart"
            if first is None or not goes_on:
                blocks = reader.cell_blocks(cell)
                found.contents += blocks
                text = cell_text(blocks)
                bold = bool(text) and len(found.grid) < _BOLD_ROWS and reader.is_bold(cell)
                first = Cell(text, heads=heads or bold)
            if down is not None:
                merged[len(cells)] = first
            else:
                merged.pop(len(cells), None)
            width = min(max(number(value(_child(look, "gridSpan")), 1), 1), _MAX_SPAN)
            cells.append(Cell(first.text, down=goes_on, heads=first.heads))
            cells += [Cell(first.text, across=True, down=goes_on, heads=first.heads)] * (width - 1)
        found.grid.append(cells)
    return found


def cell_text(blocks: Iterable[Block]) -> str:
    """Return `blocks` as one text, notes in brackets at its end."""
    texts: list[str] = []
    notes: list[str] = []
    for block in blocks:
        if isinstance(block, Note):
            notes.append(f"(chú thích: {block.text})")
        else:
            joint = "; " if isinstance(block, Table) else " "
            texts.append(joint.join(line.text for line in lines_of(block)))
    return " ".join(text for text in (*texts, *notes) if text)


def _parts(parent: Element, tag: str) -> Iterator[Element]:
    """Yield the rows of a table or the cells of a row, those within content controls too."""
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag in _WRAPPERS:
            yield from _parts(child, tag)


def _child(properties: Element | None, name: str) -> Element | None:
    return properties.find(W + name) if properties is not None else None
