"""The quiz questions in use: those of the files and the approved drafts that still hold.

A question whose passage changed or went is suspended until the passage is back; one that an editor
retired stays out until an editor brings it back.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from bot.features.quizzes import texts
from bot.features.quizzes.tables import OutOfUse, SessionKind
from embeddings.errors import system_reason
from knowledge import QuizFileError
from knowledge.quiz.bank.bank import QuestionBank
from knowledge.quiz.bank.passage_check import check_passages
from knowledge.quiz.bank.reading import bank_files, read_bank
from knowledge.quiz.topic_match import match_topic

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
    from pathlib import Path

    from bot.access.audit import AuditNote
    from bot.features.quizzes.question_store import QuestionStore
    from bot.features.quizzes.session import QuizSession
    from bot.knowledge_worker import KnowledgeWorker
    from knowledge.articles.chunk import Chunk
    from knowledge.quiz.bank.passage_check import PassageFinding
    from knowledge.quiz.bank.problem import BankProblem
    from knowledge.quiz.question import QuizQuestion
    from knowledge.quiz.topic import QuizTopic


@dataclass(frozen=True, slots=True)
class QuestionPassage:
    """Where a question's answer stands."""

    chunk_id: str
    title: str
    heading: str


@dataclass(frozen=True, slots=True)
class PoolNews:
    """What a refresh changed: questions suspended (with the reason) and resumed, and bad files."""

    suspended: Mapping[str, str] = field(default_factory=dict)
    resumed: tuple[str, ...] = ()
    problems: tuple[BankProblem, ...] = ()


