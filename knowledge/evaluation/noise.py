"""Ways in which people type one question: with slips, without diacritics, abbreviated."""

from __future__ import annotations

import re
from enum import StrEnum
from itertools import pairwise
from typing import TYPE_CHECKING

from embeddings.vietnamese import canonical_syllable, fold, has_diacritics, nfc, syllables
from knowledge.evaluation.slips import slip

if TYPE_CHECKING:
    import random
    from collections.abc import Mapping, Sequence

TYPO_SHARE = 0.1
PARTIAL_SHARE = 0.5
_WORD = re.compile(r"\w+")


class Typing(StrEnum):
    """A way of typing that questions are asked in."""

    TYPED = "typed"
    WITHOUT_DIACRITICS = "without_diacritics"
    PARTIAL_DIACRITICS = "partial_diacritics"
    TYPOS = "typos"
    ABBREVIATIONS = "abbreviations"


def in_typing(
    text: str, typing: Typing, rng: random.Random, abbreviations: Mapping[str, str]
) -> str:
    """Return `text` in NFC as someone with that way of typing types it.

    `abbreviations` maps each to its full form, as the glossary does.
    """
    match typing:
        case Typing.TYPED:
            return nfc(text)
        case Typing.WITHOUT_DIACRITICS:
            return fold(text)
        case Typing.PARTIAL_DIACRITICS:
            return partly_folded(text, rng)
        case Typing.TYPOS:
            return mistyped(text, rng)
        case Typing.ABBREVIATIONS:
            return abbreviated(text, rng, abbreviations)


def mistyped(text: str, rng: random.Random, share: float = TYPO_SHARE) -> str:
    """Return `text` in NFC with one slip in each of that share of its words of letters.

    Numbers and words with figures stay. Where the share is no whole number of words it is rounded
    up or down by chance, so that it holds over many texts. Raises ValueError for a share that isn't
    in 0..1.
    """
    text = nfc(text)
    words = [match for match in _WORD.finditer(text) if match.group().isalpha()]
    chosen = _some(words, share, rng)
    return _replaced(text, [(*match.span(), slip(match.group(), rng)) for match in chosen])


def partly_folded(text: str, rng: random.Random, share: float = PARTIAL_SHARE) -> str:
    """Return `text` in NFC with that share of its words with diacritics stripped of them.

    Rounded by chance and raising as in `mistyped`.
    """
    text = nfc(text)
    words = [match for match in _WORD.finditer(text) if has_diacritics(match.group())]
    chosen = _some(words, share, rng)
    return _replaced(text, [(*match.span(), fold(match.group())) for match in chosen])


def abbreviated(text: str, rng: random.Random, abbreviations: Mapping[str, str]) -> str:
    """Return `text` in NFC with every phrase that has an abbreviation shortened.

    The longest phrase comes first; of several abbreviations one is drawn. `abbreviations` maps each
    to its full form: "văn phòng" becomes "vp" by {"vp": "văn phòng"}.
    """
    text = nfc(text)
    short_forms: dict[tuple[str, ...], list[str]] = {}
    for short, full in abbreviations.items():
        short_forms.setdefault(tuple(syllables(full)), []).append(short)
    longest = max(map(len, short_forms), default=0)
    words = list(_WORD.finditer(text))
    replacements: list[tuple[int, int, str]] = []
    first = 0
    while first < len(words):
        for count in range(min(longest, len(words) - first), 0, -1):
            phrase = words[first : first + count]
            if (found := short_forms.get(_key(phrase))) and _stand_together(text, phrase):
                start, end = phrase[0].start(), phrase[-1].end()
                replacements.append((start, end, nfc(rng.choice(found))))
                first += count
                break
        else:
            first += 1
    return _replaced(text, replacements)


def _key(phrase: Sequence[re.Match[str]]) -> tuple[str, ...]:
    return tuple(canonical_syllable(word.group().lower()) for word in phrase)


def _stand_together(text: str, phrase: Sequence[re.Match[str]]) -> bool:
    return all(text[a.end() : b.start()].isspace() for a, b in pairwise(phrase))


def _some(words: list[re.Match[str]], share: float, rng: random.Random) -> list[re.Match[str]]:
    """Return that share of `words`, drawn at random, in their order."""
    if not 0 <= share <= 1:
        raise ValueError(f"share must be in 0..1, got {share}")
    count = min(int(share * len(words) + rng.random()), len(words))
    return sorted(rng.sample(words, count), key=lambda match: match.start())


def _replaced(text: str, replacements: list[tuple[int, int, str]]) -> str:
    for start, end, new in reversed(replacements):
        text = text[:start] + new + text[end:]
    return nfc(text)
