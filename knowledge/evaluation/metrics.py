"""What asking one question of an evaluation came to, and the measures over many such outcomes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from knowledge.answering.question import QuestionKind
from knowledge.evaluation.ranking import mean_reciprocal_rank, ndcg_at, recall_at

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Outcome:
    """One question asked in one way of typing.

    `rank` is the gold paragraph's, `sentence_rank` that of the first sentence with a gold answer
    (None where no gold answer is known), both from 0. `confidence` is the answer's, 0..1.
    `is_right` tells whether a gold answer stands in the answer given (None as above). Of a
    question that has no answer only `kind`, `refused` and `confidence` count.
    """

    kind: QuestionKind
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

    kind: QuestionKind
    questions: int
    recall_at_1: float | None
    answer_sentence_at_1: float | None
    refused: float | None
    unanswerable: int
    unanswerable_refused: float | None


def scores(outcomes: Sequence[Outcome]) -> Scores:
    """Return the measures over `outcomes`, of which there must be one at least."""
    ranks = [outcome.rank for outcome in outcomes]
    return Scores(
        recall_at_1=round(recall_at(ranks, 1), 4),
        recall_at_5=round(recall_at(ranks, 5), 4),
        mrr_at_10=round(mean_reciprocal_rank(ranks, 10), 4),
        ndcg_at_10=round(ndcg_at(ranks, 10), 4),
        answer_sentence_at_1=_sentence_recall(outcomes, 1),
        answer_sentence_at_3=_sentence_recall(outcomes, 3),
    )


def scores_by_kind(
    outcomes: Sequence[Outcome], unanswerable: Sequence[Outcome]
) -> tuple[KindScores, ...]:
    """Return the measures of each kind that was asked for, the most frequent first."""
    rows: list[KindScores] = []
    for kind in QuestionKind:
        own = [outcome for outcome in outcomes if outcome.kind is kind]
        impossible = [outcome for outcome in unanswerable if outcome.kind is kind]
        if own or impossible:
            ranks = [outcome.rank for outcome in own]
            rows.append(
                KindScores(
                    kind=kind,
                    questions=len(own),
                    recall_at_1=round(recall_at(ranks, 1), 4) if ranks else None,
                    answer_sentence_at_1=_sentence_recall(own, 1),
                    refused=share([outcome.refused for outcome in own]),
                    unanswerable=len(impossible),
                    unanswerable_refused=share([outcome.refused for outcome in impossible]),
                )
            )
    return tuple(sorted(rows, key=lambda row: -(row.questions + row.unanswerable)))


def share(values: Sequence[bool]) -> float | None:
    """Return the share of true values, rounded to four places; None of no values."""
    return round(sum(values) / len(values), 4) if values else None


def _sentence_recall(outcomes: Sequence[Outcome], k: int) -> float | None:
    ranks = [outcome.sentence_rank for outcome in outcomes if outcome.sentence_rank is not None]
    return round(recall_at(ranks, k), 4) if ranks else None
