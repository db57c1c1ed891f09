"""Reads tables: which rows a question means, and which of their cells it asks for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import groupby
from typing import TYPE_CHECKING

from embeddings.vietnamese import fold, fold_syllable, syllables
from knowledge.answering.answer import AnswerTable
from knowledge.answering.question import QuestionKind
from knowledge.answering.spans import answer_spans
from knowledge.articles.chunk import Sentence, UnitKind
from knowledge.articles.chunker import DETAILS_HEADING
from knowledge.entities.names import name_spans

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from embeddings.sentences import Span
    from knowledge.answering.question import AnalysedQuestion
    from knowledge.articles.chunk import Chunk
    from knowledge.index.corpus import Corpus
    from knowledge.retrieval.hybrid import Hit

MOST_ROWS = 15
"""Rows that are shown as an answer; of a longer choice the whole table is offered, page by page."""
_REMEMBERED = 64  # tables, with the syllables of their cells
_COVERED = 0.85  # of the question's words, by their weight
_EXACT = 0.99  # of a cell's own words, said by the question
_UNSAID = 0.05  # less for a value whose name only fits the kind of question
_NAMED = 0.5  # of the words of the column that is asked for
# What a table is called, or what is said when all of it is wanted.
_CALLS_A_TABLE = (
    "bảng, biểu, lịch, danh sách, danh bạ, liệt kê, thống kê, toàn bộ, tất cả, đầy đủ, chi tiết, "
    "qua các thời kỳ, thời kỳ"
).split(", ")
# "Tổng số: 87", an item or a line of its own.
_PAIR = re.compile(r"([^:.;?!]{2,60}):\s+([^:]{1,300})")
# What the name before a colon may be where its value answers a question of a kind.
_ASKED_BY_KIND = {
    QuestionKind.PLACE: ("địa điểm", "nơi", "địa chỉ"),
    QuestionKind.DATE: ("thời gian", "ngày", "thời điểm", "thời hạn"),
    QuestionKind.DURATION: ("thời gian", "thời hạn"),
}
_DIGIT = re.compile(r"\d")
_TIME_WORDS = frozenset("năm tháng ngày nam thang ngay".split())
_YEAR = re.compile(r"(?<![\d.,/])(?:\d{1,2}/){0,2}((?:18|19|20)\d\d)(?![\d,])")
_TO_THIS_DAY = re.compile(r"\b(?:nay|hiện tại|hiện nay)\b", re.IGNORECASE)


@dataclass(frozen=True, eq=False)
class TableRow:
    """A row of an indexed table: the unit that it is, and its cells by column."""

    chunk: Chunk
    unit: Sentence

    @cached_property
    def cells(self) -> list[tuple[str, str, Span]]:
        """Name of the column (empty without one), cell, and the cell's place in the unit."""
        text, found, done = self.unit.text, [], 0
        if self.is_pair and (pair := _PAIR.fullmatch(text)):
            return [("", pair[part], pair.span(part)) for part in (1, 2)]
        for start, end in self.unit.cells or ((0, len(self.unit.text)),):
            name = text[done:start].removeprefix("; ").removesuffix(": ")
            found.append((name, text[start:end], (start, end)))
            done = end
        return found

    @cached_property
    def words(self) -> list[list[str]]:
        """The syllables of each cell."""
        return [syllables(cell) for _, cell, _ in self.cells]

    @cached_property
    def is_pair(self) -> bool:
        """Whether it is a name with a value: "Thư ký: ông Lò A Sử"."""
        return self.unit.kind is not UnitKind.ROW and _PAIR.fullmatch(self.unit.text) is not None

    @property
    def is_group(self) -> bool:
        """Whether it only names the rows below it."""
        return self.unit.cells == ((0, len(self.unit.text)),)


