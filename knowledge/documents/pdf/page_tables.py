"""Finds the tables of a page: by their ruling lines, or by aligned columns."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING

from knowledge.articles.grid import Cell
from knowledge.documents.pdf.page_lines import joined_lines, rows_of, text_of
from knowledge.documents.pdf.page_text import Box

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from knowledge.documents.pdf.page_lines import Row
    from knowledge.documents.pdf.page_text import Word

_TOUCH = 3.0  # points by which lines may miss each other
_SAME_LEVEL = 1.5
_COVERED = 0.7  # of a side that must be ruled
_MAX_LINES = 4_000
_MAX_PLACES = 20_000
_MIN_ROWS = 3
_VALUE = re.compile(r"[(+-]?\d[\d.,\s/:%()–-]*(?:%|đồng|đ)?|[-–x]", re.IGNORECASE)
_ALIGNED = 3.0


@dataclass(slots=True)
class PageTable:
    """A table on a page: the edges of its columns and its cells; bare when it has no lines."""

    box: Box
    edges: list[float]
    rows: list[list[Cell]]
    bare: bool = False


def ruled_tables(rulings: Sequence[Box], words: Sequence[Word]) -> list[PageTable]:
    """Return the tables that ruling lines draw, without those of a single cell."""
    level = [line for line in rulings if _is_across(line)]
    upright = [_turned(line) for line in rulings if not _is_across(line)]
    lines = [*_merged(level), *map(_turned, _merged(upright))]
    if len(lines) > _MAX_LINES:
        return []  # a drawing
    tables = []
    for group in _connected(lines):
        across = [line for line in group if _is_across(line)]
        grid = _Grid(across, [line for line in group if not _is_across(line)])
        if grid.is_table():
            tables.append(grid.table(words))
    return sorted(tables, key=lambda table: table.box.top)


def _is_across(line: Box) -> bool:
    return line.x1 - line.x0 >= line.bottom - line.top


def _turned(line: Box) -> Box:
    """Return a line with its axes exchanged."""
    return Box(line.top, line.x0, line.bottom, line.x1)


def _merged(lines: Iterable[Box]) -> list[Box]:
    """Return level lines with those that continue each other made one."""
    found: list[Box] = []
    for line in sorted(lines, key=lambda line: (round(line.top), line.x0)):
        last = found[-1] if found else None
        near = last is not None and abs(last.top - line.top) <= _SAME_LEVEL
        if last is not None and near and last.x0 - _TOUCH <= line.x0 <= last.x1 + _TOUCH:
            found[-1] = Box(last.x0, last.top, max(last.x1, line.x1), last.top)
        else:
            found.append(line)
    return found


def _connected(rulings: Sequence[Box]) -> list[list[Box]]:
    """Return groups of lines that touch each other."""
    lines = sorted(rulings, key=lambda line: line.top)
    parent = list(range(len(lines)))

    def root(n: int) -> int:
        while parent[n] != n:
            parent[n] = parent[parent[n]]
            n = parent[n]
        return n

    active: list[int] = []
    for n, line in enumerate(lines):
        active = [m for m in active if lines[m].bottom >= line.top - _TOUCH]
        for m in active:
            other = lines[m]
            if other.x0 - _TOUCH <= line.x1 and line.x0 - _TOUCH <= other.x1:
                parent[root(n)] = root(m)
        active.append(n)
    groups: dict[int, list[Box]] = {}
    for n, line in enumerate(lines):
        groups.setdefault(root(n), []).append(line)
    return list(groups.values())


def _levels(values: Iterable[float]) -> list[float]:
    """Return the different values; those that nearly agree are one."""
    found: list[list[float]] = []
    for value in sorted(values):
        if found and value - found[-1][-1] <= _TOUCH:
            found[-1].append(value)
        else:
            found.append([value])
    return [sum(group) / len(group) for group in found]


class _Grid:
    """The places between connected lines; those without a line between them are one cell."""

    def __init__(self, across: Sequence[Box], down: Sequence[Box]) -> None:
        self._across, self._down = across, down
        ends = [*(line.x0 for line in across), *(line.x1 for line in across)]
        self._xs = _levels([*(line.x0 for line in down), *_outermost(ends)])
        ends = [*(line.top for line in down), *(line.bottom for line in down)]
        self._ys = _levels([*(line.top for line in across), *_outermost(ends)])
        self._wide, self._high = len(self._xs) - 1, len(self._ys) - 1
        self._cell_of: dict[tuple[int, int], tuple[int, int]] = {}

    def is_table(self) -> bool:
        """Tell whether there is more than one cell; what is too fine for a table is none."""
        if len(self._across) < 2 or not self._down or self._high < 1 or self._wide < 1:
            return False
        if self._high * self._wide > _MAX_PLACES:
            return False
        self._join_places()
        return len({self._root(place) for place in self._cell_of}) > 1

    def _root(self, place: tuple[int, int]) -> tuple[int, int]:
        while self._cell_of[place] != place:
            place = self._cell_of[place]
        return place

    def _join(self, one: tuple[int, int], other: tuple[int, int]) -> None:
        first, second = sorted((self._root(one), self._root(other)))
        self._cell_of[second] = first

    def _join_places(self) -> None:
        xs, ys = self._xs, self._ys
        places = [(r, c) for r in range(self._high) for c in range(self._wide)]
        self._cell_of = {place: place for place in places}
        walls = [[(w.top, w.bottom) for w in self._down if abs(w.x0 - x) <= _TOUCH] for x in xs]
        floors = [[(f.x0, f.x1) for f in self._across if abs(f.top - y) <= _TOUCH] for y in ys]
        for r, c in places:
            if c + 1 < self._wide and not _is_ruled(walls[c + 1], ys[r], ys[r + 1]):
                self._join((r, c), (r, c + 1))
            if r + 1 < self._high and not _is_ruled(floors[r + 1], xs[c], xs[c + 1]):
                self._join((r, c), (r + 1, c))

    def table(self, words: Sequence[Word]) -> PageTable:
        """Return the table with the words that stand in it."""
        box = Box(self._xs[0], self._ys[0], self._xs[-1], self._ys[-1])
        inside: dict[tuple[int, int], list[Word]] = {}
        for word in words:
            if box.holds(word):
                r = bisect_right(self._ys, word.base - 0.3 * word.size, 1, self._high) - 1
                c = bisect_right(self._xs, (word.x0 + word.x1) / 2, 1, self._wide) - 1
                inside.setdefault(self._root((r, c)), []).append(word)
        cells = {place: _cell(held) for place, held in inside.items()}
        rows = [[self._place(r, c, cells) for c in range(self._wide)] for r in range(self._high)]
        return PageTable(box, self._xs, rows)

    def _place(self, r: int, c: int, cells: Mapping[tuple[int, int], tuple[str, bool]]) -> Cell:
        root = self._root((r, c))
        text, heads = cells.get(root, ("", False))
        across = c > 0 and self._root((r, c - 1)) == root
        down = r > 0 and self._root((r - 1, c)) == root
        return Cell(text, across, down, heads)


def _outermost(ends: Sequence[float]) -> tuple[float, ...]:
    """Return the table's sides, even where no line is drawn."""
    return (min(ends), max(ends)) if ends else ()


