"""How often the language model may still be asked for somebody today; nobody waits for it."""

from __future__ import annotations

import asyncio
from collections import Counter
from typing import TYPE_CHECKING

import structlog

from bot.database.errors import DatabaseError
from bot.office_time import office_day

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from bot.features.written_answers.model_uses import ModelUses

_log = structlog.get_logger(__name__)


class DailyBudget:
    """Counts in memory and stores beside the answers; belongs to one event loop.

    `most` is what each person has on a day of the office.
    """

    def __init__(self, uses: ModelUses, most: int, now: Callable[[], dt.datetime]) -> None:
        self._uses = uses
        self._most = most
        self._now = now
        self._day = office_day(now())
        self._counts: Counter[int] = Counter()
        self._storing: dict[asyncio.Task[None], int] = {}

    async def load(self) -> None:
        """Go on with what was used today before; raises DatabaseError."""
        self._day = office_day(self._now())
        self._counts = Counter(await self._uses.of_day(self._day))

    def take(self, person_id: int) -> bool:
        """Count one use more; False, and nothing is counted, when today's are used up."""
        today = office_day(self._now())
        if today != self._day:
            self._day, self._counts = today, Counter()
        if self._counts[person_id] >= self._most:
            return False
        self._counts[person_id] += 1
        storing = asyncio.get_running_loop().create_task(self._uses.add(person_id, today))
        self._storing[storing] = person_id
        storing.add_done_callback(self._stored)
        return True

    async def forget(self, person_id: int) -> bool:
        """Take a person out of the memory, once what is on its way is stored; tell if any was."""
        theirs = [task for task, user in self._storing.items() if user == person_id]
        if theirs:
            await asyncio.wait(theirs)
        self._counts.pop(person_id, None)
        return bool(theirs)

    async def settled(self) -> None:
        """Wait until all that was used is stored or given up."""
        if self._storing:
            await asyncio.wait(list(self._storing))

    async def purge(self) -> None:
        """Delete the days that are over; raises DatabaseError."""
        await self._uses.purge(office_day(self._now()))

    def _stored(self, task: asyncio.Task[None]) -> None:
        self._storing.pop(task, None)
        if not task.cancelled() and (error := task.exception()) is not None:
            known = isinstance(error, DatabaseError)
            _log.error("model_use_not_stored", reason=str(error), exc_info=None if known else error)
