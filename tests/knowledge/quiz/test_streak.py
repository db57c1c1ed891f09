from datetime import date, timedelta
from itertools import takewhile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.quiz.streak import streak

MON = date(2026, 11, 16)
TUE, WED, THU, FRI, SAT, SUN = (MON + timedelta(days=n) for n in range(1, 7))
NEXT_MON, NEXT_TUE = MON + timedelta(days=7), MON + timedelta(days=8)

FIRST = date(2026, 1, 1)
dates = st.dates(FIRST, date(2026, 3, 31))
day_sets = st.sets(dates, max_size=70)


@pytest.mark.parametrize(
    ("days", "today", "expected"),
    [
        ([], WED, 0),
        ([WED], WED, 1),
        ([MON, TUE], WED, 2),  # today is still to come
        ([MON, TUE], THU, 0),  # Wednesday was missed
        ([MON, TUE, THU], THU, 1),
        ([THU, FRI], SAT, 2),
        ([THU, FRI], SUN, 2),
        ([THU, FRI], NEXT_MON, 2),
        ([THU, FRI], NEXT_TUE, 0),
        ([THU, FRI, NEXT_MON], NEXT_MON, 3),
        ([FRI, SAT, SUN, NEXT_MON], NEXT_MON, 2),
        ([SAT], SAT, 0),  # a weekend adds nothing
        ([THU], SAT, 0),  # Friday was missed
        ([MON, TUE, FRI], TUE, 2),  # Friday is in the future
    ],
)
def test_streaks(days: list[date], today: date, expected: int) -> None:
    assert streak(days, today) == expected


@given(day_sets, dates)
def test_the_streak_is_the_run_of_working_days_that_today_ends(
    days: set[date], today: date
) -> None:
    until = [FIRST + timedelta(days=n) for n in range((today - FIRST).days + 1)]
    working = [day for day in until if day.weekday() < 5 and (day != today or day in days)]
    assert streak(days, today) == len(list(takewhile(days.__contains__, reversed(working))))


@given(day_sets, dates)
def test_weekends_and_the_future_change_no_count(days: set[date], today: date) -> None:
    needed = {day for day in days if day.weekday() < 5 and day <= today}
    assert streak(days, today) == streak(needed, today)


@given(day_sets, dates)
def test_learning_today_adds_a_day(days: set[date], today: date) -> None:
    assert streak(days | {today}, today) == streak(days - {today}, today) + (today.weekday() < 5)
