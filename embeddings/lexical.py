"""BM25 over syllables and syllable bigrams, with or without diacritics."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING

import numpy as np

from embeddings.vietnamese import fold, syllables, terms

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import numpy.typing as npt


def exact_terms(text: str) -> list[str]:
    """Return the terms of `text` as written."""
    return terms(syllables(text))


def folded_terms(text: str) -> list[str]:
    """Return the terms of `text` with diacritics removed."""
    return terms(syllables(fold(text)))


class LexicalIndex:
    """BM25 scores of texts by the library bm25s (Lucene's variant, k1 = 1.5, b = 0.75)."""

    def __init__(self, texts: Sequence[str], analyser: Callable[[str], list[str]]) -> None:
        """Index `texts`; `analyser` turns a text or a question into terms."""
        from bm25s import BM25  # noqa: PLC0415 -- late: it takes 0.2 s

        self._analyser = analyser
        self._size = len(texts)
        self._columns: dict[str, int] = {}
        number = self._columns
        # Arrays: lists of the terms of 100,000 texts take gigabytes.
        columns = [
            array("i", [number.setdefault(term, len(number)) for term in analyser(text)])
            for text in texts
        ]
        self._bm25 = BM25(method="lucene", k1=1.5, b=0.75)
        if number:  # it divides by the mean length of the texts
            self._bm25.index((columns, number), create_empty_token=False, show_progress=False)

    def scores(self, question: str) -> npt.NDArray[np.float32]:
        """Return the BM25 score of every text for `question`, shape (texts,); 0 without a match."""
        known = [self._columns[t] for t in self._analyser(question) if t in self._columns]
        if not known:
            return np.zeros(self._size, dtype=np.float32)
        scores: npt.NDArray[np.float32] = self._bm25.get_scores_from_ids(known)
        return scores

    def frequency(self, term: str) -> int:
        """Return how many texts hold `term`."""
        column = self._columns.get(term)
        if column is None:
            return 0
        starts = self._bm25.scores["indptr"]
        return int(starts[column + 1] - starts[column])
