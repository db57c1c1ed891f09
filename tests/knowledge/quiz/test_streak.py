from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.quiz.streak import Streak, streak

MON = date(2026, 11, 16)
TUE, WED, THU, FRI, SAT, SUN = (MON + timedelta(days=n) for n in range(1, 7))
NEXT_MON, NEXT_TUE = MON + timedelta(days=7), MON + timedelta(days=8)

dates = st.dates(date(2026, 1, 1), date(2026, 3, 31))
day_sets = st.sets(dates, max_size=70)


@pytest.mark.parametrize(
    ("days", "today", "expected"),
    [
        ([], WED, Streak(0, 0, today_done=False)),
        ([WED], WED, Streak(1, 1, today_done=True)),
        ([MON, TUE], WED, Streak(2, 2, today_done=False)),  # today is still to come
        ([MON, TUE], THU, Streak(0, 2, today_done=False)),  # Wednesday was missed
        ([MON, TUE, THU], THU, Streak(1, 2, today_done=True)),
        ([THU, FRI], SAT, Streak(2, 2, today_done=False)),
        ([THU, FRI], SUN, Streak(2, 2, today_done=False)),
        ([THU, FRI], NEXT_MON, Streak(2, 2, today_done=False)),
        ([THU, FRI], NEXT_TUE, Streak(0, 2, today_done=False)),
        ([THU, FRI, NEXT_MON], NEXT_MON, Streak(3, 3, today_done=True)),
        ([FRI, SAT, SUN, NEXT_MON], NEXT_MON, Streak(2, 2, today_done=True)),
        ([SAT], SAT, Streak(0, 0, today_done=True)),  # a weekend adds nothing
        ([THU], SAT, Streak(0, 1, today_done=False)),  # Friday was missed
        ([MON, TUE, FRI], TUE, Streak(2, 2, today_done=True)),  # Friday is in the future
    ],
)
def test_streaks(days: list[date], today: date, expected: Streak) -> None:
    assert streak(days, today) == expected


def by_walking(days: set[date], today: date) -> int:
    """The current streak counted day by day."""
    day, count = today, 0
    if day.weekday() < 5 and day not in days:
        day -= timedelta(days=1)
    while day.weekday() >= 5 or day in days:
        count += day.weekday() < 5
        day -= timedelta(days=1)
    return count


@given(day_sets, dates)
def test_the_current_streak_is_what_walking_back_counts(days: set[date], today: date) -> None:
    assert streak(days, today).current == by_walking(days, today)


@given(day_sets, dates)
def test_the_longest_streak_is_the_best_that_ever_was_current(days: set[date], today: date) -> None:
    first = date(2026, 1, 1)
    known = {day for day in days if day <= today}
    past = [first + timedelta(days=n) for n in range((today - first).days + 1)]
    assert streak(days, today).longest == max(by_walking(known, day) for day in past)


@given(day_sets, dates)
def test_weekends_and_the_future_change_no_count(days: set[date], today: date) -> None:
    needed = {day for day in days if day.weekday() < 5 and day <= today}
    seen, bare = streak(days, today), streak(needed, today)
    assert (seen.current, seen.longest) == (bare.current, bare.longest)
    assert seen.today_done == (today in days)


@given(day_sets, dates)
def test_learning_today_never_shortens(days: set[date], today: date) -> None:
    before, after = streak(days - {today}, today), streak(days | {today}, today)
    assert after.current == before.current + (today.weekday() < 5)
    assert after.longest >= before.longest
