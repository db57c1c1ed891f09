"""Measures of a ranking with one relevant item."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

NOT_FOUND = 10**9


def recall_at(ranks: Sequence[int], k: int) -> float:
    """Return the share of questions with the relevant item among the first `k` (ranks from 0)."""
    return sum(rank < k for rank in ranks) / len(ranks)


def mean_reciprocal_rank(ranks: Sequence[int], k: int) -> float:
    """Return the mean of 1 / (rank + 1), counting 0 beyond the first `k`."""
    return sum(1 / (rank + 1) for rank in ranks if rank < k) / len(ranks)


def ndcg_at(ranks: Sequence[int], k: int) -> float:
    """Return nDCG@k for one relevant item of gain 1: the mean of 1 / log2(rank + 2)."""
    return sum(1 / math.log2(rank + 2) for rank in ranks if rank < k) / len(ranks)
