"""Deletes what is older than RECORD_DAYS and leaves the numbers of its days."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import TYPE_CHECKING

import structlog
from sqlalchemy import delete, select

from bot.features.answer_log.statistics import DayCounts, LatencyHistogram
from bot.features.answer_log.statistics_query import kept_days, kept_topics
from bot.features.answer_log.tables import AnswerRow, DailyCountRow, DailyTopicRow
from bot.office_time import Period, office_day

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
    answers = select(AnswerRow.latency_ms).where(AnswerRow.day == day).with_for_update()
    latencies_ms = (await session.scalars(answers)).all()
    if not latencies_ms:
        return 0
    only = Period(day, day)
    counts = sum(await kept_days(session, only), DayCounts(day))
    latencies = LatencyHistogram.of(latencies_ms)
    session.add_all(
        DailyTopicRow(day=day, **dataclasses.asdict(topic))
        for topic in await kept_topics(session, only)
    )
    before = await session.get(DailyCountRow, day)  # from an earlier purge of the same day
    if before is not None:
        counts += before.as_value(DayCounts)
        latencies += LatencyHistogram.read(before.latencies)
    stored = {str(bucket): count for bucket, count in latencies.counts.items()}
    await session.merge(DailyCountRow(**dataclasses.asdict(counts), latencies=stored))
    await session.execute(delete(AnswerRow).where(AnswerRow.day == day))
    return len(latencies_ms)
