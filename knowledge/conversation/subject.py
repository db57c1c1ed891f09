"""What a question is about: its pieces between the words that ask and join, and the heaviest."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from knowledge.conversation.wording import Words, asking, phrases

if TYPE_CHECKING:
    from knowledge.index.corpus import Corpus

SEPARATOR = " – "
"""Between a subject and what is asked of it, in a question that was put together."""
_BREAK = re.compile(r"[,:;?!()]|\s[–-]\s")

Piece = tuple[int, int]
"""The first syllable and the one after the last."""


def pieces(words: Words) -> list[Piece]:
    """Return the runs of syllables that say something, in order."""
    stops = set(asking(words))
    for place in range(len(words)):
        if phrases("joints").at(words, place):
            stops.add(place)
    found: list[Piece] = []
    start = 0
    for place in range(len(words) + 1):
        ends = place == len(words) or place in stops
        broken = 0 < place < len(words) and _BREAK.search(
            words.text, words.spans[place - 1][1], words.spans[place][0]
        )
        if (ends or broken) and start < place:
            found.append((start, place))
        if ends:
            start = place + 1
        elif broken:
            start = place
    return found


def weight(words: Words, piece: Piece, corpus: Corpus) -> float:
    """Return how much a piece tells: the sum of its syllables' inverse document frequencies."""
    return sum(corpus.weight(syllable) for syllable in words.folded[piece[0] : piece[1]])


def subject(question: str, corpus: Corpus) -> str:
    """Return what `question` is about: its heaviest piece, and those with figures.

    Empty when it says nothing but that it asks.
    """
    before, separated, named = question.partition(SEPARATOR)
    if separated:
        return _named_last(before, named)
    words = Words.of(question)
    found = [without_danglers(words, piece) for piece in pieces(words)]
    if not found:
        return ""
    heaviest = max(found, key=lambda piece: weight(words, piece, corpus))
    kept = [
        words.between(*piece)
        for piece in found
        if piece == heaviest or any(c.isdecimal() for c in words.between(*piece))
    ]
    return " ".join(kept)


def _named_last(before: str, named: str) -> str:
    """Return what "before – named" is about: `named` too, or alone where it is of the same sort."""
    old, new = Words.of(before), Words.of(named)
    if asking(new) or not len(new):
        return before
    return named if old.folded[0] == new.folded[0] else f"{before} {named}"


def without_danglers(words: Words, piece: Piece) -> Piece:
    """Return a piece without what only leads to the next one: "ca ngày từ (mấy giờ)"."""
    first, last = piece
    while last - first > 1 and (less := phrases("danglers").ending(words, last)):
        last = max(last - less, first + 1)
    return first, last
