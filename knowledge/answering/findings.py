"""What was found for a question, before it is answered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from knowledge.answering.decision import Decision
    from knowledge.articles.chunk import Chunk
    from knowledge.retrieval.hybrid import Hit, Query


@dataclass(frozen=True, slots=True)
class Findings:
    """What was found for one question: the best of the `retrieved`, what was read, the decision."""

    query: Query
    hits: list[Hit]
    retrieved: list[Hit]
    decision: Decision

    @property
    def ranked(self) -> list[Chunk]:
        """The passages: first those that were read, in the order of their evidence."""
        read = (evidence.chunk for evidence in self.decision.evidence)
        return list(dict.fromkeys((*read, *(hit.chunk for hit in self.retrieved))))
