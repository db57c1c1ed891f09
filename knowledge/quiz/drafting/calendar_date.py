"""Dates as documents write them: 22/7/2004, 03/02, 22 tháng 7 năm 2004, đầu năm 1976."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from knowledge.answering.spans import Span

_SLASHED = r"(?P<day>\d{1,2})/(?P<month>\d{1,2})(?:/(?P<year>\d{4}))?"
_WORDED = r"(?P<wday>\d{1,2}) tháng (?P<wmonth>\d{1,2})(?:,? năm (?P<wyear>\d{4}))?"
_YEAR = r"(?P<part>(?:cuối|đầu|giữa|khoảng) )?năm (?P<only>\d{4})"
_DATE = re.compile(
    rf"(?<![\w/.,-])(?:{_SLASHED}(?![\w/]|-\w)|{_WORDED}(?!\w)|{_YEAR}(?!\w))", re.IGNORECASE
)
_OF_A_RANGE = re.compile(r"(?:\d\s?(?:và|đến|–|-|,)|(?<!\w)những)\s?$", re.IGNORECASE)
_GOES_ON = re.compile(r"\s?(?:–|-|đến)\s?\d")
_YEARS_NEAR = 60
_YEARS_OF_AN_AGE = 120
_ROUGHLY = "khoảng "
_MOST_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


class DateStyle(StrEnum):
    """How a date is written."""

    SLASHED = "slashed"
    WORDED = "worded"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class CalendarDate:
    """A day, with or without its year, or a year with or without its part.

    `padded_day` and `padded_month` keep the noughts of 03/02. `part` is "đầu ", "cuối " … or empty.
    """

    day: int | None
    month: int | None
    year: int | None
    style: DateStyle
    padded_day: bool = False
    padded_month: bool = False
    part: str = ""

    @property
    def shape(self) -> tuple[bool, bool, bool, bool]:
        """What of day and year it tells, and whether of a part of a year, or roughly: its form."""
        return (
            self.day is not None,
            self.year is not None,
            bool(self.part),
            self.part == _ROUGHLY,
        )

    @property
    def value(self) -> tuple[int, int, int, str]:
        """What it says, however it is written; sorts by time."""
        return self.year or 0, self.month or 0, self.day or 0, self.part.casefold()

    def written_like(self, other: CalendarDate) -> CalendarDate:
        """Return this date in the other's way of writing."""
        return replace(
            self,
            style=other.style,
            padded_day=other.padded_day,
            padded_month=other.padded_month,
        )

    def is_far_from(self, other: CalendarDate) -> bool:
        """Tell whether it lies in another age, so that nobody would take one for the other."""
        if self.year is None or other.year is None:
            return False
        return abs(self.year - other.year) > (_YEARS_NEAR if self.day is None else _YEARS_OF_AN_AGE)

    def agrees_with(self, other: CalendarDate) -> bool:
        """Tell whether both may mean the same day or year: 2/9 and 2/9/1945 do."""
        if self.day is None or other.day is None:
            return self.year is not None and self.year == other.year
        same_year = self.year is None or other.year is None or self.year == other.year
        return same_year and (self.day, self.month) == (other.day, other.month)

    def __str__(self) -> str:
        if self.day is None or self.month is None:
            return f"{self.part}năm {self.year}"
        day = f"{self.day:02}" if self.padded_day else str(self.day)
        month = f"{self.month:02}" if self.padded_month else str(self.month)
        if self.style is DateStyle.WORDED:
            year = f" năm {self.year}" if self.year else ""
            return f"{day} tháng {month}{year}"
        year = f"/{self.year}" if self.year else ""
        return f"{day}/{month}{year}"

    def neighbours(self) -> Iterator[CalendarDate]:
        """Yield dates of the same form that could be mistaken for this one."""
        if self.day is None or self.month is None:
            for years in (-2, -1, 1, 2, 5, -5):
                yield replace(self, year=(self.year or 0) + years)
            return
        years_off = (-1, 1, -10, 2) if self.year else ()
        for years in years_off:
            yield replace(self, year=(self.year or 0) + years)
        for days, months in ((0, 1), (0, -1), (1, 0), (-10, 0), (10, 0), (-1, 1), (-7, 2), (6, -1)):
            day, month = self.day + days, (self.month + months - 1) % 12 + 1
            if 1 <= day <= calendar.monthrange(self.year or 2001, month)[1]:
                yield replace(self, day=day, month=month)


def dates_in(text: str) -> list[tuple[Span, CalendarDate]]:
    """Return the dates of `text` with their places; ends of ranges are left out."""
    found = []
    for match in _DATE.finditer(text):
        if _OF_A_RANGE.search(text, 0, match.start()) or _GOES_ON.match(text, match.end()):
            continue
        date = _date(match)
        if date is not None:
            found.append((match.span(), date))
    return found


def _date(match: re.Match[str]) -> CalendarDate | None:
    if match["only"]:
        part = (match["part"] or "").lower()
        return CalendarDate(None, None, int(match["only"]), DateStyle.YEAR, part=part)
    slashed = match["day"] is not None
    prefix = "" if slashed else "w"
    day, month, year = match[f"{prefix}day"], match[f"{prefix}month"], match[f"{prefix}year"]
    if not 1 <= int(month) <= 12 or not 1 <= int(day) <= _MOST_DAYS[int(month) - 1]:
        return None
    style = DateStyle.SLASHED if slashed else DateStyle.WORDED
    return CalendarDate(
        int(day),
        int(month),
        int(year) if year else None,
        style,
        padded_day=day.startswith("0"),
        padded_month=month.startswith("0"),
    )
