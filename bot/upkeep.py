"""Work that a running bot repeats beside answering, such as reminders and time limits."""

from __future__ import annotations

import asyncio
import datetime as dt
from typing import TYPE_CHECKING

import structlog

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from bot.office_time import Clock

    Work = Callable[[], Awaitable[object]]

_log = structlog.get_logger(__name__)


class Upkeep:
    """Repeats some work every `seconds`; a failure is logged in full, and the next round comes."""

    def __init__(self, name: str, seconds: float, clock: Clock) -> None:
        self._name = name
        self._pause = dt.timedelta(seconds=seconds)
        self._clock = clock
        self._task: asyncio.Task[None] | None = None

    def start(self, work: Work, *, after: float = 0.0) -> None:
        """Begin in the running event loop, `after` so many seconds: what can wait, waits."""
        self._task = asyncio.create_task(self._run(work, dt.timedelta(seconds=after)))

    async def close(self) -> None:
        """End, also in the middle of a round; harmless when it was not begun."""
        if self._task is not None:
            task, self._task = self._task, None
            task.cancel()
            await asyncio.wait([task])

    async def _run(self, work: Work, pause: dt.timedelta) -> None:
        while True:
            if pause:
                await self._clock.until(self._clock.now() + pause)
            await self._do(work)
            pause = self._pause

    async def _do(self, work: Work) -> None:
        try:
            await work()
        except Exception:  # noqa: BLE001 -- logged in full; the next round may do better
            _log.exception("upkeep_failed", upkeep=self._name)
