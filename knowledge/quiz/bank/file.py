"""One YAML file of the question bank: a topic with its lesson and its questions.

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

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from knowledge.errors import NodeError, QuizQuestionError
from knowledge.quiz.bank.problem import BankProblem, ProblemKind
from knowledge.quiz.bank.written_question import (
    WrittenQuestion,
    article_problems,
    give_away,
    one_line,
    unprintable,
)
from knowledge.quiz.topic import TOPIC_ID_CHARACTERS, LessonPart, QuizTopic
from knowledge.yaml_nodes import compose, items, line_of, mapping, number_of, text_of, texts, wrong

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from knowledge.quiz.question import QuizQuestion
    from knowledge.yaml_nodes import Node

MAX_FILE_BYTES = 1024 * 1024
TITLE_CHARACTERS = 100
SUMMARY_CHARACTERS = 200
HEADING_CHARACTERS = 300
MOST_LESSON_PARTS = 50
MOST_ORDER = 9999

TOPIC_FIELDS = ("topic", "title", "order", "summary", "lesson", "questions")
LESSON_FIELDS = ("article", "heading")
QUESTION_FIELDS = (
    "id",
    "question",
    "options",
    "correct",
    "explanation",
    "article",
    "quote",
    "difficulty",
    "tags",
)
_TOPIC_ID = re.compile(rf"[a-z0-9_]{{1,{TOPIC_ID_CHARACTERS}}}")


@dataclass(frozen=True, slots=True)
class BankFile:
    """What a file holds: its topic, or None when the file is broken as a whole.

    `line` is where the topic is named; `lines` says on which line each question begins, by its id,
    also those that were left out.
    """

    topic: QuizTopic | None
    problems: tuple[BankProblem, ...]
    line: int = 1
    lines: Mapping[str, int] = field(default_factory=dict)


def parse_bank_file(data: bytes, name: str) -> BankFile:
    """Read a file's bytes; `name` is for the problems. Never raises: what is wrong is reported."""
    if len(data) > MAX_FILE_BYTES:
        size = MAX_FILE_BYTES // 1024
        return _broken(name, None, f"tệp quá lớn, tối đa {size} KB; hãy chia thành nhiều chủ đề")
    try:
        root = compose(data.decode("utf-8-sig"))
        if root is None:
            return _broken(name, None, "tệp trống; hãy thêm topic, title, order và questions")
        return _BankFileReader(name).read(root)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return _broken(name, line, "không phải UTF-8; hãy lưu lại bằng UTF-8")
    except NodeError as error:
        return _broken(name, error.line, str(error))


def topic_problems(topic_id: str, title: str, order: int, summary: str) -> Iterator[str]:
    """Yield the rules that a topic's own fields break."""
    if not _TOPIC_ID.fullmatch(topic_id):
        yield (
            f"mã chủ đề chỉ gồm a–z, 0–9 và _, tối đa {TOPIC_ID_CHARACTERS} ký tự, đang là "
            f"“{topic_id[:60]}”"
        )
    if not 0 < len(title) <= TITLE_CHARACTERS or unprintable(title):
        yield f"tên chủ đề (title) phải có từ 1 đến {TITLE_CHARACTERS} ký tự"
    if not 0 <= order <= MOST_ORDER:
        yield f"thứ tự (order) phải từ 0 đến {MOST_ORDER}, đang là {order}"
    if len(summary) > SUMMARY_CHARACTERS or unprintable(summary):
        yield f"tóm tắt (summary) dài {len(summary)} ký tự, tối đa {SUMMARY_CHARACTERS}"


def part_problems(part: LessonPart) -> Iterator[str]:
    """Yield the rules that a part of a lesson breaks."""
    yield from article_problems(part.article)
    heading = part.heading or ""
    if len(heading) > HEADING_CHARACTERS or unprintable(heading):
        yield f"đề mục (heading) dài {len(heading)} ký tự, tối đa {HEADING_CHARACTERS}"


