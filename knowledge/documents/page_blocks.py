"""Turns laid-out pages into blocks: without what repeats, with paragraphs, tables and notes."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

from knowledge.articles.article import Block, Heading, Note, Paragraph
from knowledge.articles.grid import Cell, table_blocks
from knowledge.articles.reading import LeftOut
from knowledge.documents.page_layout import PAGE_NUMBER, Page, usual_leading
from knowledge.documents.page_lines import MARK, MARK_START, Line, joined_lines
from knowledge.documents.page_tables import PageTable
from knowledge.entities.labels import leading_label

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


_EDGE_LINES = 3
_MIN_REPEATS = 3
_REPEATED_SHARE = 0.4  # odd and even pages may carry different headers
_SAME_PLACE = 6.0  # points
_MAX_NUMBER = 1_899  # of a page; what is more is a year
_ROMAN = 10_000
_APART = 1.5  # times the usual distance of lines
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
_BULLET = re.compile(r"[-–—+•▪◦·*●■✓]\s+(?=\S)")
_BROKEN = re.compile(r"\w-$|\u00ad$")  # a line that ends in the middle of a word
_ENDS_SENTENCE = (".", ":", ";", "!", "?", "…", "”")
_CONTENTS = re.compile(r"\w.*?(?:[.…_·]\s?){5,}\s*\d{1,4}$")
_MIN_CONTENTS = 2
_NUMBER_BESIDE = re.compile(
    r"(?:trang|page)\s*\d+(?:\s*(?:/|trên|of)\s*\d+)?|(?<=\s)[-–—|•]\s*\d{1,4}$|^\d{1,4}\s*[-–—|•](?=\s)"
)
_CAPTION = re.compile(r"(?:Bảng|Biểu|Phụ biểu)\s+(?:số\s*)?\d", re.IGNORECASE)
_SAMPLES = 3


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
    running = _without_running(pages)
    if running:
        samples = tuple(dict.fromkeys(running))[:_SAMPLES]
        found.left_out.append(LeftOut("dòng đầu trang, chân trang lặp lại", len(running), samples))
    if contents := _without_contents(pages):
        found.left_out.append(LeftOut("dòng mục lục", len(contents), tuple(contents[:_SAMPLES])))
    _set_columns(pages)
    parts = list(_parts(pages))
    _with_notes(_headed(parts), _Notes(pages), found)
    return found


# --- what repeats ----------------------------------------------------------------------------


def _without_running(pages: Sequence[Page]) -> list[str]:
    """Take running heads and feet and page numbers off the pages; return their texts.

    A line runs when it stands in the same place with the same words on at least three pages and
    40 % of them, or on both pages of two and apart from the text.
    """
    places: defaultdict[str, list[float]] = defaultdict(list)
    offsets = Counter[int]()
    edges = [_edge_lines(page) for page in pages]
    for page, lines in zip(pages, edges, strict=True):
        for line in lines:
            for shape in {_shape(line.parts), *(_shape((part,)) for part in line.parts)}:
                places[shape].append(line.base)
            offsets.update(_offsets(line.text, page.number))
    least = max(_MIN_REPEATS, _REPEATED_SHARE * len(pages))
    removed: list[str] = []
    for page, lines in zip(pages, edges, strict=True):
        for line in lines:
            bases = places[_shape(line.parts)]
            same = sum(abs(base - line.base) <= _SAME_PLACE for base in bases)
            apart = _is_apart(page, line)
            runs = same >= least or (len(pages) == same == 2 and apart)
            numbered = any(
                offsets[offset] >= 2 or (apart and len(pages) < _MIN_REPEATS)
                for offset in _offsets(line.text, page.number)
            )
            if numbered or runs:
                page.items = [item for item in page.items if item is not line]
                removed.append(line.text)
    return removed


def _without_contents(pages: Sequence[Page]) -> list[str]:
    """Take the lines of a table of contents off the pages: dots lead to a page number."""
    found = [
        line.text
        for page in pages
        for line in page.items
        if isinstance(line, Line) and _CONTENTS.search(line.text)
    ]
    if len(found) < _MIN_CONTENTS:
        return []
    for page in pages:
        page.items = [i for i in page.items if not isinstance(i, Line) or i.text not in found]
    return [re.sub(r"[.…_·\s]{4,}", " … ", text) for text in found]


def _edge_lines(page: Page) -> list[Line]:
    """Return the lines at the page's top and bottom: only one on a page with little text."""
    lines = sorted((i for i in page.items if isinstance(i, Line)), key=lambda line: line.base)
    levels = sorted({round(line.base) for line in lines})
    size = min(_EDGE_LINES, max(1, len(levels) // 4))
    edge = {*levels[:size], *levels[-size:]}
    inside = [item.box for item in page.items if isinstance(item, PageTable)]
    top = min((box.top for box in inside), default=page.height)
    bottom = max((box.bottom for box in inside), default=0.0)
    return [
        line
        for line in lines
        if round(line.base) in edge and (line.base <= top or line.base >= bottom)
    ]


def _shape(parts: Sequence[str]) -> str:
    """Return a line without the page number beside its words, which must be the same."""
    words = " ".join(part for part in parts if not PAGE_NUMBER.fullmatch(part))
    return _NUMBER_BESIDE.sub("#", " ".join(words.casefold().split()))


def _offsets(text: str, number: int) -> tuple[int, ...]:
    """Return how far a page number is from the page's place in the file; nothing for no number."""
    match = PAGE_NUMBER.fullmatch(text)
    if match is None or (match[1].isdigit() and int(match[1]) > _MAX_NUMBER):
        return ()
    return (int(match[1]) - number,) if match[1].isdigit() else (_ROMAN,)


def _is_apart(page: Page, line: Line) -> bool:
    """Tell whether a wide space parts a line at the page's end from all others."""
    near = [
        abs(other.base - line.base)
        for other in page.items
        if isinstance(other, Line) and abs(other.base - line.base) > 2
    ]
    near += [
        min(abs(item.box.top - line.base), abs(item.box.bottom + line.size - line.base))
        for item in page.items
        if isinstance(item, PageTable)
    ]
    return min(near, default=0.0) > _APART * 1.3 * line.size


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
            yield Heading(text, min(len(large) + 1, _MAX_LEVEL))
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


class _Notes:
    """The footnotes of all pages, found by their marks."""

    def __init__(self, pages: Sequence[Page]) -> None:
        self.texts: dict[tuple[int, str], str] = {}
        self.used: set[tuple[int, str]] = set()
        self.unknown: list[tuple[str, int]] = []
        self.marked = Counter[str]()
        last: tuple[int, str] | None = None
        for page in pages:
            for label, text in page.notes:
                if not label and last is not None:
                    self.texts[last] = joined_lines([self.texts[last], text])
                    continue
                last = (page.number, label or "*")
                self.texts[last] = joined_lines([self.texts.get(last, ""), text]).strip()

    def endnote(self, label: str, page: int, text: str) -> None:
        """Keep a note that stands among the text, as at a document's end."""
        self.texts[page, label] = text

    def find(self, label: str, page: int) -> tuple[int, str] | None:
        """Return the key of the note that a mark on `page` means."""
        if (page, label) in self.texts:
            return page, label
        after = [key for key in self.texts if key[1] == label and key[0] >= page]
        return min(after, default=None)


def _with_notes(
    blocks: Iterator[tuple[Block, ...] | Block], notes: _Notes, found: PageBlocks
) -> None:
    """Take the marks out of the blocks and put each note behind the block with its mark."""
    listed = list(blocks)
    notes.marked.update(
        m[1] for block in listed for text in _all_texts(block) for m in MARK.finditer(text)
    )
    kept: list[tuple[Block, ...] | Block] = []
    for block in listed:
        match = MARK.match(block.text) if isinstance(block, Paragraph) else None
        if match and isinstance(block, Paragraph):
            label, _, page = match[1].rpartition("@")
            if sum(notes.marked[f"{label}@{n}"] for n in range(1, int(page) + 1)) > 1:
                notes.endnote(label, int(page), block.text[match.end() :].strip())
                continue
        kept.append(block)
    for block in kept:
        for one in block if isinstance(block, tuple) else (block,):
            found.blocks += _resolved(one, notes)
    found.blocks += [
        Note(text, key[1]) for key, text in notes.texts.items() if key not in notes.used and text
    ]
    for label, page in notes.unknown:
        found.notes.append(f"Trang {page} có dấu chú thích {label} mà không thấy lời chú thích.")


def _all_texts(block: tuple[Block, ...] | Block) -> Iterator[str]:
    for one in block if isinstance(block, tuple) else (block,):
        if one.kind == "table":
            yield from (cell for row in one.rows for cell in row)
            yield from one.columns
        else:
            yield one.text


def _resolved(block: Block, notes: _Notes) -> list[Block]:
    """Return a block without marks, and its notes behind it (in a table: in the cell)."""
    if block.kind == "table":
        if not any(MARK_START in text for text in (*_all_texts(block), block.caption)):
            return [block]
        rows = tuple(tuple(_in_cell(cell, notes) for cell in row) for row in block.rows)
        heads = [_unmarked(text, notes) for text in (*block.columns, block.caption)]
        *columns, caption = (text for text, _ in heads)
        table = replace(block, rows=rows, columns=tuple(columns), caption=caption)
        return [table, *_note_blocks([key for _, keys in heads for key in keys], notes)]
    text, keys = _unmarked(block.text, notes)
    return [replace(block, text=text), *_note_blocks(keys, notes)]


def _note_blocks(keys: Sequence[tuple[int, str]], notes: _Notes) -> list[Block]:
    return [Note(notes.texts[key], key[1]) for key in keys if notes.texts[key]]


def _in_cell(text: str, notes: _Notes) -> str:
    plain, keys = _unmarked(text, notes)
    return " ".join([plain, *(f"(chú thích: {notes.texts[key]})" for key in keys)])


def _unmarked(text: str, notes: _Notes) -> tuple[str, list[tuple[int, str]]]:
    """Return a text without its marks, and the keys of the notes that they mean."""
    keys: list[tuple[int, str]] = []

    def plain(match: re.Match[str]) -> str:
        label, _, page = match[1].rpartition("@")
        key = notes.find(label, int(page))
        elsewhere = key is None or notes.marked[match[1]] > 1  # stands what the note is for
        if elsewhere and label.isdigit() and _TEN.search(text[: match.start()]):
            return label.translate(_POWERS)
        if key is not None:
            notes.used.add(key)
            keys.append(key)
            return ""
        if label.isalpha():
            return label  # a raised letter of the word
        notes.unknown.append((label, int(page)))
        return ""

    return " ".join(MARK.sub(plain, text).split()), list(dict.fromkeys(keys))


_TEN = re.compile(r"(?<![\d.,])10$")
_POWERS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_FOLDED_PARTS = frozenset({"phan", "phu luc", "chuong", "muc", "tieu muc", "dieu"})
