"""The question bank as a table: a row a question, with its topic's fields beside it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from embeddings.vietnamese import nfc
from knowledge.errors import QuizFileError, QuizQuestionError
from knowledge.quiz.bank.file import part_problems, topic_problems
from knowledge.quiz.bank.problem import BankProblem
from knowledge.quiz.bank.written_question import WrittenQuestion, one_line
from knowledge.quiz.question import MOST_OPTIONS, plain
from knowledge.quiz.topic import LessonPart

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from knowledge.quiz.bank.bank import QuestionBank
    from knowledge.quiz.question import QuizQuestion

TOPIC = "Mã chủ đề"
TITLE = "Chủ đề"
ORDER = "Thứ tự"
SUMMARY = "Tóm tắt"
LESSON = "Bài học"
ID = "Mã câu hỏi"
QUESTION = "Câu hỏi"
OPTIONS = tuple(f"Phương án {number}" for number in range(1, MOST_OPTIONS + 1))
CORRECT = "Đúng"
EXPLANATION = "Giải thích"
ARTICLE = "Bài"
QUOTE = "Trích dẫn"
DIFFICULTY = "Độ khó"
TAGS = "Thẻ"

COLUMNS = (
    TOPIC, TITLE, ORDER, SUMMARY, LESSON, ID, QUESTION, *OPTIONS,
    CORRECT, EXPLANATION, ARTICLE, QUOTE, DIFFICULTY, TAGS,
)  # fmt: skip
_REQUIRED = (TOPIC, ID, QUESTION, OPTIONS[0], OPTIONS[1], CORRECT, EXPLANATION, ARTICLE, QUOTE)
_LIST = "; "
_HEADING = " | "


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row of a file: its number there, from 1, and its cells; `problem`: a cell is no text."""

    number: int
    cells: tuple[str, ...]
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class ImportedQuestion:
    """A sound question and the row that it came from."""

    row: int
    question: QuizQuestion


@dataclass(slots=True)
class ImportedTopic:
    """What the rows of one topic say; a field of the topic is None where no row says it."""

    topic_id: str
    row: int
    title: str | None = None
    order: int | None = None
    summary: str | None = None
    lesson: tuple[LessonPart, ...] | None = None
    questions: list[ImportedQuestion] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class ImportReading:
    """What a file to import holds, and every row that can't be used; nothing is left out unsaid."""

    file: str
    topics: tuple[ImportedTopic, ...]
    problems: tuple[BankProblem, ...]


def table_of(bank: QuestionBank) -> list[tuple[str, ...]]:
    """Return a row a question, its cells under COLUMNS, topics in the order of the path."""
    rows = []
    for topic in bank.topics:
        lesson = "\n".join(
            part.article if part.heading is None else f"{part.article}{_HEADING}{part.heading}"
            for part in topic.lesson
        )
        for question in topic.questions:
            blanks = [""] * (MOST_OPTIONS - len(question.options))
            rows.append(
                (
                    topic.topic_id,
                    topic.title,
                    str(topic.order),
                    topic.summary,
                    lesson,
                    question.question_id,
                    question.text,
                    *question.options,
                    *blanks,
                    _LIST.join(str(index + 1) for index in question.correct),
                    question.explanation,
                    question.article,
                    question.quote,
                    question.difficulty.value,
                    _LIST.join(question.tags),
                )
            )
    return rows


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
    if missing := [name for name in _REQUIRED if name not in columns]:
        raise QuizFileError(
            f"Tệp '{file}', dòng {head.number}: thiếu cột {', '.join(missing)}. Hãy lấy mẫu bằng "
            "cách xuất bộ câu hỏi hiện có: vanphong quiz export."
        )
    return columns


