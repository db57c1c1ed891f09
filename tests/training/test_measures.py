from math import isnan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.measures import area_under_curve

SCORED = st.lists(st.tuples(st.integers(-3, 3).map(float), st.booleans()), max_size=20)


@given(SCORED)
def test_area_is_how_often_a_positive_is_above_a_negative(scored: list[tuple[float, bool]]) -> None:
    area = area_under_curve([s for s, _ in scored], [t for _, t in scored])
    pairs = [(p, n) for p, is_p in scored if is_p for n, is_n in scored if not is_n]
    if not pairs:
        assert isnan(area)
    else:
        above = [1.0 if p > n else 0.5 if p == n else 0.0 for p, n in pairs]
        assert area == pytest.approx(sum(above) / len(above))
