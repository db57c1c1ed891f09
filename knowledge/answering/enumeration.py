"""Lists and tables as wholes: which of their members a question means, one, some or all."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from embeddings.vietnamese import folded_syllables
from knowledge.answering.answer import AnswerTable
from knowledge.articles.chunk import UnitKind
from knowledge.articles.chunker import HEADING_SEPARATOR
from knowledge.retrieval.windows import lead_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from knowledge.articles.chunk import Chunk, Sentence
    from knowledge.index.corpus import Corpus
    from knowledge.retrieval.shortlist import QuestionWords

MOST_ROWS = 15
"""Rows that are shown as an answer; of a longer choice the whole table is offered, page by page."""
_SAID = 0.5  # of the question's words in what leads a list in, for all of it to be meant
_SEVERAL = 0.25  # of them that tell some members from the others
_EVEN = 1e-6
_MOST_COMPARED = 500  # members: of more the one that was read is shown


@dataclass(frozen=True, eq=False)
class Member:
    """An item of a list with all its units, or a row of a table."""

    chunk: Chunk
    units: tuple[Sentence, ...]

    @property
    def start(self) -> int:
        """Where the member begins in its chunk's text: with its label."""
        begin = self.units[0].start
        return self.chunk.text.rfind("\n", 0, begin) + 1 if self.is_item else begin

    @property
    def text(self) -> str:
        """The member's words."""
        return self.chunk.text[self.start : self.units[-1].end]

    @property
    def is_item(self) -> bool:
        """Whether it is an item of a list."""
        return self.units[0].kind is UnitKind.ITEM

    @cached_property
    def words(self) -> frozenset[str]:
        """The folded syllables of the member; of a row those of its cells alone."""
        cells = [self.units[0].text[start:end] for start, end in self.units[0].cells]
        return folded_syllables(" ".join(cells) or self.text)

    @property
    def cells(self) -> dict[str, str]:
        """The cells of a row by the name of their column."""
        unit, found, done = self.units[0], {}, 0
        for start, end in unit.cells or ((0, len(unit.text)),):
            name = unit.text[done:start].removeprefix("; ").removesuffix(": ")
            found[name] = unit.text[start:end]
            done = end
        return found

    @property
    def cell_texts(self) -> tuple[str, ...]:
        """The cells of a row, whether their columns have names or not."""
        unit = self.units[0]
        return tuple(unit.text[start:end] for start, end in unit.cells) or (unit.text,)

    def under(self, columns: Sequence[str]) -> tuple[str, ...]:
        """Return the cells of a row by column; one over several columns stands in the first."""
        first, *others = columns
        cells = self.cells
        return (cells.get(first) or cells.get("", ""), *(cells.get(name, "") for name in others))

    @property
    def is_group(self) -> bool:
        """Whether it is a row that only names those below it."""
        return self.units[0].cells == ((0, len(self.units[0].text)),)


