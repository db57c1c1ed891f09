"""Makes blocks of the lines and grids of a web page, with its notes where their marks stand."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from embeddings.vietnamese import fold
from knowledge.articles.article import Block, Heading, ListItem, Note, Paragraph, Table, lines_of
from knowledge.articles.grid import Cell, table_blocks
from knowledge.articles.web.flow import HEADINGS, SPACES, Entry, Grid, Mark

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

_MARK = re.compile(r"[\[(]?(\d{1,3}|[*†‡§]{1,4}|[A-Za-z]{1,4})[\])]?")
_TYPED_LABEL = re.compile(r"[\[(]?(\d{1,3}|[*†‡§]{1,4})[\]).:]?\s+")
_NOTES_HEADS = frozenset({"chu thich", "ghi chu", "chu giai", "footnotes", "notes"})
_UNIT = re.compile(r"(?:^|[\s\d/(])(?:[kcdm]?m|hm|dam)$")
_POWER = re.compile(r"[+-]?\d+|n")
_RAISED = str.maketrans("0123456789+-n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ⁿ")
_CAPTION = re.compile(r"(?:bảng|biểu|phụ biểu|biểu mẫu|mẫu)(?: số)? ?\d.{0,200}", re.IGNORECASE)
_LONGEST_NOTE, _SHORT_NOTE = 10, 500  # lines of one; characters of one that is said at each mark
_MOST_PLACES = 200_000  # of a grid, from where on cells reach nowhere


@dataclass(slots=True)
class PageBlock:
    """A block with the texts of the links that make up the whole of it, if they do."""

    block: Block
    links: tuple[str, ...] = ()


class Notes:
    """Finds the notes that the marks of `lines` stand for."""

    def __init__(
        self, lines: Iterable[Entry], every: Sequence[Entry], anchors: Mapping[str, range]
    ) -> None:
        self._every = every
        self._anchors = anchors
        self._said: set[int] = set()
        self._of: dict[int, list[Entry]] = {}  # by the identity of their marks
        self.lines: set[int] = set()
        defined = self._defined()
        waiting = list(lines)
        while waiting:  # a note may have notes, behind it: there is no loop
            line = waiting.pop()
            for place, mark in enumerate(line.parts):
                if isinstance(mark, Mark) and (note := self._note(line, place, mark, defined)):
                    self._of[id(mark)] = note
                    new = [part for part in note if part.number not in self.lines]
                    self.lines.update(part.number for part in new)
                    waiting.extend(new)

    def text_of(self, line: Entry) -> tuple[str, list[Note]]:
        """Return the text of a line without the marks of notes, and the notes they stand for."""
        text = ""
        notes: list[Note] = []
        for part in line.parts:
            if isinstance(part, str):
                text = text.rstrip() if text.endswith(" ") and part[:1] in set(",.;:!?)") else text
                text += part
            elif note := self._of.get(id(part)):
                notes.extend(self._notes(_key(part), note))
            elif not self._leads_back(line, part):
                text += _raised(part, text)
        return SPACES.sub(" ", text).strip(), notes

    def _notes(self, label: str, lines: Sequence[Entry]) -> Iterator[Note]:
        texts: list[str] = []
        inner: list[Note] = []
        for line in lines:
            text, notes = self.text_of(_without_label(line, label))
            texts.append(text)
            inner.extend(notes)
        text = " ".join(filter(None, texts))
        first = lines[0].number
        if text and (first not in self._said or len(text) <= _SHORT_NOTE):
            self._said.add(first)
            yield Note(text, label)
            yield from inner

    def _defined(self) -> dict[str, list[int]]:
        """Return by their labels the lines that begin with one, as notes at the end do."""
        found: defaultdict[str, list[int]] = defaultdict(list)
        below_head = False
        for line in self._every:
            first = line.parts[0]
            text = first if isinstance(first, str) else ""
            if fold(text.casefold()).strip(" :.") in _NOTES_HEADS:
                below_head = True
            elif isinstance(first, Mark):
                if first.raised and len(line.parts) > 1:
                    found[_key(first)].append(line.number)
            elif line.owner in HEADINGS:
                below_head = False
            elif below_head:
                typed = _TYPED_LABEL.match(f"{line.label} " if line.label else text)
                if typed:
                    found[typed[1]].append(line.number)
        return found

    def _note(
        self, line: Entry, place: int, mark: Mark, defined: Mapping[str, Sequence[int]]
    ) -> list[Entry]:
        key = _key(mark)
        if not key:
            return []
        if mark.target:
            lines = self._anchors.get(mark.target, range(0))
            if not mark.raised and mark.text == key:
                return []
            if not line.number < lines.start or len(lines) > _LONGEST_NOTE:
                return []
            return list(self._every[lines.start : lines.stop])
        before = line.parts[place - 1] if place else ""
        if not mark.raised or not place or (isinstance(before, str) and _UNIT.search(before)):
            return []
        numbers = defined.get(key, ())
        behind = bisect_right(numbers, line.number)
        return [self._every[numbers[behind]]] if behind < len(numbers) else []

    def _leads_back(self, line: Entry, mark: Mark) -> bool:
        """Tell whether a link in a note leads back to the note's mark."""
        if line.number not in self.lines or not mark.target:
            return False
        lines = self._anchors.get(mark.target)
        back = lines is not None and lines.start <= line.number
        return back or not any(map(str.isalnum, mark.text))


