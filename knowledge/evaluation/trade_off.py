"""Measures the decision between answer and refusal, at the product's threshold and at others."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from knowledge.evaluation.metrics import share

if TYPE_CHECKING:
    from collections.abc import Sequence

    from knowledge.evaluation.metrics import Outcome

THRESHOLDS = (*(n / 100 for n in range(100)), *(n / 1000 for n in range(991, 1001)))
"""From 0 to 1 in steps of 0.01, of 0.001 in the last one: sure answers crowd there."""


@dataclass(frozen=True, slots=True)
class TradeOffPoint:
    """The shares that are refused when every confidence below `threshold` is; None of no questions.

    `unanswerable_refused` should be high, `answerable_refused` low.
    """

    threshold: float
    unanswerable_refused: float | None
    answerable_refused: float | None


@dataclass(frozen=True, slots=True)
class RefusalScores:
    """Refusals at the product's own threshold, and the trade-off over all thresholds.

    `answered_right` is the share of answerable questions with a known gold answer that got an
    answer which holds it. `separation` is the area under the ROC curve: the probability that an
    answerable question gets a higher confidence than an unanswerable one (ties count half). Shares
    are in 0..1, None where no question counts for them. The trade-off has a point for each of
    THRESHOLDS.
    """

    unanswerable_refused: float | None
    answerable_refused: float | None
    answered_right: float | None
    separation: float | None
    trade_off: tuple[TradeOffPoint, ...]


def refusal_scores(answerable: Sequence[Outcome], unanswerable: Sequence[Outcome]) -> RefusalScores:
    """Return the measures of refusal over the outcomes of both sorts of questions."""
    wanted = sorted(outcome.confidence for outcome in answerable)
    unwanted = sorted(outcome.confidence for outcome in unanswerable)
    return RefusalScores(
        unanswerable_refused=share([outcome.refused for outcome in unanswerable]),
        answerable_refused=share([outcome.refused for outcome in answerable]),
        answered_right=share([o.is_right for o in answerable if o.is_right is not None]),
        separation=separation(wanted, unwanted),
        trade_off=tuple(
            TradeOffPoint(threshold, _below(unwanted, threshold), _below(wanted, threshold))
            for threshold in THRESHOLDS
        ),
    )


def separation(answerable: Sequence[float], unanswerable: Sequence[float]) -> float | None:
    """Return the area under the ROC curve of two samples of confidences; None if one is empty.

    Mann–Whitney's U over the number of pairs.
    """
    if not answerable or not unanswerable:
        return None
    ordered = sorted(unanswerable)
    wins = sum(
        (bisect_left(ordered, confidence) + bisect_right(ordered, confidence)) / 2
        for confidence in answerable
    )
    return round(wins / (len(answerable) * len(ordered)), 4)


def _below(ordered: Sequence[float], threshold: float) -> float | None:
    return round(bisect_left(ordered, threshold) / len(ordered), 4) if ordered else None
