"""How often the language model may still be asked for somebody today; nobody waits for it."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections import Counter
from typing import TYPE_CHECKING

import structlog

from bot.database.errors import DatabaseError
from bot.office_time import office_day

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.features.written_answers.model_uses import ModelUses

_KEPT = dt.timedelta(days=1)
"""A day is remembered for as long as this after its end: the clock may be put back."""

_log = structlog.get_logger(__name__)


class DailyBudget:
    """Counts in memory and stores beside the answers; belongs to one event loop.

    `most` is what each person has on a day of the office, however often the clock comes back to it.
    """

    def __init__(self, uses: ModelUses, most: int, now: Callable[[], dt.datetime]) -> None:
        self._uses = uses
        self._most = most
        self._now = now
        self._counts: dict[dt.date, Counter[int]] = {}
        self._storing: dict[asyncio.Task[None], int] = {}

    async def load(self) -> None:
        """Go on with what was used today before; raises DatabaseError."""
        today = office_day(self._now())
        self._counts = {today: Counter(await self._uses.of_day(today))}

    def take(self, person_id: int) -> bool:
        """Count one use more; False, and nothing is counted, when today's are used up."""
        today = office_day(self._now())
        if today not in self._counts:
            kept = (day for day in self._counts if abs(day - today) <= _KEPT)
            self._counts = {today: Counter()} | {day: self._counts[day] for day in kept}
        if self._counts[today][person_id] >= self._most:
            return False
        self._counts[today][person_id] += 1
        storing = asyncio.get_running_loop().create_task(self._uses.add(person_id, today))
        self._storing[storing] = person_id
        storing.add_done_callback(self._stored)
        return True

    async def forget(self, person_id: int) -> bool:
        """Take a person out of the memory, once what is on its way is stored; tell if any was."""
        theirs = [task for task, user in self._storing.items() if user == person_id]
        if theirs:
            await asyncio.wait(theirs)
        for counts in self._counts.values():
            counts.pop(person_id, None)
        return bool(theirs)

    async def settled(self) -> None:
        """Wait until all that was used is stored or given up."""
        if self._storing:
            await asyncio.wait(list(self._storing))

    async def purge(self) -> None:
        """Delete the days that are over since a day; raises DatabaseError."""
        await self._uses.purge(office_day(self._now()) - _KEPT)

    def _stored(self, task: asyncio.Task[None]) -> None:
        self._storing.pop(task, None)
        if not task.cancelled() and (error := task.exception()) is not None:
            known = isinstance(error, DatabaseError)
            _log.error("model_use_not_stored", reason=str(error), exc_info=None if known else error)
