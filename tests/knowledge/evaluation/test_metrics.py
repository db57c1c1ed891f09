import pytest

from knowledge.evaluation.ranking import NOT_FOUND, mean_reciprocal_rank, ndcg_at, recall_at

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
