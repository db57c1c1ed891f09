"""What an editor should look at: the bands of item statistics, and the concerns that they raise.

The bands are those of Moodle's documentation, https://docs.moodle.org/dev/Quiz_report_statistics.
It gives them in whole per cents; what lies between two bands falls into the lower one.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from knowledge.quiz.item_analysis import ItemStatistics

TOO_EASY_ABOVE = 95.0
TOO_HARD_BELOW = 30.0
WEAK_DISCRIMINATION_BELOW = 20.0


class FacilityBand(StrEnum):
    """How easy an item is."""

    EXTREMELY_DIFFICULT = "extremely difficult, or something wrong with the question"
    VERY_DIFFICULT = "very difficult"
    DIFFICULT = "difficult"
    MODERATELY_DIFFICULT = "moderately difficult"
    ABOUT_RIGHT = "about right for the average student"
    FAIRLY_EASY = "fairly easy"
    EASY = "easy"
    VERY_EASY = "very easy"
    EXTREMELY_EASY = "extremely easy"


class DiscriminationBand(StrEnum):
    """How well an item tells those who know from those who don't."""

    INVALID = "question probably invalid"
    VERY_WEAK = "very weak discrimination"
    WEAK = "weak discrimination"
    ADEQUATE = "adequate discrimination"
    VERY_GOOD = "very good discrimination"


class Concern(StrEnum):
    """Why a question should be looked at."""

    TOO_EASY = "too_easy"
    TOO_HARD = "too_hard"
    LIKE_GUESSING = "like_guessing"
    """No better than guessing blindly."""
    NEGATIVE_DISCRIMINATION = "negative_discrimination"
    """Those who know less do better: most often the wrong option is marked as right."""
    WEAK_DISCRIMINATION = "weak_discrimination"
    IDLE_DISTRACTOR = "idle_distractor"
    """A wrong option that nobody chooses."""


_FACILITY_FROM: Mapping[float, FacilityBand] = {
    95: FacilityBand.EXTREMELY_EASY,
    90: FacilityBand.VERY_EASY,
    81: FacilityBand.EASY,
    65: FacilityBand.FAIRLY_EASY,
    35: FacilityBand.ABOUT_RIGHT,
    20: FacilityBand.MODERATELY_DIFFICULT,
    11: FacilityBand.DIFFICULT,
    6: FacilityBand.VERY_DIFFICULT,
}
_DISCRIMINATION_FROM: Mapping[float, DiscriminationBand] = {
    50: DiscriminationBand.VERY_GOOD,
    30: DiscriminationBand.ADEQUATE,
    20: DiscriminationBand.WEAK,
    0: DiscriminationBand.VERY_WEAK,
}


def facility_band(facility: float) -> FacilityBand:
    """Return the band of a facility index (0–100 %)."""
    bands = (band for least, band in _FACILITY_FROM.items() if facility >= least)
    return next(bands, FacilityBand.EXTREMELY_DIFFICULT)


def discrimination_band(discrimination: float) -> DiscriminationBand:
    """Return the band of a discrimination index (−100–100)."""
    bands = (band for least, band in _DISCRIMINATION_FROM.items() if discrimination >= least)
    return next(bands, DiscriminationBand.INVALID)


def concerns(statistics: ItemStatistics) -> tuple[Concern, ...]:
    """Return what is to be looked at, in the order of Concern, as far as the sample bears it out.

    Too easy above 95 %, too hard below 30 %, like guessing at or below the random guess score;
    discrimination below 0 negative, below 20 weak. What rests on too few attempts raises nothing.
    """
    return tuple(_concerns(statistics))


def _concerns(statistics: ItemStatistics) -> Iterator[Concern]:
    facility, discrimination = statistics.facility, statistics.discrimination
    if facility is not None and statistics.has_enough_for_facility:
        if facility > TOO_EASY_ABOVE:
            yield Concern.TOO_EASY
        if facility < TOO_HARD_BELOW:
            yield Concern.TOO_HARD
        if statistics.guess is not None and facility <= statistics.guess:
            yield Concern.LIKE_GUESSING
    if discrimination is not None and statistics.has_enough_for_discrimination:
        if discrimination < 0:
            yield Concern.NEGATIVE_DISCRIMINATION
        elif discrimination < WEAK_DISCRIMINATION_BELOW:
            yield Concern.WEAK_DISCRIMINATION
    if statistics.never_chosen and statistics.has_enough_for_distractors:
        yield Concern.IDLE_DISTRACTOR
