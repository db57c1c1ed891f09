"""Streaks: how many working days in a row somebody has learned."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

WORKING_DAYS = 5
"""Of a week, from Monday on."""

_WEEK = 7


@dataclass(frozen=True, slots=True)
class Streak:
    """Working days in a row: up to now, at the best, and whether today is among the days."""

    current: int
    longest: int
    today_done: bool


def streak(days: Collection[date], today: date) -> Streak:
    """Return the streak of somebody who learned on `days`, as seen on `today`.

    Dates are the office's own (Asia/Ho_Chi_Minh), in any order. Monday to Friday count. Weekends
    are nobody's duty: a weekend without learning breaks nothing, one with learning adds nothing.
    Today is still to come until it is over, so that a streak up to the working day before lives.
    Days after `today`, of a clock set back, count for nothing. Public holidays are not known: they
    break a streak.
    """
    done = {_number(day) for day in days if day <= today and _is_working_day(day)}
    last = _number(today)
    if _is_working_day(today) and last not in done:
        last -= 1
    current = 0
    while last - current in done:
        current += 1
    return Streak(current=current, longest=_longest_run(done), today_done=today in days)


def _longest_run(numbers: Collection[int]) -> int:
    longest = run = 0
    previous: int | None = None
    for number in sorted(numbers):
        run = run + 1 if previous is not None and number == previous + 1 else 1
        longest = max(longest, run)
        previous = number
    return longest


def _is_working_day(day: date) -> bool:
    return day.weekday() < WORKING_DAYS


def _number(day: date) -> int:
    """Return the number of `day` among all working days; of a weekend its Friday's.

    Day 1 of the calendar is a Monday.
    """
    weeks = (day.toordinal() - 1) // _WEEK
    return weeks * WORKING_DAYS + min(day.weekday(), WORKING_DAYS - 1)
