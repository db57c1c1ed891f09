"""What a bank becomes with imported questions; nothing is overwritten unless that was asked for."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from knowledge.quiz.bank.problem import BankProblem

if TYPE_CHECKING:
    from collections.abc import Mapping

    from knowledge.quiz.bank.bank import QuestionBank
    from knowledge.quiz.exchange.table import ImportedTopic, ImportReading
    from knowledge.quiz.question import QuizQuestion
    from knowledge.quiz.topic import QuizTopic

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
    merging = _Merging(bank, reading, may_replace=replace)
    for topic in reading.topics:
        merging.take_topic(topic)
    for question in reading.questions:
        merging.take(question)
    return merging.merged()


class _Merging:
    """Takes in one topic and one question after another."""

    def __init__(self, bank: QuestionBank, reading: ImportReading, *, may_replace: bool) -> None:
        self._bank = bank
        self._reading = reading
        self._may_replace = may_replace
        self._topics = dict(bank.topic_of)
        self._questions = dict(bank.questions)
        self._problems = list(reading.problems)

    def take_topic(self, new: ImportedTopic) -> None:
        """Take in what the file says of a topic."""
        topic_id = new.topic.topic_id
        old = self._topics.get(topic_id)
        if old is None:
            if {"title", "order"} <= new.said:
                self._topics[topic_id] = new.topic
            else:
                self._refuse(
                    new.row,
                    f"chủ đề “{topic_id}” chưa có trong bộ câu hỏi nên phải ghi tên và thứ tự",
                )
            return
        changed = replace(old, **{name: getattr(new.topic, name) for name in new.said})
        if changed != old and not self._may_replace:
            what = _differences(_TOPIC_FIELDS, old, changed)
            self._refuse(
                new.row, f"chủ đề “{topic_id}” đã có với {what} khác; muốn thay: --replace"
            )
        else:
            self._topics[topic_id] = changed

    def take(self, question: QuizQuestion) -> None:
        """Take a question in: in the place of the one with its id, or after its topic's others."""
        question_id = question.question_id
        known = self._bank.questions.get(question_id)
        if question.topic not in self._topics:
            return  # the topic was refused
        if known not in {None, question} and not self._may_replace:
            what = _differences(_FIELDS, known, question)
            self._refuse(
                self._reading.rows[question_id],
                f"câu {question_id} đã có với {what} khác; muốn thay câu cũ: --replace",
            )
            return
        if known is not None and known.topic != question.topic:
            del self._questions[question_id]  # it goes after the others there
        self._questions[question_id] = question

    def merged(self) -> BankMerge:
        """Return what became of everything."""
        changed = []
        for topic in self._topics.values():
            questions = tuple(q for q in self._questions.values() if q.topic == topic.topic_id)
            before = self._bank.topic_of.get(topic.topic_id)
            if questions and replace(topic, questions=questions) != before:
                changed.append(replace(topic, questions=questions))
            elif before is not None and not questions:
                moved = self._reading.rows[before.questions[-1].question_id]
                message = f"chủ đề “{topic.topic_id}” sẽ không còn câu hỏi nào; hãy để lại một câu"
                self._refuse(moved, message)
        old, now = self._bank.questions, self._questions
        taken = [q.question_id for q in self._reading.questions if now.get(q.question_id) == q]
        return BankMerge(
            tuple(sorted(changed, key=lambda topic: (topic.order, topic.topic_id))),
            tuple(i for i in taken if i not in old),
            tuple(i for i in taken if i in old and old[i] != now[i]),
            tuple(i for i in taken if i in old and old[i] == now[i]),
            tuple(self._problems),
        )

    def _refuse(self, row: int, message: str) -> None:
        self._problems.append(BankProblem(self._reading.file, row, message))


def _differences(names: Mapping[str, str], old: object, new: object) -> str:
    return ", ".join(
        name for field, name in names.items() if getattr(old, field) != getattr(new, field)
    )
