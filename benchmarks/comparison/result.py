"""What was measured of one system at one size."""

from __future__ import annotations

import dataclasses
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

SYSTEMS = {
    "dense": "e5 alone (our encoder + Chroma)",
    "lexical": "BM25 alone",
    "plain": "plain LangChain stack",
    "ours": "ours",
}
"""The systems, by their short name, as they are called in table and chart."""


@dataclass(frozen=True, slots=True)
class Result:
    """Shares in 0..1, times of one question in milliseconds, memory in MB (2^20 bytes).

    `embedding_p50` is 0 where nothing is embedded; `disk` counts what the index takes.
    """

    system: str
    size: int
    ranked_questions: int
    timed_questions: int
    recall_typed: float
    recall_bare: float
    ndcg_typed: float
    ndcg_bare: float
    p50: float
    p95: float
    answers_per_second: float
    embedding_p50: float
    peak_memory: float
    opening_seconds: float
    building_seconds: float
    disk: float

    def write(self, file: Path) -> None:
        """Write the result as JSON."""
        file.write_text(json.dumps(dataclasses.asdict(self)), encoding="utf-8")

    @classmethod
    def read(cls, file: Path) -> Result:
        """Read what `write` wrote."""
        return cls(**json.loads(file.read_text(encoding="utf-8")))
