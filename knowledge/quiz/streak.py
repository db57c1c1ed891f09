"""Streaks: how many working days in a row somebody has learned."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Container

WORKING_DAYS = 5
"""Of a week, from Monday on."""

_DAY = dt.timedelta(days=1)


def streak(days: Container[dt.date], today: dt.date) -> int:
    """Return how many working days in a row up to `today` somebody has learned, who did on `days`.

    Dates are the office's own (Asia/Ho_Chi_Minh). Monday to Friday count. Weekends are nobody's
    duty: a weekend without learning breaks nothing, one with learning adds nothing. Today is still
    to come until it is over, so that a streak up to the working day before lives. Public holidays
    are not known: they break a streak.
    """
    day, count = today, 0
    if today not in days:
        day -= _DAY
    while day in days or day.weekday() >= WORKING_DAYS:
        count += day.weekday() < WORKING_DAYS
        day -= _DAY
    return count
