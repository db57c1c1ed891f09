"""Vietnamese text: normal form, folding, syllables and the terms that lexical search counts."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import pairwise

_SYLLABLE = re.compile(r"\w+")
_REMEMBERED = 8192  # texts whose folded syllables are remembered, some 20 MB

# A tone on the glide's vowel or on the glide itself: hoà/hòa, khoẻ/khỏe, thuý/thúy. The two styles
# differ in open syllables only; the older one (hòa) is the canonical one here.
_TONES = "\u0300\u0301\u0309\u0303\u0323"
_TONE_PLACEMENT = {
    unicodedata.normalize("NFC", pair[0] + pair[1] + tone): unicodedata.normalize(
        "NFC", pair[0] + tone + pair[1]
    )
    for pair in ("oa", "oe", "uy")
    for tone in _TONES
}
_I_TO_Y = dict(zip("iìíỉĩị", "yỳýỷỹỵ", strict=True))


class _WithoutMarks(dict[int, int | None]):
    """A table for str.translate that leaves out combining marks; it fills itself."""

    def __missing__(self, code: int) -> int | None:
        kept = None if unicodedata.combining(chr(code)) else code
        self[code] = kept
        return kept


_WITHOUT_MARKS = _WithoutMarks()


def nfc(text: str) -> str:
    """Return `text` in Unicode normal form C, the form every index and model here expects."""
    return unicodedata.normalize("NFC", text)


def plain(text: str) -> str:
    """Return `text` for comparing: NFC, one case, single spaces."""
    return " ".join(nfc(text).casefold().split())


def encodable(text: str) -> str:
    """Return `text` in NFC; halves of surrogate pairs, which UTF-8 has no form for, become "?"."""
    return nfc(text).encode("utf-8", "replace").decode()


def fold(text: str) -> str:
    """Return `text` without diacritics, as people type it in a hurry: "Đoàn kết" → "Doan ket".

    đ and Đ have no decomposition in Unicode, so they are mapped by hand.
    """
    stripped = text.replace("đ", "d").replace("Đ", "D")
    return nfc(unicodedata.normalize("NFD", stripped).translate(_WITHOUT_MARKS))


def has_diacritics(text: str) -> bool:
    """Tell whether any letter of `text` carries a Vietnamese diacritic (đ counts)."""
    return fold(text) != nfc(text)


@lru_cache(maxsize=1 << 15)  # a corpus repeats a few thousand syllables over and over
def canonical_syllable(syllable: str) -> str:
    """Return the one spelling that stands for all accepted ones of a lower-case NFC syllable.

    The tone is placed in the older style ("hoà" → "hòa"; "quý" stays: there the u belongs to the
    initial consonant) and a lone i after h, k, l, m, s, t becomes y ("kỉ niệm" → "kỷ niệm").
    A number loses the noughts before it ("03/02" is "3/2").
    """
    if syllable[0] == "0" and syllable.isdecimal():
        return syllable.lstrip("0") or "0"
    if len(syllable) == 2 and syllable[0] in "hklmst" and syllable[1] in _I_TO_Y:
        return syllable[0] + _I_TO_Y[syllable[1]]
    ending = _TONE_PLACEMENT.get(syllable[-2:])
    if ending is None or (syllable[-2] == "u" and syllable[-3:-2] == "q"):
        return syllable
    return syllable[:-2] + ending


@lru_cache(maxsize=1 << 15)
def fold_syllable(syllable: str) -> str:
    """Return `fold(syllable)`, remembered: a corpus repeats a few thousand syllables."""
    return fold(syllable)


def syllables(text: str) -> list[str]:
    """Return the lower-case syllables and numbers of `text`, spelled in one style."""
    return [canonical_syllable(s) for s in _SYLLABLE.findall(nfc(text).lower())]


@lru_cache(maxsize=_REMEMBERED)
def folded_syllables(text: str) -> frozenset[str]:
    """Return the folded syllables of `text`, each once, remembered: to compare words with."""
    return frozenset(map(fold_syllable, syllables(text)))


def syllable_spans(text: str) -> list[tuple[int, int]]:
    """Return the character ranges of the syllables of `text`, which must be in NFC."""
    return [match.span() for match in _SYLLABLE.finditer(text)]


def terms(tokens: list[str]) -> list[str]:
    """Return syllables and syllable bigrams: most Vietnamese words have one or two syllables."""
    return tokens + [f"{a}_{b}" for a, b in pairwise(tokens)]
