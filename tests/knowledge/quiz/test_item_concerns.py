import pytest

from knowledge.quiz.item_analysis import ItemStatistics
from knowledge.quiz.item_concerns import (
    Concern,
    DiscriminationBand,
    FacilityBand,
    concerns,
    discrimination_band,
    facility_band,
)


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
        (statistics(95.1), (Concern.TOO_EASY,)),
        (statistics(30), ()),
        (statistics(29.9), (Concern.TOO_HARD,)),
        (statistics(25), (Concern.TOO_HARD, Concern.LIKE_GUESSING)),
        (statistics(50, guess=50), (Concern.LIKE_GUESSING,)),
        (statistics(50, guess=None), ()),
        (statistics(discrimination=20), ()),
        (statistics(discrimination=19.9), (Concern.WEAK_DISCRIMINATION,)),
        (statistics(discrimination=0), (Concern.WEAK_DISCRIMINATION,)),
        (statistics(discrimination=-0.1), (Concern.NEGATIVE_DISCRIMINATION,)),
        (statistics(never_chosen=(2,)), (Concern.IDLE_DISTRACTOR,)),
        (
            statistics(99, -5, never_chosen=(1, 2)),
            (Concern.TOO_EASY, Concern.NEGATIVE_DISCRIMINATION, Concern.IDLE_DISTRACTOR),
        ),
        # too small a sample raises nothing
        (statistics(10, attempts=19, compared=19), ()),
        (statistics(10, guess=None, attempts=20, compared=20), (Concern.TOO_HARD,)),
        (statistics(discrimination=-50, compared=49), ()),
        (statistics(discrimination=-50, compared=50), (Concern.NEGATIVE_DISCRIMINATION,)),
        (statistics(attempts=49, never_chosen=(2,)), ()),
        (statistics(attempts=50, never_chosen=(2,)), (Concern.IDLE_DISTRACTOR,)),
        (statistics(None, None), ()),
    ],
)
def test_concerns(item: ItemStatistics, expected: tuple[Concern, ...]) -> None:
    assert concerns(item) == expected


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


@pytest.mark.parametrize(
    ("facility", "band"),
    [
        (0, FacilityBand.EXTREMELY_DIFFICULT),
        (5, FacilityBand.EXTREMELY_DIFFICULT),
        (6, FacilityBand.VERY_DIFFICULT),
        (11, FacilityBand.DIFFICULT),
        (20, FacilityBand.MODERATELY_DIFFICULT),
        (34.9, FacilityBand.MODERATELY_DIFFICULT),
        (35, FacilityBand.ABOUT_RIGHT),
        (64, FacilityBand.ABOUT_RIGHT),
        (66, FacilityBand.FAIRLY_EASY),
        (81, FacilityBand.EASY),
        (90, FacilityBand.VERY_EASY),
        (95, FacilityBand.EXTREMELY_EASY),
        (100, FacilityBand.EXTREMELY_EASY),
    ],
)
def test_facility_bands(facility: float, band: FacilityBand) -> None:
    assert facility_band(facility) is band


@pytest.mark.parametrize(
    ("discrimination", "band"),
    [
        (-100, DiscriminationBand.INVALID),
        (-0.1, DiscriminationBand.INVALID),
        (0, DiscriminationBand.VERY_WEAK),
        (19.9, DiscriminationBand.VERY_WEAK),
        (20, DiscriminationBand.WEAK),
        (30, DiscriminationBand.ADEQUATE),
        (50, DiscriminationBand.VERY_GOOD),
        (100, DiscriminationBand.VERY_GOOD),
    ],
)
def test_discrimination_bands(discrimination: float, band: DiscriminationBand) -> None:
    assert discrimination_band(discrimination) is band
