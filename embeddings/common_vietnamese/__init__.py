"""What is common in Vietnamese at large: how often syllables stand, and everyday phrases.

A corpus of a few documents lacks most words that people ask with; these two files have them.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def syllable_frequencies() -> dict[str, int]:
    """Return the common canonical syllables and how often each stands among a million."""
    pairs = (line.split() for line in _lines("syllables.txt"))
    return {syllable: int(often) for syllable, often in pairs}


@cache
def everyday_phrases() -> tuple[str, ...]:
    """Return phrases of everyday Vietnamese, fully spelled."""
    return tuple(phrase for line in _lines("phrases.txt") for phrase in line.split(", "))


def _lines(name: str) -> list[str]:
    text = files(__name__).joinpath(name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if not line.startswith("#")]
