"""BM25 over syllables and syllable bigrams, with or without diacritics."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt

from embeddings.vietnamese import fold, syllables, terms

Analyser = Callable[[str], list[str]]


def exact_terms(text: str) -> list[str]:
    """Return the terms of `text` as written."""
    return terms(syllables(text))


def folded_terms(text: str) -> list[str]:
    """Return the terms of `text` with diacritics removed."""
    return terms(syllables(fold(text)))


class LexicalIndex:
    """BM25 scores of texts (Lucene's variant, k1 = 1.5, b = 0.75), computed by bm25s."""

    def __init__(self, texts: Sequence[str], analyser: Analyser) -> None:
        """Index `texts`; `analyser` turns a text or a question into terms."""
        import bm25s  # noqa: PLC0415 -- scipy comes with it; only an open index needs it

        self._analyser = analyser
        self._size = len(texts)
        self._model = bm25s.BM25(method="lucene", k1=1.5, b=0.75, csc_backend="scipy")
        self._vocabulary: set[str] = set()
        corpus = [analyser(text) for text in texts]
        for document in corpus:
            self._vocabulary.update(document)
        if self._vocabulary:
            self._model.index(corpus, show_progress=False)

    def scores(self, question: str) -> npt.NDArray[np.float32]:
        """Return the BM25 score of every text for `question`, shape (texts,); 0 without a match."""
        known = [term for term in self._analyser(question) if term in self._vocabulary]
        if not known:
            return np.zeros(self._size, dtype=np.float32)
        return np.asarray(self._model.get_scores(known), dtype=np.float32)

    def frequency(self, term: str) -> int:
        """Return how many texts hold `term`."""
        if term not in self._vocabulary:
            return 0
        column, starts = self._model.vocab_dict[term], self._model.scores["indptr"]
        return int(starts[column + 1] - starts[column])
