"""The words of a sentence that state something, told from those that only join and frame."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from embeddings.vietnamese import syllables

_WORDS_FILE = Path(__file__).with_name("function_words.txt")


@cache
def function_words() -> frozenset[str]:
    """Return the syllables that state nothing themselves."""
    lines = _WORDS_FILE.read_text(encoding="utf-8").splitlines()
    return frozenset(syllables(" ".join(line for line in lines if not line.startswith("#"))))


def content(text: str) -> list[str]:
    """Return the syllables of `text` that state something, in order."""
    return [word for word in syllables(text) if word not in function_words()]