@dataclass(frozen=True)
class Enumeration:
    """A whole list of a passage, or a whole table over all passages that it reaches."""

    members: tuple[Member, ...]

    @cached_property
    def lead(self) -> str:
        """The line that leads it in; empty where there is none."""
        first = self.members[0]
        return lead_in(first.chunk, first.chunk.sentences.index(first.units[0]))

    @cached_property
    def name(self) -> str:
        """What tells what it is about: what leads it in, and the nearest heading."""
        return f"{self.lead} {self.members[0].chunk.heading.rpartition(HEADING_SEPARATOR)[2]}"

    @cached_property
    def name_words(self) -> frozenset[str]:
        """The folded syllables of the name and of the columns' names."""
        return folded_syllables(f"{self.name} {' '.join(self.columns)}")

    @property
    def is_table(self) -> bool:
        """Whether its members are rows."""
        return self.members[0].units[0].kind is UnitKind.ROW

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """The names of a table's columns, in order; none of a table without a header.

        The column without a name that all rows have, which names them, is one of them.
        """
        rows = [m.cells for m in self.members if not m.is_group]
        names = dict.fromkeys(name for cells in rows for name in cells)
        if not all("" in cells for cells in rows):
            names.pop("", None)
        return tuple(names) if any(names) else ()

    def member_of(self, chunk: Chunk, unit: Sentence) -> Member:
        """Return the member that a unit belongs to."""
        return next(
            m for m in self.members if m.chunk.chunk_id == chunk.chunk_id and unit in m.units
        )

    def meant(self, words: QuestionWords, chosen: Member, *, sure: bool) -> tuple[Member, ...]:
        """Return the members that the question means: `chosen`, those that say as much, or all.

        `chosen` is the one that was read as the answer; all are meant when the question's words
        tell none from the others but stand in the list's name, and the reader is not `sure` that
        one stretch of one member answers.
        """
        own = [m for m in self.members if not m.is_group]
        if len(own) > _MOST_COMPARED:
            return (chosen,)
        held = {m: words.weights.keys() & m.words for m in own}
        common = frozenset.intersection(*(frozenset(h) for h in held.values())) if own else ()
        named = self.name_words
        score = {m: words.coverage(held[m] - set(common) - named) for m in own}
        most = max(score.values(), default=0.0)
        alike = [m for m in own if score[m] >= most - _EVEN]
        if chosen not in alike or len(own) < 2:
            return (chosen,)
        if most >= _SEVERAL and 1 < len(alike) < len(own):
            return tuple(alike)
        if len(alike) == len(own) and not sure and words.coverage(named) >= _SAID:
            return self.members
        return (chosen,)

    def shown(self, members: Sequence[Member]) -> AnswerTable:
        """Return some rows of a table, cell by cell."""
        return AnswerTable(
            self.lead or self.name.strip(),
            self.columns,
            tuple(
                m.cell_texts if m.is_group or not self.columns else m.under(self.columns)
                for m in members
            ),
            len(self.members),
            self.members[0].chunk.chunk_id,
        )


def enumeration_at(corpus: Corpus, chunk: Chunk, position: int) -> Enumeration | None:
    """Return the list or table that the unit at `position` of `chunk` belongs to, if it does."""
    unit = chunk.sentences[position]
    if unit.kind is UnitKind.ROW:
        return Enumeration(tuple(Member(c, (row,)) for c, row in _rows(corpus, chunk, unit)))
    if unit.kind is UnitKind.ITEM:
        return Enumeration(tuple(_items(chunk, position)))
    return None


def _rows(corpus: Corpus, chunk: Chunk, unit: Sentence) -> Iterator[tuple[Chunk, Sentence]]:
    """Yield the rows of a table that begins before this chunk, or goes on behind it."""
    chunks = corpus.chunks
    first = last = corpus.row_of[chunk.chunk_id]
    blocks = {first: unit.block}
    while chunks[first].continues and blocks[first] == chunks[first].sentences[0].block:
        first -= 1
        blocks[first] = chunks[first].sentences[-1].block
    while (
        last + 1 < len(chunks)
        and chunks[last + 1].continues
        and blocks[last] == chunks[last].sentences[-1].block
    ):
        last += 1
        blocks[last] = chunks[last].sentences[0].block
    for number in range(first, last + 1):
        for row in chunks[number].sentences:
            if row.block == blocks[number] and row.kind is UnitKind.ROW:
                yield chunks[number], row


def _items(chunk: Chunk, position: int) -> Iterator[Member]:
    """Yield the items around one, up to whatever is no item of the same list."""
    units = chunk.sentences
    lead = lead_in(chunk, position)
    within = {UnitKind.ITEM, UnitKind.NOTE}
    first = last = position
    while first > 0 and units[first - 1].kind in within:
        first -= 1
    while last + 1 < len(units) and units[last + 1].kind in within:
        last += 1
    blocks: dict[int, list[Sentence]] = {}
    for n in range(first, last + 1):
        if units[n].kind is UnitKind.ITEM and lead_in(chunk, n) == lead:
            blocks.setdefault(units[n].block, []).append(units[n])
    for same in blocks.values():
        yield Member(chunk, tuple(same))
