"""Finds articles that say the same as a new one, by the runs of syllables they share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from embeddings.vietnamese import fold, syllables

if TYPE_CHECKING:
    from collections.abc import Iterable

    from knowledge.article import Article

_SHINGLE = 5  # syllables: shorter runs are phrases that any two office documents share
_LEAST_SHARE = 0.3
_MOST_NAMED = 5


@dataclass(frozen=True, slots=True)
class NearDuplicate:
    """An article that shares text with the new one.

    `share` (0..1) is the containment, after Broder 1997: how much of the shorter text's runs of
    five syllables stand in the longer.
    """

    article_id: str
    title: str
    share: float


def near_duplicates(new: Article, others: Iterable[Article]) -> tuple[NearDuplicate, ...]:
    """Return the articles of which at least 30 % is shared, the closest first, at most five.

    Diacritics, case and punctuation don't count; neither does the article with the same id.
    """
    wanted = _shingles(new)
    found = []
    for other in others:
        if other.article_id == new.article_id:
            continue
        theirs = _shingles(other)
        smaller = min(len(wanted), len(theirs))
        share = len(wanted & theirs) / smaller if smaller else 0.0
        if share >= _LEAST_SHARE:
            found.append(NearDuplicate(other.article_id, other.title, share))
    found.sort(key=lambda duplicate: (-duplicate.share, duplicate.article_id))
    return tuple(found[:_MOST_NAMED])


def _shingles(article: Article) -> frozenset[int]:
    tokens = syllables(fold(" ".join(block.text for block in article.blocks)))
    if len(tokens) <= _SHINGLE:
        return frozenset({hash(tuple(tokens))} if tokens else ())
    return frozenset(
        hash(tuple(tokens[start : start + _SHINGLE])) for start in range(len(tokens) - _SHINGLE + 1)
    )
