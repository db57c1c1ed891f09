"""What a corpus offers for drafting: its sentences, dates, documents, names and lists."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from knowledge.entities.dates import dates_in
from knowledge.entities.names import names_in
from knowledge.quiz.drafting.lists import lists_in
from knowledge.quiz.drafting.statement import statements
from knowledge.quiz.drafting.subjects import Subjects

if TYPE_CHECKING:
    from knowledge.articles.chunk import Chunk
    from knowledge.entities.dates import CalendarDate
    from knowledge.entities.names import ProperName
    from knowledge.quiz.drafting.lists import PassageList
    from knowledge.quiz.drafting.statement import Statement


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
