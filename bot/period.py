"""Days as the office counts them, and periods of them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from bot.office_time import OFFICE_TIME


def office_day(moment: dt.datetime) -> dt.date:
    """Return the day of `moment`, which needs a time zone, in the office."""
    if moment.tzinfo is None:
        raise ValueError(f"a moment needs a time zone, got {moment.isoformat()}")
    return moment.astimezone(OFFICE_TIME).date()


@dataclass(frozen=True, slots=True)
class Period:
    """Whole days of the office, the first and the last included."""

    first: dt.date
    last: dt.date

    def __post_init__(self) -> None:
        if self.first > self.last:
            raise ValueError(f"a period must not end ({self.last}) before it begins ({self.first})")

    @classmethod
    def up_to(cls, now: dt.datetime, days: int) -> Period:
        """Return the last `days` days, today included; `days` must be at least 1."""
        today = office_day(now)
        return cls(today - dt.timedelta(days=days - 1), today)

    @property
    def length(self) -> int:
        """How many days it has."""
        return (self.last - self.first).days + 1

    def days(self) -> list[dt.date]:
        """Return every day in order."""
        return [self.first + dt.timedelta(days=n) for n in range(self.length)]
