from collections.abc import Sequence
from dataclasses import replace
from math import isclose

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.quiz.item_analysis import (
    ItemAttempt,
    ItemStatistics,
    ItemWeakness,
    analyse,
    weaknesses,
)
from knowledge.quiz.item_formulas import (
    discrimination_index,
    discriminative_efficiency,
    facility_index,
    standard_deviation,
)
from knowledge.quiz.question import QuizQuestion
from tests.knowledge.quiz import moodle_example as moodle
from tests.knowledge.quiz.small_bank import question

SHARES = {0.0, 1 / 3, 0.5, 2 / 3, 1.0}


def analyse_item(item: QuizQuestion, attempts: Sequence[ItemAttempt]) -> ItemStatistics:
    return analyse([item], attempts)[item.question_id]


def table(rows: Sequence[Sequence[float | None]], names: Sequence[str]) -> list[ItemAttempt]:
    """A row a session, a column an item; None where it was not asked."""
    return [
        ItemAttempt(session, name, share, (0,) if share == 1 else (1,))
        for session, row in enumerate(rows)
        for name, share in zip(names, row, strict=True)
        if share is not None
    ]


def test_the_example_was_copied_right() -> None:
    for marks, total in zip(moodle.MARKS, moodle.TOTALS, strict=True):
        assert sum(marks) == pytest.approx(total)


@pytest.mark.parametrize("slot", moodle.SLOTS)
def test_formulas_on_moodles_example(slot: int) -> None:
    column = moodle.SLOTS.index(slot)
    most = moodle.ESSAY_MARK if slot == moodle.ESSAY_SLOT else 1
    marks = [row[column] / most for row in moodle.MARKS]
    rests = [total - row[column] for row, total in zip(moodle.MARKS, moodle.TOTALS, strict=True)]
    facility, thousandths, discrimination, efficiency = moodle.EXPECTED[slot]
    assert facility_index(marks) == pytest.approx(facility, abs=1e-6)
    assert standard_deviation(marks) == pytest.approx(thousandths / 10 / most, abs=1e-6)
    assert discrimination_index(marks, rests) == pytest.approx(discrimination, abs=1e-6)
    assert discriminative_efficiency(marks, rests) == pytest.approx(efficiency, abs=1e-6)


def test_sessions_on_moodles_example() -> None:
    """Slot 8, of 8 marks, goes in as eight questions: a mean of shares weighs all alike."""
    names = [*(f"essay-{n}" for n in range(moodle.ESSAY_MARK)), *map(str, moodle.SLOTS[1:])]
    rows = [(row[0] / moodle.ESSAY_MARK,) * moodle.ESSAY_MARK + row[1:] for row in moodle.MARKS]
    questions = [question(str(slot)) for slot in moodle.SLOTS[1:]]
    statistics = analyse(questions, table(rows, names))
    assert len(statistics) == 12
    for slot, item in statistics.items():
        facility, thousandths, discrimination, efficiency = moodle.EXPECTED[int(slot)]
        assert (item.attempts, item.compared) == (22, 22)
        assert item.facility == pytest.approx(facility, abs=1e-6)
        assert item.standard_deviation == pytest.approx(thousandths / 10, abs=1e-6)
        assert item.discrimination == pytest.approx(discrimination, abs=1e-6)
        assert item.efficiency == pytest.approx(efficiency, abs=1e-6)


# session   A  B  C     rest of A    rest of B
#    0      1  0  1       0.5          1
#    1      1  1  1       1            1
#    2      0  1  0       0.5          0
#    3      0  1  0.5     0.75         0.25
HAND = [(1, 0, 1), (1, 1, 1), (0, 1, 0), (0, 1, 0.5)]


def test_an_item_that_helps_by_hand() -> None:
    # A: mean 1/2, Σ(a − 1/2)² = 4 · 0.25 = 1; V = 1/3, sd = 0.577350
    # rest: mean 0.6875, deviations −0.1875, 0.3125, −0.1875, 0.0625, their squares' sum 0.171875
    # Σ products = 0.5 · (−0.1875 + 0.3125) − 0.5 · (−0.1875 + 0.0625) = 0.125
    # DI = 100 · 0.125 / sqrt(1 · 0.171875) = 12.5 / 0.414578 = 30.1511
    # sorted: 0.5 · (0.3125 + 0.0625) − 0.5 · (−0.1875 − 0.1875) = 0.375; DE = 12.5 / 0.375
    item = analyse_item(question("A", options=5), table(HAND, "ABC"))
    assert item == ItemStatistics(
        question_id="A",
        attempts=4,
        compared=4,
        facility=50,
        standard_deviation=pytest.approx(57.7350, abs=1e-4),
        guess=20,
        discrimination=pytest.approx(30.1511, abs=1e-4),
        efficiency=pytest.approx(33.3333, abs=1e-4),
        option_counts=(2, 2, 0, 0, 0),
        never_chosen=(2, 3, 4),
    )


