"""Turns laid-out pages into blocks: without what repeats, with paragraphs, tables and notes."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

from knowledge.articles.article import Block, Heading, Paragraph
from knowledge.articles.grid import Cell, table_blocks
from knowledge.documents.pdf.page_furniture import without_furniture
from knowledge.documents.pdf.page_layout import Page, usual_leading
from knowledge.documents.pdf.page_lines import MARK_START, Line, joined_lines
from knowledge.documents.pdf.page_notes import Notes, with_notes
from knowledge.documents.pdf.page_tables import PageTable
from knowledge.entities.labels import leading_label

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from knowledge.articles.reading import LeftOut


_FOLDED_PARTS = frozenset({"phan", "phu luc", "chuong", "muc", "tieu muc", "dieu"})
_SPACED = 1.15  # times the usual distance of lines, from which on a paragraph ends
_SHORT_SHARE = 0.08  # of the column's width left free: the line ended on purpose
_FULL_LETTERS = 22  # a line with fewer fills no column of running text
_FULL_SHARE = 0.8  # of the page's width, which a line that no other is as long as must reach
_WIDE = 1.75  # times the size: the distance of lines that are a paragraph each
_INDENT = 0.9  # of the size
_LARGE = 1.12
_MAX_HEADING = 200
_MAX_BOLD_HEADING = 120
_MAX_LEVEL = 6
_BOLD_LEVEL = 3  # at least: titles in capitals stand above
_BULLET = re.compile(r"[-–—+•▪◦·*●■✓]\s+(?=\S)")
_BROKEN = re.compile(r"\w-$|\u00ad$|\w [-–—]$")  # a line that ends within a word or at a dash
_ENDS_SENTENCE = (".", ":", ";", "!", "?", "…", "”")
_CAPTION = re.compile(r"(?:Bảng|Biểu|Phụ biểu)\s+(?:số\s*)?\d", re.IGNORECASE)


@dataclass
class _Text:
    """A paragraph in the making."""

    lines: list[Line]

    @property
    def first(self) -> Line:
        return self.lines[0]

    @property
    def last(self) -> Line:
        return self.lines[-1]

    @cached_property
    def text(self) -> str:
        """Return all of it, once its last line is known."""
        return " ".join(joined_lines(line.text for line in self.lines).split())


@dataclass(slots=True)
class PageBlocks:
    """The blocks of a document's pages, with what was left out of them."""

    blocks: list[Block] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def blocks_of(pages: Sequence[Page]) -> PageBlocks:
    """Return the blocks that the pages of a document are."""
    found = PageBlocks()
    found.left_out = list(without_furniture(pages))
    _set_columns(pages)
    parts = list(_parts(pages))
    found.blocks, found.notes = with_notes(list(_headed(parts)), Notes(pages))
    return found


# --- paragraphs ------------------------------------------------------------------------------


def _set_columns(pages: Sequence[Page]) -> None:
    """Give the lines of pages with a single column the sides of the text of all such pages."""
    sides: defaultdict[int, list[Line]] = defaultdict(list)
    for page in pages:
        for item in page.items:
            if isinstance(item, Line) and not item.right:
                sides[round(page.width)].append(item)
    for width, lines in sides.items():
        full = sorted(line.x1 for line in lines if len(line.text) >= _FULL_LETTERS) or [0.0]
        right = full[int(0.95 * (len(full) - 1) + 0.5)]
        if sum(x1 > right - 0.1 * width for x1 in full) < 2:
            right = max(right, _FULL_SHARE * width)
        left = Counter(round(line.x0) for line in lines).most_common(1)[0][0]
        lowest = min(line.x0 for line in lines if line.x0 >= left - 60)
        for line in lines:
            line.left, line.right = min(float(left), lowest), max(right, line.x1)


def _parts(pages: Sequence[Page]) -> Iterator[_Text | PageTable]:
    """Yield paragraphs and tables; both may go on over the page's end."""
    lines = [item for page in pages for item in page.items if isinstance(item, Line)]
    leading = usual_leading(lines)
    indented = _indents(lines)
    current: _Text | PageTable | None = None
    current_page = 0
    for page in pages:
        for item in page.items:
            if isinstance(item, PageTable):
                over_page = isinstance(current, PageTable) and page.number > current_page
                if over_page and isinstance(current, PageTable) and _continue(current, item):
                    current_page = page.number
                    continue
            elif isinstance(current, _Text) and not _begins(
                current, item, leading, over_page=page.number > current_page, indented=indented
            ):
                current.lines.append(item)
                current_page = page.number
                continue
            if current is not None:
                yield current
            current = item if isinstance(item, PageTable) else _Text([item])
            current_page = page.number
    if current is not None:
        yield current


