"""What people's apps are told: numbered events, kept for those who reconnect."""

from __future__ import annotations

import asyncio
from collections import deque
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from bot.sandbox.values import Json

KEPT_EVENTS = 2000
"""How many of the last events can be replayed."""


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened."""

    id: int
    name: str
    data: Json


@dataclass(slots=True, eq=False)
class _Watcher:
    """A stream: what it shows, the last event it is done with, and what wakes it."""

    sees: Callable[[Event], bool]
    after: int
    news: asyncio.Event = field(default_factory=asyncio.Event)


class EventHub:
    """Keeps the last events and hands them to any number of streams, each at its own pace."""

    def __init__(self, kept: int = KEPT_EVENTS) -> None:
        self._events: deque[Event] = deque(maxlen=kept)
        self._watchers: set[_Watcher] = set()
        self.last_id = 0

    def publish(self, name: str, data: Json) -> None:
        """Give an event its number and wake the streams that show it."""
        self.last_id += 1
        event = Event(self.last_id, name, data)
        self._events.append(event)
        for watcher in self._watchers:
            if watcher.sees(event):
                watcher.news.set()
            elif watcher.after == event.id - 1:
                watcher.after = event.id

    def since(self, after: int) -> list[Event]:
        """Return the events after that id; one `reset` when some of them are no longer kept."""
        if after == self.last_id:
            return []
        oldest = self._events[0].id if self._events else self.last_id + 1
        if after > self.last_id or after + 1 < oldest:
            return [Event(self.last_id, "reset", {"chat_id": None, "persona": None})]
        newest_first = islice(reversed(self._events), self.last_id - after)
        return list(newest_first)[::-1]

    async def stream(
        self, after: int, sees: Callable[[Event], bool], quiet_seconds: float
    ) -> AsyncIterator[list[Event]]:
        """Yield what happens after that id and `sees` lets through, as it happens.

        An empty list comes after `quiet_seconds` in which nothing happened that it lets through.
        """
        watcher = _Watcher(sees, after)
        self._watchers.add(watcher)
        try:
            while True:
                watcher.news.clear()
                events = self.since(watcher.after)
                if events:
                    watcher.after = events[-1].id
                    if shown := [event for event in events if sees(event)]:
                        yield shown
                    continue
                if not await _comes(watcher.news, quiet_seconds):
                    yield []
        finally:
            self._watchers.discard(watcher)


async def _comes(news: asyncio.Event, seconds: float) -> bool:
    try:
        async with asyncio.timeout(seconds):
            await news.wait()
    except TimeoutError:
        return False
    return True
