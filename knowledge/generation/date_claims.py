"""Dates in a sentence: whether a statement tells them, with the same limit and document."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from knowledge.entities.dates import date_spans, day_of
from knowledge.entities.document_numbers import document_numbers, number_key
from knowledge.generation.bounds import bound_before

if TYPE_CHECKING:
    from knowledge.entities.dates import CalendarDate


@dataclass(frozen=True, slots=True)
class _DateClaim:
    """A date, the limiting word before it ("trước"), and the last document number before it."""

    date: CalendarDate
    bound: str
    document: str

    def is_told_by(self, other: _DateClaim) -> bool:
        """Tell whether `other` says as much: "năm 2004" is told by 22/7/2004, not vice versa."""
        mine, theirs = self.date, other.date
        parts = ((mine.day, theirs.day), (mine.month, theirs.month), (mine.year, theirs.year))
        same = all(one in {None, two} for one, two in parts) and mine.part in {"", theirs.part}
        of_another = self.document and other.document and self.document != other.document
        return same and self.bound == other.bound and not of_another


def dates_borne_out(sentence: str, *texts: str) -> bool:
    """Tell whether one of `texts` tells each date of `sentence`."""
    known = [date for text in texts for date in _dates(text)]
    return all(any(date.is_told_by(other) for other in known) for date in _dates(sentence))


def _dates(text: str) -> list[_DateClaim]:
    documents = [
        (one.span[1], number_key(one.number + one.symbol)) for one in document_numbers(text)
    ]
    found = []
    for start, end in date_spans(text):
        date = day_of(text[start:end])
        if date is not None:
            before = [number for place, number in documents if place <= start]
            found.append(_DateClaim(date, bound_before(text[:start]), (before or [""])[-1]))
    return found
