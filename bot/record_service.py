"""The record as the bot runs it: what stores, what answers commands, what deletes in time."""

from __future__ import annotations

import asyncio
import secrets
from typing import TYPE_CHECKING

import structlog

from bot.handlers.export import ExportHandlers
from bot.handlers.feedback import FeedbackHandlers
from bot.handlers.gaps import GapHandlers
from bot.handlers.noting import Noting
from bot.handlers.statistics import StatisticsHandlers
from bot.office_time import utc_now
from bot.people.audit import AuditLog
from bot.record.gap_finder import GapFinder
from bot.record.personal_data import RecordOfPerson
from bot.record.question_wording import QuestionWording
from bot.record.record import Record
from bot.record.recorder import Recorder
from bot.record.retention import Retention

if TYPE_CHECKING:
    import datetime as dt
    import random
    from collections.abc import Callable

    from bot.database import Database
    from bot.record.recorder import QueryEncoder
    from knowledge.answering.office import Glossary


_log = structlog.get_logger(__name__)


def _note_end(purging: asyncio.Task[None]) -> None:
    """Say so when purging ends by itself: it never should."""
    if not purging.cancelled() and (error := purging.exception()) is not None:
        _log.error("record_purge_ended", exc_info=error)


class RecordService:
    """Puts the record's parts together; `start` and `close` it in the bot's event loop."""

    def __init__(  # noqa: PLR0913 -- each of its parts
        self,
        database: Database,
        encoder: QueryEncoder,
        record_days: int,
        glossary: Glossary,
        *,
        rng: random.Random | None = None,
        now: Callable[[], dt.datetime] = utc_now,
    ) -> None:
        self._database = database
        self._noting = Noting(AuditLog(database), now)
        self._now = now
        wording = QuestionWording(glossary)
        self.record = Record(database)
        self.recorder = Recorder(
            self.record, wording, encoder, rng=rng or secrets.SystemRandom(), now=now
        )
        self.personal_data = RecordOfPerson(database)
        self._finder = GapFinder(database, wording, encoder)
        self._retention = Retention(database, record_days, now=now)
        self._purging: asyncio.Task[None] | None = None

    def rooms(
        self,
    ) -> tuple[FeedbackHandlers, GapHandlers, StatisticsHandlers, ExportHandlers]:
        """Return the handler classes of votes, /gaps, /stats and /export."""
        return (
            FeedbackHandlers(self.record, self.recorder, now=self._now),
            GapHandlers(self._finder, self.record, self._noting, now=self._now),
            StatisticsHandlers(self._database, now=self._now),
            ExportHandlers(self._database, self._noting, now=self._now),
        )

    def start(self) -> None:
        """Delete what is over its time, now and every day; needs a connected database."""
        self._purging = asyncio.get_running_loop().create_task(self._retention.run())
        self._purging.add_done_callback(_note_end)

    async def close(self) -> None:
        """Stop deleting, and wait until every answer is stored; the database stays connected."""
        if self._purging is not None:
            purging, self._purging = self._purging, None
            purging.cancel()
            await asyncio.wait([purging])
        await self.recorder.close()
