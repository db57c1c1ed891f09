"""BM25 over syllables and syllable bigrams, with or without diacritics."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt

from embeddings.vietnamese import fold, syllables, terms

Analyser = Callable[[str], list[str]]
_K1, _B = 1.5, 0.75


def exact_terms(text: str) -> list[str]:
    """Return the terms of `text` as written."""
    return terms(syllables(text))


def folded_terms(text: str) -> list[str]:
    """Return the terms of `text` with diacritics removed."""
    return terms(syllables(fold(text)))


class LexicalIndex:
    """BM25 scores of texts (Lucene's variant, k1 = 1.5, b = 0.75).

    A term t of a text d of length |d| adds ln(1 + (N - n + 0.5) / (n + 0.5)) · f / (f + K), where
    N texts are there, n hold t, f times in d, and K = k1 · (1 - b + b · |d| / mean length).
    What each term adds to each text is computed when the index is made, as bm25s does (Lù 2024,
    https://arxiv.org/abs/2407.03618), but in arrays throughout: lists of the words of 100,000 texts
    take 1.5 GB.
    """

    def __init__(self, texts: Sequence[str], analyser: Analyser) -> None:
        """Index `texts`; `analyser` turns a text or a question into terms."""
        self._analyser = analyser
        self._size = len(texts)
        self._columns: dict[str, int] = {}
        columns = array("i")
        ends = np.zeros(len(texts) + 1, dtype=np.int64)
        number = self._columns
        for row, text in enumerate(texts):
            columns.extend([number.setdefault(term, len(number)) for term in analyser(text)])
            ends[row + 1] = len(columns)
        self._starts, self._rows, self._weights = _weighted(columns, ends, len(number))

    def scores(self, question: str) -> npt.NDArray[np.float32]:
        """Return the BM25 score of every text for `question`, shape (texts,); 0 without a match."""
        scores = np.zeros(self._size, dtype=np.float32)
        for term in self._analyser(question):
            column = self._columns.get(term)
            if column is not None:
                postings = slice(self._starts[column], self._starts[column + 1])
                np.add.at(scores, self._rows[postings], self._weights[postings])
        return scores

    def frequency(self, term: str) -> int:
        """Return how many texts hold `term`."""
        column = self._columns.get(term)
        return 0 if column is None else int(self._starts[column + 1] - self._starts[column])


def _weighted(
    columns: array[int], ends: npt.NDArray[np.int64], terms_known: int
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int32], npt.NDArray[np.float32]]:
    """Return for each term where its postings start, and all postings' texts and weights."""
    size, lengths = max(len(ends) - 1, 1), np.diff(ends)
    # Sorting every occurrence by term, then text, puts those of one posting next to each other.
    places = np.array(columns, dtype=np.int64) * size
    places += np.repeat(np.arange(len(lengths), dtype=np.int64), lengths)
    places.sort()
    begins = np.flatnonzero(np.diff(places, prepend=-1))
    counts = np.diff(begins, append=len(places)).astype(np.float32)
    terms_of, rows = np.divmod(places[begins], size)
    starts = np.searchsorted(terms_of, np.arange(terms_known + 1))
    mean = len(columns) / size or 1.0
    saturation = (_K1 * (1 - _B + _B * lengths / mean)).astype(np.float32)
    frequencies = np.diff(starts)
    rarity = np.log1p((size - frequencies + 0.5) / (frequencies + 0.5)).astype(np.float32)
    weights = np.repeat(rarity, frequencies) * counts / (counts + saturation[rows])
    return starts, rows.astype(np.int32), weights