@dataclass(frozen=True)
class IndexedTable:
    """A whole table of an article, over all chunks that it reaches."""

    rows: tuple[TableRow, ...]

    @cached_property
    def caption(self) -> str:
        """What stands above its rows in the first chunk, or the nearest heading."""
        chunk = self.rows[0].chunk
        return self._above[-1] if self._above else chunk.heading.rpartition(" › ")[2] or chunk.title

    @cached_property
    def name(self) -> str:
        """All that tells what the table is about, and stands right above it."""
        return " ".join((*self._above, self.rows[0].chunk.heading.rpartition(" › ")[2]))

    @cached_property
    def _above(self) -> list[str]:
        """The caption, and the sentence before the table."""
        chunk, unit = self.rows[0].chunk, self.rows[0].unit
        before = chunk.text[: unit.start].rstrip("\n- ").rpartition("\n")[2]
        units = [
            u.text for u in chunk.sentences if u.end <= unit.start and u.kind is UnitKind.SENTENCE
        ]
        return list(dict.fromkeys(text for text in (*units[-1:], before) if text))

    def shown(self, rows: Sequence[TableRow]) -> AnswerTable:
        """Return some of the rows, cell by cell."""
        columns = self.columns or ("",)
        cells = [{name: cell for name, cell, _ in row.cells} for row in rows]
        nameless = not self.columns
        return AnswerTable(
            self.caption,
            self.columns,
            tuple(
                tuple(cell for _, cell, _ in row.cells)
                if nameless or row.is_group
                else tuple(held.get(name, "") for name in columns)
                for row, held in zip(rows, cells, strict=True)
            ),
            len(self.rows),
            self.rows[0].chunk.chunk_id,
        )

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns, in order."""
        names: dict[str, None] = {}
        for row in self.rows:
            names.update(dict.fromkeys(name for name, _, _ in row.cells if name))
        return tuple(names)


@dataclass(frozen=True, slots=True)
class TableReading:
    """The rows that answer, with the columns asked for.

    `coverage` is the share of the question's words that the table holds, 0..1; `called` how many of
    the words that ask for a table stand in its name, `in_time` that the rows are of the time asked.
    """

    table: IndexedTable
    rows: tuple[TableRow, ...]
    asked: tuple[str, ...]
    coverage: float
    called: int
    in_time: bool

    def highlights(self, row: TableRow, question: AnalysedQuestion) -> tuple[Span, ...]:
        """Return the places of the cells asked for: by their column, or by what they hold."""
        if row.is_pair:
            return (row.cells[1][2],)
        by_name = tuple(place for name, _, place in row.cells if name in self.asked)
        if by_name:
            return by_name
        if question.kind is QuestionKind.PERSON:
            said = set(syllables(question.text))
            names = [
                place
                for _, cell, place in row.cells
                if (0, len(cell)) in name_spans(cell) and not said.issuperset(syllables(cell))
            ]
            return tuple(names[:1])
        return ()


def table_at(corpus: Corpus, chunk: Chunk, unit: Sentence) -> IndexedTable:
    """Return the table that a row of `chunk` belongs to."""
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
    return IndexedTable(
        tuple(
            TableRow(chunks[number], sentence)
            for number in range(first, last + 1)
            for sentence in chunks[number].sentences
            if sentence.block == blocks[number] and sentence.kind is UnitKind.ROW
        )
    )


class TableReader:
    """Finds the rows of a table that a question means, by the words of names, columns and cells."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus
        self._table = lru_cache(maxsize=_REMEMBERED)(self._table_of)

    def read(
        self, question: AnalysedQuestion, hits: list[Hit], *, bare: bool
    ) -> TableReading | None:
        """Return the best reading of the tables in `hits`, or None where none of them answers.

        All of the question's words must stand in the table's name, its columns and the rows
        meant, but for those that ask for a table; `bare`: diacritics don't count.
        """
        tokens = _Tokens(question, self._corpus, bare=bare)
        if not tokens.weights:
            return None
        tables = self._tables_of([hit.chunk for hit in hits])
        readings = [found for table in tables if (found := tokens.reading(table))]
        return max(
            readings,
            key=lambda found: (
                round(found.coverage, 2),
                found.in_time,
                found.called,
                self._published(found),
            ),
            default=None,
        )

    def _tables_of(self, chunks: Sequence[Chunk]) -> Iterator[IndexedTable]:
        """Yield the tables that the chunks hold a part of, each once.

        Lists of "name: value" count, too, and the details of the documents that the chunks are
        from.
        """
        corpus = self._corpus
        seen: set[tuple[str, int]] = set()
        numbers = [corpus.row_of[chunk.chunk_id] for chunk in chunks]
        heads = (n - corpus.chunks[n].ordinal for n in numbers)
        details = (n for n in heads if corpus.chunks[n].heading == DETAILS_HEADING)
        for number in dict.fromkeys((*numbers, *details)):
            chunk = corpus.chunks[number]
            lines = (TableRow(chunk, unit) for unit in chunk.sentences)
            for is_pair, pairs in groupby(lines, key=lambda row: row.is_pair):
                if is_pair and len(rows_of_list := tuple(pairs)) > 1:
                    yield IndexedTable(rows_of_list)
            rows = (unit for unit in chunk.sentences if unit.kind is UnitKind.ROW)
            for block, _ in groupby(rows, key=lambda unit: unit.block):
                if (chunk.chunk_id, block) not in seen:
                    table = self._table(number, block)
                    seen.update((row.chunk.chunk_id, row.unit.block) for row in table.rows)
                    yield table

    def _table_of(self, number: int, block: int) -> IndexedTable:
        """Return the table with this block of a chunk; a question may read thousands of rows."""
        chunk = self._corpus.chunks[number]
        unit = next(unit for unit in chunk.sentences if unit.block == block)
        return table_at(self._corpus, chunk, unit)

    def _published(self, found: TableReading) -> str:
        """Return when the article was published: of two that say it, the newer one holds."""
        return self._corpus.article(found.rows[0].chunk).published or ""


