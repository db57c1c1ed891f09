"""The words by which people tie what they say to what was said before: data, matched folded."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Self

from embeddings.vietnamese import canonical_syllable, fold_syllable, nfc, syllable_spans

if TYPE_CHECKING:
    from embeddings.sentences import Span

WORDING_FILE = Path(__file__).with_name("wording.json")


@dataclass(frozen=True, slots=True)
class Words:
    """A text with its syllables: `exact` as written, `folded` without marks, `spans` where."""

    text: str
    exact: tuple[str, ...]
    folded: tuple[str, ...]
    spans: tuple[Span, ...]

    @classmethod
    def of(cls, text: str) -> Self:
        """Return `text` in NFC, cut into syllables."""
        text = nfc(text)
        spans = tuple(syllable_spans(text))
        exact = tuple(canonical_syllable(text[start:end].lower()) for start, end in spans)
        return cls(text, exact, tuple(map(fold_syllable, exact)), spans)

    def __len__(self) -> int:
        return len(self.spans)

    def between(self, first: int, last: int) -> str:
        """Return the text of the syllables from `first` up to `last`, the latter left out."""
        return self.text[self.spans[first][0] : self.spans[last - 1][1]] if first < last else ""

    def replaced(self, first: int, last: int, by: str) -> str:
        """Return the text with the syllables from `first` up to `last` written as `by`."""
        return self.text[: self.spans[first][0]] + by + self.text[self.spans[last - 1][1] :]


class Phrases:
    """Phrases of one kind, the longest match first."""

    def __init__(self, phrases: list[str]) -> None:
        words = [Words.of(phrase) for phrase in phrases]
        self._exact = {phrase.exact for phrase in words}
        self._folded = {phrase.folded for phrase in words}
        self._longest = max(map(len, words))

    def at(self, words: Words, place: int, *, bare: bool = False) -> int:
        """Return how many syllables at `place` are a phrase; `bare`: typed without marks."""
        held, known = (words.folded, self._folded) if bare else (words.exact, self._exact)
        for length in range(min(self._longest, len(held) - place), 0, -1):
            if held[place : place + length] in known:
                return length
        return 0

    def ending(self, words: Words, end: int, *, bare: bool = False) -> int:
        """Return how many syllables before `end` are a phrase."""
        held, known = (words.folded, self._folded) if bare else (words.exact, self._exact)
        for length in range(min(self._longest, end), 0, -1):
            if held[end - length : end] in known:
                return length
        return 0


@cache
def phrases(kind: str) -> Phrases:
    """Return the phrases of one kind of `wording.json`."""
    listed: dict[str, list[str]] = json.loads(WORDING_FILE.read_text(encoding="utf-8"))
    return Phrases(listed[kind])


def asking(words: Words) -> list[int]:
    """Return the places of the syllables that ask: "ai", "bao nhiêu", the last one of a yes-no."""
    places: list[int] = []
    place = 0
    while place < len(words):
        length = phrases("asking").at(words, place) or phrases("attributes").at(words, place)
        places.extend(range(place, place + length))
        place += max(length, 1)
    last = len(words) - 1
    if (
        last > 0
        and last not in places
        and phrases("yes_no").at(words, last)
        and any(phrases("with_yes_no").at(words, n) for n in range(last))
    ):
        places.append(last)
    return places
