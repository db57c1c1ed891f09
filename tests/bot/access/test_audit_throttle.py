import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from bot.access.audit_throttle import MOST_OF_STRANGERS, WINDOW, Limit, Repeats
from tests.bot.access.office import NOW


@given(st.integers(1, 2500))
def test_few_of_many_are_noted_and_the_next_hour_begins_anew(times: int) -> None:
    repeats = Repeats()
    noted = [repeats.count("one", NOW) for _ in range(times)]
    assert [n for n in noted if n] == [n for n in (1, 10, 100, 1000) if n <= times]
    assert repeats.count("other", NOW) == 1
    assert repeats.count("one", NOW + WINDOW - dt.timedelta(seconds=1)) in (None, times + 1)
    assert repeats.count("one", NOW + WINDOW) == 1


def test_of_many_strangers_few_are_noted_one_by_one() -> None:
    repeats = Repeats()
    noted = [repeats.noted(number, NOW, of_stranger=True) for number in range(1000)]
    assert noted[:MOST_OF_STRANGERS] == [{}] * MOST_OF_STRANGERS
    further = [one for one in noted[MOST_OF_STRANGERS:] if one is not None]
    assert further == [{"times_of_all": 1}, {"times_of_all": 10}, {"times_of_all": 100}]
    assert repeats.noted("a colleague", NOW, of_stranger=False) == {}
    assert repeats.noted(0, NOW, of_stranger=True) is None  # known: it counts by itself
    assert repeats.noted(7_000, NOW + WINDOW, of_stranger=True) == {}


@given(st.lists(st.integers(0, 4 * 3600), max_size=60), st.integers(1, 5))
def test_a_limit_lets_so_many_through_within_an_hour(seconds: list[int], most: int) -> None:
    limit = Limit(most)
    passed = [
        moment
        for moment in (NOW + dt.timedelta(seconds=second) for second in sorted(seconds))
        if limit.take(moment)
    ]
    for moment in passed:
        assert sum(moment <= other < moment + WINDOW for other in passed) <= most