def page_blocks(flow: Sequence[Entry | Grid], notes: Notes) -> list[PageBlock]:
    """Return the blocks of `flow`, each with its notes behind it."""
    blocks: list[PageBlock] = []
    for part in flow:
        if isinstance(part, Grid):
            above = blocks[-1].block if blocks else None
            caption = ""
            if isinstance(above, Paragraph) and _CAPTION.fullmatch(above.text):
                caption = above.text
            made = list(_grid_blocks(part, notes, caption))
            if caption and not part.caption:
                blocks.pop()
            blocks.extend(map(PageBlock, made))
        elif part.number not in notes.lines:
            text, found = notes.text_of(part)
            if text:
                blocks.append(PageBlock(_block(part, text), part.links))
            blocks.extend(map(PageBlock, found))
    if blocks and _is_notes_head(blocks[-1].block) and notes.lines:
        blocks.pop()
    return blocks


def _block(line: Entry, text: str) -> Block:
    if line.owner in HEADINGS:
        return Heading(text, HEADINGS[line.owner])
    return ListItem(text, line.label, line.level) if line.owner == "li" else Paragraph(text)


def _grid_blocks(grid: Grid, notes: Notes, caption: str) -> Iterator[Block]:
    found: list[Note] = []
    texts = []
    for part in grid.caption:
        text, own = notes.text_of(part) if isinstance(part, Entry) else ("", [])
        texts.append(text)
        found += own
    yield from table_blocks(_cells(grid, notes), " ".join(filter(None, texts)) or caption)
    yield from found


def _cells(grid: Grid, notes: Notes) -> list[list[Cell]]:
    """Lay the cells out as the HTML standard does: each in the first free place of its row."""
    rows: list[list[Cell]] = []
    reaching: dict[int, tuple[int, Cell]] = {}  # by column: for how many more rows which cell
    places = 0
    for number, row in enumerate(grid.rows):
        if number in grid.sections or places >= _MOST_PLACES:
            reaching = {}
        cells: list[Cell] = []
        for cell in row:
            _go_down(cells, reaching)
            text = _cell_text(cell.content, notes)
            across = cell.across if places < _MOST_PLACES else 1
            for step in range(across):
                made = Cell(text, across=step > 0, heads=cell.heads)
                if cell.down > 1:
                    reaching[len(cells)] = (cell.down - 1, replace(made, down=True))
                cells.append(made)
        _go_down(cells, reaching)
        places += len(cells)
        rows.append(cells)
    return rows


def _go_down(cells: list[Cell], reaching: dict[int, tuple[int, Cell]]) -> None:
    """Fill the places that cells of rows above reach into."""
    while (place := len(cells)) in reaching:
        left, cell = reaching.pop(place)
        cells.append(cell)
        if left > 1:
            reaching[place] = (left - 1, cell)


def _cell_text(content: Sequence[Entry | Grid], notes: Notes) -> str:
    text = ""
    said: list[Note] = []
    found: list[Note]
    in_list = False
    for part in content:
        if isinstance(part, Grid):
            lines = [line.text for b in _grid_blocks(part, notes, "") for line in lines_of(b)]
            piece = " | ".join(lines)
        elif part.number in notes.lines:
            continue
        else:
            piece, found = notes.text_of(part)
            said += found
            piece = f"{part.label} {piece}" if part.label else piece
        is_item = isinstance(part, Grid) or part.owner == "li"
        ends = not text or text[-1] in ".;:,!?"
        text += ("" if not text else " " if ends or not (in_list and is_item) else "; ") + piece
        in_list = is_item
    return text + "".join(f" (chú thích: {note.text})" for note in said)


def _key(mark: Mark) -> str:
    match = _MARK.fullmatch(mark.text)
    return match[1] if match else ""


def _raised(mark: Mark, before: str) -> str:
    """Return a superscript that marks no note: a power as such a figure, else as it stands."""
    text = mark.text
    if mark.raised and _POWER.fullmatch(text):
        return text.translate(_RAISED)
    return "°" if mark.raised and text == "o" and before[-1:].isdigit() else text


def _without_label(line: Entry, label: str) -> Entry:
    """Return a note's line without the label that it begins with."""
    first = line.parts[0]
    if isinstance(first, Mark) and _key(first) == label:
        return replace(line, parts=line.parts[1:] or [""])
    if isinstance(first, str) and (typed := _TYPED_LABEL.match(first)) and typed[1] == label:
        return replace(line, parts=[first[typed.end() :], *line.parts[1:]])
    return line


def _is_notes_head(block: Block) -> bool:
    return not isinstance(block, Table) and fold(block.text.casefold()).strip(" :.") in _NOTES_HEADS
