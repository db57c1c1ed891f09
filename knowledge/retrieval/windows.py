"""Evidence windows: what the reader reads at once, one to three units of a passage."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from knowledge.articles.chunk import UnitKind
from knowledge.articles.chunker import HEADING_SEPARATOR

if TYPE_CHECKING:
    from knowledge.articles.chunk import Chunk, Sentence

MOST_UNITS = 3
MOST_CHARACTERS = 330
_HEADINGS = 2  # the nearest ones
_CONTEXT_PART = 90  # characters of a title or a heading
_LEAD = 160  # characters of what leads a list or a table in


@dataclass(frozen=True, slots=True)
class Window:
    """The units `first` to `last` of a chunk, with what it takes to understand them.

    `context` is the title, the nearest headings and what leads a list item or a table row in.
    """

    chunk: Chunk
    first: int
    last: int

    @property
    def start(self) -> int:
        """Where the window begins in the chunk's text: an item with its label."""
        text, unit = self.chunk.text, self.chunk.sentences[self.first]
        line = text.rfind("\n", 0, unit.start) + 1
        begins_line = not any(line <= s.start < unit.start for s in self.chunk.sentences)
        return line if unit.kind is UnitKind.ITEM and begins_line else unit.start

    @property
    def end(self) -> int:
        """Where the window ends in the chunk's text."""
        return self.chunk.sentences[self.last].end

    @property
    def text(self) -> str:
        """The window's words, copied from the chunk."""
        return self.chunk.text[self.start : self.end]

    @property
    def units(self) -> tuple[Sentence, ...]:
        """The units of the window."""
        return self.chunk.sentences[self.first : self.last + 1]

    @property
    def context(self) -> str:
        """The title, the nearest headings, and what leads the window in, on one line."""
        headings = self.chunk.heading.split(HEADING_SEPARATOR)[-_HEADINGS:]
        above = [part[:_CONTEXT_PART] for part in (self.chunk.title, *headings)]
        parts = (*above, lead_in(self.chunk, self.first)[:_LEAD])
        return HEADING_SEPARATOR.join(dict.fromkeys(part for part in parts if part))


def lead_in(chunk: Chunk, position: int) -> str:
    """Return the line that leads in a list item or a table row; empty for any other unit.

    An item before it under the same kind of label ("1." before "2.") is a sibling and leads only
    its own list in; a sentence that leads nothing in ends a list.
    """
    unit = chunk.sentences[position]
    if unit.kind not in {UnitKind.ITEM, UnitKind.ROW}:
        return ""
    first = next(s for s in chunk.sentences if s.block == unit.block)
    *above, own = chunk.text[: first.start].split("\n")
    kinds = {chunk.text.count("\n", 0, s.start): s.kind for s in chunk.sentences}
    sibling = _label_kind(own)
    for number in range(len(above) - 1, -1, -1):
        line = above[number]
        if unit.kind is UnitKind.ROW and line:
            return line
        if line.endswith(":") and (not sibling or _label_kind(line) != sibling):
            return line
        if kinds.get(number) is UnitKind.SENTENCE:
            return ""
    return ""


def _label_kind(line: str) -> str:
    """Return the kind of label that a line begins with ("0." for "12."); empty for a dash."""
    label = line.partition(" ")[0]
    shapes = (
        "0" if c.isdigit() else "A" if c.isupper() else "a" if c.isalpha() else c for c in label
    )
    return "" if label == "-" else "".join(shape for shape, _ in groupby(shapes))


def window_around(chunk: Chunk, position: int) -> Window:
    """Return the unit at `position` with its neighbours, as far as the limits allow.

    The sentence before comes first: it names what the unit speaks of. A row stands alone.
    """
    units = chunk.sentences
    first = last = position
    for step in (-1, 1):
        other = first - 1 if step < 0 else last + 1
        if (
            not 0 <= other < len(units)
            or last - first + 1 >= MOST_UNITS
            or {UnitKind.ROW, UnitKind.ITEM} & {units[other].kind, units[position].kind}
        ):
            continue
        low, high = min(first, other), max(last, other)
        if units[high].end - units[low].start <= MOST_CHARACTERS:
            first, last = low, high
    return Window(chunk, first, last)
