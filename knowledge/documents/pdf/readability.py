"""Tells text that can be read from what a broken font or a wrong recognition left of it."""

from __future__ import annotations

import re

from embeddings.vietnamese import has_diacritics, nfc
from embeddings.vietnamese_spelling import is_vietnamese

_WORD = re.compile(r"[^\W\d_]+")
_ODD = re.compile(r"[^\w\s.,;:!?()\[\]/%\"'“”‘’«»…–—+&=*•§°@<>-]")
_VOWEL = re.compile(r"[aeiouy]|[^\x00-\x7f]", re.IGNORECASE)
_CROWDED = re.compile(r"[bcdfghjklmnpqrstvwxzBCDFGHJKLMNPQRSTVWXZ]{5}")
_MAX_ODD = 0.12
_MIN_WORDS = 8
_ENOUGH_WORDS = 20
_DOUBT = 0.4  # of what is asked otherwise, where there are fewer words
_MIN_LETTERS = 30  # all of which cannot be the same two or three
_MIN_VIETNAMESE = 0.6
_MIN_PLAUSIBLE = 0.85
_MIN_RECOGNISED = 0.85
_MIN_MARKED = 0.25


def is_readable(text: str) -> bool:
    """Tell whether `text` is made of words: Vietnamese, or what can be words of another language.

    Foreign words, abbreviations and codes among Vietnamese do not matter, nor do a few words that
    cannot be judged.
    """
    if _is_odd(text):
        return False
    words = _words(text)
    if len(words) < _MIN_WORDS:
        return True
    doubt = 1.0 if len(words) >= _ENOUGH_WORDS else _DOUBT
    if vietnamese_share(words) >= doubt * _MIN_VIETNAMESE:
        return True
    return sum(map(_is_plausible, words)) >= doubt * _MIN_PLAUSIBLE * len(words)


def is_well_recognised(text: str) -> bool:
    """Tell whether text that a machine made of a picture is Vietnamese with its marks."""
    words = _words(text)
    if _is_odd(text) or len(words) < _MIN_WORDS:
        return False
    marked = sum(has_diacritics(word) for word in words)
    return vietnamese_share(words) >= _MIN_RECOGNISED and marked >= _MIN_MARKED * len(words)


def vietnamese_share(words: list[str]) -> float:
    """Return which share of `words` are syllables that Vietnamese can have."""
    return sum(is_vietnamese(nfc(word.lower())) for word in words) / max(1, len(words))


def _words(text: str) -> list[str]:
    """Return the words of `text` without abbreviations and single letters."""
    found = _WORD.findall(text)
    return [w for w in found if len(w) > 1 and (not w.isupper() or is_vietnamese(nfc(w.lower())))]


def _is_odd(text: str) -> bool:
    """Tell whether `text` has many signs that no text has, or but two or three letters."""
    signs = "".join(text.split())
    if not signs:
        return False
    odd = len(_ODD.findall(signs))
    letters = [sign for sign in signs.lower() if sign.isalpha()]
    few = len(letters) >= _MIN_LETTERS and len(set(letters)) <= 3
    return few or odd > _MAX_ODD * len(signs)


def _is_plausible(word: str) -> bool:
    """Tell whether a word could be one of some language in Latin letters, or is in others."""
    if not word.isascii() and ord(word[0]) > 0x24F and not has_diacritics(word):
        return True
    cased = word[1:].islower() or word.isupper()
    return cased and bool(_VOWEL.search(word)) and not _CROWDED.search(word)
