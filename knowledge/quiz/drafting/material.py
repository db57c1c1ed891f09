"""What a corpus offers for drafting: its sentences, dates, documents, names and lists."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from knowledge.entities.dates import dates_in
from knowledge.entities.names import names_in
from knowledge.quiz.drafting.lists import lists_in
from knowledge.quiz.drafting.statement import content, statements

if TYPE_CHECKING:
    from collections.abc import Iterable

    from knowledge.articles.chunk import Chunk
    from knowledge.entities.dates import CalendarDate
    from knowledge.entities.names import ProperName
    from knowledge.quiz.drafting.lists import PassageList
    from knowledge.quiz.drafting.statement import Statement


SAME_SUBJECT = 0.55
"""The share of a question's weight that another sentence must cover to be about the same.

Chosen on the shipped articles: "Tỉnh Lào Cai được giải phóng" and "… được thành lập" stay apart,
"Bác Hồ thăm Lào Cai" and "chuyến thăm của Bác Hồ" don't.
"""


@dataclass(frozen=True)
class Material:
    """The passages to draft from, read once."""

    chunks: tuple[Chunk, ...]

    @cached_property
    def statements(self) -> tuple[Statement, ...]:
        """The sentences that can be asked about."""
        return tuple(s for chunk in self.chunks for s in statements(chunk))

    @cached_property
    def sentences(self) -> tuple[str, ...]:
        """All sentences, also those that can't be asked about."""
        return tuple(s.text for chunk in self.chunks for s in chunk.sentences)

    @cached_property
    def subjects(self) -> Subjects:
        """Tells sentences about the same thing."""
        return Subjects(self.sentences)

    @cached_property
    def dates(self) -> tuple[tuple[CalendarDate, str], ...]:
        """Every date with the sentence that gives it."""
        return tuple((date, text) for text in self.sentences for _, date in dates_in(text))

    @cached_property
    def names(self) -> tuple[tuple[ProperName, str], ...]:
        """Every name with the sentence in which it stands."""
        return tuple((name, text) for text in self.sentences for name in names_in(text))

    @cached_property
    def lists(self) -> tuple[PassageList, ...]:
        """Every list."""
        return tuple(found for chunk in self.chunks for found in lists_in(chunk))


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
