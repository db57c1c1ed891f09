"""Names in a sentence: whether a statement has them whole, and in the same order."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from embeddings.sentences import overlap
from embeddings.vietnamese import syllable_spans, syllables
from knowledge.entities.document_numbers import document_spans
from knowledge.entities.names import CAPITALISED
from knowledge.generation.content_words import function_words

if TYPE_CHECKING:
    from collections.abc import Iterator

_CAPITALISED = re.compile(CAPITALISED)
_TURNS = frozenset("được bị do bởi là".split())  # a statement round
_OPENING = " “\"'(–-"


def names_borne_out(sentence: str, *texts: str) -> bool:
    """Tell whether each name of `sentence` stands whole in one of `texts`."""
    return all(any(_places(text, n) for text in texts for n in ways) for ways in _names(sentence))


def names_swapped(sentence: str, statement: str) -> bool:
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
