"""Reads a period's statistics: from the answers, and from the counts of days already deleted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import case, distinct, func, select

from bot.features.answer_log.logged_answer import Vote
from bot.features.answer_log.statistics import (
    DayCounts,
    LatencyHistogram,
    Statistics,
    TopicCount,
    summarise,
)
from bot.features.answer_log.tables import (
    AnswerRow,
    DailyCountRow,
    DailyTopicRow,
    FeedbackRow,
    PassageRow,
)

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncSession

    from bot.database import Database
    from bot.office_time import Period


async def statistics(database: Database, period: Period) -> Statistics:
    """Return what happened in `period`; raises DatabaseError."""
    async with database.session() as session:
        in_period = AnswerRow.day.between(period.first, period.last)
        deleted = list(
            await session.scalars(
                select(DailyCountRow)
                .where(DailyCountRow.day.between(period.first, period.last))
                .order_by(DailyCountRow.day)
            )
        )
        latencies = LatencyHistogram.of(
            await session.scalars(select(AnswerRow.latency_ms).where(in_period))
        )
        for row in deleted:
            latencies += LatencyHistogram.read(row.latencies)
        people = await session.scalar(
            select(func.count(distinct(AnswerRow.person_id))).where(in_period)
        )
        first_kept = await session.scalar(select(func.min(AnswerRow.day)).where(in_period))
        return summarise(
            period,
            [*await kept_days(session, period), *(row.as_value(DayCounts) for row in deleted)],
            [*await kept_topics(session, period), *await _deleted_topics(session, period)],
            latencies,
            people=people or 0,
            people_from=(first_kept or period.last) if deleted else None,
        )


async def kept_days(session: AsyncSession, period: Period) -> list[DayCounts]:
    """Return what the kept answers add up to by day; a day may come in several parts."""
    in_period = AnswerRow.day.between(period.first, period.last)
    answers = await session.execute(
        select(
            AnswerRow.day,
            func.count(),
            func.sum(case((AnswerRow.refused, 1), else_=0)),
            func.count(distinct(AnswerRow.person_id)),
        )
        .where(in_period)
        .group_by(AnswerRow.day)
    )
    days = [
        DayCounts(day, answered=count - refused, refused=refused, people=people)
        for day, count, refused, people in answers
    ]
    votes = await session.execute(
        select(AnswerRow.day, FeedbackRow.vote, func.count())
        .join(FeedbackRow, FeedbackRow.answer_id == AnswerRow.id)
        .where(in_period, FeedbackRow.vote.is_not(None))
        .group_by(AnswerRow.day, FeedbackRow.vote)
    )
    for day, vote, count in votes:
        up, down = (count, 0) if vote is Vote.UP else (0, count)
        days.append(DayCounts(day, up=up, down=down))
    return days


async def kept_topics(session: AsyncSession, period: Period) -> list[TopicCount]:
    """Return how many kept answers rest on each heading."""
    rows = await session.execute(
        select(PassageRow.title, PassageRow.heading, func.count())
        .join(AnswerRow, AnswerRow.id == PassageRow.answer_id)
        .where(AnswerRow.day.between(period.first, period.last), PassageRow.ordinal == 0)
        .group_by(PassageRow.title, PassageRow.heading)
    )
    return [TopicCount(*row) for row in rows]


async def _deleted_topics(session: AsyncSession, period: Period) -> list[TopicCount]:
    rows = await session.execute(
        select(DailyTopicRow.title, DailyTopicRow.heading, func.sum(DailyTopicRow.answers))
        .where(DailyTopicRow.day.between(period.first, period.last))
        .group_by(DailyTopicRow.title, DailyTopicRow.heading)
    )
    return [TopicCount(*row) for row in rows]
