"""The shortlist: the few windows of the retrieved passages that are worth the reader's time."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from embeddings.vietnamese import folded_syllables
from knowledge.retrieval.windows import Window, window_around

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from knowledge.index.corpus import Corpus
    from knowledge.retrieval.hybrid import Hit, Query

WORDS_FILE = Path(__file__).with_name("question_words.json")
_OTHERS = "*"  # words that are too rare to be told of
SHORTLIST = 8
"""Windows that are read for a question: more hold the answer hardly more often, and take longer."""
# How units are ordered before they are read: by their cosine, the words they share with the
# question, and their passage's rank.
_SIMILARITY, _COVERAGE, _PASSAGE = 0.7, 4.0, 0.5
_INTERROGATIVE = 0.11  # of the answers of questions with such a word: "ai", "nào", "nhiêu"
_SURELY = 0.06  # so, of words that hardly mean anything else


@dataclass(frozen=True, slots=True)
class Candidate:
    """A window to be read, with what retrieval knows of it.

    `unit` is the position of the unit that it was made around, `similarity` that unit's cosine to
    the question, standardised over the base; `coverage` is the share of the question's words, by
    their weight, in that unit, `context_coverage` in the window with its context,
    `passage_coverage` in the whole passage. `rank` counts passages from 0, `lead` is the passage's
    score less the best one's.
    """

    window: Window
    unit: int
    rank: int
    lead: float
    similarity: float
    coverage: float
    context_coverage: float
    passage_coverage: float


class QuestionWords:
    """The words of a question, by how much each tells.

    That is its inverse document frequency times how often such a word stands where the answer does:
    "nhiêu" of "bao nhiêu" hardly ever (`python -m training words` counts it).
    """

    def __init__(self, question: str, corpus: Corpus) -> None:
        shares = _shares()
        self.weights = {
            word: corpus.weight(word) * shares.get(word, shares[_OTHERS])
            for word in sorted(folded_syllables(question))
        }
        self._total = sum(self.weights.values())
        self.asks = any(shares.get(word, 1.0) <= _INTERROGATIVE for word in self.weights)
        """Whether a word asks: one that hardly ever stands in an answer, as "nào" or "gì"."""
        self.surely_asks = any(shares.get(word, 1.0) <= _SURELY for word in self.weights)
        """Whether one asks that does nothing else: not "những", which also makes a plural."""

    def coverage(self, words: Collection[str]) -> float:
        """Return the share of the question, 0..1, that stands in `words`; more words, no less."""
        # always summed in one order, so that rounding is the same for all
        held = sum(weight for word, weight in self.weights.items() if word in words)
        return held / self._total if self._total else 0.0


def shortlist(
    query: Query, hits: Sequence[Hit], corpus: Corpus, count: int = SHORTLIST
) -> list[Candidate]:
    """Return up to `count` windows of `hits`, the most promising first; none repeats another."""
    words = QuestionWords(query.text, corpus)
    every = np.array([s for hit in hits for s in hit.sentence_similarities], dtype=np.float32)
    scores = iter(corpus.sentence_statistics.standardise(query.vector, every).tolist())
    found: list[tuple[float, Candidate]] = []
    top = hits[0].score if hits else 0.0
    for rank, hit in enumerate(hits):
        chunk = hit.chunk
        standard = list(islice(scores, len(chunk.sentences)))
        passage = words.coverage(folded_syllables(chunk.embedded_text))
        for position, unit in enumerate(chunk.sentences):
            window = window_around(chunk, position)
            context = words.coverage(
                folded_syllables(window.context) | folded_syllables(window.text)
            )
            candidate = Candidate(
                window,
                position,
                rank,
                hit.score - top,
                standard[position],
                words.coverage(folded_syllables(unit.text)),
                context,
                passage,
            )
            score = (
                _SIMILARITY * candidate.similarity
                + _COVERAGE * (candidate.coverage + candidate.context_coverage) / 2
                + _PASSAGE * candidate.lead
            )
            found.append((score, candidate))
    found.sort(key=lambda pair: -pair[0])
    chosen: list[Candidate] = []
    taken: dict[str, set[int]] = {}
    texts: set[str] = set()
    for _, candidate in found:
        window = candidate.window
        units = taken.setdefault(window.chunk.chunk_id, set())
        if candidate.unit in units or window.text in texts:
            continue
        chosen.append(candidate)
        if len(chosen) == count:
            break
        units.update(range(window.first, window.last + 1))
        texts.add(window.text)
    return chosen


@cache
def _shares() -> dict[str, float]:
    shares: dict[str, float] = json.loads(WORDS_FILE.read_text(encoding="utf-8"))
    return shares
