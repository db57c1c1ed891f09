import pytest

from knowledge.quiz.item_analysis import ItemStatistics
from knowledge.quiz.item_weaknesses import ItemWeakness, weaknesses


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
