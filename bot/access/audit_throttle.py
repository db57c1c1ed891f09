"""Counts what anybody may try again and again, so that nobody can fill the audit log."""

from __future__ import annotations

import datetime as dt
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Hashable

WINDOW = dt.timedelta(hours=1)
MOST_OF_STRANGERS = 50
"""Different events of strangers that are noted one by one within an hour: accounts are cheap."""

_STRANGERS, _FURTHER = object(), object()


@dataclass(slots=True)
class _Seen:
    since: dt.datetime
    times: int = 0


class Repeats:
    """Tells which of many equal events are noted: the 1st, 10th, 100th and so on of each hour.

    Of more than MOST_OF_STRANGERS different events of strangers within an hour, the further ones
    are one event. It counts in memory: after a restart, or when the clock is put back by an hour or
    more, the next event is a first one again.
    """

    def __init__(self) -> None:
        self._seen: dict[Hashable, _Seen] = {}

    def count(self, event: Hashable, now: dt.datetime) -> int | None:
        """Count `event`; return how often it came in this hour if that is to be noted."""
        times = self._counted(event, now)
        return times if _is_power_of_ten(times) else None

    def noted(
        self, event: Hashable, now: dt.datetime, *, of_stranger: bool
    ) -> dict[str, int] | None:
        """Count `event`; return what an entry's details say of repeats, None for no entry.

        For the first they say nothing; `times_of_all`: so many further ones, of whichever
        strangers.
        """
        is_new = of_stranger and not self._is_known(event, now)
        if is_new and self._counted(_STRANGERS, now) > MOST_OF_STRANGERS:
            times = self.count(_FURTHER, now)
            return None if times is None else {"times_of_all": times}
        times = self.count(event, now)
        if times is None:
            return None
        return {"times": times} if times > 1 else {}

    def _counted(self, event: Hashable, now: dt.datetime) -> int:
        if not self._is_known(event, now):
            self._forget(now)
            self._seen[event] = _Seen(now)
        self._seen[event].times += 1
        return self._seen[event].times

    def _is_known(self, event: Hashable, now: dt.datetime) -> bool:
        seen = self._seen.get(event)
        return seen is not None and not _is_over(seen, now)

    def _forget(self, now: dt.datetime) -> None:
        """Drop what is over, so that the memory holds an hour's events at most."""
        self._seen = {event: seen for event, seen in self._seen.items() if not _is_over(seen, now)}


def _is_over(seen: _Seen, now: dt.datetime) -> bool:
    return abs(now - seen.since) >= WINDOW


class Limit:
    """Lets through so many within an hour, whoever they are of; counted in memory."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._taken: deque[dt.datetime] = deque(maxlen=most)

    def take(self, now: dt.datetime) -> bool:
        """Count one more; False, and nothing is counted, when this hour's are used up."""
        if len(self._taken) == self._most and self._taken[0] <= now < self._taken[0] + WINDOW:
            return False
        self._taken.append(now)
        return True


def _is_power_of_ten(times: int) -> bool:
    return str(times).rstrip("0") == "1"