def _is_ruled(lines: Iterable[tuple[float, float]], start: float, end: float) -> bool:
    """Tell whether `lines` together cover most of the way from `start` to `end`."""
    covered = 0.0
    at = start
    for low, high in sorted(lines):
        covered += max(0.0, min(high, end) - max(low, at))
        at = max(at, min(high, end))
    return covered >= _COVERED * (end - start)


def _cell(words: Sequence[Word]) -> tuple[str, bool]:
    """Return a cell's text, and whether all of it is in bold type."""
    text = joined_lines(" ".join(text_of(row.words).split()) for row in rows_of(words))
    return text, bool(text) and all(word.bold for word in words)


# --- without lines ---------------------------------------------------------------------------


def bare_table(rows: Sequence[Row], gutters: Sequence[tuple[float, float]]) -> PageTable | None:
    """Return the table that rows with common gaps between columns are, None when not sure."""
    cuts = [(low + high) / 2 for low, high in gutters]
    lines = [_split(row, cuts) for row in rows]
    groups = _logical_rows(rows, lines)
    if len(groups) < _MIN_ROWS:
        return None
    cells = [
        [_cell([word for line in group for word in line[c]]) for c in range(len(cuts) + 1)]
        for group in groups
    ]
    if not _is_table(groups, cells):
        return None
    left, right = min(row.x0 for row in rows), max(row.x1 for row in rows)
    box = Box(left, rows[0].base - rows[0].size, right, rows[-1].base)
    grid = [[Cell(text, heads=heads) for text, heads in row] for row in cells]
    return PageTable(box, [left, *cuts, right], grid, bare=True)