def _indents(lines: Sequence[Line]) -> bool:
    """Tell whether paragraphs begin with an indented line."""
    steps = sum(
        1
        for above, below in pairwise(lines)
        if _INDENT * above.size < above.x0 - below.x0 < 5 * above.size
        and not _is_short(above, below)
    )
    return steps >= max(1, 0.03 * len(lines))


def _is_short(line: Line, following: Line) -> bool:
    """Tell whether the next line's first word had had room on `line`."""
    if len(line.text) < _FULL_LETTERS:
        return True
    room = line.right - line.x1
    return room > following.first + 0.3 * line.size and room > _SHORT_SHARE * (
        line.right - line.left
    )


def _begins(text: _Text, line: Line, leading: float, *, over_page: bool, indented: bool) -> bool:
    """Tell whether `line` begins a paragraph instead of continuing `text`."""
    last = text.last
    gap = line.base - last.base
    jumps = over_page or gap <= 0  # to the next page or column
    if abs(line.size - last.size) > 0.08 * last.size or line.text.startswith(MARK_START):
        return True
    if not jumps and gap > _SPACED * leading * line.size + 0.5:
        return True
    if _BROKEN.search(last.text):
        return False
    short = _is_short(last, line)
    if leading_label(line.text) or _BULLET.match(line.text):
        room = line.right - last.x1
        ends = last.text.endswith(_ENDS_SENTENCE) or _follows(text, line)
        return ends or (short and room > 0.25 * (line.right - line.left))
    if last.bold != line.bold and (short or jumps):
        return True
    return _is_indented(text, line, jumps=jumps) or _ends(
        text, line, short=short, jumps=jumps, indented=indented
    )


def _is_centred(last: Line, line: Line) -> bool:
    same_middle = abs((line.x0 + line.x1) - (last.x0 + last.x1)) < 4
    return same_middle and line.x0 > line.left + line.size


def _is_indented(text: _Text, line: Line, *, jumps: bool) -> bool:
    """Tell whether a line stands deeper than the one above, not just below a list's label."""
    first = text.first.text
    hangs = len(text.lines) == 1 and (leading_label(first) or _BULLET.match(first))
    deeper = line.x0 - text.last.x0 > _INDENT * line.size
    return deeper and not hangs and not jumps and not _is_centred(text.last, line)


def _ends(text: _Text, line: Line, *, short: bool, jumps: bool, indented: bool) -> bool:
    """Tell whether `text` ends with its last line, which is no label nor indented."""
    last = text.last
    ends = last.text.endswith(_ENDS_SENTENCE)
    if line.text[0].islower() and not ends:
        return False
    title = last.text.isupper() and not line.text.isupper() and len(last.text) > 3
    if short or title or (jumps and len(text.lines) == 1 and not ends):
        return True
    if not ends or line.text[0].islower() or line.text[0] in '“"(':
        return False
    at_margin = line.x0 <= line.left + 0.5 * line.size
    if jumps:
        return not (indented and at_margin)
    spaced = last.text.endswith((":", ";")) or line.base - last.base > _WIDE * line.size
    alike = len(text.lines) == 1 and abs(line.x0 - last.x0) < 1 and not _is_centred(last, line)
    return spaced or (alike and not at_margin)


def _follows(text: _Text, line: Line) -> bool:
    """Tell whether the label of `line` is the one after that of the paragraph before it."""
    before, label = leading_label(text.first.text), leading_label(line.text)
    if before is None or label is None:
        return bool(_BULLET.match(text.first.text) and _BULLET.match(line.text))
    if before.part != label.part:
        return False
    if before.value.isdigit() and label.value.isdigit():
        return int(label.value) == int(before.value) + 1
    return len(before.value) == len(label.value) == 1 and before.value < label.value


def _continue(table: PageTable, more: PageTable) -> bool:
    """Add the rows of a table that goes on over the page; tell whether it does."""
    tolerance = 8.0 if table.bare else 4.0
    if table.bare != more.bare:
        return False
    if len(table.edges) != len(more.edges):
        union = _union(table.edges, more.edges, tolerance)
        if union is None:
            return False
        _spread(table, union, tolerance)
        _spread(more, union, tolerance)
    elif any(abs(a - b) > tolerance for a, b in zip(table.edges, more.edges, strict=True)):
        return False
    rows = more.rows
    heads = [_texts(row) for row in table.rows[:4]]
    again = 0
    while again < len(rows) and _texts(rows[again]) in heads[: again + 1]:
        again += 1
    rows = rows[again:]
    if rows and _goes_on_from(table.rows[-1], rows[0]):
        last = table.rows[-1]
        table.rows[-1] = [
            replace(
                above, text=joined_lines([above.text, cell.text] if cell.text else [above.text])
            )
            for above, cell in zip(last, rows[0], strict=True)
        ]
        rows = rows[1:]
    table.rows += _carried(table.rows[-1], rows)
    return True


