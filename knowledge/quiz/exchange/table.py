"""The question bank as a table: a row a question, with its topic's fields beside it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import ValidationError

from embeddings.vietnamese import plain
from knowledge.errors import QuizFileError
from knowledge.quiz.bank.model import QUESTION, TOPIC, problems_of, topic_fields
from knowledge.quiz.bank.problem import BankProblem
from knowledge.quiz.question import MOST_OPTIONS
from knowledge.quiz.written_fields import one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from pydantic import TypeAdapter

    from knowledge.quiz.bank.bank import QuestionBank
    from knowledge.quiz.question import QuizQuestion
    from knowledge.quiz.topic import QuizTopic

Read = TypeVar("Read")

_OPTIONS = tuple(f"Phương án {number}" for number in range(1, MOST_OPTIONS + 1))
_HEADINGS: dict[str, tuple[str, ...]] = {
    "topic": ("Mã chủ đề",),
    "title": ("Chủ đề",),
    "order": ("Thứ tự",),
    "summary": ("Tóm tắt",),
    "lesson": ("Bài học",),
    "id": ("Mã câu hỏi",),
    "question": ("Câu hỏi",),
    "options": _OPTIONS,
    "correct": ("Đúng",),
    "explanation": ("Giải thích",),
    "article": ("Bài",),
    "quote": ("Trích dẫn",),
    "difficulty": ("Độ khó",),
    "tags": ("Thẻ",),
}
"""The columns of each field of the model."""
_TOPIC_FIELDS = frozenset({"title", "order", "summary", "lesson"})
_UNSAID = {"title": "?", "order": "0", "lesson": [], "questions": []}
"""What stands for the fields that a row does not tell of its topic."""
COLUMNS = tuple(name for names in _HEADINGS.values() for name in names)
_OPTIONAL = {"Chủ đề", "Thứ tự", "Tóm tắt", "Bài học", "Độ khó", "Thẻ", *_OPTIONS[2:]}


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row of a file: its number there, from 1, and its cells; `problem`: a cell is no text."""

    number: int
    cells: tuple[str, ...]
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class ImportedTopic:
    """What the rows of a topic say of it: `topic` without questions, `said` the fields they name.

    `row` is the first of the rows.
    """

    topic: QuizTopic
    said: frozenset[str]
    row: int


@dataclass(frozen=True, slots=True)
class ImportReading:
    """What a file to import holds, and every row that can't be used; nothing is left out unsaid.

    `rows` says in which row a question stands, by its id.
    """

    file: str
    topics: tuple[ImportedTopic, ...]
    questions: tuple[QuizQuestion, ...]
    rows: Mapping[str, int]
    problems: tuple[BankProblem, ...] = ()


def table_of(bank: QuestionBank) -> list[tuple[str, ...]]:
    """Return a row a question, its cells under COLUMNS, topics in the order of the path."""
    return [
        tuple(_cells({**topic, **question}))
        for topic in map(topic_fields, bank.topics)
        for question in topic["questions"]
    ]


def _cells(fields: Mapping[str, Any]) -> Iterator[str]:
    for name, columns in _HEADINGS.items():
        match fields[name]:
            case list(options) if columns is _OPTIONS:
                yield from options
                yield from [""] * (len(columns) - len(options))
            case list(parts) if name == "lesson":
                yield "\n".join(" | ".join(filter(None, part.values())) for part in parts)
            case list(values):
                yield "; ".join(map(str, values))
            case value:
                yield str(value)


def known_columns(cells: Iterable[str]) -> int:
    """Return how many of `cells` name a column."""
    names = {plain(name) for name in COLUMNS}
    return sum(plain(cell) in names for cell in cells)


def read_table(rows: Iterable[SheetRow], file: str) -> ImportReading:
    """Read a table whose first filled row names the columns, in any order.

    Raises QuizFileError when it has no such row, a column that nobody knows or too few.
    """
    filled = (row for row in rows if row.problem or any(cell.strip() for cell in row.cells))
    head = next(filled, None)
    if head is None:
        raise QuizFileError(f"Tệp '{file}' không có dòng nào.")
    reader = _TableReader(file, _columns(head, file))
    for row in filled:
        reader.add(row)
    return reader.reading()


def _columns(head: SheetRow, file: str) -> list[str | None]:
    """Return the column that each cell stands under, None for one without a name."""
    by_name = {plain(name): name for name in COLUMNS}
    columns: list[str | None] = []
    for cell in head.cells:
        name = by_name.get(plain(cell))
        if cell.strip() and name is None:
            raise QuizFileError(
                f"Tệp '{file}', dòng {head.number}: không có cột “{one_line(cell)[:60]}”, chỉ có "
                f"{', '.join(COLUMNS)}."
            )
        if name is not None and name in columns:
            raise QuizFileError(f"Tệp '{file}', dòng {head.number}: cột “{name}” lặp lại.")
        columns.append(name)
    if missing := [name for name in COLUMNS if name not in columns and name not in _OPTIONAL]:
        raise QuizFileError(
            f"Tệp '{file}', dòng {head.number}: thiếu cột {', '.join(missing)}. Hãy lấy mẫu bằng "
            "cách xuất bộ câu hỏi hiện có: vanphong quiz export."
        )
    return columns


