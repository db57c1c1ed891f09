"""Counts what anybody may try again and again, so that nobody can fill the audit log."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Hashable

WINDOW = dt.timedelta(hours=1)


@dataclass(slots=True)
class _Seen:
    since: dt.datetime
    times: int = 0


class Repeats:
    """Tells which of many equal events are noted: the 1st, 10th, 100th and so on of each hour.

    It counts in memory: after a restart, or when the clock is put back by an hour or more, the next
    event is a first one again.
    """

    def __init__(self) -> None:
        self._seen: dict[Hashable, _Seen] = {}

    def count(self, event: Hashable, now: dt.datetime) -> int | None:
        """Count `event`; return how often it came in this hour if that is to be noted."""
        seen = self._seen.get(event)
        if seen is None or _is_over(seen, now):
            self._forget(now)
            seen = self._seen[event] = _Seen(now)
        seen.times += 1
        return seen.times if _is_power_of_ten(seen.times) else None

    def _forget(self, now: dt.datetime) -> None:
        """Drop what is over, so that the memory holds an hour's events at most."""
        self._seen = {event: seen for event, seen in self._seen.items() if not _is_over(seen, now)}


def _is_over(seen: _Seen, now: dt.datetime) -> bool:
    return abs(now - seen.since) >= WINDOW


def _is_power_of_ten(times: int) -> bool:
    return str(times).rstrip("0") == "1"


def noted(times: int) -> dict[str, int]:
    """Return what an entry's details say of repeats: nothing for the first."""
    return {"times": times} if times > 1 else {}
