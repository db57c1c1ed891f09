"""Who needs looking after."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.features.onboarding.concern import Concern, Pace, concerns, working_days_between

MONDAY = dt.datetime(2026, 11, 2, 2, 0, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)


def pace(
    *, passed: int = 0, active: float | None = 0, deadline: float | None = 14, **more: object
) -> Pace:
    """Somebody enrolled on a Monday, on a path of six topics."""
    fields: dict[str, object] = {"topics": 6, "failures": ()}
    return Pace(
        MONDAY,
        None if deadline is None else MONDAY + deadline * DAY,
        None if active is None else MONDAY + active * DAY,
        passed,
        **(fields | more),  # type: ignore[arg-type]
    )


@pytest.mark.parametrize(
    ("given", "at", "expected"),
    [
        (pace(), 0, ()),
        (pace(active=2), 2.3, ()),  # a topic takes 2 1/3 days
        (pace(active=2), 2.4, (Concern.PACE,)),
        (pace(active=7, passed=3), 9, ()),
        (pace(active=7, passed=2), 7, (Concern.PACE,)),
        (pace(active=13, passed=5), 13.9, ()),
        (pace(active=14, passed=5), 14.01, (Concern.OVERDUE,)),
        (pace(active=0, deadline=None), 7.5, ()),  # Monday evening: four working days between
        (pace(active=0, deadline=None), 8, (Concern.IDLE,)),
        (pace(active=None, deadline=None), 8, (Concern.IDLE,)),  # since the path began
        (pace(failures=(0, 2)), 0, ()),
        (pace(failures=(3, 0)), 0, (Concern.FAILED,)),
        (pace(active=0, failures=(4,)), 20, (Concern.OVERDUE, Concern.IDLE, Concern.FAILED)),
        (pace(deadline=0), 0, ()),  # a deadline at once leaves nothing to divide by
    ],
)
def test_concerns(given: Pace, at: float, expected: tuple[Concern, ...]) -> None:
    assert concerns(given, MONDAY + at * DAY) == expected


@given(st.dates(dt.date(2020, 1, 1), dt.date(2030, 1, 1)), st.integers(-5, 60))
def test_working_days_are_counted_one_by_one(first: dt.date, length: int) -> None:
    last = first + length * DAY
    between = [first + n * DAY for n in range(1, max(1, length))]
    assert working_days_between(first, last) == sum(day.weekday() < 5 for day in between)


@given(st.floats(0, 30), st.floats(0, 30), st.integers(0, 5))
def test_more_topics_passed_never_bring_concerns(at: float, active: float, passed: int) -> None:
    moment = MONDAY + at * DAY
    less, more = pace(active=active, passed=passed), pace(active=active, passed=passed + 1)
    assert set(concerns(more, moment)) <= set(concerns(less, moment))
