import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.answering.question import QuestionKind
from knowledge.evaluation.metrics import (
    NOT_FOUND,
    THRESHOLDS,
    QuestionResult,
    mean_reciprocal_rank,
    ndcg_at,
    recall_at,
    refusal_scores,
    scores_by_kind,
    separation,
    share,
)

# ranks from 0; recall@1, recall@3, MRR@3, nDCG@3
CASES = [
    ([0], 1, 1, 1, 1),
    ([1], 0, 1, 1 / 2, 0.63093),
    ([2], 0, 1, 1 / 3, 0.5),
    ([3], 0, 0, 0, 0),
    ([NOT_FOUND], 0, 0, 0, 0),
    ([0, 1, 2, NOT_FOUND], 1 / 4, 3 / 4, 0.45833, 0.53273),
]


@pytest.mark.parametrize("case", CASES)
def test_measures(case: tuple[list[int], float, float, float, float]) -> None:
    ranks, *expected = case
    measured = [
        recall_at(ranks, 1),
        recall_at(ranks, 3),
        mean_reciprocal_rank(ranks, 3),
        ndcg_at(ranks, 3),
    ]
    assert measured == pytest.approx(expected, abs=1e-5)


def result(
    confidence: float, *, rank: int = 0, right: bool | None = True,
    kind: QuestionKind = QuestionKind.DATE,
) -> QuestionResult:  # fmt: skip
    refused = confidence < 0.5
    return QuestionResult(
        kind, rank, rank, refused, confidence, None if right is None else not refused
    )


CONFIDENCES = st.lists(st.floats(0, 1).map(lambda c: round(c, 4)), max_size=30)


def test_refusals_at_the_own_threshold_and_at_others() -> None:
    wanted = [result(0.9), result(0.7, right=None), result(0.4), result(0.6)]
    unwanted = [result(0.1), result(0.65)]
    measured = refusal_scores(wanted, unwanted)
    assert (measured.answerable_refused, measured.unanswerable_refused) == (0.25, 0.5)
    assert measured.answered_right == round(2 / 3, 4)
    assert measured.separation == 6 / 8
    points = {p.threshold: (p.answerable_refused, p.unanswerable_refused)
              for p in measured.trade_off}  # fmt: skip
    assert (points[0.0], points[0.5], points[0.66], points[1.0]) == (
        (0, 0), (0.25, 0.5), (0.5, 1), (1, 1),
    )  # fmt: skip


def test_what_was_not_asked_is_not_scored() -> None:
    only_answerable = refusal_scores([result(0.8, right=None)], [])
    assert only_answerable.answered_right is None
    assert only_answerable.unanswerable_refused is None
    assert only_answerable.separation is None
    assert all(p.unanswerable_refused is None for p in only_answerable.trade_off)
    assert only_answerable.answerable_refused == 0


@given(CONFIDENCES, CONFIDENCES)
def test_a_higher_threshold_refuses_more(wanted: list[float], unwanted: list[float]) -> None:
    points = refusal_scores([result(c) for c in wanted], [result(c) for c in unwanted]).trade_off
    assert tuple(p.threshold for p in points) == THRESHOLDS
    for values in (
        [p.answerable_refused for p in points if p.answerable_refused is not None],
        [p.unanswerable_refused for p in points if p.unanswerable_refused is not None],
    ):
        assert values == sorted(values)
        assert all(0 <= value <= 1 for value in values)


@given(CONFIDENCES, CONFIDENCES)
def test_separation_counts_the_pairs_in_order(wanted: list[float], unwanted: list[float]) -> None:
    pairs = [(w > u) + (w == u) / 2 for w in wanted for u in unwanted]
    expected = sum(pairs) / len(pairs) if pairs else None
    assert separation(wanted, unwanted) == (
        None if expected is None else pytest.approx(expected, abs=1e-4)
    )


def test_kinds_are_told_apart_the_frequent_first() -> None:
    place = QuestionKind.PLACE
    rows = scores_by_kind(
        [result(0.9), result(0.9, kind=place), result(0.2, rank=3, kind=place)],
        [result(0.1, kind=QuestionKind.LIST), result(0.6, kind=place)],
    )
    assert [(row.kind, row.questions, row.unanswerable) for row in rows] == [
        (place, 2, 1),
        (QuestionKind.DATE, 1, 0),
        (QuestionKind.LIST, 0, 1),
    ]
    assert (rows[0].recall_at_1, rows[0].answer_sentence_at_1, rows[0].refused) == (0.5, 0.5, 0.5)
    assert (rows[0].unanswerable_refused, rows[1].unanswerable_refused) == (0, None)
    assert (rows[2].recall_at_1, rows[2].refused, rows[2].unanswerable_refused) == (None, None, 1)


def test_a_share_of_nothing_is_none() -> None:
    assert (share([]), share([True, False, False])) == (None, 0.3333)
