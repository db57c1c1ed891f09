"""Curated answers: what an office says to a question that none of its documents may answer.

They are the office's data: ways to ask, and the sentences of its articles that are shown.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from embeddings.vietnamese import fold_syllable, folded_syllables, syllables
from knowledge.answering.answer import AnswerSentence
from knowledge.answering.dated_statement import as_of
from knowledge.retrieval.shortlist import QuestionWords

if TYPE_CHECKING:
    from collections.abc import Sequence

    from knowledge.answering.evidence import Evidence
    from knowledge.index.corpus import Corpus

_SAME = 0.85  # of a question's words, by their weight, that an example must share, and vice versa
_STATES = 0.9  # of an example's words in one unit that then states the very thing


@dataclass(frozen=True, slots=True)
class CuratedAnswer:
    """Ways to ask one thing, and what is said to it, word for word from the articles."""

    ask: tuple[str, ...]
    says: tuple[str, ...]


class CuratedAnswers:
    """The curated answers that the articles of one index version still bear out."""

    def __init__(self, corpus: Corpus, answers: Sequence[CuratedAnswer]) -> None:
        self._corpus = corpus
        self._examples = [
            (QuestionWords(example, corpus), answer, sentences)
            for answer in answers
            if (sentences := self._sentences(answer))
            for example in answer.ask
        ]

    def find(self, words: QuestionWords, best: Evidence | None) -> tuple[AnswerSentence, ...]:
        """Return the sentences for a question; none if nobody foresaw it, or `best` states it.

        `best` is the evidence that would answer otherwise.
        """
        for asked, answer, sentences in self._examples:
            shared = words.coverage(asked.weights), asked.coverage(words.weights)
            if min(shared) >= _SAME:
                return () if best is not None and _states(best, asked, answer) else sentences
        return ()

    def _sentences(self, answer: CuratedAnswer) -> tuple[AnswerSentence, ...]:
        """Return the sentences with their citations; none if an article no longer has one."""
        found = []
        for text in answer.says:
            whole = [fold_syllable(syllable) for syllable in syllables(text)][1:-1]  # not cut short
            chunk = next((c for c in self._corpus.holding(whole) if text in c.text), None)
            if chunk is None:
                return ()
            citation = self._corpus.citation(chunk, text)
            found.append(AnswerSentence(text, (), citation, as_of(text, citation)))
        return tuple(found)


def _states(best: Evidence, asked: QuestionWords, answer: CuratedAnswer) -> bool:
    """Tell whether a unit of the evidence holds what is asked, not just a window or its heading.

    What the curated answer itself says doesn't count.
    """
    units = [best.chunk.sentences[n].text for n in best.positions]
    return any(
        asked.coverage(folded_syllables(unit)) >= _STATES
        for unit in units
        if unit not in answer.says
    )
