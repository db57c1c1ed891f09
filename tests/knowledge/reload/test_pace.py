import datetime as dt

import pytest

from knowledge.reload.outcome import ReloadProgress
from knowledge.reload.pace import Pace

NOON = dt.datetime(2026, 11, 24, 5, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("steps", "expected"),
    [
        ([(0, "a", 0), (10, "a", 10)], 90),
        ([(0, "a", 0), (1, "a", 10)], None),  # too early to tell
        ([(0, "a", 60), (10, "a", 80)], 10),  # an earlier build had done 60
        ([(0, "a", 0), (50, "a", 100), (60, "b", 1), (70, "b", 11)], 89),
        ([(0, "a", 5), (10, "a", 5)], None),  # stands still
        ([(0, "a", 0), (10, "a", 100)], 0),
    ],
)
def test_what_remains_is_told_by_how_fast_it_went(
    steps: list[tuple[int, str, int]], expected: float | None
) -> None:
    now = NOON
    pace = Pace(lambda: now)
    remaining: float | None = None
    for seconds, stage, done in steps:
        now = NOON + dt.timedelta(seconds=seconds)
        remaining = pace.remaining(ReloadProgress(stage, done, 100))
    assert remaining == (None if expected is None else pytest.approx(expected))
