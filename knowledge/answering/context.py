"""What a question is asked after: where the last answer stood, and what is spoken of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from embeddings.vietnamese import folded_syllables
from knowledge.retrieval.shortlist import QuestionWords

if TYPE_CHECKING:
    from knowledge.answering.evidence import Evidence
    from knowledge.index.corpus import Corpus

# Of the score that evidence is chosen by.
_SAME_PASSAGE, _SAME_ARTICLE, _SPOKEN_OF = 0.7, 0.5, 2.0


@dataclass(frozen=True, slots=True)
class Context:
    """The passages that the last answer cites, by their ids, and what is spoken of in words."""

    passages: frozenset[str]
    spoken_of: str = ""

    def bonuses(self, evidence: list[Evidence], corpus: Corpus) -> list[float]:
        """Return what speaks for each piece of evidence beside the question's own words."""
        words = QuestionWords(self.spoken_of, corpus)
        rows = [corpus.row_of[name] for name in self.passages if name in corpus.row_of]
        articles = {corpus.chunks[row].article_id for row in rows}
        return [
            _SAME_PASSAGE * (one.chunk.chunk_id in self.passages)
            + _SAME_ARTICLE * (one.chunk.article_id in articles)
            + _SPOKEN_OF * (words.coverage(_said(one)) + words.coverage(_with_title(one))) / 2
            for one in evidence
        ]


def _said(evidence: Evidence) -> frozenset[str]:
    return folded_syllables(evidence.candidate.window.text) | folded_syllables(
        evidence.chunk.heading
    )


def _with_title(evidence: Evidence) -> frozenset[str]:
    return _said(evidence) | folded_syllables(evidence.candidate.window.context)
