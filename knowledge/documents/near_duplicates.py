"""Finds articles that say the same as a new one, by the runs of syllables they share."""

from __future__ import annotations

import io
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING
from zipfile import BadZipFile
from zlib import crc32

import numpy as np

from embeddings.vietnamese import fold, syllables
from knowledge.articles.article import text_lines
from knowledge.documents.durable_file import write_durably, writing_below
from knowledge.documents.loader import content_hash, load_article
from knowledge.errors import ArticleError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    import numpy.typing as npt

    from knowledge.articles.article import Article
    from knowledge.documents.loader import ArticleFile

_SHINGLE = 5  # syllables: shorter runs are phrases that any two office documents share
_WEIGHTS = [np.uint64(pow(0x9E3779B97F4A7C15, place, 2**64)) for place in range(_SHINGLE)]
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
    """What an article is compared by: hashes of its runs of five syllables, sorted, each once."""

    article_id: str
    title: str
    shingles: npt.NDArray[np.uint64]

    @classmethod
    def of(cls, article: Article) -> Fingerprint:
        """Return the fingerprint of `article`; diacritics, case and punctuation don't count."""
        tokens = syllables(fold(" ".join(text_lines(article.blocks))))
        hashes = np.fromiter((crc32(token.encode()) for token in tokens), np.uint64, len(tokens))
        weights = _WEIGHTS[: len(hashes)]  # a text shorter than a run is one run
        runs = np.zeros(max(len(hashes) - len(weights) + 1, 0), np.uint64)
        for place, weight in enumerate(weights):
            runs += hashes[place : place + len(runs)] * weight
        return cls(article.article_id, article.title, np.unique(runs))


class KeptFingerprints:
    """The fingerprints of article files, kept in one file, so that each is read once.

    What the file at `path` holds can be made again: where it is missing or broken, that is done.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    def of(self, files: Iterable[ArticleFile]) -> list[Fingerprint]:
        """Return the fingerprints of those files that can be read; a reload reports the others.

        Raises StorageError when they can't be kept.
        """
        kept = self._load()
        found: dict[str, Fingerprint] = {}
        for file in files:
            with suppress(ArticleError):
                key = f"{content_hash(file)} {file.article_id}"
                found[key] = kept.get(key) or Fingerprint.of(load_article(file))
        if found.keys() != kept.keys():
            self._save(found)
        return list(found.values())

    def _load(self) -> dict[str, Fingerprint]:
        try:
            with np.load(self._path, allow_pickle=False) as arrays:
                keys, titles = arrays["keys"].tolist(), arrays["titles"].tolist()
                shingles = np.split(arrays["shingles"], arrays["ends"])
        except (OSError, ValueError, KeyError, EOFError, BadZipFile):
            return {}
        return {
            key: Fingerprint(key.partition(" ")[2], title, runs)
            for key, title, runs in zip(keys, titles, shingles, strict=False)
        }

    def _save(self, found: dict[str, Fingerprint]) -> None:
        all_runs = [each.shingles for each in found.values()]
        written = io.BytesIO()
        np.savez(
            written,
            keys=np.array(list(found), str),
            titles=np.array([each.title for each in found.values()], str),
            shingles=np.concatenate([np.zeros(0, np.uint64), *all_runs]),
            ends=np.cumsum([len(runs) for runs in all_runs], dtype=np.int64),
        )
        with writing_below(self._path):
            self._path.parent.mkdir(parents=True, exist_ok=True)
            write_durably(self._path, written.getvalue())


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
