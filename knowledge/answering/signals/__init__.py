"""Signals: what a reader can't know of a piece of evidence, each a number that the verdict weighs.

A signal stays only as long as the leave-one-out table of the benchmarks shows that it is worth it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from knowledge.answering.signals.numbers import missing_numbers

if TYPE_CHECKING:
    from collections.abc import Callable

    from knowledge.answering.evidence import Evidence
    from knowledge.index.corpus import Corpus
    from knowledge.retrieval.hybrid import Query

SIGNALS: dict[str, Callable[[Query, Evidence, Corpus], float]] = {
    "missing_numbers": missing_numbers,
}
"""By the name that `decision.json` has them under."""
