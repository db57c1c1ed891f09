"""The measures of an evaluation: of retrieval, choice, refusal and the stated probability."""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

NOT_FOUND = 10**9
"""The rank of an item that was not found; ranks count from 0."""
THRESHOLDS = (*(n / 100 for n in range(100)), *(n / 1000 for n in range(991, 1001)))
"""From 0 to 1 in steps of 0.01, of 0.001 in the last one: sure answers crowd there."""
BINS = 10


@dataclass(frozen=True, slots=True)
class QuestionResult:
    """One question asked in one way of typing.

    `rank` is that of the first document that tells, from 0 (None where the set names none);
    `probability` the answer's, 0..1. The rest is None where no gold answer is known: `right`, that
    the reply answers; `choice`, that the best evidence would, refused or not; `held`, that some
    window that was read holds the answer; `reader_alone`, that the window with the highest logit
    would answer (None without a reader, too).
    """

    kind: str
    is_answerable: bool
    rank: int | None
    refused: bool
    probability: float
    right: bool | None = None
    choice: bool | None = None
    held: bool | None = None
    reader_alone: bool | None = None

    @property
    def is_shown_right(self) -> bool | None:
        """Whether what is shown, or was kept back by a refusal, answers the question."""
        if not self.is_answerable:
            return False
        return self.choice if self.refused else self.right


@dataclass(frozen=True, slots=True)
class CalibrationBin:
    """The answers whose probability lies from `low` on: its mean, and the share that is right."""

    low: float
    questions: int
    probability: float | None
    right: float | None


@dataclass(frozen=True, slots=True)
class TradeOffPoint:
    """The shares that are refused when every probability below `threshold` is; None of no question.

    `unanswerable_refused` should be high, `answerable_refused` low.
    """

    threshold: float
    unanswerable_refused: float | None
    answerable_refused: float | None


@dataclass(frozen=True, slots=True)
class Scores:
    """The measures of one way of typing; shares in 0..1, None where no question counts for them.

    The first four are of retrieval: the rank of the first document that tells. `answered_right`,
    `choice`, `held` and `reader_alone` are shares of the answerable questions with a known answer.
    `separation` is the area under the ROC curve of the probability for "is answerable",
    `right_separation` for "what is or would be shown is right". `calibration_error` is the expected
    one (Guo et al., 2017), over the bins of `calibration`. The trade-off has a point for each of
    THRESHOLDS.
    """

    recall_at_1: float | None
    recall_at_5: float | None
    mrr_at_10: float | None
    ndcg_at_10: float | None
    held: float | None
    reader_alone: float | None
    choice: float | None
    answered_right: float | None
    answerable_refused: float | None
    unanswerable_refused: float | None
    separation: float | None
    right_separation: float | None
    calibration_error: float | None
    calibration: tuple[CalibrationBin, ...]
    trade_off: tuple[TradeOffPoint, ...]


@dataclass(frozen=True, slots=True)
class KindScores:
    """The questions of one kind: how many, and the shares answered right and refused.

    Shares are in 0..1, None where no question counts for them.
    """

    kind: str
    questions: int
    choice: float | None
    answered_right: float | None
    refused: float | None
    unanswerable: int
    unanswerable_refused: float | None


def recall_at(ranks: Sequence[int], k: int) -> float:
    """Return the share of questions with the relevant item among the first `k` (ranks from 0)."""
    return sum(rank < k for rank in ranks) / len(ranks)


def mean_reciprocal_rank(ranks: Sequence[int], k: int) -> float:
    """Return the mean of 1 / (rank + 1), counting 0 beyond the first `k`."""
    return sum(1 / (rank + 1) for rank in ranks if rank < k) / len(ranks)


def ndcg_at(ranks: Sequence[int], k: int) -> float:
    """Return nDCG@k for one relevant item of gain 1: the mean of 1 / log2(rank + 2)."""
    return sum(1 / math.log2(rank + 2) for rank in ranks if rank < k) / len(ranks)