def _place(phrase: str, tokens: list[str]) -> range:
    """Return the places of `tokens` that say `phrase`; empty where they don't."""
    words = syllables(phrase)
    size = len(words)
    starts = (n for n in range(len(tokens) - size + 1) if tokens[n : n + size] == words)
    start = next(starts, None)
    return range(0) if start is None else range(start, start + size)


class _Tokens:
    """The words of a question that a table must hold, with their weights."""

    def __init__(self, question: AnalysedQuestion, corpus: Corpus, *, bare: bool) -> None:
        self._question = question
        self._bare = bare
        self._years = {int(n) for n in question.numbers if _YEAR.fullmatch(n)}
        tokens = syllables(question.text)
        places = {call: _place(call, tokens) for call in _CALLS_A_TABLE}
        self._calls = [call for call, found in places.items() if found]
        calling = {place for found in places.values() for place in found}
        self.weights = {
            self._form(token): corpus.weight(fold(token))
            for place, token in question.content
            if place not in calling
        }

    def reading(self, table: IndexedTable) -> TableReading | None:
        """Return how `table` answers, or None."""
        rows = [row for row in table.rows if not row.is_group]
        if len(rows) < 2 and not table.columns:
            return None
        chunk = rows[0].chunk
        own = self._held(table.name)
        named = own | self._held(f"{chunk.heading} {chunk.title}")
        columns = {name: self._held(name) for name in table.columns}
        of_columns: set[str] = set().union(*columns.values())
        cells = {row: [self._among(words) for words in row.words] for row in rows}
        in_time = self._in_time(rows)
        times = {self._form(str(year)) for year in self._years} if in_time else set()
        counts: dict[str, int] = {}
        for held in cells.values():
            for token in set().union(*held):
                counts[token] = counts.get(token, 0) + 1
        tells = {token for token, n in counts.items() if n < len(rows)}  # one row from others
        tells -= named | of_columns | times
        scores = {
            row: (self._weight(set().union(*held) & tells), self._closest(row, held))
            for row, held in cells.items()
            if not in_time or row in in_time
        }
        best = max((score for score, _ in scores.values()), default=0.0)
        meant = [row for row in rows if row in scores and scores[row][0] >= best - 1e-6]
        closest = max((scores[row][1] for row in meant), default=0.0)
        if best > 0 or closest >= _EXACT:
            meant = [row for row in meant if scores[row][1] >= closest - 1e-6]
        elif len(rows) > 1 and not in_time and not self._is_named(own, named, of_columns):
            return None  # nothing says which row, and it is not the table itself that is meant
        said: set[str] = set().union(*(c for row in meant for c in cells[row]))
        coverage = self._share(named | of_columns | times | said)
        if coverage < _COVERED or (len(meant) > MOST_ROWS and len(meant) < len(rows)):
            return None
        tell_row = {
            name
            for row in meant
            for (name, _, _), held in zip(row.cells, cells[row], strict=True)
            if held
        }
        close = {
            name: len(words) / len(set(syllables(name)))
            for name, words in columns.items()
            if words - said - (_TIME_WORDS if in_time else set()) and name not in tell_row
        }
        most = max(close.values(), default=1.0)
        whole = len(meant) == len(rows) > 1
        asked = tuple(name for name, share in close.items() if share >= max(most, _NAMED))
        name = syllables(table.name)
        called = sum(bool(_place(call, name)) for call in self._calls)
        chosen = table.rows if whole else tuple(meant)
        if meant[0].is_pair and not cells[meant[0]][0]:
            coverage -= _UNSAID
        found = TableReading(table, chosen, asked, coverage, called, bool(in_time))
        return found if self._has_what_is_asked(found) else None

    def _is_named(self, own: set[str], named: set[str], of_columns: set[str]) -> bool:
        """Tell whether the question says what the table is about; its article may say a part."""
        return self._share((named if self._calls else own) | of_columns) >= _COVERED

    def _has_what_is_asked(self, found: TableReading) -> bool:
        """Tell whether what a question of this kind asks for is there: a person, a number, a place.

        In a list of names and values the name must be said, or be what the kind asks for; of a
        table of one row, a column.
        """
        kind = self._question.kind
        if found.rows[0].is_pair:
            keys = [row.cells[0][1] for row in found.rows]
            is_meant = any(self._held(key) or self._asks_for(key) for key in keys)
        else:
            is_meant = len(found.table.rows) > 1 or bool(found.asked)
        return is_meant and self._has_kind(found, kind)

    def _has_kind(self, found: TableReading, kind: QuestionKind) -> bool:
        if kind is QuestionKind.PERSON:
            return any(found.highlights(row, self._question) for row in found.rows)
        if kind is QuestionKind.CONTACT:
            return any(answer_spans(row.unit.text, kind) for row in found.rows)
        if kind in {QuestionKind.COUNT, QuestionKind.DURATION}:
            texts = [
                row.unit.text[start:end]
                for row in found.rows
                for start, end in found.highlights(row, self._question)
            ]
            stated = any(answer_spans(text, kind) or _DIGIT.search(text) for text in texts)
            return stated if texts or len(found.rows) > 1 else True
        if kind in {QuestionKind.PLACE, QuestionKind.DATE} and len(found.rows) > 1:
            return bool(found.asked or found.called)
        return True

    def _asks_for(self, key: str) -> bool:
        return key.casefold().startswith(_ASKED_BY_KIND.get(self._question.kind, ("\0",)))

    def _closest(self, row: TableRow, held: list[set[str]]) -> float:
        """Return which part of a cell's own words the question says, of the best cell."""
        if row.is_pair:
            key = row.cells[0][1]
            return 1.0 if self._asks_for(key) else self._closeness(row.words[0], held[0])
        return max(map(self._closeness, row.words, held))

    def _in_time(self, rows: list[TableRow]) -> set[TableRow]:
        """Return the rows whose time holds the year asked for, or this day."""
        if not self._years and not self._question.current:
            return set()
        found = set()
        for row in rows:
            text = row.unit.text
            years = [int(year) for year in _YEAR.findall(text)]
            open_end = _TO_THIS_DAY.search(text) is not None
            if self._question.current and open_end:
                found.add(row)
            for year in self._years:
                last = 9999 if open_end else max(years, default=0)
                if years and (min(years) <= year <= last) and (len(years) > 1 or open_end):
                    found.add(row)
        return found

    def _form(self, token: str) -> str:
        return fold_syllable(token) if self._bare else token

    def _held(self, text: str) -> set[str]:
        return self._among(syllables(text))

    def _among(self, tokens: list[str]) -> set[str]:
        return {form for token in tokens if (form := self._form(token)) in self.weights}

    def _weight(self, tokens: set[str]) -> float:
        return sum(self.weights[token] for token in tokens if token in self.weights)

    def _share(self, tokens: set[str]) -> float:
        return self._weight(tokens) / sum(self.weights.values())

    @staticmethod
    def _closeness(words: list[str], held: set[str]) -> float:
        """Return which part of a cell's own words the question says."""
        return len(held) / len(set(words)) if held and words else 0.0
