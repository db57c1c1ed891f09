import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from bot.access.audit_throttle import WINDOW, Repeats
from tests.bot.access.office import NOW


@given(st.integers(1, 2500))
def test_few_of_many_are_noted_and_the_next_hour_begins_anew(times: int) -> None:
    repeats = Repeats()
    noted = [repeats.count("one", NOW) for _ in range(times)]
    assert [n for n in noted if n] == [n for n in (1, 10, 100, 1000) if n <= times]
    assert repeats.count("other", NOW) == 1
    assert repeats.count("one", NOW + WINDOW - dt.timedelta(seconds=1)) in (None, times + 1)
    assert repeats.count("one", NOW + WINDOW) == 1