def scores(results: Sequence[QuestionResult]) -> Scores:
    """Return the measures over `results`."""
    told = [result for result in results if result.is_answerable]
    others = [result for result in results if not result.is_answerable]
    ranks = [result.rank for result in told if result.rank is not None]
    wanted = sorted(result.probability for result in told)
    unwanted = sorted(result.probability for result in others)
    judged = [(r.probability, r.is_shown_right) for r in results if r.is_shown_right is not None]
    bins = calibration(judged)
    return Scores(
        recall_at_1=round(recall_at(ranks, 1), 4) if ranks else None,
        recall_at_5=round(recall_at(ranks, 5), 4) if ranks else None,
        mrr_at_10=round(mean_reciprocal_rank(ranks, 10), 4) if ranks else None,
        ndcg_at_10=round(ndcg_at(ranks, 10), 4) if ranks else None,
        held=share(result.held for result in told),
        reader_alone=share(result.reader_alone for result in told),
        choice=share(result.choice for result in told),
        answered_right=share(result.right for result in told),
        answerable_refused=share(result.refused for result in told),
        unanswerable_refused=share(result.refused for result in others),
        separation=separation(wanted, unwanted),
        right_separation=separation(
            [probability for probability, right in judged if right],
            [probability for probability, right in judged if not right],
        ),
        calibration_error=calibration_error(bins),
        calibration=bins,
        trade_off=tuple(
            TradeOffPoint(threshold, _below(unwanted, threshold), _below(wanted, threshold))
            for threshold in THRESHOLDS
        ),
    )


def scores_by_kind(results: Sequence[QuestionResult]) -> tuple[KindScores, ...]:
    """Return the measures of each kind that was asked, the most frequent first."""
    rows: list[KindScores] = []
    for kind in dict.fromkeys(result.kind for result in results):
        own = [result for result in results if result.kind == kind]
        told = [result for result in own if result.is_answerable]
        rows.append(
            KindScores(
                kind=kind,
                questions=len(told),
                choice=share(result.choice for result in told),
                answered_right=share(result.right for result in told),
                refused=share(result.refused for result in told),
                unanswerable=len(own) - len(told),
                unanswerable_refused=share(r.refused for r in own if not r.is_answerable),
            )
        )
    return tuple(sorted(rows, key=lambda row: -(row.questions + row.unanswerable)))


def calibration(judged: Sequence[tuple[float, bool]]) -> tuple[CalibrationBin, ...]:
    """Return BINS bins of equal width over probabilities with whether each came true."""
    bins: list[CalibrationBin] = []
    for number in range(BINS):
        own = [(p, right) for p, right in judged if min(int(p * BINS), BINS - 1) == number]
        mean = round(sum(p for p, _ in own) / len(own), 4) if own else None
        right = share(right for _, right in own)
        bins.append(CalibrationBin(number / BINS, len(own), mean, right))
    return tuple(bins)


def calibration_error(bins: Sequence[CalibrationBin]) -> float | None:
    """Return the mean distance of probability and share of right ones, by the bins' questions."""
    total = sum(one.questions for one in bins)
    distances = (
        one.questions * abs(one.probability - one.right)
        for one in bins
        if one.probability is not None and one.right is not None
    )
    return round(sum(distances) / total, 4) if total else None


def separation(positive: Sequence[float], negative: Sequence[float]) -> float | None:
    """Return the area under the ROC curve: how often a positive is above a negative.

    Ties count half. None if one of both is empty. Mann–Whitney's U over the number of pairs.
    """
    if not positive or not negative:
        return None
    ordered = sorted(negative)
    wins = sum((bisect_left(ordered, p) + bisect_right(ordered, p)) / 2 for p in positive)
    return round(wins / (len(positive) * len(ordered)), 4)


def share(values: Iterable[bool | None]) -> float | None:
    """Return the share of true values among those that are known, None without any."""
    known = [value for value in values if value is not None]
    return round(sum(known) / len(known), 4) if known else None


def _below(ordered: Sequence[float], threshold: float) -> float | None:
    return round(bisect_left(ordered, threshold) / len(ordered), 4) if ordered else None
