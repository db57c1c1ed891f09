"""What an editor should look at: the weaknesses that the statistics of a question show.

The bounds are those of Moodle's documentation, https://docs.moodle.org/dev/Quiz_report_statistics.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from knowledge.quiz.item_analysis import ItemStatistics

TOO_EASY_ABOVE = 95.0
TOO_HARD_BELOW = 30.0
WEAK_DISCRIMINATION_BELOW = 20.0


class ItemWeakness(StrEnum):
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


def weaknesses(statistics: ItemStatistics) -> Iterator[ItemWeakness]:
    """Yield what is to be looked at, in the order of ItemWeakness, as far as the sample allows.

    Too easy above 95 %, too hard below 30 %, like guessing at or below the random guess score;
    discrimination below 0 negative, below 20 weak. What rests on too few attempts shows nothing.
    """
    facility, discrimination = statistics.facility, statistics.discrimination
    if facility is not None and statistics.has_enough_for_facility:
        if facility > TOO_EASY_ABOVE:
            yield ItemWeakness.TOO_EASY
        if facility < TOO_HARD_BELOW:
            yield ItemWeakness.TOO_HARD
        if statistics.guess is not None and facility <= statistics.guess:
            yield ItemWeakness.LIKE_GUESSING
    if discrimination is not None and statistics.has_enough_for_discrimination:
        if discrimination < 0:
            yield ItemWeakness.NEGATIVE_DISCRIMINATION
        elif discrimination < WEAK_DISCRIMINATION_BELOW:
            yield ItemWeakness.WEAK_DISCRIMINATION
    if statistics.never_chosen and statistics.has_enough_for_distractors:
        yield ItemWeakness.IDLE_DISTRACTOR
