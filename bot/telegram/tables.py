"""Tables as Telegram can show them: in columns of one width, or as a list of their rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.limits import MESSAGE_UNITS
from bot.telegram.formatting import HtmlBlock, escape, split_text, utf16_units
from embeddings.vietnamese import nfc
from knowledge.articles.article import ROW_NUMBERS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

PHONE_CHARACTERS = 34
"""Characters of a fixed width that stand side by side on a phone; measured on a narrow one."""
_GAP = "  "
_RULE = "─"
_INDENT = "  "


def table_view(
    columns: Sequence[str], rows: Sequence[Sequence[str]], limit_units: int = MESSAGE_UNITS
) -> list[HtmlBlock]:
    """Return a table in blocks of at most `limit_units` (≥ 120), whole rows in each where they fit.

    It stands in columns where a phone has room for them, else each row is a list: its first cell in
    bold type, below it "column: cell". A row of one text over the full width heads the rows below.
    """
    names = [_line(name) for name in columns]
    table = [said for row in rows if any(said := [_line(cell) for cell in row])]
    width = max([len(names), *map(len, table)])
    names += [""] * (width - len(names))
    table = [row + [""] * (width - len(row)) for row in table]
    widths = [max(map(len, column)) for column in zip(names, *_rows_of_cells(table), strict=True)]
    across = [len(row[0]) for row in table if _heads_rows(row)]
    if max([sum(widths) + len(_GAP) * (width - 1), *across]) <= PHONE_CHARACTERS:
        return list(_in_columns(names, table, widths, limit_units))
    return list(_packed(_as_list(names, table, limit_units), limit_units))


def _line(text: str) -> str:
    return " ".join(nfc(text).split())


def _rows_of_cells(table: Sequence[Sequence[str]]) -> Iterator[Sequence[str]]:
    return (row for row in table if not _heads_rows(row))


def _heads_rows(row: Sequence[str]) -> bool:
    """Tell whether a row is one text over its whole width."""
    return len(row) > 1 and row[0] != "" and len(set(row)) == 1


def _in_columns(
    names: Sequence[str], table: Sequence[Sequence[str]], widths: Sequence[int], limit: int
) -> Iterator[HtmlBlock]:
    head = []
    if any(names):
        head = [_spaced(names, widths), _GAP.join(_RULE * width for width in widths)]
    lines: list[str] = []
    units = start = sum(utf16_units(line) + 1 for line in head)
    for row in table:
        line = row[0] if _heads_rows(row) else _spaced(row, widths)
        for part in split_text(line, max(1, limit - start)):
            if lines and units + utf16_units(part) > limit:
                yield HtmlBlock.plain("\n".join([*head, *lines]), "pre")
                lines, units = [], start
            lines.append(part)
            units += utf16_units(part) + 1
    if head or lines:
        yield HtmlBlock.plain("\n".join([*head, *lines]), "pre")


def _spaced(cells: Sequence[str], widths: Sequence[int]) -> str:
    padded = (cell.ljust(width) for cell, width in zip(cells, widths, strict=True))
    return _GAP.join(padded).rstrip()


def _as_list(
    names: Sequence[str], table: Sequence[Sequence[str]], limit: int
) -> Iterator[HtmlBlock]:
    """Yield each row as a block, or as several where it is longer than the limit."""
    for row in table:
        if _heads_rows(row):
            yield from _bold(f"▪ {row[0]}", limit)
            continue
        cells = _cells_of(names, row)
        if not cells:
            continue
        (_, key), *rest = cells
        lines = [f"{_INDENT}{name}: {cell}" if name else f"{_INDENT}{cell}" for name, cell in rest]
        whole = HtmlBlock.of("\n".join([f"<b>{escape(key)}</b>", *map(escape, lines)]))
        if whole.units <= limit:
            yield whole
            continue
        yield from _bold(key, limit)
        for line in lines:
            yield from (HtmlBlock.plain(part) for part in split_text(line, limit))


def _cells_of(names: Sequence[str], row: Sequence[str]) -> list[tuple[str, str]]:
    """Return the cells that say something with their columns' names.

    The number of a row stands before its first cell; a merged cell is said once.
    """
    cells = [(name, cell) for name, cell in zip(names, row, strict=True) if cell]
    if len(cells) > 1 and cells[0][0].casefold() in ROW_NUMBERS:
        (_, number), (name, key), *rest = cells
        cells = [(name, f"{number.rstrip('.')}. {key}"), *rest]
    said = 1
    while said < len(cells) and cells[said][1] == cells[0][1] and not cells[0][1].isdecimal():
        said += 1
    return cells[:1] + cells[said:]


def _bold(text: str, limit: int) -> Iterator[HtmlBlock]:
    return (HtmlBlock.plain(part, "b") for part in split_text(text, limit))


def _packed(blocks: Iterable[HtmlBlock], limit: int) -> Iterator[HtmlBlock]:
    """Join blocks, each on its own line, into as few of at most `limit` units as fit in order."""
    held: list[HtmlBlock] = []
    units = 0
    for block in blocks:
        if held and units + block.units > limit:
            yield joined(held)
            held, units = [], 0
        held.append(block)
        units += block.units + 1
    if held:
        yield joined(held)


def joined(blocks: Sequence[HtmlBlock]) -> HtmlBlock:
    """Return blocks below each other as one."""
    return HtmlBlock(
        "\n".join(block.html for block in blocks), sum(block.units + 1 for block in blocks) - 1
    )
