"""Finds articles that say the same as a new one, by the runs of syllables they share."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from embeddings.vietnamese import fold, syllables
from knowledge.articles.article import text_lines
from knowledge.documents.loader import content_hash, load_article

if TYPE_CHECKING:
    from collections.abc import Iterable

    import numpy.typing as npt

    from knowledge.articles.article import Article
    from knowledge.documents.loader import ArticleFile

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


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What an article is compared by: hashes of its runs of five syllables, sorted, each once.

    The hashes hold in this process only.
    """

    article_id: str
    title: str
    shingles: npt.NDArray[np.int64]

    @classmethod
    def of(cls, article: Article) -> Fingerprint:
        """Return the fingerprint of `article`; diacritics, case and punctuation don't count."""
        tokens = syllables(fold(" ".join(text_lines(article.blocks))))
        starts = range(max(len(tokens) - _SHINGLE, 0) + 1) if tokens else ()
        runs = {hash(tuple(tokens[start : start + _SHINGLE])) for start in starts}
        return cls(article.article_id, article.title, np.array(sorted(runs), dtype=np.int64))


def fingerprint_of(file: ArticleFile) -> Fingerprint:
    """Read an article file, once for each content of it; raises ArticleError."""
    return _fingerprint(file, content_hash(file))


@lru_cache(maxsize=5_000)  # some kilobytes each
def _fingerprint(file: ArticleFile, _hash: str) -> Fingerprint:
    return Fingerprint.of(load_article(file))


def near_duplicates(new: Fingerprint, others: Iterable[Fingerprint]) -> tuple[NearDuplicate, ...]:
    """Return at most five articles that share at least 30 %, the closest first.

    The article with the same id doesn't count.
    """
    found = []
    for other in others:
        if other.article_id == new.article_id:
            continue
        smaller = min(len(new.shingles), len(other.shingles))
        shared = np.intersect1d(new.shingles, other.shingles, assume_unique=True)
        share = len(shared) / smaller if smaller else 0.0
        if share >= _LEAST_SHARE:
            found.append(NearDuplicate(other.article_id, other.title, share))
    found.sort(key=lambda duplicate: (-duplicate.share, duplicate.article_id))
    return tuple(found[:_MOST_NAMED])
