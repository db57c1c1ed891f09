"""The office's time: moments are UTC inside and shown as the clock on the wall says."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

OFFICE_TIME = ZoneInfo("Asia/Ho_Chi_Minh")


def utc_now() -> dt.datetime:
    """Return the present moment in UTC."""
    return dt.datetime.now(dt.UTC)


def shown(moment: dt.datetime) -> str:
    """Return a moment as `14:05 24/11/2026` in the office's time."""
    return f"{moment.astimezone(OFFICE_TIME):%H:%M %d/%m/%Y}"


def iso(moment: dt.datetime) -> str:
    """Return a moment in ISO 8601 by the office's clock, for people and programs alike."""
    return moment.astimezone(OFFICE_TIME).isoformat(timespec="seconds")


def office_clock(moment: dt.datetime) -> dt.datetime:
    """Return the office's time without a zone, which spreadsheets don't know."""
    return moment.astimezone(OFFICE_TIME).replace(tzinfo=None, microsecond=0)