class _TableReader:
    """Gathers the topics, the questions and the problems of a table's rows."""

    def __init__(self, file: str, columns: list[str | None]) -> None:
        self._file = file
        self._columns = columns
        self._topics: dict[str, ImportedTopic] = {}
        self._questions: list[QuizQuestion] = []
        self._rows: dict[str, int] = {}
        self._problems: list[BankProblem] = []

    def add(self, row: SheetRow) -> None:
        """Take in a row."""
        if row.problem is not None:
            self._note(row.number, row.problem)
            return
        cells: dict[str, str] = {}
        for number, cell in enumerate(row.cells):
            name = self._columns[number] if number < len(self._columns) else None
            if name is not None:
                cells[name] = cell.strip()
            elif cell.strip():
                self._note(row.number, f"ô thứ {number + 1} có chữ nhưng cột không có tên")
                return
        fields = _fields(cells)
        topic = self._read(TOPIC, _UNSAID | fields, row)
        if topic is not None:
            self._join(ImportedTopic(topic, _TOPIC_FIELDS & fields.keys(), row.number))
        question_id = one_line(fields.get("id", ""))
        if (first := self._rows.setdefault(question_id, row.number)) != row.number:
            self._note(row.number, f"mã câu hỏi “{question_id[:40]}” đã có ở dòng {first}")
            return
        label = f"câu {question_id[:40] or '(chưa có mã)'}: "
        question = self._read(QUESTION, {"topic": ""} | fields, row, label)
        if topic is not None and question is not None:
            self._questions.append(question)

    def reading(self) -> ImportReading:
        """Return what was gathered."""
        if not self._rows:
            raise QuizFileError(f"Tệp '{self._file}' chỉ có dòng tên cột, không có câu hỏi nào.")
        return ImportReading(
            self._file,
            tuple(self._topics.values()),
            tuple(self._questions),
            self._rows,
            tuple(self._problems),
        )

    def _join(self, new: ImportedTopic) -> None:
        """Join what a row says of its topic to what the rows before it said."""
        known = self._topics.setdefault(new.topic.topic_id, new)
        for name in _HEADINGS:
            before, now = getattr(known.topic, name, None), getattr(new.topic, name, None)
            if name in known.said & new.said and before != now:
                self._note(
                    new.row,
                    f"cột “{_HEADINGS[name][0]}” khác với dòng {known.row} của cùng chủ đề "
                    f"“{new.topic.topic_id}”",
                )
        more = {name: getattr(new.topic, name) for name in new.said - known.said}
        self._topics[new.topic.topic_id] = replace(
            known, topic=replace(known.topic, **more), said=known.said | new.said
        )

    def _read(
        self, model: TypeAdapter[Read], fields: Mapping[str, Any], row: SheetRow, label: str = ""
    ) -> Read | None:
        """Return what a row says, or None after noting what is wrong in it."""
        try:
            return model.validate_python(fields)
        except ValidationError as error:
            self._note(row.number, f"{label}{problems_of(error, _column)}")
            return None

    def _note(self, row: int, message: str) -> None:
        self._problems.append(BankProblem(self._file, row, message))


def _column(place: tuple[int | str, ...]) -> str:
    columns = _HEADINGS[str(place[0])]
    column = columns[int(place[1])] if columns is _OPTIONS else columns[0]
    return f"cột “{column}”"


def _fields(cells: Mapping[str, str]) -> dict[str, Any]:
    """Return what a row says by the names of the model; what is empty is left out."""
    fields: dict[str, Any] = {}
    for name, columns in _HEADINGS.items():
        text = cells.get(columns[0], "")
        if columns is _OPTIONS:
            fields[name] = [cells.get(column, "") for column in columns]
            while fields[name] and not fields[name][-1]:
                fields[name].pop()
        elif not text:
            continue
        elif name == "lesson":
            fields[name] = [_part(line) for line in text.split("\n") if line.strip()]
        elif name in {"correct", "tags"}:
            separated = text.replace(",", ";") if name == "correct" else text
            fields[name] = [part for part in separated.split(";") if part.strip()]
        else:
            fields[name] = text
    return fields


def _part(line: str) -> dict[str, str]:
    article, bar, heading = line.partition("|")
    return {"article": article, "heading": heading} if bar else {"article": article}
