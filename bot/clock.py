"""The time that a bot goes by: the system's, or one that tests move by hand."""

from __future__ import annotations

import asyncio
import datetime as dt
from typing import Protocol


class Clock(Protocol):
    """Something that tells the time and waits for it."""

    def now(self) -> dt.datetime:
        """Return the moment, in UTC."""
        ...

    async def until(self, moment: dt.datetime) -> None:
        """Return at that moment, at once when it is past."""
        ...


class SystemClock:
    """The system's time; waits by the event loop."""

    def now(self) -> dt.datetime:
        """Return the moment, in UTC."""
        return dt.datetime.now(dt.UTC)

    async def until(self, moment: dt.datetime) -> None:
        """Return at that moment, at once when it is past."""
        await asyncio.sleep(max(0.0, (moment - self.now()).total_seconds()))
