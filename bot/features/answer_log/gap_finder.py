"""Finds the gaps of a period in the answer log, and notes which were closed."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import numpy as np
import structlog
from sqlalchemy import exists, or_, select, update

from bot.access.audit import write_note
from bot.database.errors import DatabaseError
from bot.features.answer_log.gaps import Gap, GapQuestion, group_gaps
from bot.features.answer_log.logged_answer import Reason, Vote
from bot.features.answer_log.store import vector_row
from bot.features.answer_log.tables import AnswerRow, FeedbackRow, QuestionVectorRow
from embeddings.vietnamese import fold

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Mapping, Sequence

    import numpy.typing as npt
    from sqlalchemy import ColumnElement
    from sqlalchemy.ext.asyncio import AsyncSession

    from bot.access.audit import AuditNote
    from bot.database import Database
    from bot.office_time import Period
    from embeddings import Encoder

    Vectors = dict[str, npt.NDArray[np.float32]]

_BATCH = 500  # parameters of one statement; PostgreSQL takes 32,767, SQLite's limit is as high

_log = structlog.get_logger(__name__)


class GapFinder:
    """The gaps of the answer log. All methods raise DatabaseError."""

    def __init__(self, database: Database, encoder: Encoder) -> None:
        self._database = database
        self._encoder = encoder

    async def find(self, period: Period) -> list[Gap]:
        """Return the open gaps of `period`, most asked first.

        Questions of people who were erased have no text any more and are left out.
        """
        async with self._database.session() as session:
            is_gap = _is_open_gap(period)
            questions = await self._questions(session, is_gap)
            vectors = await self._kept_vectors(session, is_gap, questions)
        vectors |= await self._new_vectors(questions, vectors)
        return await asyncio.to_thread(group_gaps, questions, vectors)

    async def mark_handled(self, gap: Gap, now: dt.datetime, note: AuditNote | None = None) -> None:
        """Note that somebody closed the gap: it comes back only when it is asked again."""
        async with self._database.transaction() as session:
            for ids in _batches(gap.answer_ids):
                await session.execute(
                    update(AnswerRow)
                    .where(AnswerRow.id.in_(ids), AnswerRow.handled_at.is_(None))
                    .values(handled_at=now)
                )
            await write_note(session, note)

    async def reopen(self, handled_at: dt.datetime, note: AuditNote | None = None) -> int:
        """Take back what was marked at that very moment; return how many answers it was."""
        async with self._database.transaction() as session:
            reopened = await session.scalars(
                update(AnswerRow)
                .where(AnswerRow.handled_at == handled_at)
                .values(handled_at=None)
                .returning(AnswerRow.id)
            )
            count = len(reopened.all())
            await write_note(session, note if count else None)
            return count

    async def _questions(
        self, session: AsyncSession, is_gap: ColumnElement[bool]
    ) -> list[GapQuestion]:
        down: dict[str, list[Reason | None]] = {}
        votes = await session.execute(
            select(FeedbackRow.answer_id, FeedbackRow.reason)
            .join(AnswerRow, AnswerRow.id == FeedbackRow.answer_id)
            .where(is_gap, FeedbackRow.vote == Vote.DOWN)
        )
        for answer_id, reason in votes:
            down.setdefault(answer_id, []).append(reason)
        rows = await session.execute(
            select(
                AnswerRow.id,
                AnswerRow.question,
                AnswerRow.normalised,
                AnswerRow.person_id,
                AnswerRow.shown_at,
                AnswerRow.refused,
            ).where(is_gap)
        )
        keys: dict[str, str] = {}  # most questions are asked often
        questions: list[GapQuestion] = []
        for answer_id, question, normalised, person_id, shown_at, refused in rows:
            if normalised not in keys:
                keys[normalised] = fold(normalised)
            reasons = down.get(answer_id, ())
            questions.append(
                GapQuestion(
                    answer_id,
                    question,
                    normalised,
                    keys[normalised],
                    person_id,
                    shown_at,
                    refused,
                    down=len(reasons),
                    reasons=tuple(reason for reason in reasons if reason is not None),
                )
            )
        return questions

    async def _kept_vectors(
        self, session: AsyncSession, is_gap: ColumnElement[bool], questions: list[GapQuestion]
    ) -> Vectors:
        keys = {question.answer_id: question.key for question in questions}
        rows = await session.execute(
            select(QuestionVectorRow.answer_id, QuestionVectorRow.vector)
            .join(AnswerRow, AnswerRow.id == QuestionVectorRow.answer_id)
            .where(is_gap, QuestionVectorRow.model_id == self._encoder.model_id)
        )
        # A vote may have made a gap between the two statements: its vector waits for next time.
        found = {keys[answer]: vector for answer, vector in rows if answer in keys}
        return {key: np.frombuffer(kept, "<f2").astype(np.float32) for key, kept in found.items()}

    async def _new_vectors(
        self, questions: list[GapQuestion], known: Mapping[str, object]
    ) -> Vectors:
        """Make the vectors that are missing: of answers marked down, or of another model."""
        missing: dict[str, GapQuestion] = {}
        for question in questions:
            if question.key not in known:
                missing.setdefault(question.key, question)
        if not missing:
            return {}
        texts = [question.normalised for question in missing.values()]
        matrix = await asyncio.to_thread(self._encoder.encode_queries, texts)
        try:
            async with self._database.transaction() as session:
                for question, vector in zip(missing.values(), matrix, strict=True):
                    row = vector_row(question.answer_id, self._encoder.model_id, vector)
                    await session.merge(row)
        except DatabaseError as error:  # a read-only or busy database: they only save time
            _log.warning("question_vectors_not_kept", count=len(texts), reason=str(error))
        return dict(zip(missing, matrix, strict=True))


def _is_open_gap(period: Period) -> ColumnElement[bool]:
    marked_down = (
        exists()
        .where(FeedbackRow.answer_id == AnswerRow.id, FeedbackRow.vote == Vote.DOWN)
        .correlate(AnswerRow)
    )
    return (
        AnswerRow.day.between(period.first, period.last)
        & AnswerRow.handled_at.is_(None)
        & (AnswerRow.question != "")
        & or_(AnswerRow.refused, marked_down)
    )


def _batches(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(ids), _BATCH):
        yield ids[start : start + _BATCH]