def test_an_item_that_misleads_by_hand() -> None:
    # B: mean 0.75, Σ(b − 0.75)² = 0.5625 + 3 · 0.0625 = 0.75; V = 0.25, sd = 0.5
    # rest: mean 0.5625, deviations 0.4375, 0.4375, −0.5625, −0.3125, squares' sum 0.796875
    # Σ products = −0.75 · 0.4375 + 0.25 · (0.4375 − 0.5625 − 0.3125) = −0.4375
    # DI = 100 · −0.4375 / sqrt(0.75 · 0.796875) = −43.75 / 0.773082 = −56.5917
    # sorted: −0.75 · −0.5625 + 0.25 · (−0.3125 + 0.4375 + 0.4375) = 0.5625; DE = −43.75 / 0.5625
    item = analyse_item(question("B"), table(HAND, "ABC"))
    assert (item.facility, item.standard_deviation, item.guess) == (75, pytest.approx(50), 25)
    assert item.discrimination == pytest.approx(-56.5917, abs=1e-4)
    assert item.efficiency == pytest.approx(-77.7778, abs=1e-4)


def test_sessions_of_different_length_are_compared_by_their_means() -> None:
    # the rest of A is 1, 1, 0.5, 0.5 by means: A follows it; by sums it is 1, 1, 2, 2: it would not
    rows: list[tuple[float | None, ...]] = [
        (1, 1, None, None, None),
        (1, 1, None, None, None),
        (0, 1, 1, 0, 0),
        (0, 0, 0, 1, 1),
    ]
    item = analyse_item(question("A"), table(rows, "ABCDE"))
    assert item.discrimination == pytest.approx(100)
    assert item.efficiency == pytest.approx(100)


def test_an_attempt_alone_in_its_session_counts_in_facility_only() -> None:
    rows: list[tuple[float | None, ...]] = [*HAND, (1, None, None)]
    alone = analyse_item(question("A"), table(rows, "ABC"))
    without = analyse_item(question("A"), table(HAND, "ABC"))
    assert (alone.attempts, alone.compared, alone.facility) == (5, 4, 60)
    assert alone.discrimination == without.discrimination
    assert alone.efficiency == without.efficiency


@pytest.mark.parametrize(
    "rows",
    [
        [(1, 1), (1, 0), (1, 1)],  # everybody is right
        [(1, 1), (0, 1), (1, 1)],  # everybody is alike in the rest
        [(1, 1)],  # one attempt
    ],
)
def test_discrimination_is_undefined_where_nothing_varies(rows: list[tuple[float, ...]]) -> None:
    item = analyse_item(question("A"), table(rows, "AB"))
    assert item.discrimination is None
    assert item.efficiency is None
    assert item.facility is not None


def test_rounding_of_equal_rests_is_no_spread() -> None:
    thirds = [1 / 3, 1 / 3, 2 / 3]
    rows = [(1, *thirds), (0, *reversed(thirds)), (1, 2 / 3, 1 / 3, 1 / 3)]
    assert analyse_item(question("A"), table(rows, "ABCD")).discrimination is None


def test_a_question_that_nobody_answered() -> None:
    assert analyse([question("new", options=3)], []) == {
        "new": ItemStatistics("new", 0, 0, None, None, 100 / 3, None, None, (0, 0, 0), (1, 2))
    }


def test_options_that_were_chosen_and_those_that_never_were() -> None:
    chosen = [(0, 1), (0,), (1, 3), (), (0, 1)]
    attempts = [ItemAttempt(n, "q", 0.5, indexes) for n, indexes in enumerate(chosen)]
    item = analyse_item(question("q", options=5, correct=(0, 2)), attempts)
    assert item.option_counts == (3, 3, 0, 1, 0)
    assert item.never_chosen == (4,)  # 2 is right: no distractor
    assert item.guess is None  # several are right


rows_of_shares = st.lists(
    st.lists(st.none() | st.sampled_from(sorted(SHARES)), min_size=4, max_size=4), max_size=30
)


@given(rows_of_shares)
def test_equals_a_plain_numpy_reckoning(rows: list[list[float | None]]) -> None:
    attempts = table(rows, "ABCD")
    for column, name in enumerate("ABCD"):
        item = analyse_item(question(name), attempts)
        asked = [row for row in rows if row[column] is not None]
        scores = np.array([row[column] for row in asked], dtype=float)
        assert item.attempts == len(scores)
        if len(scores):
            assert item.facility == pytest.approx(100 * scores.mean())
        if len(scores) > 1:
            assert item.standard_deviation == pytest.approx(100 * scores.std(ddof=1))
        others = [[s for n, s in enumerate(row) if n != column and s is not None] for row in asked]
        pairs = [(x, np.mean(rest)) for x, rest in zip(scores, others, strict=True) if rest]
        x, rest = np.array(pairs, dtype=float).reshape(-1, 2).T
        assert item.compared == len(x)
        if len(x) < 2 or np.ptp(x) < 1e-9 or np.ptp(rest) < 1e-9:
            assert item.discrimination is None
            assert item.efficiency is None
            continue
        covariance = np.cov(x, rest)[0, 1]
        greatest = np.cov(np.sort(x), np.sort(rest))[0, 1]
        assert item.discrimination == pytest.approx(100 * np.corrcoef(x, rest)[0, 1], abs=1e-6)
        assert item.efficiency == pytest.approx(100 * covariance / greatest, abs=1e-6)


