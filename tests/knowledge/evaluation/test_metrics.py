import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.evaluation.metrics import (
    NOT_FOUND,
    THRESHOLDS,
    CalibrationBin,
    QuestionResult,
    calibration,
    calibration_error,
    mean_reciprocal_rank,
    ndcg_at,
    recall_at,
    scores,
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


def told(
    probability: float, *, choice: bool | None = True, kind: str = "date", rank: int | None = 0
) -> QuestionResult:
    """A question with an answer, refused below a half, whose best evidence is right or isn't."""
    refused = probability < 0.5
    right = None if choice is None else choice and not refused
    return QuestionResult(
        kind=kind,
        is_answerable=True,
        rank=rank,
        refused=refused,
        probability=probability,
        right=right,
        choice=choice,
        held=True,
        reader_alone=choice,
    )


def near_miss(probability: float, *, kind: str = "date") -> QuestionResult:
    refused = probability < 0.5
    return QuestionResult(
        kind, is_answerable=False, rank=None, refused=refused, probability=probability
    )


PROBABILITIES = st.lists(st.floats(0, 1).map(lambda c: round(c, 4)), max_size=30)
RIGHT = st.lists(st.tuples(st.floats(0, 1), st.booleans()), max_size=40)


def test_answers_refusals_and_choice() -> None:
    measured = scores(
        [
            told(0.9),
            told(0.7, choice=None, rank=None),
            told(0.4, rank=4),
            told(0.6, choice=False, rank=NOT_FOUND),
            near_miss(0.1),
            near_miss(0.65),
        ]
    )
    assert (measured.recall_at_1, measured.recall_at_5) == (0.3333, 0.6667)
    assert (measured.answered_right, measured.choice) == (0.3333, 0.6667)
    assert (measured.held, measured.reader_alone) == (1, 0.6667)
    assert (measured.answerable_refused, measured.unanswerable_refused) == (0.25, 0.5)
    assert measured.separation == 6 / 8
    # right or would be: 0.9 and 0.4; wrong: 0.6, and any answer to a near miss
    assert measured.right_separation == 0.6667
    points = {p.threshold: (p.answerable_refused, p.unanswerable_refused)
              for p in measured.trade_off}  # fmt: skip
    assert (points[0.0], points[0.5], points[0.66], points[1.0]) == (
        (0, 0), (0.25, 0.5), (0.5, 1), (1, 1),
    )  # fmt: skip
    assert sum(one.questions for one in measured.calibration) == 5


def test_what_was_not_asked_is_not_scored() -> None:
    measured = scores([told(0.8, choice=None, rank=None)])
    values = dataclasses.asdict(measured)
    known = {name for name, value in values.items() if value is not None}
    assert known == {"answerable_refused", "calibration", "trade_off", "held"}
    assert all(p.unanswerable_refused is None for p in measured.trade_off)
    assert all(one.right is None for one in measured.calibration)


@given(PROBABILITIES, PROBABILITIES)
def test_a_higher_threshold_refuses_more(wanted: list[float], unwanted: list[float]) -> None:
    points = scores([*map(told, wanted), *map(near_miss, unwanted)]).trade_off
    assert tuple(p.threshold for p in points) == THRESHOLDS
    for values in (
        [p.answerable_refused for p in points if p.answerable_refused is not None],
        [p.unanswerable_refused for p in points if p.unanswerable_refused is not None],
    ):
        assert values == sorted(values)
        assert all(0 <= value <= 1 for value in values)


@given(PROBABILITIES, PROBABILITIES)
def test_separation_counts_the_pairs_in_order(wanted: list[float], unwanted: list[float]) -> None:
    pairs = [(w > u) + (w == u) / 2 for w in wanted for u in unwanted]
    expected = sum(pairs) / len(pairs) if pairs else None
    assert separation(wanted, unwanted) == (
        None if expected is None else pytest.approx(expected, abs=1e-4)
    )


@pytest.mark.parametrize(
    ("judged", "bins", "error"),
    [
        ([], {}, None),
        ([(1.0, True)], {0.9: (1, 1.0, 1.0)}, 0),
        ([(0.0, False), (0.05, True)], {0.0: (2, 0.025, 0.5)}, 0.475),
        ([(0.8, True), (0.8, False), (0.2, False)],
         {0.8: (2, 0.8, 0.5), 0.2: (1, 0.2, 0.0)}, 0.2667),
    ],
)  # fmt: skip
def test_calibration(
    judged: list[tuple[float, bool]],
    bins: dict[float, tuple[int, float, float]],
    error: float | None,
) -> None:
    found = calibration(judged)
    assert [one.low for one in found] == [n / 10 for n in range(10)]
    filled = {b.low: (b.questions, b.probability, b.right) for b in found if b.questions}
    assert filled == bins
    assert calibration_error(found) == error


@given(RIGHT)
def test_every_probability_falls_into_its_own_bin(judged: list[tuple[float, bool]]) -> None:
    found = calibration(judged)
    assert sum(one.questions for one in found) == len(judged)
    for one in found:
        if one.probability is None:
            assert one == CalibrationBin(one.low, 0, None, None)
        else:
            assert one.low - 1e-3 <= one.probability <= one.low + 0.1 + 1e-3
    assert 0 <= (calibration_error(found) or 0) <= 1


def test_kinds_are_told_apart_the_frequent_first() -> None:
    rows = scores_by_kind(
        [
            told(0.9),
            told(0.9, kind="place", choice=False),
            told(0.2, kind="place"),
            near_miss(0.1, kind="list"),
            near_miss(0.6, kind="place"),
        ]
    )
    assert [(row.kind, row.questions, row.unanswerable) for row in rows] == [
        ("place", 2, 1),
        ("date", 1, 0),
        ("list", 0, 1),
    ]
    assert (rows[0].choice, rows[0].answered_right, rows[0].refused) == (0.5, 0, 0.5)
    assert (rows[0].unanswerable_refused, rows[1].unanswerable_refused) == (0, None)
    assert (rows[2].choice, rows[2].refused, rows[2].unanswerable_refused) == (None, None, 1)


def test_a_share_of_nothing_is_none() -> None:
    assert (share([]), share([None]), share([True, None, False, False])) == (None, None, 0.3333)
