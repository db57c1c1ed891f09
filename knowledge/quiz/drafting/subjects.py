"""Whether two sentences are about the same thing, by the rare words that they share."""

from __future__ import annotations

import math
from collections import Counter
from typing import TYPE_CHECKING

from knowledge.quiz.drafting.statement import content

if TYPE_CHECKING:
    from collections.abc import Iterable

SAME_SUBJECT = 0.55
"""The share of a question's weight that another sentence must cover to be about the same.

Chosen on the shipped articles: "Tỉnh Lào Cai được giải phóng" and "… được thành lập" stay apart,
"Bác Hồ thăm Lào Cai" and "chuyến thăm của Bác Hồ" don't.
"""


class Subjects:
    """Weighs syllables by how seldom the sentences of a corpus use them: ln(1 + n / frequency)."""

    def __init__(self, sentences: Iterable[str]) -> None:
        counts: Counter[str] = Counter()
        total = 0
        for sentence in sentences:
            counts.update(content(sentence))
            total += 1
        self._counts = counts
        self._total = total

    def same(self, question: str, sentence: str) -> bool:
        """Tell whether `sentence` may answer `question` too."""
        asked = content(question)
        weight = sum(map(self._weight, asked))
        shared = sum(map(self._weight, asked & content(sentence)))
        return weight > 0 and shared / weight >= SAME_SUBJECT

    def _weight(self, syllable: str) -> float:
        return math.log(1 + self._total / (self._counts[syllable] or 1))
