"""Signal: the question's rarest word, which the passage lacks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from embeddings.vietnamese import fold_syllable, syllables
from knowledge.answering.shortlist import QuestionWords

if TYPE_CHECKING:
    from knowledge.answering.evidence import Evidence
    from knowledge.index.corpus import Corpus
    from knowledge.retrieval.hybrid import Query


def missing_telling_word(query: Query, evidence: Evidence, corpus: Corpus) -> float:
    """Return how telling the most telling word is that the passage lacks, against the most telling.

    "Ngày truyền thống ngành y tế" asked of a passage on the office's day of tradition: "y" or "tế"
    is missing, nearly 1.0. A passage that lacks only "là" and "gì": nearly 0.
    """
    weights = QuestionWords(query.text, corpus).weights
    held = set(map(fold_syllable, syllables(evidence.chunk.embedded_text)))
    missing = [weight for word, weight in weights.items() if word not in held]
    return max(missing, default=0.0) / max(weights.values(), default=1.0)
