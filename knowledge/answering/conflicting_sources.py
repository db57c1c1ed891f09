"""Finds a second source that answers the same question otherwise, so that both can be shown."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from embeddings.vietnamese import syllables

if TYPE_CHECKING:
    from collections.abc import Sequence

    from knowledge.answering.evidence import Evidence

NOTICE = "Các tài liệu ghi không hoàn toàn giống nhau, xin nêu cả hai:"
_SURE = 0.5  # of both stretches
_BEHIND = 1.0  # of the score by which evidence is chosen
_FIGURES = re.compile(r"\d+")


def differing_source(evidence: Sequence[Evidence]) -> Evidence | None:
    """Return evidence of another article that is nearly as good as the best, with other figures.

    Figures that only add detail ("28/8" and "28/8/1945") do not differ.
    """
    best, *others = evidence
    mine = _figures(best)
    for other in others:
        if best.score - other.score > _BEHIND or not mine:
            return None
        theirs = _figures(other)
        same_article = other.chunk.article_id == best.chunk.article_id
        if theirs and not same_article and not (mine <= theirs or theirs <= mine):
            return other
    return None


def _figures(evidence: Evidence) -> set[str]:
    """Return the figures of the stretch that the reader is sure of."""
    if evidence.stretch is None or evidence.stretch_probability < _SURE:
        return set()
    text = evidence.chunk.text[slice(*evidence.stretch)]
    return {token for token in syllables(text) if _FIGURES.fullmatch(token)}
