"""Reads the question bank: a folder of YAML files, a topic each."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from embeddings.system_errors import system_reason
from knowledge.errors import QuizFileError
from knowledge.quiz.bank.bank import QuestionBank
from knowledge.quiz.bank.file import MAX_FILE_BYTES, BankFile, parse_bank_file
from knowledge.quiz.bank.problem import BankPlace, BankProblem

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from knowledge.quiz.topic import QuizTopic

MAX_FILES = 200
MAX_BANK_QUESTIONS = 2000
SUFFIX = ".yaml"
_LOOKALIKE = ".yml"


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


def read_bank(directory: Path) -> BankReading:
    """Read all files of the bank; blocks.

    What is broken is left out and named among the problems, the rest is kept. Raises QuizFileError
    when the directory is missing or cannot be read.
    """
    gathering = _Gathering()
    for number, path in enumerate(bank_files(directory)):
        if number >= MAX_FILES:
            gathering.error(path.name, None, f"quá {MAX_FILES} tệp; tệp này bị bỏ qua")
            continue
        if path.suffix != SUFFIX:
            message = f"tên tệp phải kết thúc bằng {SUFFIX}; tệp này bị bỏ qua"
            gathering.error(path.name, None, message)
            continue
        try:
            with path.open("rb") as file:
                data = file.read(MAX_FILE_BYTES + 1)  # one more, for the parser to refuse
        except OSError as error:
            gathering.error(path.name, None, f"không đọc được tệp: {system_reason(error)}")
            continue
        gathering.add(path.name, parse_bank_file(data, path.name))
    return gathering.reading()


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


class _Gathering:
    """Puts the files' topics together, within the rules that hold over all of them."""

    def __init__(self) -> None:
        self._topics: list[QuizTopic] = []
        self._problems: list[BankProblem] = []
        self._topic_places: dict[str, BankPlace] = {}
        self._places: dict[str, BankPlace] = {}
        self._count = 0

    def error(self, file: str, line: int | None, message: str) -> None:
        """Note what was left out."""
        self._problems.append(BankProblem(file, line, message))

    def add(self, name: str, read: BankFile) -> None:
        """Take a file's topic in, without the questions that another file has already."""
        self._problems.extend(read.problems)
        topic, here = read.topic, BankPlace(name, read.line)
        if topic is not None and topic.topic_id in self._topic_places:
            first = self._topic_places[topic.topic_id]
            message = f"chủ đề “{topic.topic_id}” đã có ở {first}; cả tệp này bị bỏ qua"
            self.error(name, here.line, message)
            return
        # An id counts as taken even where its question was left out: progress belongs to ids.
        taken = {i: self._places[i] for i in read.lines if i in self._places}
        self._places |= {
            i: BankPlace(name, line) for i, line in read.lines.items() if i not in taken
        }
        if topic is None:
            return
        kept = []
        for question in topic.questions:
            line = read.lines[question.question_id]
            if (first_place := taken.get(question.question_id)) is not None:
                message = f"mã câu hỏi “{question.question_id}” đã có ở {first_place}"
                self.error(name, line, message)
            elif self._count >= MAX_BANK_QUESTIONS:
                self.error(name, line, f"quá {MAX_BANK_QUESTIONS} câu hỏi; từ câu này bị bỏ qua")
                break
            else:
                self._count += 1
                kept.append(question)
        if not kept:
            self.error(name, here.line, f"chủ đề “{topic.title}” không còn câu hỏi nào")
            return
        self._topic_places[topic.topic_id] = here
        self._topics.append(replace(topic, questions=tuple(kept)))

    def reading(self) -> BankReading:
        """Return all that was gathered, topics in the order of the path."""
        topics = sorted(self._topics, key=lambda topic: (topic.order, topic.topic_id))
        return BankReading(
            QuestionBank(tuple(topics)),
            tuple(self._problems),
            self._topic_places,
            self._places,
        )