def _split(row: Row, cuts: Sequence[float]) -> list[list[Word]]:
    columns: list[list[Word]] = [[] for _ in range(len(cuts) + 1)]
    for word in row.words:
        columns[sum((word.x0 + word.x1) / 2 > cut for cut in cuts)].append(word)
    return columns


def _logical_rows(
    rows: Sequence[Row], lines: Sequence[list[list[Word]]]
) -> list[list[list[list[Word]]]]:
    """Return the lines in groups that are a row each; a cell may have several lines."""
    gaps = [below.base - above.base for above, below in pairwise(rows)]
    usual = median(row.size for row in rows)
    near = [gap for gap in gaps if gap <= 1.45 * usual]
    by_space = bool(near) and max(gaps, default=0) > 1.25 * max(near) and len(near) < len(gaps)
    groups = [[lines[0]]]
    for gap, line in zip(gaps, lines[1:], strict=True):
        lead = next((c for c in range(len(line)) if groups[-1][0][c]), 0)
        if by_space and gap <= 1.45 * usual:
            goes_on = not all(line) or not all(groups[-1][-1])
        else:
            goes_on = not by_space and not line[lead] and not all(line)
        if goes_on:
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups


def _is_table(
    groups: Sequence[list[list[list[Word]]]], cells: Sequence[list[tuple[str, bool]]]
) -> bool:
    width = len(cells[0])
    full = [row for row in cells if all(text for text, _ in row)]
    if len(full) < max(2, 0.6 * len(cells)):
        return False
    body = cells[1:]
    headed = all(bold for _, bold in cells[0]) and not any(b for row in body for _, b in row)
    for column in range(width):
        firsts = [line[column] for group in groups[1:] for line in group[:1] if line[column]]
        if len(firsts) < 2 or not _aligned(firsts):
            return False
    if any(text.endswith(":") for text, _ in cells[0]):
        return False
    values = [
        all(_VALUE.fullmatch(row[column][0]) for row in body if row[column][0])
        for column in range(width)
    ]
    if _is_prose(groups, width):
        return False
    return width > 2 or headed or values[-1]


def _aligned(cells: Sequence[Sequence[Word]]) -> bool:
    """Tell whether cells below each other share their left side, right side or middle."""
    lefts = [words[0].x0 for words in cells]
    rights = [max(word.x1 for word in words) for words in cells]
    middles = [(left + right) / 2 for left, right in zip(lefts, rights, strict=True)]
    return any(
        sum(abs(value - median(values)) <= _ALIGNED for value in values) >= 0.8 * len(values)
        for values in (lefts, rights, middles)
    )


def _is_prose(groups: Sequence[list[list[list[Word]]]], width: int) -> bool:
    """Tell whether the columns are running text: nearly all lines reach the right side."""
    for column in range(width):
        ends = [
            max(word.x1 for word in line[column])
            for group in groups
            for line in group
            if len(line[column]) > 3
        ]
        lines = sum(1 for group in groups for line in group if line[column])
        if len(ends) >= max(3, 0.6 * lines):
            full = [end for end in ends if end >= max(ends) - 25]
            if len(full) >= 0.7 * len(ends):
                return True
    return False