def _carried(last: Sequence[Cell], rows: list[list[Cell]]) -> list[list[Cell]]:
    """Return a page's rows with the texts of merged cells that reach over the page's end."""
    if not rows:
        return rows
    lone = not rows[0][0].text and all(cell.text for cell in rows[0][1:])
    found = [list(row) for row in rows]
    for c, above in enumerate(last):
        if rows[0][c].text or not (above.down or (c == 0 and lone and above.text)):
            continue
        for r, row in enumerate(rows):
            if r and not row[c].down:
                break
            found[r][c] = replace(row[c], text=above.text, down=True)
    return found


def _texts(row: Sequence[Cell]) -> tuple[str, ...]:
    return tuple(cell.text for cell in row)


def _goes_on_from(above: Sequence[Cell], row: Sequence[Cell]) -> bool:
    """Tell whether a page's first row is the rest of the row at the end of the page before."""
    filled = [(up.text, cell.text) for up, cell in zip(above, row, strict=True) if cell.text]
    if row[0].text or not above[0].text or not filled:
        return False
    return all(up for up, _ in filled) and any(cell[0].islower() for _, cell in filled)


def _union(edges: list[float], others: list[float], tolerance: float) -> list[float] | None:
    """Return the edges of both tables, None when neither has all of the other's."""
    more, fewer = (edges, others) if len(edges) > len(others) else (others, edges)
    known = all(any(abs(edge - other) <= tolerance for other in more) for edge in fewer)
    wide = fewer[-1] - fewer[0] >= 0.5 * (more[-1] - more[0])
    return list(more) if known and wide and len(fewer) > 2 else None


def _spread(table: PageTable, edges: list[float], tolerance: float) -> None:
    """Cut the columns of a table at more edges; a cell reaches over all that it covered.

    A column that the table lacks is empty: a merged cell of the page before.
    """
    if len(table.edges) == len(edges):
        return
    source: list[int | None] = []
    for left, right in pairwise(edges):
        middle = (left + right) / 2
        inside = table.edges[0] - tolerance < middle < table.edges[-1] + tolerance
        source.append(bisect_right(table.edges, middle) - 1 if inside else None)
    table.rows = [
        [
            Cell(down=r > 0)
            if n is None
            else replace(row[n], across=row[n].across or (c > 0 and source[c - 1] == n))
            for c, n in enumerate(source)
        ]
        for r, row in enumerate(table.rows)
    ]
    table.edges = list(edges)


# --- blocks ----------------------------------------------------------------------------------


def _headed(parts: Sequence[_Text | PageTable]) -> Iterator[tuple[Block, ...] | Block]:
    """Yield blocks: larger letters, or a line in bold type above plain text, are a heading."""
    sizes = Counter[float]()
    for part in parts:
        if isinstance(part, _Text):
            sizes[_rounded(part.first.size)] += len(part.text)
    body = sizes.most_common(1)[0][0] if sizes else 0.0
    large = sorted(
        {
            _rounded(part.first.size)
            for part in parts
            if isinstance(part, _Text) and _is_large(part, body)
        },
        reverse=True,
    )
    caption = ""
    for number, part in enumerate(parts):
        following = parts[number + 1] if number + 1 < len(parts) else None
        if isinstance(part, PageTable):
            yield tuple(table_blocks(part.rows, caption))
            caption = ""
            continue
        text = part.text
        if isinstance(following, PageTable) and _CAPTION.match(text) and len(text) < _MAX_HEADING:
            caption = text
        elif _is_large(part, body):
            level = min(large.index(_rounded(part.first.size)) + 1, _MAX_LEVEL)
            yield Heading(text, level)
        elif _is_bold_heading(part, following, body):
            yield Heading(text, min(max(len(large) + 1, _BOLD_LEVEL), _MAX_LEVEL))
        elif text:
            yield Paragraph(text)


def _rounded(size: float) -> float:
    return round(size * 2) / 2


def _is_large(part: _Text, body: float) -> bool:
    label = leading_label(part.text)
    named = label is not None and label.part in _FOLDED_PARTS
    ends = part.text.endswith((",", ";", ":")) or _BULLET.match(part.text)
    large = part.first.size >= _LARGE * body
    return large and len(part.text) <= _MAX_HEADING and not named and not ends


def _is_bold_heading(part: _Text, following: _Text | PageTable | None, body: float) -> bool:
    if not part.first.bold or not part.last.bold or len(part.text) > _MAX_BOLD_HEADING:
        return False
    label = leading_label(part.text)
    if label is not None and label.part in _FOLDED_PARTS:
        return False  # its level depends on the part
    plain = isinstance(following, PageTable) or (following is not None and not following.first.bold)
    small = part.first.size < 0.97 * body
    return plain and not small and not part.text.endswith((*_ENDS_SENTENCE, ","))
