"""The bot's clock, and the office's time.

Moments are UTC inside, and shown as the clock and the calendar of the office say.
"""

from __future__ import annotations

import asyncio
import datetime as dt
from dataclasses import dataclass
from zoneinfo import ZoneInfo

OFFICE_TIME = ZoneInfo("Asia/Ho_Chi_Minh")


def utc_now() -> dt.datetime:
    """Return the present moment in UTC."""
    return dt.datetime.now(dt.UTC)


class Clock:
    """The time that a bot goes by; tests bring one that they move by hand."""

    def now(self) -> dt.datetime:
        """Return the moment, in UTC."""
        return utc_now()

    async def until(self, moment: dt.datetime) -> None:
        """Return at that moment, at once when it is past."""
        await asyncio.sleep(max(0.0, (moment - self.now()).total_seconds()))


def office_day(moment: dt.datetime) -> dt.date:
    """Return the day of `moment`, which needs a time zone, in the office."""
    if moment.tzinfo is None:
        raise ValueError(f"a moment needs a time zone, got {moment.isoformat()}")
    return moment.astimezone(OFFICE_TIME).date()


def day_start(moment: dt.datetime) -> dt.datetime:
    """Return when the office's day of `moment`, which needs a time zone, began; UTC."""
    midnight = dt.datetime.combine(office_day(moment), dt.time(), OFFICE_TIME)
    return midnight.astimezone(dt.UTC)


def shown(moment: dt.datetime) -> str:
    """Return a moment as `14:05 24/11/2026` in the office's time."""
    return f"{moment.astimezone(OFFICE_TIME):%H:%M %d/%m/%Y}"


def shown_day(day: dt.date) -> str:
    """Return a day, or the office's day of a moment, as `24/11/2026`."""
    return f"{office_day(day) if isinstance(day, dt.datetime) else day:%d/%m/%Y}"


def shown_date(written: str) -> str:
    """Return a date in ISO 8601 as `24/11/2026`, and what is no such date as it is."""
    try:
        return shown_day(dt.date.fromisoformat(written))
    except ValueError:
        return written


def iso(moment: dt.datetime) -> str:
    """Return a moment in ISO 8601 by the office's clock, for people and programs alike."""
    return moment.astimezone(OFFICE_TIME).isoformat(timespec="seconds")


def office_clock(moment: dt.datetime) -> dt.datetime:
    """Return the office's time without a zone, which spreadsheets don't know."""
    return moment.astimezone(OFFICE_TIME).replace(tzinfo=None, microsecond=0)


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
