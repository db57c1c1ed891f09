"""Limits how often somebody may try codes that are none."""

from __future__ import annotations

import datetime as dt
from collections import deque
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Hashable

TRIES = 5
WINDOW = dt.timedelta(minutes=10)


class WrongTries:
    """Counts wrong tries of each person: after `tries` within `window`, they wait.

    Pure: the time is passed in. It holds what happened within one window only, in memory, so a
    restart forgets it. A clock set back makes nobody wait longer than one window.
    """

    def __init__(self, tries: int = TRIES, window: dt.timedelta = WINDOW) -> None:
        self._tries = tries
        self._window = window
        self._wrong: dict[Hashable, deque[dt.datetime]] = {}

    def wait(self, person: Hashable, now: dt.datetime) -> dt.timedelta | None:
        """Return how long the person has to wait; None if they may try."""
        wrong = self._current(person, now)
        if len(wrong) < self._tries:
            return None
        return wrong[-self._tries] + self._window - now

    def wrong(self, person: Hashable, now: dt.datetime) -> None:
        """Count a wrong try."""
        for other in list(self._wrong):
            if not self._current(other, now):
                del self._wrong[other]
        self._wrong.setdefault(person, deque(maxlen=self._tries)).append(now)

    def _current(self, person: Hashable, now: dt.datetime) -> deque[dt.datetime]:
        """Return the person's wrong tries within the window, without those that are over."""
        wrong = self._wrong.get(person, deque())
        while wrong and not now - self._window < wrong[0] <= now:
            wrong.popleft()
        return wrong
