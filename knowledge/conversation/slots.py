"""Puts what a message names in the place of what the last question named."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from knowledge.conversation.subject import SEPARATOR, pieces

if TYPE_CHECKING:
    from knowledge.conversation.wording import Words
    from knowledge.index.corpus import Corpus

# What speaks for a range of the question being what is replaced.
_SAME_HEAD, _SAME_TAIL, _SHARED, _SAME_SORT = 2.0, 1.0, 1.0, 2.0
_TWICE, _LONGER, _TORN, _JOINT = -2.0, -0.35, -1.5, 0.5
_ASKED_OF_IT = -1.0  # behind the separator of a question that was put together
_LONGER_BY = 4


@dataclass(frozen=True, slots=True)
class Alignment:
    """A range of the question's syllables that the named thing would replace."""

    first: int
    last: int
    score: float


def alignments(question: Words, named: Words, corpus: Corpus) -> list[Alignment]:
    """Return the ranges of `question` that `named` may replace, the likeliest first."""
    asked_of_it = question.text.find(SEPARATOR)
    found = [
        Alignment(
            first,
            last,
            _score(question, first, last, named, corpus)
            + _ASKED_OF_IT * (0 <= asked_of_it < question.spans[first][0]),
        )
        for start, end in pieces(question)
        for first in range(start, end)
        for last in range(first + 1, min(end, first + len(named) + _LONGER_BY) + 1)
    ]
    return sorted(found, key=lambda one: -one.score)


def _score(question: Words, first: int, last: int, named: Words, corpus: Corpus) -> float:
    old, new = question.folded[first:last], named.folded
    rest = question.folded[:first] + question.folded[last:]
    score = _SHARED * len(set(old) & set(new)) / len(set(old) | set(new))
    if old[0] == new[0] and old != new:
        score += _SAME_HEAD
    if old[-1] == new[-1] and old != new:
        score += _SAME_TAIL
    score += _TWICE * len(set(new) & set(rest)) / len(new)
    score += _LONGER * abs(len(old) - len(new))
    if _sort(question, first, last) == _sort(named, 0, len(named)) != "":
        score += _SAME_SORT
    for left, right in ((first - 1, first), (last - 1, last)):
        if left >= 0 and right < len(question):
            score += _TORN * bound(question.folded[left], question.folded[right], corpus)
    if first > 0:
        score += _JOINT * (corpus.folded.frequency(question.folded[first - 1], new[0]) > 0)
    if last < len(question):
        score += _JOINT * (corpus.folded.frequency(new[-1], question.folded[last]) > 0)
    return score


def bound(left: str, right: str, corpus: Corpus) -> float:
    """Return how firmly two syllables belong together, 0..1: how often one comes with the other."""
    together = corpus.folded.frequency(left, right)
    least = min(corpus.folded.frequency(left), corpus.folded.frequency(right))
    return together / least if least else 0.0


def _sort(words: Words, first: int, last: int) -> str:
    """Return what a range looks like: "0" with figures, "A" of capitals, else nothing."""
    written = words.between(first, last)
    if any(c.isdecimal() for c in written):
        return "0"
    parts = written.split()
    return "A" if len(parts) > 1 and all(part[0].isupper() for part in parts) else ""
