"""Waiting for a moment: by the event loop, or by hand in tests."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable


class Timer(Protocol):
    """Something that waits."""

    async def until(self, moment: dt.datetime) -> None:
        """Return at that moment, at once when it is past."""
        ...


class LoopTimer:
    """Waits by the event loop; `now` is the clock that moments are told by."""

    def __init__(self, now: Callable[[], dt.datetime]) -> None:
        self._now = now

    async def until(self, moment: dt.datetime) -> None:
        """Return at that moment, at once when it is past."""
        await asyncio.sleep(max(0.0, (moment - self._now()).total_seconds()))
