"""The formulas of item analysis, as Moodle's quiz statistics define them.

The definitions: https://docs.moodle.org/dev/Quiz_statistics_calculations; what Moodle does with
them: question/classes/statistics/questions/calculator.php. With x the scores of an item (0–1, one
of each who answered it) and X the scores of the same people in the rest of their test, in the same
order:

- facility index: 100 · mean(x)
- standard deviation: 100 · sqrt(V(x)), with V over S − 1
- random guess score: 100 / options where one is right
- discrimination index: 100 · C(x, X) / sqrt(V(x) · V(X)), the correlation in per cent
- discriminative efficiency: 100 · C(x, X) / Cmax(x, X), where Cmax is the covariance of the scores
  sorted: the greatest that these scores could have had
"""

from __future__ import annotations

from statistics import correlation, covariance, fmean, stdev
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from knowledge.quiz.question import QuizQuestion

_LEAST_SPREAD = 1e-9
"""Scores closer than this are equal: means of thirds differ by rounding."""


def facility_index(scores: Sequence[float]) -> float | None:
    """Return how easy an item is, 0–100 %; None without scores."""
    return 100 * fmean(scores) if scores else None


def standard_deviation(scores: Sequence[float]) -> float | None:
    """Return how far the scores spread, in % of the best score; None below two scores."""
    return 100 * stdev(scores) if len(scores) > 1 else None


def random_guess_score(question: QuizQuestion) -> float | None:
    """Return what guessing brings on average, 0–100 %; None, as in Moodle, where several are right.

    How many options a guesser would tick then is anybody's guess.
    """
    return None if question.takes_several else 100 / len(question.options)


def discrimination_index(scores: Sequence[float], rests: Sequence[float]) -> float | None:
    """Return how far those good at the rest were good at the item, −100–100; None where undefined.

    That is where the item's scores or the rest's are all alike, or fewer than two.
    """
    if not (_spreads(scores) and _spreads(rests)):
        return None
    return max(-100.0, min(100.0, 100 * correlation(scores, rests)))


def discriminative_efficiency(scores: Sequence[float], rests: Sequence[float]) -> float | None:
    """Return how much of the discrimination that was possible the item reached, at most 100.

    None where the discrimination index is undefined. May lie below −100.
    """
    if not (_spreads(scores) and _spreads(rests)):
        return None
    return min(100.0, 100 * covariance(scores, rests) / covariance(sorted(scores), sorted(rests)))


def _spreads(scores: Sequence[float]) -> bool:
    return len(scores) > 1 and max(scores) - min(scores) > _LEAST_SPREAD
