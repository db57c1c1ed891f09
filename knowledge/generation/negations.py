"""Negations: whether one text denies what the other doesn't deny."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

from knowledge.generation.content_words import content

_NEGATIONS = frozenset("không chưa chẳng chớ đừng cấm trừ".split())
_NEGATED = 2  # words behind a negation that it is taken to deny


def denies_otherwise(sentence: str, statement: str) -> bool:
    """Tell whether `sentence` denies what `statement` doesn't deny, or says what that denies."""
    words, others = content(sentence), content(statement)
    mine, theirs = _denied(words), _denied(others)
    if mine - theirs:
        return True
    said, told = _pairs(words), _pairs(others)
    return any(pair in said and told[pair] <= times for pair, times in (theirs - mine).items())


def _denied(words: list[str]) -> Counter[tuple[str, ...]]:
    """Return the pairs of words that follow a negation."""
    return Counter(
        tuple(words[number + 1 : number + 1 + _NEGATED])
        for number, word in enumerate(words)
        if word in _NEGATIONS
    )


def _pairs(words: list[str]) -> Counter[tuple[str, ...]]:
    return Counter(pairwise(words))
