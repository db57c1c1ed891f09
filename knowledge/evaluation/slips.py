"""Slips of the finger in one Vietnamese word, as they happen on a Telex or VNI keyboard."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from embeddings.typing_slips import KEYS_AROUND
from embeddings.vietnamese import canonical_syllable, nfc
from embeddings.vietnamese_spelling import TONE_KEYS

if TYPE_CHECKING:
    import random
    from collections.abc import Callable

_SAME_KEY = ""  # â, ê and ô take their own letter a second time
_TELEX = {"\u0302": _SAME_KEY, "\u0306": "w", "\u031b": "w"} | {
    tone: telex for tone, (telex, _) in TONE_KEYS.items()
}
_VNI = {"\u0302": "6", "\u0306": "8", "\u031b": "7"} | {
    tone: vni for tone, (_, vni) in TONE_KEYS.items()
}
_TONES = frozenset(TONE_KEYS)
_VOWELS = frozenset("aeiouy")


def slip(word: str, rng: random.Random) -> str:
    """Return `word` (letters in NFC) with one slip of a kind drawn at random; never unchanged.

    The kinds: a neighbouring key ("vắn" → "vắb"), two letters swapped ("đúgn"), one missing
    ("phòg") or doubled ("tthông"), the tone on the wrong vowel ("truỳen"), and the keys of Telex or
    VNI left over, of the tone alone ("truyênf", "truyên2") or of the whole word ("truyeenf",
    "truye6n2"). What only is another accepted spelling ("hoà" for "hòa") counts as no slip.
    """
    kinds = list(_KINDS)
    rng.shuffle(kinds)
    for kind in kinds:
        slipped = nfc(kind(word, rng))
        if canonical_syllable(slipped.lower()) != canonical_syllable(word.lower()):
            return slipped
    return nfc(word + word[-1])


def _neighbouring_key(word: str, rng: random.Random) -> str:
    """Hit the key beside a letter without marks: those with marks take more than one key."""
    places = [n for n, letter in enumerate(word) if letter.lower() in KEYS_AROUND]
    if not places:
        return word
    place = rng.choice(places)
    letter = word[place]
    wrong = rng.choice(KEYS_AROUND[letter.lower()])
    return word[:place] + (wrong.upper() if letter.isupper() else wrong) + word[place + 1 :]


def _swapped(word: str, rng: random.Random) -> str:
    places = [n for n in range(len(word) - 1) if word[n].lower() != word[n + 1].lower()]
    if not places:
        return word
    place = rng.choice(places)
    return word[:place] + word[place + 1] + word[place] + word[place + 2 :]


def _missing(word: str, rng: random.Random) -> str:
    if len(word) < 2:
        return word
    place = rng.randrange(len(word))
    return word[:place] + word[place + 1 :]


def _doubled(word: str, rng: random.Random) -> str:
    place = rng.randrange(len(word))
    return word[:place] + word[place] + word[place:]


def _misplaced_tone(word: str, rng: random.Random) -> str:
    """Type the tone early or late; a vowel that waited for it may lose its shape: "truỳen"."""
    letters = [_parts(letter) for letter in word]
    toned = next((n for n, (_, _, tone) in enumerate(letters) if tone), None)
    vowels = [n for n, (base, _, _) in enumerate(letters) if base.lower() in _VOWELS and n != toned]
    if toned is None or not vowels:
        return word
    base, shape, tone = letters[toned]
    letters[toned] = (base, shape if rng.random() < 0.5 else "", "")
    other, other_shape, _ = letters[place := rng.choice(vowels)]
    letters[place] = (other, other_shape, tone)
    return "".join(base + shape + tone for base, shape, tone in letters)


def _telex(word: str, rng: random.Random) -> str:
    return _raw_keys(word, _TELEX, "d", whole=rng.random() < 0.5)


def _vni(word: str, rng: random.Random) -> str:
    return _raw_keys(word, _VNI, "9", whole=rng.random() < 0.5)


def _raw_keys(word: str, keys: dict[str, str], bar: str, *, whole: bool) -> str:
    """Return the keys that were hit for `word`: of its tone only, or of everything.

    `bar` is the key that makes a d a đ. A word without a tone is written out as a whole.
    """
    letters = [_parts(letter) for letter in word]
    tones = [tone for _, _, tone in letters if tone]
    typed = ""
    for base, shape, _ in letters:
        if not whole and tones:
            typed += base + shape
        elif base in "đĐ":
            typed += ("d" if base == "đ" else "D") + bar
        elif shape:
            key = keys[shape]
            typed += base + (base.lower() if key == _SAME_KEY else key)
        else:
            typed += base
    return typed + "".join(keys[tone] for tone in tones)


def _parts(letter: str) -> tuple[str, str, str]:
    """Return the base, the shape mark and the tone of one letter; "ề" → ("e", U+0302, U+0300).

    A letter with marks that Vietnamese doesn't know stays whole.
    """
    base, *marks = list(unicodedata.normalize("NFD", letter))
    if any(mark not in _VNI for mark in marks):
        return letter, "", ""
    shape = "".join(mark for mark in marks if mark not in _TONES)
    tone = "".join(mark for mark in marks if mark in _TONES)
    if len(shape) > 1 or len(tone) > 1:
        return letter, "", ""
    return base, shape, tone


_KINDS: tuple[Callable[[str, random.Random], str], ...] = (
    _neighbouring_key,
    _swapped,
    _missing,
    _doubled,
    _misplaced_tone,
    _telex,
    _vni,
)