class _BankFileReader:
    """Reads one file, gathering problems as it goes."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._problems: list[BankProblem] = []
        self._lines: dict[str, int] = {}

    def read(self, root: Node) -> BankFile:
        """Return what the file holds; raises NodeError when it is broken as a whole."""
        fields = mapping(root, TOPIC_FIELDS)
        for required in ("topic", "title", "order"):
            if required not in fields:
                raise wrong(root, f"thiếu mục {required}")
        line = line_of(fields["topic"])
        topic_id = text_of(fields["topic"])
        title, order = one_line(text_of(fields["title"])), number_of(fields["order"])
        summary = one_line(text_of(fields["summary"])) if "summary" in fields else ""
        if problems := list(topic_problems(topic_id, title, order, summary)):
            raise wrong(fields["topic"], "; ".join(problems))
        lesson = tuple(self._lesson(fields.get("lesson"), root))
        questions = tuple(self._questions(fields.get("questions"), topic_id))
        topic = None
        if questions:
            topic = QuizTopic(topic_id, title, order, lesson, questions, summary)
        else:
            why = "không có câu hỏi nào dùng được" if "questions" in fields else "thiếu questions"
            self._error(line, f"chủ đề “{title}” {why} nên bị bỏ qua")
        return BankFile(topic, tuple(self._problems), line, self._lines)

    def _lesson(self, node: Node | None, root: Node) -> Iterator[LessonPart]:
        if node is None or _is_empty_list(node):
            line = line_of(node or root)
            self._warn(line, "chủ đề chưa có bài học (lesson): các đoạn cần đọc trước khi hỏi")
            return
        try:
            entries = items(node)
            if len(entries) > MOST_LESSON_PARTS:
                raise wrong(node, f"bài học có {len(entries)} đoạn, tối đa {MOST_LESSON_PARTS}")
        except NodeError as error:
            self._error(error.line, str(error))
            return
        for entry in entries:
            try:
                yield _lesson_part(entry)
            except NodeError as error:
                self._error(error.line, f"bài học: {error}")

    def _questions(self, node: Node | None, topic_id: str) -> Iterator[QuizQuestion]:
        if node is None:
            return
        try:
            entries = items(node)
        except NodeError as error:
            self._error(error.line, f"questions: {error}")
            return
        for entry in entries:
            try:
                yield self._question(entry, topic_id)
            except NodeError as error:
                self._error(error.line, str(error))

    def _question(self, entry: Node, topic_id: str) -> QuizQuestion:
        fields = mapping(entry, QUESTION_FIELDS)
        if "id" not in fields:
            raise wrong(entry, "câu hỏi thiếu id")
        question_id = text_of(fields["id"])
        if question_id in self._lines:
            first = self._lines[question_id]
            raise wrong(fields["id"], f"mã câu hỏi “{question_id}” đã có ở dòng {first}")
        self._lines[question_id] = line_of(entry)
        label = f"câu {question_id[:40]}"
        try:
            question = _written(question_id, fields).question(topic_id)
        except NodeError as error:
            raise NodeError(f"{label}: {error}", error.line) from error
        except QuizQuestionError as error:
            raise wrong(entry, f"{label}: {error}") from error
        if (hint := give_away(question)) is not None:
            self._warn(line_of(fields["options"]), f"{label}: {hint}")
        return question

    def _error(self, line: int | None, message: str) -> None:
        self._problems.append(BankProblem(self._name, line, message))

    def _warn(self, line: int, message: str) -> None:
        self._problems.append(BankProblem(self._name, line, message, ProblemKind.WARNING))


def _written(question_id: str, fields: Mapping[str, Node]) -> WrittenQuestion:
    def text(name: str) -> str:
        return text_of(fields[name]) if name in fields else ""

    def list_of(name: str) -> tuple[str, ...]:
        return tuple(texts(fields[name])) if name in fields else ()

    correct = items(fields["correct"]) if "correct" in fields else []
    return WrittenQuestion(
        question_id=question_id,
        text=text("question"),
        options=list_of("options"),
        correct=tuple(number_of(node) for node in correct),
        explanation=text("explanation"),
        article=text("article"),
        quote=text("quote"),
        difficulty=text("difficulty"),
        tags=list_of("tags"),
    )


def _is_empty_list(node: Node) -> bool:
    return isinstance(node.value, list) and not node.value


def _lesson_part(entry: Node) -> LessonPart:
    fields = mapping(entry, LESSON_FIELDS)
    if "article" not in fields:
        raise wrong(entry, "thiếu article (tên tệp bài)")
    heading = one_line(text_of(fields["heading"])) if "heading" in fields else None
    part = LessonPart(one_line(text_of(fields["article"])), heading)
    if problems := list(part_problems(part)):
        raise wrong(entry, "; ".join(problems))
    return part


def _broken(name: str, line: int | None, message: str) -> BankFile:
    return BankFile(None, (BankProblem(name, line, message),))
