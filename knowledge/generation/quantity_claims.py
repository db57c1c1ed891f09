"""Quantities in a sentence: whether a statement counts as many of the same things."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from embeddings.sentences import overlap
from embeddings.vietnamese import syllables
from knowledge.entities.dates import date_spans, day_of
from knowledge.entities.document_numbers import document_spans
from knowledge.entities.quantities import NUMBER_WORDS
from knowledge.generation.bounds import bound_before
from knowledge.generation.content_words import content, function_words

if TYPE_CHECKING:
    from collections.abc import Sequence

_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|\w+|[;:.]")
_CLAUSE_END = re.compile(r"[,;:.]\s|\n|\svà\s|\smà\s|\sthì\s")
_TIMES = frozenset("ngày tháng năm giờ phút tuần".split())  # counted like things


@dataclass(frozen=True, slots=True)
class _Quantity:
    """A number with the words before and behind it (empty where none is).

    `clause` are the words of its part of the sentence, `bound` is a limiting word before it.
    """

    value: str
    before: str
    behind: str
    bound: str
    clause: frozenset[str]

    @property
    def unit(self) -> str:
        """What is counted; empty where the next word only joins."""
        return self.behind if self.behind not in function_words() - _TIMES else ""

    def is_borne_out_by(self, others: Sequence[_Quantity], around: frozenset[str]) -> bool:
        """Tell whether one of `others` counts the same, for what `around` it speaks of.

        Where a statement counts the same things twice, the clauses tell which number is whose.
        """
        same = [
            other
            for other in others
            if (other.value, other.bound) == (self.value, self.bound)
            and (other.behind == self.behind if self.unit else other.before == self.before)
        ]
        rivals = [o for o in others if self.unit and o.unit == self.unit and o.value != self.value]
        nearest = max((len(around & other.clause) for other in same), default=-1)
        return nearest >= max((len(around & other.clause) for other in rivals), default=0)


def quantities_borne_out(sentence: str, *texts: str) -> bool:
    """Tell whether one of `texts` has each quantity of `sentence`."""
    mine = _quantities(sentence)
    known = [quantity for text in texts for quantity in _quantities(text)]
    values = {quantity.value for quantity in (*mine, *known)}
    words = frozenset(content(sentence))
    return all(
        one.is_borne_out_by(
            known,
            (one.clause if sum(o.unit == one.unit for o in mine) > 1 else words) - values,
        )
        for one in mine
    )


def _quantities(text: str) -> list[_Quantity]:
    """Return the numbers outside document numbers and dates."""
    taken = document_spans(text)
    taken += [span for span in date_spans(text) if day_of(text[slice(*span)]) is not None]
    ends = [match.end() for match in _CLAUSE_END.finditer(text)]
    tokens = list(_TOKEN.finditer(text))
    found = []
    for number, token in enumerate(tokens):
        value = _value(token.group())
        if value is None or any(overlap(token.span(), span) for span in taken):
            continue
        before = tokens[number - 1].group() if number else ""
        behind = tokens[number + 1].group() if number + 1 < len(tokens) else ""
        start = max((end for end in ends if end <= token.start()), default=0)
        stop = min((end for end in ends if end > token.start()), default=len(text))
        found.append(
            _Quantity(
                value,
                before="".join(syllables(before)),
                behind="".join(syllables(behind)),
                bound=bound_before(text[: token.start()]),
                clause=frozenset(content(text[start:stop])),
            )
        )
    return found


def _value(written: str) -> str | None:
    """Return a number in figures without separators; None for what is none ("năm" is a year)."""
    if written[0].isdigit():
        figures = re.sub(r"[.,](?=\d{3}(?!\d))", "", written)
        return figures.lstrip("0") or "0"
    small = written.lower()
    return str(NUMBER_WORDS[small]) if small in NUMBER_WORDS and small != "năm" else None
