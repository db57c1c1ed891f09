"""Tells of a question that is refused whether it is about the documents at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from embeddings import PACKAGED_MODEL
from embeddings.vietnamese import folded_syllables

if TYPE_CHECKING:
    from collections.abc import Sequence

    from knowledge.index.corpus import Corpus
    from knowledge.retrieval.hybrid import Hit
    from knowledge.retrieval.shortlist import QuestionWords

# A logistic regression over the packaged model's cosines and the words of the question, fitted on
# the refused questions of tests/data/golden, XQuAD-vi's and everyday ones (weather, football,
# kitchen, code). By halves, 91 % of the near ones and all of those that should have been answered
# are told to be near, 9 % of the everyday ones and 3 % of XQuAD's.
_SENTENCE, _PASSAGE, _WORDS, _INTERCEPT = 50.9, 66.34, 9.46, -101.44
_WORDS_ALONE = 0.25
"""The share of the words that decides under another model, whose cosines lie elsewhere."""


def is_near(words: QuestionWords, hits: Sequence[Hit], corpus: Corpus) -> bool:
    """Tell whether something of what was found is of the question's matter."""
    if not hits:
        return False
    covered = max(words.coverage(folded_syllables(hit.chunk.embedded_text)) for hit in hits)
    if not corpus.manifest.space.model_id.startswith(f"{PACKAGED_MODEL}@"):
        return covered >= _WORDS_ALONE
    sentence = max((max(hit.sentence_similarities, default=0.0) for hit in hits), default=0.0)
    logit = (
        _SENTENCE * sentence + _PASSAGE * hits[0].passage_similarity + _WORDS * covered + _INTERCEPT
    )
    return logit >= 0
