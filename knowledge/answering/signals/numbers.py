"""Signal: a figure or document number that the question names and the passage lacks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from embeddings.vietnamese import syllables

if TYPE_CHECKING:
    from knowledge.answering.evidence import Evidence
    from knowledge.index.corpus import Corpus
    from knowledge.retrieval.hybrid import Query


def missing_numbers(query: Query, evidence: Evidence, _: Corpus) -> float:
    """Return the share of the question's figures that stand nowhere in the passage.

    "Quyết định 990 ký ngày nào" is not answered by a passage about Quyết định 828: 1.0.
    """
    asked = {token for token in syllables(query.text) if any(map(str.isdigit, token))}
    held = set(syllables(evidence.chunk.embedded_text))
    return len(asked - held) / len(asked) if asked else 0.0
