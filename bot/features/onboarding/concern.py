"""Why a mentor should look after a learner: overdue, or at risk of becoming so."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from bot.office_time import office_day

if TYPE_CHECKING:
    from collections.abc import Sequence

IDLE_WORKING_DAYS = 5
FAILURES = 3
_WORKING_DAYS_A_WEEK = 5


class Concern(StrEnum):
    """A reason to look after somebody."""

    OVERDUE = "overdue"
    """The deadline passed and the path is not complete."""
    PACE = "pace"
    """Topics passed fall behind the share of the time that passed, by a whole topic or more."""
    IDLE = "idle"
    """No answer for five working days."""
    FAILED = "failed"
    """A topic that is not passed was failed three times or more."""


@dataclass(frozen=True, slots=True)
class Pace:
    """What concerns rest on; moments in UTC, `failures` of each topic not passed yet."""

    enrolled_at: dt.datetime
    deadline: dt.datetime | None
    last_active: dt.datetime | None
    passed: int
    topics: int
    failures: Sequence[int]


def concerns(pace: Pace, now: dt.datetime) -> tuple[Concern, ...]:
    """Return the concerns about somebody who has not completed the path, the gravest first."""
    overdue = pace.deadline is not None and now > pace.deadline
    last = max(filter(None, (pace.last_active, pace.enrolled_at)))
    idle_days = working_days_between(office_day(last), office_day(now))
    raised = {
        Concern.OVERDUE: overdue,
        Concern.PACE: not overdue and _is_behind(pace, now),
        Concern.IDLE: idle_days >= IDLE_WORKING_DAYS,
        Concern.FAILED: any(count >= FAILURES for count in pace.failures),
    }
    return tuple(concern for concern, is_raised in raised.items() if is_raised)


def _is_behind(pace: Pace, now: dt.datetime) -> bool:
    """Tell whether the pace so far misses the deadline, with one topic's grace.

    At an even pace `topics · elapsed / allowed` topics would be passed by now. The one that is
    being learned counts as in time: hence the floor.
    """
    if pace.deadline is None or pace.deadline <= pace.enrolled_at:
        return False
    allowed = pace.deadline - pace.enrolled_at
    return pace.passed < math.floor(pace.topics * ((now - pace.enrolled_at) / allowed))


def working_days_between(first: dt.date, last: dt.date) -> int:
    """Return how many days from Monday to Friday lie between two days, neither counted."""
    days = max(0, (last - first).days - 1)
    weeks, rest = divmod(days, 7)
    begun = (first + dt.timedelta(days=n) for n in range(1, rest + 1))
    return weeks * _WORKING_DAYS_A_WEEK + sum(day.weekday() < _WORKING_DAYS_A_WEEK for day in begun)
