"""Finds the tables in plain text: lines in columns, by tabs, bars or blanks."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from knowledge.articles.grid import Cell, is_frame, table_blocks

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from knowledge.articles.article import Block

_Rows = list[list[str]]

_SENTENCE_END = (".", ";", "!", "?", "…")
_LABEL = re.compile(r"[-+*•–]|\(?\w{1,4}[.)]|.*:")
_MAX_GROUP_NAME = 60
_FEW_FIELDS = 3


def with_tables(lines: Sequence[str]) -> Iterator[list[str] | Block]:
    """Yield the lines between tables as lists, and the blocks that the tables are.

    `lines` stand together, without an empty line between. What could be read as text as well, like
    a list whose labels are followed by tabs, is no table.
    """
    rest: list[str] = []
    start = 0
    while start < len(lines):
        end = start + 1
        for pattern, rows_of in _KINDS:
            kind_end = _end_of_rows(lines, start, pattern)
            rows = rows_of([line for line in lines[start:kind_end] if _has_text(line)])
            if _is_table(rows) or is_frame(_grid(rows)):
                if rest:
                    yield rest
                yield from table_blocks(_grid(rows))
                rest, end = [], kind_end
                break
            end = max(end, kind_end)
        else:
            rest += lines[start:end]
        start = end
    if rest:
        yield rest


def _has_text(line: str) -> bool:
    return any(map(str.isalnum, line))


def _end_of_rows(lines: Sequence[str], start: int, pattern: re.Pattern[str]) -> int:
    """Return where the rows that begin at `start` end.

    Between them there may be rules, and short lines that name a group of rows or go on with a cell.
    """
    end = start
    for number in range(start, len(lines)):
        line = lines[number]
        if pattern.search(line):
            end = number + 1
        elif end == start or not _may_stand_between(line):
            break
        elif line.startswith("  ") and pattern is _BLANKS:
            end = number + 1
    return end


def _may_stand_between(line: str) -> bool:
    short = len(line.strip()) <= _MAX_GROUP_NAME
    return not _has_text(line) or (short and not line.rstrip().endswith(_SENTENCE_END))


def _is_table(rows: _Rows) -> bool:
    """Tell whether rows can be nothing else: enough of them, and no list of labels and texts."""
    width = max(map(len, rows), default=0)
    if width < 2 or len(rows) + width < 5:  # two rows of three cells or three of two
        return False
    return width > 2 or not all(_LABEL.fullmatch(row[0]) for row in rows)


def _grid(rows: _Rows) -> list[list[Cell]]:
    width = max(map(len, rows), default=0)
    return [[Cell(text) for text in [*row, *[""] * (width - len(row))]] for row in rows]


def _by_tabs(lines: Sequence[str]) -> _Rows:
    rows = [[cell.strip() for cell in line.rstrip().split("\t")] for line in lines]
    if len({len(row) for row in rows if len(row) > 1}) > 1:  # several tabs in a row align cells
        collapsed = [[cell for cell in row if cell] for row in rows]
        if len({len(row) for row in collapsed if len(row) > 1}) == 1:
            return collapsed
    return rows if all(len(row) <= len(rows[0]) for row in rows) else []


def _by_bars(lines: Sequence[str]) -> _Rows:
    rows = [[cell.strip() for cell in line.strip().strip("|").split("|")] for line in lines]
    return rows if len({len(row) for row in rows if len(row) > 1}) == 1 else []


def _by_blanks(lines: Sequence[str]) -> _Rows:
    """Return the cells of lines whose columns stand below each other."""
    lines = [line.expandtabs() for line in lines]
    fields = [re.split(" {2,}", line.strip()) for line in lines]
    in_columns = [line for line in lines if _BLANKS.search(line) or line.startswith("  ")]
    columns = _columns(in_columns)
    rows = [[line[start:end].strip() for start, end in columns] for line in in_columns]
    if len(columns) > 1 and not any("  " in cell for row in rows for cell in row):
        found = iter(rows)
        return _joined([next(found) if line in in_columns else [line.strip()] for line in lines])
    if len({len(row) for row in fields}) == 1 and len(fields[0]) >= _FEW_FIELDS:
        return fields
    return []


def _columns(lines: Sequence[str]) -> list[tuple[int, int]]:
    """Return where the columns begin and end: between them all lines have two blanks or more."""
    width = max(map(len, lines), default=0)
    used = [False] * (width + 1)
    for line in lines:
        for place, char in enumerate(line):
            used[place] = used[place] or char != " "
    places = [place for place, is_used in enumerate(used) if is_used]
    starts = [after for before, after in pairwise(places) if after - before > 2]
    return list(pairwise([*places[:1], *starts, width])) if places else []


def _joined(rows: _Rows) -> _Rows:
    """Put a text that stands alone below another one, not in the first column, behind it."""
    joined: _Rows = []
    for row in rows:
        filled = [number for number, cell in enumerate(row) if cell]
        if len(filled) == 1 and filled[0] > 0 and joined and joined[-1][filled[0] : filled[0] + 1]:
            above = joined[-1]
            above[filled[0]] = f"{above[filled[0]]} {row[filled[0]]}".strip()
        else:
            joined.append(row)
    return joined


_TAB, _BAR, _BLANKS = map(re.compile, (r"\S *\t\s*\S", r"\S *\| *\S", r"\S {2,}\S"))
_KINDS: tuple[tuple[re.Pattern[str], Callable[[Sequence[str]], _Rows]], ...] = (
    (_TAB, _by_tabs),
    (_BAR, _by_bars),
    (_BLANKS, _by_blanks),
)
