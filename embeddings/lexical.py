"""BM25 over syllables and syllable bigrams, with or without diacritics."""

from __future__ import annotations

import json
import math
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from embeddings.vietnamese import fold, syllables

if TYPE_CHECKING:
    from pathlib import Path

    import numpy.typing as npt

    from embeddings.syllable_texts import SyllableTexts

    Keys = npt.NDArray[np.int64]
    Scores = npt.NDArray[np.float32]

_K1, _B = 1.5, 0.75
_KEYS, _SYLLABLES = "terms.npy", "syllables.json"


class LexicalIndex:
    """BM25 scores of texts by the library bm25s (Lucene's variant, k1 = 1.5, b = 0.75).

    The terms are syllables, and two syllables side by side: most words have one or two. The index
    can be saved, and is then mapped into memory, not read.
    """

    def __init__(
        self,
        bm25: Any,  # noqa: ANN401 -- bm25s is imported late
        keys: Keys,
        known: tuple[str, ...],
        *,
        folded: bool,
    ) -> None:
        """`keys` are those of the columns of `bm25`, made of the numbers of the syllables."""
        self._bm25 = bm25
        self._keys = keys
        self._known = known
        self._number_of = {syllable: number for number, syllable in enumerate(known)}
        self._folded = folded

    @classmethod
    def of(cls, texts: SyllableTexts, *, folded: bool = False) -> LexicalIndex:
        """Index `texts`; `folded`: without diacritics, and so questions are read."""
        texts = texts.folded() if folded else texts
        keys, scores = _term_scores(texts)
        bm25 = _bm25()
        bm25.scores, bm25.vocab_dict, bm25.nonoccurrence_array = scores, {}, None
        return cls(bm25, keys, texts.syllables, folded=folded)

    def save(self, folder: Path) -> None:
        """Write the index into an empty folder; raises OSError."""
        self._bm25.save(folder, show_progress=False)
        np.save(folder / _KEYS, self._keys)
        folder.joinpath(_SYLLABLES).write_text(
            json.dumps({"folded": self._folded, "known": self._known}, ensure_ascii=False),
            encoding="utf-8",
        )

    @classmethod
    def load(cls, folder: Path) -> LexicalIndex:
        """Map the index of a folder into memory; raises OSError, ValueError or KeyError."""
        bm25 = _bm25().load(folder, mmap=True, load_vocab=False, show_progress=False)
        for name in ("data", "indices", "indptr"):
            bm25.scores[name] = np.asarray(bm25.scores[name])  # a memmap is slow to slice
        keys = np.asarray(np.load(folder / _KEYS, mmap_mode="r"))
        written = json.loads(folder.joinpath(_SYLLABLES).read_text(encoding="utf-8"))
        return cls(bm25, keys, tuple(written["known"]), folded=written["folded"])

    def scores(self, question: str) -> Scores:
        """Return the BM25 score of every text for `question`, shape (texts,); 0 without a match."""
        read = syllables(fold(question) if self._folded else question)
        terms = [*((syllable,) for syllable in read), *pairwise(read)]
        known = [column for term in terms if (column := self._column(term)) is not None]
        if not known:
            return np.zeros(self._bm25.scores["num_docs"], dtype=np.float32)
        scores: Scores = self._bm25.get_scores_from_ids(known)
        return scores

    def frequency(self, *term: str) -> int:
        """Return how many texts hold a syllable, or two side by side."""
        return len(self.rows(*term))

    def rows(self, *term: str) -> npt.NDArray[np.int32]:
        """Return which texts hold a syllable, or two side by side, in order."""
        column = self._column(term)
        starts = self._bm25.scores["indptr"]
        start, end = (0, 0) if column is None else (starts[column], starts[column + 1])
        rows: npt.NDArray[np.int32] = self._bm25.scores["indices"][start:end]
        return rows

    def _column(self, term: tuple[str, ...]) -> int | None:
        numbers = [self._number_of.get(syllable) for syllable in term]
        first, second = (*numbers, -1)[:2]
        if first is None or second is None:
            return None
        key = first * (len(self._known) + 1) + second + 1
        column = int(self._keys.searchsorted(key))
        return column if column < len(self._keys) and self._keys[column] == key else None


def _bm25() -> Any:  # noqa: ANN401
    from bm25s import BM25  # noqa: PLC0415 -- late: it takes 0.2 s

    return BM25(method="lucene", k1=_K1, b=_B)


def _term_scores(texts: SyllableTexts) -> tuple[Keys, dict[str, Any]]:
    """Return the keys of the terms of `texts`, and their scores in the columns that bm25s keeps.

    The library itself counts one text after the other, which takes a minute for 100,000 of them.
    """
    count, rows, sizes = len(texts), texts.rows, texts.sizes
    numbers = texts.numbers.astype(np.int64)
    base = len(texts.syllables) + 1
    inside = rows[1:] == rows[:-1]
    keys = np.concatenate([numbers * base, (numbers[:-1] * base + numbers[1:] + 1)[inside]])
    places = keys * count + np.concatenate([rows, rows[1:][inside]])  # by term, then by text
    places.sort()
    first = np.flatnonzero(np.diff(places, prepend=-1))
    often = np.diff(first, append=len(places)).astype(np.float32)
    places = places[first]
    keys, rows = places // max(count, 1), (places % max(count, 1)).astype(np.int32)
    starts = np.flatnonzero(np.diff(keys, prepend=-1))
    frequency = np.diff(starts, append=len(keys))
    rarity = _inverse_frequency(frequency, count)
    lengths = sizes + np.maximum(sizes - 1, 0)
    mean = lengths.mean() if count else 0.0
    damping = _K1 * ((1 - _B) + _B * lengths / mean) if mean else np.zeros(count)
    scores = np.repeat(rarity, frequency) * (often / (damping[rows] + often))
    return keys[starts], {
        "data": scores.astype(np.float32),
        "indices": rows,
        "indptr": np.append(starts, len(keys)).astype(np.int64),
        "num_docs": count,
    }


def _inverse_frequency(frequency: Keys, count: int) -> Scores:
    different, place = np.unique(frequency, return_inverse=True)
    rarity = [math.log(1 + (count - n + 0.5) / (n + 0.5)) for n in different.tolist()]
    return np.array(rarity, dtype=np.float32)[place]
