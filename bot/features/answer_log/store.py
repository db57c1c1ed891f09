"""The record in the database: answers go in, people mark them."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from bot.features.answer_log.logged_answer import (
    Feedback,
    Reason,
    RecordedAnswer,
    RecordedPassage,
    Vote,
)
from bot.features.answer_log.tables import AnswerRow, FeedbackRow, PassageRow, QuestionVectorRow
from bot.office_time import office_day

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    from sqlalchemy.ext.asyncio import AsyncSession

    from bot.database import Database

DOUBLE_PRESS = dt.timedelta(seconds=2)
"""A second press of one button within this time is a trembling hand, not a change of mind."""


class Record:
    """Every answer that was shown. All methods raise DatabaseError."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(
        self, answer: RecordedAnswer, vector: tuple[str, npt.NDArray[np.float32]] | None = None
    ) -> None:
        """Keep an answer; `vector` is the model's id and the vector of the normalised question."""
        async with self._database.transaction() as session:
            session.add(
                AnswerRow(
                    id=answer.answer_id,
                    shown_at=answer.shown_at,
                    day=office_day(answer.shown_at),
                    person_id=answer.person_id,
                    chat_kind=answer.chat_kind,
                    question=answer.question,
                    normalised=answer.normalised,
                    restored_question=answer.restored_question,
                    refused=answer.refused,
                    confidence=answer.confidence,
                    kb_version=answer.kb_version,
                    latency_ms=answer.latency_ms,
                )
            )
            await session.flush()
            session.add_all(
                PassageRow(
                    answer_id=answer.answer_id,
                    ordinal=ordinal,
                    chunk_id=passage.chunk_id,
                    title=passage.title,
                    heading=passage.heading,
                    source=passage.source,
                    quote=passage.quote,
                )
                for ordinal, passage in enumerate(answer.passages)
            )
            if vector is not None:
                session.add(_vector_row(answer.answer_id, *vector))

    async def answer(self, answer_id: str) -> RecordedAnswer | None:
        """Return the answer with that id, or None when there is none (any more)."""
        async with self._database.session() as session:
            row = await session.get(AnswerRow, answer_id)
            if row is None:
                return None
            passages = await session.scalars(
                select(PassageRow)
                .where(PassageRow.answer_id == answer_id)
                .order_by(PassageRow.ordinal)
            )
            return RecordedAnswer(
                answer_id=row.id,
                shown_at=row.shown_at,
                person_id=row.person_id,
                chat_kind=row.chat_kind,
                question=row.question,
                normalised=row.normalised,
                restored_question=row.restored_question,
                refused=row.refused,
                confidence=row.confidence,
                kb_version=row.kb_version,
                latency_ms=row.latency_ms,
                passages=tuple(
                    RecordedPassage(p.chunk_id, p.title, p.heading, p.source, p.quote)
                    for p in passages
                ),
            )

    async def vote(
        self, answer_id: str, person_id: int, vote: Vote, now: dt.datetime
    ) -> Feedback | None:
        """Count a press of 👍 or 👎: a first vote, a change, or taking the same one back.

        Returns None when the answer is not kept (any more).
        """
        async with self._database.transaction() as session:
            if not await _lock_answer(session, answer_id):
                return None
            row = await _feedback_of(session, answer_id, person_id)
            repeated = False
            if row is None:
                session.add(
                    FeedbackRow(answer_id=answer_id, person_id=person_id, vote=vote, changed_at=now)
                )
            elif row.vote is vote and now - row.changed_at < DOUBLE_PRESS:
                repeated = True
            else:
                row.vote = None if row.vote is vote else vote
                row.reason = None
                row.changed_at = now
            await session.flush()
            return await _standing(session, answer_id, person_id, repeated=repeated)

    async def give_reason(
        self, answer_id: str, person_id: int, reason: Reason, now: dt.datetime
    ) -> Feedback | None:
        """Note why the person marked the answer down; without a 👎 of theirs nothing changes.

        Returns None when the answer is not kept (any more).
        """
        async with self._database.transaction() as session:
            if not await _lock_answer(session, answer_id):
                return None
            row = await _feedback_of(session, answer_id, person_id)
            if row is not None and row.vote is Vote.DOWN:
                row.reason = reason
                row.changed_at = now
                await session.flush()
            return await _standing(session, answer_id, person_id)

    async def feedback(self, answer_id: str, person_id: int) -> Feedback | None:
        """Return how an answer stands; None when it is not kept (any more)."""
        async with self._database.session() as session:
            if await session.get(AnswerRow, answer_id) is None:
                return None
            return await _standing(session, answer_id, person_id)


async def _lock_answer(session: AsyncSession, answer_id: str) -> bool:
    """Let one vote on the answer through at a time; False when it is not kept (any more)."""
    wanted = select(AnswerRow.id).where(AnswerRow.id == answer_id).with_for_update()
    return await session.scalar(wanted) is not None


async def _feedback_of(session: AsyncSession, answer_id: str, person_id: int) -> FeedbackRow | None:
    return await session.scalar(
        select(FeedbackRow).where(
            FeedbackRow.answer_id == answer_id, FeedbackRow.person_id == person_id
        )
    )


async def _standing(
    session: AsyncSession, answer_id: str, person_id: int, *, repeated: bool = False
) -> Feedback:
    own = await _feedback_of(session, answer_id, person_id)
    counted = await session.execute(
        select(FeedbackRow.vote, func.count())
        .where(FeedbackRow.answer_id == answer_id, FeedbackRow.vote.is_not(None))
        .group_by(FeedbackRow.vote)
    )
    votes = dict(counted.all())
    return Feedback(
        own=own.vote if own is not None else None,
        reason=own.reason if own is not None else None,
        up=votes.get(Vote.UP, 0),
        down=votes.get(Vote.DOWN, 0),
        repeated=repeated,
    )


def _vector_row(
    answer_id: str, model_id: str, vector: npt.NDArray[np.float32]
) -> QuestionVectorRow:
    return QuestionVectorRow(
        answer_id=answer_id, model_id=model_id, vector=vector.astype("<f2").tobytes()
    )
