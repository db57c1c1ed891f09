"""What a bank becomes with imported questions; nothing is overwritten unless that was asked for."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING

from knowledge.quiz.bank.problem import BankProblem
from knowledge.quiz.topic import QuizTopic

if TYPE_CHECKING:
    from knowledge.quiz.bank.bank import QuestionBank
    from knowledge.quiz.exchange.table import ImportedTopic, ImportReading
    from knowledge.quiz.question import QuizQuestion

_FIELDS = {
    "topic": "chủ đề",
    "text": "câu hỏi",
    "options": "phương án",
    "correct": "phương án đúng",
    "explanation": "giải thích",
    "article": "bài",
    "quote": "trích dẫn",
    "difficulty": "độ khó",
    "tags": "thẻ",
}
_TOPIC_FIELDS = {"title": "tên", "order": "thứ tự", "summary": "tóm tắt", "lesson": "bài học"}


@dataclass(frozen=True, slots=True)
class BankMerge:
    """The topics that an import changes or adds, whole, and the ids of its questions by fate.

    With `problems` nothing should be written: an import is taken in whole or not at all.
    """

    topics: tuple[QuizTopic, ...]
    added: tuple[str, ...]
    replaced: tuple[str, ...]
    unchanged: tuple[str, ...]
    problems: tuple[BankProblem, ...]


def merge_import(bank: QuestionBank, reading: ImportReading, *, replace: bool) -> BankMerge:
    """Return what `bank` becomes with the questions of `reading`.

    A question whose id the bank has with other content is a problem unless `replace`; so is a field
    of a topic. New questions come after the topic's others. A question may change its topic.
    """
    merging = _Merging(bank, reading.file, may_replace=replace)
    for topic in reading.topics:
        merging.add(topic)
    return merging.merged(reading.problems)


class _Merging:
    """Takes in one topic after another."""

    def __init__(self, bank: QuestionBank, file: str, *, may_replace: bool) -> None:
        self._bank = bank
        self._file = file
        self._may_replace = may_replace
        self._topics: dict[str, QuizTopic] = dict(bank.topic_of)
        self._rows: dict[str, int] = {}
        self._problems: list[BankProblem] = []
        self._added: list[str] = []
        self._replaced: list[str] = []
        self._unchanged: list[str] = []

    def add(self, new: ImportedTopic) -> None:
        """Take in what a file says of a topic."""
        old = self._topics.get(new.topic_id)
        topic = self._new_topic(new) if old is None else self._changed_topic(old, new)
        if topic is None:
            return
        self._topics[new.topic_id] = topic
        for imported in new.questions:
            self._rows[imported.question.question_id] = imported.row
            self._take(imported.question, imported.row)

    def merged(self, problems: tuple[BankProblem, ...]) -> BankMerge:
        """Return what became of everything."""
        for topic in self._topics.values():
            if not topic.questions and topic.topic_id in self._bank.topic_of:
                moved = self._bank.topic_of[topic.topic_id].questions[-1].question_id
                message = f"chủ đề “{topic.topic_id}” sẽ không còn câu hỏi nào; hãy để lại một câu"
                self._error(self._rows[moved], message)
        changed = [
            topic
            for topic in self._topics.values()
            if topic.questions and topic != self._bank.topic_of.get(topic.topic_id)
        ]
        changed.sort(key=lambda topic: (topic.order, topic.topic_id))
        return BankMerge(
            tuple(changed),
            tuple(self._added),
            tuple(self._replaced),
            tuple(self._unchanged),
            (*problems, *self._problems),
        )

    def _new_topic(self, new: ImportedTopic) -> QuizTopic | None:
        if new.title is None or new.order is None:
            message = f"chủ đề “{new.topic_id}” chưa có trong bộ câu hỏi nên phải ghi tên và thứ tự"
            self._error(new.row, message)
            return None
        lesson, summary = new.lesson or (), new.summary or ""
        return QuizTopic(new.topic_id, new.title, new.order, lesson, (), summary)

    def _changed_topic(self, old: QuizTopic, new: ImportedTopic) -> QuizTopic:
        said = {name: getattr(new, name) for name in _TOPIC_FIELDS}
        changes = {k: v for k, v in said.items() if v is not None and v != getattr(old, k)}
        if changes and not self._may_replace:
            what = ", ".join(_TOPIC_FIELDS[name] for name in changes)
            self._error(
                new.row, f"chủ đề “{old.topic_id}” đã có với {what} khác; muốn thay: --replace"
            )
            return old
        return replace(old, **changes)

    def _take(self, question: QuizQuestion, row: int) -> None:
        known = self._bank.questions.get(question.question_id)
        if known == question:
            self._unchanged.append(question.question_id)
            return
        if known is None:
            self._added.append(question.question_id)
            self._put(question)
            return
        if not self._may_replace:
            what = ", ".join(_FIELDS[name] for name in _differences(known, question))
            message = (
                f"câu {question.question_id} đã có với {what} khác; muốn thay câu cũ: --replace"
            )
            self._error(row, message)
            return
        self._replaced.append(question.question_id)
        self._put(question)

    def _put(self, question: QuizQuestion) -> None:
        """Put a question in the place of the one with its id, or at the end of its topic."""
        for topic in list(self._topics.values()):
            ids = [other.question_id for other in topic.questions]
            if question.question_id not in ids:
                continue
            place = ids.index(question.question_id)
            here = (question,) if topic.topic_id == question.topic else ()
            questions = (*topic.questions[:place], *here, *topic.questions[place + 1 :])
            self._topics[topic.topic_id] = replace(topic, questions=questions)
            if here:
                return
        topic = self._topics[question.topic]
        self._topics[question.topic] = replace(topic, questions=(*topic.questions, question))

    def _error(self, row: int, message: str) -> None:
        self._problems.append(BankProblem(self._file, row, message))


def _differences(old: QuizQuestion, new: QuizQuestion) -> list[str]:
    names = [field.name for field in fields(old)]
    return [name for name in names if getattr(old, name) != getattr(new, name)]
