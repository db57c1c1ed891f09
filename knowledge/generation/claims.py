"""What a sentence claims, and what of it a statement does not bear out, by rule.

Claims are document numbers, dates, quantities, names, web addresses and negations: what must not be
off by a letter.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from embeddings.sentences import overlap
from embeddings.vietnamese import nfc, syllable_spans, syllables
from knowledge.entities.dates import date_spans, day_of
from knowledge.entities.document_numbers import document_numbers, document_spans, number_key
from knowledge.entities.names import CAPITALISED
from knowledge.entities.quantities import NUMBER_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from knowledge.entities.dates import CalendarDate

_WORDS_FILE = Path(__file__).with_name("function_words.txt")
_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|\w+|[;:.]")
_CAPITALISED = re.compile(CAPITALISED)
_ADDRESS = re.compile(r"\S*(?:://|www\.|@)\S*|(?<![\w.])[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}(?:/\S*)?")
_NEGATIONS = frozenset("không chưa chẳng chớ đừng cấm trừ".split())
_TURNS = frozenset("được bị do bởi là".split())  # a statement round
_NEGATED = 2  # words behind a negation that it is taken to deny
_OPENING = " “\"'(–-"


@cache
def function_words() -> frozenset[str]:
    """Return the syllables that state nothing themselves."""
    lines = _WORDS_FILE.read_text(encoding="utf-8").splitlines()
    return frozenset(syllables(" ".join(line for line in lines if not line.startswith("#"))))


def content(text: str) -> list[str]:
    """Return the syllables of `text` that state something, in order."""
    return _stating(syllables(text))


@dataclass(frozen=True, slots=True)
class _Quantity:
    """A number with the words before and behind it; empty where none is."""

    value: str
    before: str
    behind: str

    def is_borne_out_by(self, others: Sequence[_Quantity]) -> bool:
        """Tell whether one of `others` counts the same things."""
        same = [other for other in others if other.value == self.value]
        if self.behind and self.behind not in function_words():
            return any(other.behind == self.behind for other in same)
        return any(self.before == other.before for other in same)


def unsupported_claims(sentence: str, statement: str, context: str = "") -> list[str]:
    """Return the kinds of claims in `sentence` that `statement` does not bear out; empty if all.

    `context` (title, headings, number and day of the document) may bear out names, dates and
    document numbers.
    """
    sentence, statement, context = nfc(sentence), nfc(statement), nfc(context)
    around = f"{context}\n{statement}"
    wrong = []
    if not _numbers(sentence) <= _numbers(around):
        wrong.append("document number")
    if not all(any(_tells(d, other) for other in _dates(around)) for d in _dates(sentence)):
        wrong.append("date")
    known = [*_quantities(statement), *_quantities(context)]
    if not all(quantity.is_borne_out_by(known) for quantity in _quantities(sentence)):
        wrong.append("quantity")
    if not all(_named(name, statement, context) for name in _names(sentence)):
        wrong.append("name")
    if not all(address in around for address in _ADDRESS.findall(sentence)):
        wrong.append("address")
    if _negates_otherwise(syllables(sentence), syllables(statement)):
        wrong.append("negation")
    if _swaps(sentence, statement):
        wrong.append("order")
    return wrong


def _numbers(text: str) -> set[str]:
    return {number_key(one.number + one.symbol) for one in document_numbers(text)}


def _dates(text: str) -> list[CalendarDate]:
    found = (day_of(text[slice(*span)]) for span in date_spans(text))
    return [date for date in found if date is not None]


def _tells(date: CalendarDate, other: CalendarDate) -> bool:
    """Tell whether `other` says all that `date` says: "năm 2004" of 22/7/2004, not vice versa."""
    pairs = ((date.day, other.day), (date.month, other.month), (date.year, other.year))
    return all(mine in {None, theirs} for mine, theirs in pairs) and date.part in {"", other.part}


def _quantities(text: str) -> list[_Quantity]:
    """Return the numbers outside document numbers and dates."""
    taken = document_spans(text)
    taken += [span for span in date_spans(text) if day_of(text[slice(*span)]) is not None]
    tokens = list(_TOKEN.finditer(text))
    found = []
    for number, token in enumerate(tokens):
        value = _value(token.group())
        if value is None or any(overlap(token.span(), span) for span in taken):
            continue
        before = tokens[number - 1].group() if number else ""
        behind = tokens[number + 1].group() if number + 1 < len(tokens) else ""
        found.append(_Quantity(value, *("".join(syllables(one)) for one in (before, behind))))
    return found


def _value(written: str) -> str | None:
    """Return a number in figures without separators; None for what is none ("năm" is a year)."""
    if written[0].isdigit():
        figures = re.sub(r"[.,](?=\d{3}(?!\d))", "", written)
        return figures.lstrip("0") or "0"
    small = written.lower()
    return str(NUMBER_WORDS[small]) if small in NUMBER_WORDS and small != "năm" else None


def _names(text: str) -> Iterator[list[list[str]]]:
    """Yield the syllables of each run of capitalised words, as it may be meant.

    The first word of a sentence is written so whatever it is; document numbers have none.
    """
    taken = document_spans(text)
    for match in _CAPITALISED.finditer(text):
        if any(overlap(match.span(), span) for span in taken):
            continue
        words = syllables(match.group())
        if text[: match.start()].strip(_OPENING):
            yield [words]
        elif len(words) > 1:
            yield [words, words[1:]]


def _named(ways: list[list[str]], *texts: str) -> bool:
    return any(_places(text, name) for text in texts for name in ways)


def _places(text: str, name: list[str]) -> list[int]:
    """Return where `name` stands in `text` whole: "Chánh Văn phòng" isn't the "Phó Chánh …"."""
    words, spans = syllables(text), syllable_spans(text)
    found = []
    for place in range(len(words) - len(name) + 1):
        if words[place : place + len(name)] != name:
            continue
        start, end = spans[place - 1] if place else (0, 0)
        goes_on = text[start:end][:1].isupper() and text[end : spans[place][0]] == " "
        if not goes_on or words[place - 1] in function_words():
            found.append(place)
    return found


def _negates_otherwise(words: list[str], others: list[str]) -> bool:
    """Tell whether one of two texts denies what the other doesn't deny."""
    mine, theirs = _denied(words), _denied(others)
    if mine - theirs:
        return True
    said, told = Counter(pairwise(_stating(words))), Counter(pairwise(_stating(others)))
    return any(pair in said and told[pair] <= times for pair, times in (theirs - mine).items())


def _denied(words: list[str]) -> Counter[tuple[str, ...]]:
    """Return the pairs of words, of those that state something, that follow a negation."""
    stating = _stating(words)
    return Counter(
        tuple(stating[number + 1 : number + 1 + _NEGATED])
        for number, word in enumerate(stating)
        if word in _NEGATIONS
    )


def _stating(words: list[str]) -> list[str]:
    return [word for word in words if word not in function_words()]


def _swaps(sentence: str, statement: str) -> bool:
    """Tell whether names have changed places, as in "A hợp nhất vào B" and "B hợp nhất vào A".

    Where something is done to somebody ("được", "do") the order tells nothing.
    """
    if _TURNS & {*syllables(sentence), *syllables(statement)}:
        return False
    behind = -1
    for ways in _names(sentence):
        places = next((found for name in ways if (found := _places(statement, name))), [])
        if not places:
            continue
        following = [place for place in places if place > behind]
        if not following:
            return True
        behind = following[0]
    return False
