import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from bot.features.certificates.wrong_tries import TRIES, WINDOW, WrongTries
from tests.bot.features.certificates.conftest import NOW

SECOND = dt.timedelta(seconds=1)


def test_after_some_wrong_tries_a_person_waits() -> None:
    tries = WrongTries()
    for number in range(TRIES):
        assert tries.wait(7, NOW) is None
        tries.wrong(7, NOW + number * SECOND)
    now = NOW + TRIES * SECOND
    assert tries.wait(7, now) == WINDOW - TRIES * SECOND
    assert tries.wait(8, now) is None
    assert tries.wait(7, NOW + WINDOW) is None


def test_a_clock_set_back_locks_nobody_out() -> None:
    tries = WrongTries()
    for _ in range(TRIES):
        tries.wrong(7, NOW)
    assert tries.wait(7, NOW - WINDOW) is None


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 400)), max_size=60))
def test_nobody_gets_more_tries_in_any_window(steps: list[tuple[int, int]]) -> None:
    tries, now = WrongTries(), NOW
    made: dict[int, list[dt.datetime]] = {}
    for person, seconds in steps:
        now += seconds * SECOND
        wait = tries.wait(person, now)
        if wait is None:
            tries.wrong(person, now)
            made.setdefault(person, []).append(now)
        else:
            assert dt.timedelta(0) < wait <= WINDOW
        recent = [at for at in made.get(person, []) if at > now - WINDOW]
        assert len(recent) <= TRIES
        assert wait is None or len(recent) == TRIES
    assert all(len(kept) <= TRIES for kept in tries._wrong.values())