class QuestionPool:
    """The questions that may be asked now. `refresh` brings it up to date."""

    def __init__(
        self,
        directory: Path,
        worker: KnowledgeWorker,
        store: QuestionStore,
        *,
        now: Callable[[], dt.datetime],
    ) -> None:
        self._directory = directory
        self._worker = worker
        self._store = store
        self._now = now
        self._all = QuestionBank()
        self._bank = QuestionBank()
        self._found: dict[str, QuestionPassage] = {}
        self._seen: object = None
        self._problems: tuple[BankProblem, ...] = ()
        self._refreshing = asyncio.Lock()

    @property
    def bank(self) -> QuestionBank:
        """The topics with the questions that may be asked; topics without any are left out."""
        return self._bank

    @property
    def everything(self) -> QuestionBank:
        """All questions, the suspended and the retired ones too."""
        return self._all

    @property
    def chunks(self) -> Sequence[Chunk]:
        """The passages of the live version."""
        return self._worker.chunks

    def question(self, question_id: str) -> QuizQuestion | None:
        """Return a question that may be asked, or None."""
        return self._bank.questions.get(question_id)

    def topic(self, topic_id: str | None) -> QuizTopic | None:
        """Return a topic with questions that may be asked, or None."""
        return None if topic_id is None else self._bank.topic_of.get(topic_id)

    def questions_of(self, topic_id: str | None) -> tuple[QuizQuestion, ...]:
        """Return the questions that may be asked of a topic, or (None) of all topics."""
        if topic_id is None:
            return tuple(self._bank.questions.values())
        found = self.topic(topic_id)
        return () if found is None else found.questions

    def find_topic(self, wanted: str) -> QuizTopic | None:
        """Return the topic that somebody typed: its number, or its title, with typing errors."""
        return match_topic(wanted, self._bank.topics)

    def title_of(self, session: QuizSession) -> str:
        """Return what a quiz is about."""
        if session.kind is SessionKind.REVIEW:
            return texts.REVIEW_TITLE
        topic = self._all.topic_of.get(session.topic or "")
        return texts.MIXED if topic is None else topic.title

    def passage(self, question: QuizQuestion) -> QuestionPassage | None:
        """Return where a question's answer stands in the live version."""
        return self._found.get(question.question_id)

    async def refresh(self, *, force: bool = False) -> PoolNews:
        """Read the files again and check the passages again, where either may have changed.

        Also what editors decided on questions is taken in. Bad files are news once. Raises
        QuizFileError when the folder cannot be read, DatabaseError.
        """
        async with self._refreshing:
            files = await asyncio.to_thread(_signature, self._directory)
            version = self._worker.kb_version
            if (version, files, await self._store.stamp()) == self._seen and not force:
                return PoolNews()
            reading = await asyncio.to_thread(read_bank, self._directory)
            bank = with_questions(reading.bank, await self._store.approved())
            findings = await asyncio.to_thread(
                check_passages, tuple(bank.questions.values()), self._worker.chunks
            )
            news = await self._suspend(findings)
            states = await self._store.states()
            self._found = {
                question_id: QuestionPassage(finding.chunk_id, finding.title, finding.heading)
                for question_id, finding in findings.items()
                if finding.chunk_id is not None
            }
            self._all = bank
            self._bank = without_questions(bank, states)
            self._seen = (version, files, await self._store.stamp())
            problems = () if reading.errors == self._problems else reading.errors
            self._problems = reading.errors
            return replace(news, problems=problems)

    async def retire(self, question_id: str, by: int, note: AuditNote | None = None) -> None:
        """Take a question out of use by hand; harmless when it is."""
        await self._store.retire(question_id, texts.RETIRED_BY_HAND, self._now(), by, note)
        await self._apply_states()

    async def restore(self, question_id: str, note: AuditNote | None = None) -> None:
        """Bring a retired question back; harmless when it is in use."""
        await self._store.restore(question_id, OutOfUse.RETIRED, note)
        await self._apply_states()

    async def retired(self) -> set[str]:
        """Return the ids of the retired questions."""
        states = await self._store.states()
        return {key for key, state in states.items() if state is OutOfUse.RETIRED}

    async def _apply_states(self) -> None:
        async with self._refreshing:
            self._bank = without_questions(self._all, await self._store.states())

    async def _suspend(self, findings: Mapping[str, PassageFinding]) -> PoolNews:
        """Suspend the questions whose passage is gone; bring back those whose passage is back."""
        states = await self._store.states()
        suspended = {key for key, state in states.items() if state is OutOfUse.SUSPENDED}
        newly = {
            key: finding.reason
            for key, finding in findings.items()
            if not finding.found and key not in suspended
        }
        resumed = tuple(
            key for key, finding in findings.items() if finding.found and key in suspended
        )
        for key, reason in newly.items():
            await self._store.suspend(key, reason, self._now())
        for key in resumed:
            await self._store.restore(key, OutOfUse.SUSPENDED)
        return PoolNews(newly, resumed)


def with_questions(bank: QuestionBank, added: Iterable[QuizQuestion]) -> QuestionBank:
    """Return the bank with approved drafts in their topics; those of topics that went are left."""
    by_topic: defaultdict[str, list[QuizQuestion]] = defaultdict(list)
    for question in added:
        if question.question_id not in bank.questions:
            by_topic[question.topic].append(question)
    return QuestionBank(
        tuple(
            replace(topic, questions=(*topic.questions, *by_topic[topic.topic_id]))
            for topic in bank.topics
        )
    )


def without_questions(bank: QuestionBank, states: Collection[str]) -> QuestionBank:
    """Return the bank without these questions, and without topics that are empty then."""
    topics = (
        replace(
            topic,
            questions=tuple(q for q in topic.questions if q.question_id not in states),
        )
        for topic in bank.topics
    )
    return QuestionBank(tuple(topic for topic in topics if topic.questions))


def _signature(directory: Path) -> tuple[tuple[str, int, int], ...]:
    """Return what tells whether the files are the same as last time."""
    files = bank_files(directory)
    try:
        return tuple((f.name, (stat := f.stat()).st_mtime_ns, stat.st_size) for f in files)
    except OSError as error:
        raise QuizFileError(
            f"Không đọc được thư mục câu hỏi '{directory}': {system_reason(error)}. "
            "Hãy kiểm tra QUIZZES_DIR."
        ) from error