@given(rows_of_shares)
def test_bounds_and_order(rows: list[list[float | None]]) -> None:
    attempts = table(rows, "ABCD")
    questions = [question(name) for name in "ABCD"]
    for item in analyse(questions, attempts).values():
        if item.discrimination is None or item.efficiency is None:
            continue
        assert -100 <= item.discrimination <= 100
        assert item.efficiency <= 100
        # efficiency divides by less: it is the farther from 0, of the same sign
        assert abs(item.efficiency) >= abs(item.discrimination) - 1e-6
    backwards = analyse(questions, list(reversed(attempts)))
    for name, item in analyse(questions, attempts).items():
        other = backwards[name]
        assert replace(other, **_floats(item)) == item
        assert all(
            _close(a, b)
            for a, b in zip(_floats(item).values(), _floats(other).values(), strict=True)
        )


def _floats(item: ItemStatistics) -> dict[str, float | None]:
    names = ("facility", "standard_deviation", "discrimination", "efficiency")
    return {name: getattr(item, name) for name in names}


def _close(first: float | None, second: float | None) -> bool:
    if first is None or second is None:
        return first is second
    return isclose(first, second, abs_tol=1e-6)


def statistics(
    facility: float | None = 60,
    discrimination: float | None = 40,
    *,
    attempts: int = 60,
    compared: int = 60,
    guess: float | None = 25,
    never_chosen: tuple[int, ...] = (),
) -> ItemStatistics:
    return ItemStatistics(
        "q", attempts, compared, facility, 40, guess, discrimination, 50, (), never_chosen
    )


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        (statistics(), ()),
        (statistics(95), ()),
        (statistics(95.1), (ItemWeakness.TOO_EASY,)),
        (statistics(30), ()),
        (statistics(29.9), (ItemWeakness.TOO_HARD,)),
        (statistics(25), (ItemWeakness.TOO_HARD, ItemWeakness.LIKE_GUESSING)),
        (statistics(50, guess=50), (ItemWeakness.LIKE_GUESSING,)),
        (statistics(50, guess=None), ()),
        (statistics(discrimination=20), ()),
        (statistics(discrimination=19.9), (ItemWeakness.WEAK_DISCRIMINATION,)),
        (statistics(discrimination=0), (ItemWeakness.WEAK_DISCRIMINATION,)),
        (statistics(discrimination=-0.1), (ItemWeakness.NEGATIVE_DISCRIMINATION,)),
        (statistics(never_chosen=(2,)), (ItemWeakness.IDLE_DISTRACTOR,)),
        (
            statistics(99, -5, never_chosen=(1, 2)),
            (
                ItemWeakness.TOO_EASY,
                ItemWeakness.NEGATIVE_DISCRIMINATION,
                ItemWeakness.IDLE_DISTRACTOR,
            ),
        ),
        # too small a sample shows nothing
        (statistics(10, attempts=19, compared=19), ()),
        (statistics(10, guess=None, attempts=20, compared=20), (ItemWeakness.TOO_HARD,)),
        (statistics(discrimination=-50, compared=49), ()),
        (statistics(discrimination=-50, compared=50), (ItemWeakness.NEGATIVE_DISCRIMINATION,)),
        (statistics(attempts=49, never_chosen=(2,)), ()),
        (statistics(attempts=50, never_chosen=(2,)), (ItemWeakness.IDLE_DISTRACTOR,)),
        (statistics(None, None), ()),
    ],
)
def test_weaknesses(item: ItemStatistics, expected: tuple[ItemWeakness, ...]) -> None:
    assert tuple(weaknesses(item)) == expected


@pytest.mark.parametrize(
    ("attempts", "compared", "enough"),
    [
        (19, 19, (False, False, False)),
        (20, 20, (True, False, False)),
        (50, 49, (True, False, True)),
        (50, 50, (True, True, True)),
    ],
)
def test_samples(attempts: int, compared: int, enough: tuple[bool, bool, bool]) -> None:
    item = statistics(attempts=attempts, compared=compared)
    assert enough == (
        item.has_enough_for_facility,
        item.has_enough_for_discrimination,
        item.has_enough_for_distractors,
    )
