"""How often the language model may still be asked for somebody today; nobody waits for it.

People are counted by their marks (`bot/access/marks.py`): an erasure gives nobody a new day.
"""

from __future__ import annotations

import asyncio
import datetime as dt
from collections import Counter
from typing import TYPE_CHECKING

import structlog

from bot.access.marks import MarkKind
from bot.database.errors import DatabaseError
from bot.office_time import day_start, office_day

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.access.marks import Marks
    from bot.features.written_answers.model_uses import ModelUses

_DAY = dt.timedelta(days=1)
_log = structlog.get_logger(__name__)


class DailyBudget:
    """Counts in memory and stores beside the answers; belongs to one event loop.

    `most` is what each person has on a day of the office, however often the clock comes back to it.
    `load` comes before all else.
    """

    def __init__(
        self, uses: ModelUses, marks: Marks, most: int, now: Callable[[], dt.datetime]
    ) -> None:
        self._uses = uses
        self._marks = marks
        self._most = most
        self._now = now
        self._counts: dict[dt.date, Counter[str]] = {}
        self._storing: set[asyncio.Task[None]] = set()

    async def load(self) -> None:
        """Go on with what was used today before; raises DatabaseError and KeyFileError."""
        await self._marks.load()
        now = self._now()
        self._counts = {office_day(now): Counter(await self._uses.today(now))}

    def take(self, person_id: int) -> bool:
        """Count one use more; False, and nothing is counted, when today's are used up."""
        now = self._now()
        today = office_day(now)
        if today not in self._counts:
            kept = (day for day in self._counts if abs(day - today) <= _DAY)
            self._counts = {today: Counter()} | {day: self._counts[day] for day in kept}
        mark = self._marks.of(MarkKind.MODEL_USE, person_id)
        if self._counts[today][mark] >= self._most:
            return False
        self._counts[today][mark] += 1
        adding = self._uses.add(mark, now, day_start(now) + _DAY)
        storing = asyncio.get_running_loop().create_task(adding)
        self._storing.add(storing)
        storing.add_done_callback(self._stored)
        return True

    async def settled(self) -> None:
        """Wait until all that was used is stored or given up."""
        if self._storing:
            await asyncio.wait(list(self._storing))

    def _stored(self, task: asyncio.Task[None]) -> None:
        self._storing.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            known = isinstance(error, DatabaseError)
            _log.error("model_use_not_stored", reason=str(error), exc_info=None if known else error)
