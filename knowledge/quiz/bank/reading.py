"""Reads the question bank: a folder of YAML files, a topic each.

topic: ngay_truyen_thong     # a–z, 0–9 and _, at most 24 characters
title: Ngày truyền thống
order: 1
summary: one line            # optional
lesson:
  - article: 01-ngay-truyen-thong.md
    heading: Ngày truyền thống là ngày nào   # optional
questions:
  - id: ntt_01               # a–z, 0–9 and _, at most 40 characters, unique over the bank
    question: "…"
    options: ["…", "…"]
    correct: 1               # the number of the right option, from 1, or a list [1, 3]
    explanation: "…"
    article: 01-ngay-truyen-thong.md
    quote: "words that stand in the article"
    difficulty: dễ           # dễ | vừa | khó, optional
    tags: [a, b]             # optional
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, TypeVar

from pydantic import ValidationError

from embeddings.errors import system_reason
from knowledge.errors import NodeError, QuizFileError
from knowledge.quiz.bank.bank import QuestionBank
from knowledge.quiz.bank.model import (
    LESSON_FIELDS,
    LESSON_PART,
    QUESTION,
    QUESTION_FIELDS,
    TOPIC,
    TOPIC_FIELDS,
    give_away,
    problems_of,
)
from knowledge.quiz.bank.problem import BankPlace, BankProblem, ProblemKind
from knowledge.quiz.topic import MOST_LESSON_PARTS
from knowledge.yaml_nodes import compose, data_of, items, line_of, mapping, text_of, wrong

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from pydantic import TypeAdapter

    from knowledge.quiz.question import QuizQuestion
    from knowledge.quiz.topic import LessonPart, QuizTopic
    from knowledge.yaml_nodes import Node

MAX_FILES = 200
MAX_FILE_BYTES = 1024 * 1024
MAX_BANK_QUESTIONS = 2000
SUFFIX = ".yaml"
_LOOKALIKE = ".yml"

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class BankReading:
    """A bank with what was wrong in its files, and where everything stands.

    `topic_places` and `question_places` are by id; a question's line is where it begins.
    """

    bank: QuestionBank
    problems: tuple[BankProblem, ...] = ()
    topic_places: Mapping[str, BankPlace] = field(default_factory=dict)
    question_places: Mapping[str, BankPlace] = field(default_factory=dict)

    @property
    def errors(self) -> tuple[BankProblem, ...]:
        """The problems for which something was left out."""
        return tuple(problem for problem in self.problems if problem.is_error)


def read_bank(directory: Path, instead: Mapping[Path, bytes] | None = None) -> BankReading:
    """Read all files of the bank; blocks.

    What is broken is left out and named among the problems, the rest is kept. `instead` is what
    some of the files, or new ones, are taken to hold. Raises QuizFileError when the directory is
    missing or cannot be read.
    """
    given = instead or {}
    reader = _BankReader()
    for number, path in enumerate(sorted({*bank_files(directory), *given})):
        if number >= MAX_FILES:
            reader.note(BankPlace(path.name), f"quá {MAX_FILES} tệp; tệp này bị bỏ qua")
        elif path.suffix != SUFFIX:
            message = f"tên tệp phải kết thúc bằng {SUFFIX}; tệp này bị bỏ qua"
            reader.note(BankPlace(path.name), message)
        elif path in given:
            reader.read(path.name, given[path])
        else:
            try:
                with path.open("rb") as file:
                    data = file.read(MAX_FILE_BYTES + 1)  # one more, for the reader to refuse
            except OSError as error:
                reader.note(BankPlace(path.name), f"không đọc được tệp: {system_reason(error)}")
            else:
                reader.read(path.name, data)
    return reader.reading()


def bank_files(directory: Path) -> list[Path]:
    """Return the bank's files, and those named almost like one, sorted by name.

    Raises QuizFileError like `read_bank`.
    """
    try:
        if not directory.is_dir():
            raise QuizFileError(
                f"Không thấy thư mục câu hỏi '{directory}'. Hãy tạo thư mục hoặc sửa QUIZZES_DIR "
                "cho đúng."
            )
        return sorted(
            path
            for path in directory.iterdir()
            if path.suffix.lower() in {SUFFIX, _LOOKALIKE} and not path.name.startswith(".")
        )
    except OSError as error:
        raise QuizFileError(
            f"Không đọc được thư mục câu hỏi '{directory}' ({system_reason(error)}). "
            "Hãy kiểm tra quyền đọc."
        ) from error


class _BankReader:
    """Reads one file after another, within the rules that hold over all of them."""

    def __init__(self) -> None:
        self._topics: list[QuizTopic] = []
        self._problems: list[BankProblem] = []
        self._topic_places: dict[str, BankPlace] = {}
        self._places: dict[str, BankPlace] = {}
        self._count = 0
        self._file = ""

    def note(self, place: BankPlace, message: str, kind: ProblemKind = ProblemKind.ERROR) -> None:
        """Note what is wrong at a place."""
        self._problems.append(BankProblem(place.file, place.line, message, kind))

    def reading(self) -> BankReading:
        """Return all that was read, topics in the order of the path."""
        topics = sorted(self._topics, key=lambda topic: (topic.order, topic.topic_id))
        return BankReading(
            QuestionBank(tuple(topics)), tuple(self._problems), self._topic_places, self._places
        )

    def read(self, name: str, data: bytes) -> None:
        """Read a file's bytes; what is wrong is noted."""
        self._file = name
        with self._noting():
            if (root := compose(_decoded(data))) is None:
                raise NodeError("tệp trống; hãy thêm topic, title, order và questions", None)
            self._read_topic(root)

    def _read_topic(self, root: Node) -> None:
        fields = mapping(root, TOPIC_FIELDS)
        parts, questions = fields.pop("lesson", None), fields.pop("questions", None)
        here = BankPlace(self._file, line_of(fields.get("topic", root)))
        topic = _value(TOPIC, fields, root, lesson=[], questions=[])
        if (first := self._topic_places.get(topic.topic_id)) is not None:
            message = f"chủ đề “{topic.topic_id}” đã có ở {first}; cả tệp này bị bỏ qua"
            self.note(here, message)
            return
        lesson = self._lesson(parts, root)
        asked = self._questions(questions, topic.topic_id)
        if asked:
            self._topic_places[topic.topic_id] = here
            self._topics.append(replace(topic, lesson=lesson, questions=asked))
        else:
            why = "thiếu questions" if questions is None else "không có câu hỏi nào dùng được"
            self.note(here, f"chủ đề “{topic.title}” {why} nên bị bỏ qua")

    def _lesson(self, node: Node | None, root: Node) -> tuple[LessonPart, ...]:
        if node is None or node.value == []:
            message = "chủ đề chưa có bài học (lesson): các đoạn cần đọc trước khi hỏi"
            self._warn(node or root, message)
            return ()
        parts = []
        with self._noting("bài học: "):
            entries = items(node)
            if len(entries) > MOST_LESSON_PARTS:
                raise wrong(node, f"có {len(entries)} đoạn, tối đa {MOST_LESSON_PARTS}")
            for entry in entries:
                with self._noting("bài học: "):
                    parts.append(_value(LESSON_PART, mapping(entry, LESSON_FIELDS), entry))
        return tuple(parts)

    def _questions(self, node: Node | None, topic_id: str) -> tuple[QuizQuestion, ...]:
        questions = []
        with self._noting():
            for entry in [] if node is None else items(node):
                if self._count >= MAX_BANK_QUESTIONS:
                    raise wrong(entry, f"quá {MAX_BANK_QUESTIONS} câu hỏi; từ câu này bị bỏ qua")
                with self._noting():
                    questions.append(self._question(entry, topic_id))
                    self._count += 1
        return tuple(questions)

    def _question(self, entry: Node, topic_id: str) -> QuizQuestion:
        fields = mapping(entry, QUESTION_FIELDS)
        if "id" not in fields:
            raise wrong(entry, "câu hỏi thiếu id")
        question_id = text_of(fields["id"])
        # An id counts as taken even where its question is left out: progress belongs to ids.
        if (first := self._places.get(question_id)) is not None:
            raise wrong(fields["id"], f"mã câu hỏi “{question_id}” đã có ở {first}")
        self._places[question_id] = BankPlace(self._file, line_of(entry))
        label = f"câu {question_id[:40]}: "
        try:
            question = _value(QUESTION, fields, entry, topic=topic_id)
        except NodeError as error:
            raise NodeError(f"{label}{error}", error.line) from error
        if (hint := give_away(question)) is not None:
            self._warn(fields["options"], f"{label}{hint}")
        return question

    def _warn(self, node: Node, message: str) -> None:
        self.note(BankPlace(self._file, line_of(node)), message, ProblemKind.WARNING)

    @contextmanager
    def _noting(self, label: str = "") -> Iterator[None]:
        """Note what is wrong in the part of the file that is read inside."""
        try:
            yield
        except NodeError as error:
            self.note(BankPlace(self._file, error.line), f"{label}{error}")


def _decoded(data: bytes) -> str:
    if len(data) > MAX_FILE_BYTES:
        size = MAX_FILE_BYTES // 1024
        raise NodeError(f"tệp quá lớn, tối đa {size} KB; hãy chia thành nhiều chủ đề", None)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise NodeError("không phải UTF-8; hãy lưu lại bằng UTF-8", line) from error


def _value(
    model: TypeAdapter[Value], fields: Mapping[str, Node], whole: Node, **known: object
) -> Value:
    """Return what the fields of `whole` say; raises NodeError at the first that is wrong."""
    try:
        return model.validate_python(known | {name: data_of(fields[name]) for name in fields})
    except ValidationError as error:
        place = error.errors()[0]["loc"]
        node = fields.get(str(place[0]), whole) if place else whole
        if len(place) > 1 and isinstance(node.value, list):
            node = node.value[int(place[1])]
        problems = problems_of(error, lambda place: f"mục “{place[0]}”")
        raise NodeError(problems, line_of(node)) from error