class _TableReader:
    """Gathers the topics and the problems of a table's rows."""

    def __init__(self, file: str, columns: list[str | None]) -> None:
        self._file = file
        self._columns = columns
        self._topics: dict[str, ImportedTopic] = {}
        self._rows: dict[str, int] = {}
        self._problems: list[BankProblem] = []

    def add(self, row: SheetRow) -> None:
        if row.problem is not None:
            self._error(row, row.problem)
            return
        cells: dict[str, str] = {}
        for number, cell in enumerate(row.cells):
            name = self._columns[number] if number < len(self._columns) else None
            if name is not None:
                cells[name] = nfc(cell).strip()
            elif cell.strip():
                self._error(row, f"ô thứ {number + 1} có chữ nhưng cột không có tên")
                return
        topic_id = one_line(cells[TOPIC])
        topic = self._topics.setdefault(topic_id, ImportedTopic(topic_id, row.number))
        self._read_topic(topic, row, cells)
        question_id = one_line(cells[ID])
        if (first := self._rows.setdefault(question_id, row.number)) != row.number:
            self._error(row, f"mã câu hỏi “{question_id[:40]}” đã có ở dòng {first}")
            return
        try:
            question = _written(question_id, cells).question(topic_id)
        except QuizQuestionError as error:
            self._error(row, f"câu {question_id[:40] or '(chưa có mã)'}: {error}")
            return
        topic.questions.append(ImportedQuestion(row.number, question))

    def reading(self) -> ImportReading:
        """Return what was gathered."""
        if not self._rows:
            raise QuizFileError(f"Tệp '{self._file}' chỉ có dòng tên cột, không có câu hỏi nào.")
        return ImportReading(self._file, tuple(self._topics.values()), tuple(self._problems))

    def _read_topic(self, topic: ImportedTopic, row: SheetRow, cells: Mapping[str, str]) -> None:
        title, summary = one_line(cells.get(TITLE, "")), one_line(cells.get(SUMMARY, ""))
        order: int | None = None
        if written := cells.get(ORDER, ""):
            if not (written.isascii() and written.isdigit() and len(written) <= 9):
                self._error(row, f"{ORDER} phải là số nguyên, đang là “{written[:40]}”")
                return
            order = int(written)
        lesson = tuple(map(_part, filter(str.strip, cells.get(LESSON, "").split("\n"))))
        wrong = [
            *topic_problems(topic.topic_id, title or "?", order or 0, summary),
            *(problem for part in lesson for problem in part_problems(part)),
        ]
        if wrong:
            self._error(row, "; ".join(wrong))
            return
        for name, column, value in (
            ("title", TITLE, title or None),
            ("order", ORDER, order),
            ("summary", SUMMARY, summary or None),
            ("lesson", LESSON, lesson or None),
        ):
            known = getattr(topic, name)
            if known is None:
                setattr(topic, name, value)
            elif value is not None and value != known:
                self._error(
                    row,
                    f"cột “{column}” khác với dòng {topic.row} của cùng chủ đề “{topic.topic_id}”",
                )

    def _error(self, row: SheetRow, message: str) -> None:
        self._problems.append(BankProblem(self._file, row.number, message))


def _written(question_id: str, cells: Mapping[str, str]) -> WrittenQuestion:
    """Return the question of a row; raises QuizQuestionError for cells that can't be told apart."""
    options = [cells.get(column, "") for column in OPTIONS]
    while options and not options[-1]:
        options.pop()
    if "" in options:
        raise QuizQuestionError(f"{OPTIONS[options.index('')]} để trống mà sau đó còn phương án")
    correct = [part.strip() for part in cells[CORRECT].replace(",", ";").split(";") if part.strip()]
    for part in correct:
        if not (part.isascii() and part.isdigit() and len(part) <= 3):
            raise QuizQuestionError(
                f"cột “{CORRECT}” phải là số của phương án đúng như 1 hoặc 1; 3, đang là "
                f"“{cells[CORRECT][:40]}”"
            )
    return WrittenQuestion(
        question_id=question_id,
        text=cells[QUESTION],
        options=tuple(options),
        correct=tuple(map(int, correct)),
        explanation=cells[EXPLANATION],
        article=cells[ARTICLE],
        quote=cells[QUOTE],
        difficulty=cells.get(DIFFICULTY, ""),
        tags=tuple(tag for tag in cells.get(TAGS, "").split(";") if tag.strip()),
    )


def _part(line: str) -> LessonPart:
    article, bar, heading = line.partition("|")
    return LessonPart(one_line(article), one_line(heading) if bar else None)
