"""Deletes what is older than RECORD_DAYS and leaves the numbers of its days."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import structlog
from sqlalchemy import delete, func, select

from bot.features.answer_log.logged_answer import Vote
from bot.features.answer_log.statistics import LatencyHistogram
from bot.features.answer_log.tables import (
    AnswerRow,
    DailyCountRow,
    DailyTopicRow,
    FeedbackRow,
    PassageRow,
)
from bot.period import office_day

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy.ext.asyncio import AsyncSession

    from bot.database import Database

_log = structlog.get_logger(__name__)


class Retention:
    """Keeps answers for `days` whole days besides today; 0 keeps today's only."""

    def __init__(self, database: Database, days: int, *, now: Callable[[], dt.datetime]) -> None:
        self._database = database
        self._days = days
        self._now = now

    async def purge(self) -> int:
        """Delete the answers of days that are over their time; return how many.

        Each day is one transaction: its answers go and its numbers come together, or neither.
        Two processes may purge at once. Raises DatabaseError.
        """
        oldest_kept = office_day(self._now()) - dt.timedelta(days=self._days)
        async with self._database.session() as session:
            days = list(
                await session.scalars(
                    select(AnswerRow.day)
                    .where(AnswerRow.day < oldest_kept)
                    .distinct()
                    .order_by(AnswerRow.day)
                )
            )
        deleted = 0
        for day in days:
            async with self._database.transaction() as session:
                deleted += await _purge_day(session, day)
        if deleted:
            _log.info("record_purged", answers=deleted, days=len(days), kept_from=str(oldest_kept))
        return deleted


async def _purge_day(session: AsyncSession, day: dt.date) -> int:
    # The lock holds back votes and another process's purge until this one is done.
    rows = (
        await session.execute(
            select(AnswerRow.id, AnswerRow.refused, AnswerRow.person_id, AnswerRow.latency_ms)
            .where(AnswerRow.day == day)
            .with_for_update()
        )
    ).all()
    if not rows:
        return 0
    votes = await session.execute(
        select(FeedbackRow.vote, func.count())
        .join(AnswerRow, AnswerRow.id == FeedbackRow.answer_id)
        .where(AnswerRow.day == day, FeedbackRow.vote.is_not(None))
        .group_by(FeedbackRow.vote)
    )
    counted = dict(votes.all())
    refused = sum(was_refused for _, was_refused, _, _ in rows)
    latencies = LatencyHistogram.of(latency for *_, latency in rows)
    topics = await session.execute(
        select(PassageRow.title, PassageRow.heading, func.count())
        .join(AnswerRow, AnswerRow.id == PassageRow.answer_id)
        .where(AnswerRow.day == day, PassageRow.ordinal == 0)
        .group_by(PassageRow.title, PassageRow.heading)
    )
    session.add_all(
        DailyTopicRow(day=day, title=title, heading=heading, answers=count)
        for title, heading, count in topics
    )
    kept = await session.get(DailyCountRow, day)
    if kept is None:
        kept = DailyCountRow(day=day, answered=0, refused=0, up=0, down=0, people=0, latencies={})
        session.add(kept)
    kept.answered += len(rows) - refused
    kept.refused += refused
    kept.up += counted.get(Vote.UP, 0)
    kept.down += counted.get(Vote.DOWN, 0)
    kept.people += len({person for _, _, person, _ in rows if person is not None})
    both = LatencyHistogram({int(b): n for b, n in kept.latencies.items()}) + latencies
    kept.latencies = {str(bucket): count for bucket, count in both.counts.items()}
    await session.execute(delete(AnswerRow).where(AnswerRow.day == day))
    return len(rows)
