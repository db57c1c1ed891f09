"""Days, moments and numbers as people here write them."""

import datetime as dt

import pytest

from bot.office_time import iso, shown, shown_date, shown_day
from bot.vietnamese_numbers import decimal, duration, number, percentage

EVENING = dt.datetime(2026, 11, 24, 17, 30, tzinfo=dt.UTC)  # half past midnight in the office


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (shown(EVENING), "00:30 25/11/2026"),
        (iso(EVENING), "2026-11-25T00:30:00+07:00"),
        (shown_day(EVENING), "25/11/2026"),
        (shown_day(EVENING.date()), "24/11/2026"),
        (shown_date("2026-07-02"), "02/07/2026"),
        (shown_date("tháng 7 năm 2026"), "tháng 7 năm 2026"),
        (number(1234567), "1.234.567"),
        (number(12), "12"),
        (decimal(0.25), "0,2"),
        (decimal(0.256, ".2f"), "0,26"),
        (decimal(0.5, "g"), "0,5"),
        (percentage(0.456), "46%"),
        (percentage(None), "–"),
        (duration(0.2), "1 giây"),
        (duration(40), "40 giây"),
        (duration(700), "12 phút"),
        (duration(4800), "1 giờ 20 phút"),
        (duration(7200), "2 giờ"),
    ],
)
def test_written_the_vietnamese_way(written: str, expected: str) -> None:
    assert written == expected


def test_a_day_needs_a_time_zone() -> None:
    with pytest.raises(ValueError, match="time zone"):
        shown_day(dt.datetime(2026, 11, 24))  # noqa: DTZ001 -- the mistake
