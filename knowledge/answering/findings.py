"""What was found for one question, before it is made an answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from knowledge.answering.decision import Decision
    from knowledge.retrieval.hybrid import Hit, Query


@dataclass(frozen=True, slots=True)
class Findings:
    """What was found for one question: the best of the `retrieved`, what was read, the decision."""

    query: Query
    hits: list[Hit]
    retrieved: list[Hit]
    decision: Decision
