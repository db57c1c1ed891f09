"""Dates as documents write them: 22/7/2004, 03/02, 22 tháng 7 năm 2004, đầu năm 1976."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from embeddings.sentences import overlap
from knowledge.entities.document_numbers import document_spans

if TYPE_CHECKING:
    from collections.abc import Iterator

    from embeddings.sentences import Span

_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_MONTH = r"(?:0?[1-9]|1[0-2])"
_MONTH_NAMES = dict(
    zip("giêng hai ba tư năm sáu bảy tám chín mười chạp".split(), [*range(1, 11), 12], strict=True)
)
_DATE = re.compile(
    rf"(?<![\d/.-])(?P<iso_year>\d{{4}})-(?P<iso_month>{_MONTH})-(?P<iso_day>{_DAY})(?![\d/]|[.-]\d)"
    rf"|(?<![\d/.-])(?P<from>{_DAY}\s?[–-]\s?)?(?P<day>{_DAY})\s?[/.-]\s?(?P<month>{_MONTH})"
    r"(?:\s?[/.-]\s?(?P<year>\d{4}))?(?![\d/]|[.-]\d)"
    rf"|(?<!\w)(?P<word_day>{_DAY}) tháng (?P<word_month>{_MONTH}|{'|'.join(_MONTH_NAMES)})(?!\w)"
    r"(?:,? (?:năm )?(?P<word_year>\d{4}))?"
    rf"|tháng (?P<only_month>{_MONTH})(?:\s?/\s?|,? (?=năm))(?P<its_year>(?:năm )?\d{{4}})"
    r"|(?P<part>(?:cuối|đầu|giữa|khoảng) )?năm (?P<only_year>\d{4})"
    r"|(?<![\d./])(?P<bare_year>(?:1[0-9]|20)\d{2})(?![\d/])(?!\w)",
    re.IGNORECASE,
)
# What makes a date the end of a range, or a part of something longer.
_BEFORE = re.compile(r"(?:\d\s?(?:và|đến|[–,-])\s?|(?<!\w)những\s?|[\w/.,-])$", re.IGNORECASE)
_AFTER = re.compile(r"\s?(?:–|-|đến)\s?\d|\w|/|-\w")
_YEARS_NEAR = 60
_YEARS_OF_AN_AGE = 120
_ROUGHLY = "khoảng "
_LEAP_YEAR = 2000


@dataclass(frozen=True, slots=True)
class CalendarDate:
    """A day, with or without its year, a month of a year, or a year with or without its part.

    `in_words` tells "3 tháng 2" from 3/2; `padded_day` and `padded_month` keep the noughts of
    03/02. `part` is "đầu ", "cuối " … or empty.
    """

    day: int | None
    month: int | None
    year: int | None
    in_words: bool = False
    padded_day: bool = False
    padded_month: bool = False
    part: str = ""

    @property
    def shape(self) -> tuple[bool, bool, bool, bool]:
        """Which parts of a date it tells and whether roughly: a form that other dates may share."""
        return (
            self.day is not None,
            self.year is not None,
            bool(self.part),
            self.part == _ROUGHLY,
        )

    @property
    def value(self) -> tuple[int, int, int, str]:
        """Its meaning, however it is written; sorts by time."""
        return self.year or 0, self.month or 0, self.day or 0, self.part.casefold()

    def written_like(self, other: CalendarDate) -> CalendarDate:
        """Return this date in the other's way of writing."""
        return replace(
            self,
            in_words=other.in_words,
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
        if self.in_words:
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

    def iso(self) -> str | None:
        """Return the date in ISO 8601, or None unless it is a day of the calendar with its year."""
        if self.day is None or self.month is None or self.year is None:
            return None
        try:
            return dt.date(self.year, self.month, self.day).isoformat()
        except ValueError:
            return None


def date_spans(text: str) -> list[Span]:
    """Return the ranges of everything in `text` that may be a date, however it is written."""
    return [match.span() for match in _matches(text)]


def dates_in(text: str) -> list[tuple[Span, CalendarDate]]:
    """Return the dates of `text` with their places, but not the ends of ranges.

    They are days of the calendar and years, written in figures with slashes or in words.
    """
    found = []
    for match in _matches(text):
        part = "its_year" if match["only_month"] else 0  # of "tháng 5 năm 1996" the year alone
        (start, end), date = match.span(part), _date(match)
        if part:
            date = replace(date, month=None)
        possible = date.day is None or _is_possible(date)
        plain = str(date) == match[part].lower().replace(", năm", " năm")
        alone = not (_BEFORE.search(text, 0, start) or _AFTER.match(text, end))
        if possible and plain and alone:
            found.append(((start, end), date))
    return found


def day_of(text: str) -> CalendarDate | None:
    """Return the date that the whole of `text` is, or None."""
    match = _DATE.fullmatch(text.strip().lower().removeprefix("ngày "))
    return _date(match) if match and not match["from"] else None


def _matches(text: str) -> list[re.Match[str]]:
    taken = document_spans(text)
    return [
        match
        for match in _DATE.finditer(text)
        if not any(overlap(match.span(), span) for span in taken)
    ]


def _is_possible(date: CalendarDate) -> bool:
    return replace(date, year=date.year or _LEAP_YEAR).iso() is not None


def _date(match: re.Match[str]) -> CalendarDate:
    def part(*names: str) -> str | None:
        return next((match[name] for name in names if match[name]), None)

    day = part("iso_day", "day", "word_day")
    month = part("iso_month", "month", "word_month", "only_month")
    year = part("iso_year", "year", "word_year", "its_year", "only_year", "bare_year")
    return CalendarDate(
        int(day) if day else None,
        (_MONTH_NAMES.get(month.lower()) or int(month)) if month else None,
        int(year[-4:]) if year else None,
        in_words=match["word_day"] is not None,
        padded_day=day is not None and day.startswith("0"),
        padded_month=month is not None and month.startswith("0"),
        part=(match["part"] or "").lower(),
    )
