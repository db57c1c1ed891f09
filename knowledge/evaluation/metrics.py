"""The measures of an evaluation: of retrieval with one relevant item, by kind, and of refusal."""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

NOT_FOUND = 10**9
"""The rank of an item that was not found; ranks count from 0."""
THRESHOLDS = (*(n / 100 for n in range(100)), *(n / 1000 for n in range(991, 1001)))
"""From 0 to 1 in steps of 0.01, of 0.001 in the last one: sure answers crowd there."""


@dataclass(frozen=True, slots=True)
class QuestionResult:
    """One question asked in one way of typing.

    `rank` is the gold paragraph's, `sentence_rank` that of the first sentence with a gold answer
    (None where no gold answer is known), both from 0. `confidence` is the answer's, 0..1.
    `is_right` tells whether a gold answer stands in the answer given (None as above). Of a
    question that has no answer only `kind`, `refused` and `confidence` count.
    """

    kind: str
    rank: int
    sentence_rank: int | None
    refused: bool
    confidence: float
    is_right: bool | None


@dataclass(frozen=True, slots=True)
class Scores:
    """Retrieval of the gold paragraph and of a sentence that holds the answer; all in 0..1.

    The latter is None where no question has a known gold answer.
    """

    recall_at_1: float
    recall_at_5: float
    mrr_at_10: float
    ndcg_at_10: float
    answer_sentence_at_1: float | None
    answer_sentence_at_3: float | None


@dataclass(frozen=True, slots=True)
class KindScores:
    """The questions of one kind: how many, how well they are found and how many are refused.

    Shares are in 0..1, None where no question counts for them.
    """

    kind: str
    questions: int
    recall_at_1: float | None
    answer_sentence_at_1: float | None
    refused: float | None
    unanswerable: int
    unanswerable_refused: float | None


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
    """Return the measures over `results`, of which there must be one at least."""
    ranks = [result.rank for result in results]
    return Scores(
        recall_at_1=round(recall_at(ranks, 1), 4),
        recall_at_5=round(recall_at(ranks, 5), 4),
        mrr_at_10=round(mean_reciprocal_rank(ranks, 10), 4),
        ndcg_at_10=round(ndcg_at(ranks, 10), 4),
        answer_sentence_at_1=_sentence_recall(results, 1),
        answer_sentence_at_3=_sentence_recall(results, 3),
    )


def scores_by_kind(
    results: Sequence[QuestionResult], unanswerable: Sequence[QuestionResult]
) -> tuple[KindScores, ...]:
    """Return the measures of each kind that was asked for, the most frequent first."""
    rows: list[KindScores] = []
    for kind in dict.fromkeys(result.kind for result in (*results, *unanswerable)):
        own = [result for result in results if result.kind == kind]
        impossible = [result for result in unanswerable if result.kind == kind]
        if own or impossible:
            ranks = [result.rank for result in own]
            rows.append(
                KindScores(
                    kind=kind,
                    questions=len(own),
                    recall_at_1=round(recall_at(ranks, 1), 4) if ranks else None,
                    answer_sentence_at_1=_sentence_recall(own, 1),
                    refused=share([result.refused for result in own]),
                    unanswerable=len(impossible),
                    unanswerable_refused=share([result.refused for result in impossible]),
                )
            )
    return tuple(sorted(rows, key=lambda row: -(row.questions + row.unanswerable)))


def refusal_scores(
    answerable: Sequence[QuestionResult], unanswerable: Sequence[QuestionResult]
) -> RefusalScores:
    """Return the measures of refusal over the results of both sorts of questions."""
    wanted = sorted(result.confidence for result in answerable)
    unwanted = sorted(result.confidence for result in unanswerable)
    return RefusalScores(
        unanswerable_refused=share([result.refused for result in unanswerable]),
        answerable_refused=share([result.refused for result in answerable]),
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


def share(values: Sequence[bool]) -> float | None:
    """Return the share of true values, rounded to four places; None of no values."""
    return round(sum(values) / len(values), 4) if values else None


def _sentence_recall(results: Sequence[QuestionResult], k: int) -> float | None:
    ranks = [result.sentence_rank for result in results if result.sentence_rank is not None]
    return round(recall_at(ranks, k), 4) if ranks else None


def _below(ordered: Sequence[float], threshold: float) -> float | None:
    return round(bisect_left(ordered, threshold) / len(ordered), 4) if ordered else None
