"""Reads the record of a period as plain rows, for spreadsheets."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from bot.features.answer_log.logged_answer import ChatKind, Reason, RecordedPassage, Vote
from bot.features.answer_log.tables import AnswerRow, FeedbackRow, PassageRow

if TYPE_CHECKING:
    import datetime as dt

    from bot.database import Database
    from bot.office_time import Period


@dataclass(frozen=True, slots=True)
class RecordRow:
    """One answer with what people think of it.

    `person` numbers the people of this table from 1: it tells who asked twice, not who. None for
    people who were erased.
    """

    answer_id: str
    shown_at: dt.datetime
    chat_kind: ChatKind
    person: int | None
    question: str
    restored_question: str | None
    refused: bool
    confidence: float
    kb_version: str
    latency_ms: float
    passages: tuple[RecordedPassage, ...]
    up: int
    down: int
    reasons: tuple[Reason, ...]
    handled_at: dt.datetime | None


async def record_rows(database: Database, period: Period) -> list[RecordRow]:
    """Return the answers of `period` from the oldest to the newest; raises DatabaseError."""
    in_period = AnswerRow.day.between(period.first, period.last)
    async with database.session() as session:
        passages: defaultdict[str, list[RecordedPassage]] = defaultdict(list)
        quoted = await session.execute(
            select(
                PassageRow.answer_id,
                PassageRow.chunk_id,
                PassageRow.title,
                PassageRow.heading,
                PassageRow.source,
                PassageRow.quote,
            )
            .join(AnswerRow, AnswerRow.id == PassageRow.answer_id)
            .where(in_period)
            .order_by(PassageRow.answer_id, PassageRow.ordinal)
        )
        for answer_id, *passage in quoted:
            passages[answer_id].append(RecordedPassage(*passage))
        votes: defaultdict[str, list[tuple[Vote, Reason | None]]] = defaultdict(list)
        cast = await session.execute(
            select(FeedbackRow.answer_id, FeedbackRow.vote, FeedbackRow.reason)
            .join(AnswerRow, AnswerRow.id == FeedbackRow.answer_id)
            .where(in_period, FeedbackRow.vote.is_not(None))
            .order_by(FeedbackRow.id)
        )
        for answer_id, vote, reason in cast:
            if vote is not None:
                votes[answer_id].append((vote, reason))
        answers = await session.execute(
            select(
                AnswerRow.id,
                AnswerRow.shown_at,
                AnswerRow.chat_kind,
                AnswerRow.person_id,
                AnswerRow.question,
                AnswerRow.restored_question,
                AnswerRow.refused,
                AnswerRow.confidence,
                AnswerRow.kb_version,
                AnswerRow.latency_ms,
                AnswerRow.handled_at,
            )
            .where(in_period)
            .order_by(AnswerRow.shown_at, AnswerRow.id)
        )
        numbers: dict[int, int] = {}
        return [
            RecordRow(
                answer_id=row.id,
                shown_at=row.shown_at,
                chat_kind=row.chat_kind,
                person=None
                if row.person_id is None
                else numbers.setdefault(row.person_id, len(numbers) + 1),
                question=row.question,
                restored_question=row.restored_question,
                refused=row.refused,
                confidence=row.confidence,
                kb_version=row.kb_version,
                latency_ms=row.latency_ms,
                passages=tuple(passages[row.id]),
                up=sum(vote is Vote.UP for vote, _ in votes[row.id]),
                down=sum(vote is Vote.DOWN for vote, _ in votes[row.id]),
                reasons=tuple(reason for _, reason in votes[row.id] if reason is not None),
                handled_at=row.handled_at,
            )
            for row in answers
        ]
