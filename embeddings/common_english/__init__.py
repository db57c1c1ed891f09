"""Common English words: which they are, and what they are in a Vietnamese question."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def vietnamese_of_english() -> dict[str, str]:
    """Return words and phrases in lower case, each with its Vietnamese; empty: leave it out."""
    text = files(__name__).joinpath("words.txt").read_text(encoding="utf-8")
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    pairs = (line.partition(":") for line in lines)
    return {english: vietnamese.strip() for english, _, vietnamese in pairs}


@cache
def common_english_words() -> frozenset[str]:
    """Return the single words of those."""
    return frozenset(word for phrase in vietnamese_of_english() for word in phrase.split())
