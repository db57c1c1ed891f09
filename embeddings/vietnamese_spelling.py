"""How a Vietnamese syllable is spelled: its letters and marks, and which syllables can exist."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from embeddings.vietnamese import fold

# Combining marks of the tones, with the key that types each in Telex and in VNI.
TONE_KEYS = {
    "\u0301": ("s", "1"),
    "\u0300": ("f", "2"),
    "\u0309": ("r", "3"),
    "\u0303": ("x", "4"),
    "\u0323": ("j", "5"),
}
# Toneless marked letters, with what types each in Telex and in VNI.
SHAPE_KEYS = {
    "ă": ("aw", "a8"),
    "â": ("aa", "a6"),
    "ê": ("ee", "e6"),
    "ô": ("oo", "o6"),
    "ơ": ("ow", "o7"),
    "ư": ("uw", "u7"),
    "đ": ("dd", "d9"),
}

# Onsets by what may follow. Before e, ê, i (y) the sounds of c, g, ng are written k, gh, ngh.
_ONSETS = frozenset(
    ["", *"b c ch d đ g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x".split()]
)
_ONLY_BEFORE_FRONT = frozenset({"k", "gh", "ngh"})
_NEVER_BEFORE_FRONT = frozenset({"c", "g", "ng"})
_FRONT = frozenset("eêiy")
# Rimes by their vowels; "-" is the open syllable. Grouped as in the tables of Đoàn Thiện Thuật,
# "Ngữ âm tiếng Việt" (1977), in today's orthography.
_RIMES = frozenset(
    vowels + ("" if coda == "-" else coda)
    for vowels, codas in {
        "a": "- c ch i m n ng nh o p t u y",
        "ă": "c m n ng p t",
        "â": "c m n ng p t u y",
        "e": "- c m n ng o p t",
        "ê": "- c ch m n ng nh p t u",
        "i": "- c ch m n ng nh p t u a",
        "iê": "c m n ng p t u",
        "yê": "m n ng t u",
        "o": "- c i m n ng p t a e",
        "oo": "c ng",
        "oa": "c ch i m n ng nh o p t y",
        "oă": "c m n ng p t",
        "oe": "m n o t",
        "ô": "- c i m n ng p t",
        "ôô": "ng",
        "ơ": "- i m n p t",
        "u": "- a c i m n ng p t y",
        "uâ": "n ng t y",
        "uê": "- ch n nh u",
        "uơ": "- n",
        "uy": "a ch n nh p t u",
        "uyê": "m n t",
        "uô": "c i m n ng t p",
        "ư": "- a c i m n ng t u",
        "ươ": "c i m n ng p t u",
        "y": "-",
    }.items()
    for coda in codas.split()
)
# After qu the glide belongs to the onset, so these rimes stand there without their u or o.
_RIMES_AFTER_QU = frozenset(
    "a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt ân âng ât ây e en eo et "
    "ê ên ênh êt êch ơ y yên yêt ynh yt ych i it ôc ơn eng âc ét".split()
)
_STOPS = ("c", "ch", "p", "t")
_FOLDED_ONSETS = frozenset(fold(onset) for onset in _ONSETS)
_FOLDED_RIMES = frozenset(fold(rime) for rime in _RIMES)
_FOLDED_RIMES_AFTER_QU = frozenset(fold(rime) for rime in _RIMES_AFTER_QU)
_LONGEST_SYLLABLE = 7  # "nghiêng"


@dataclass(frozen=True, slots=True)
class Marks:
    """The marks of a syllable: its tone ("" when level) and its marked letters without tone."""

    tone: str
    shapes: frozenset[str]

    def within(self, other: Marks) -> bool:
        """Tell whether these are some of `other`'s marks and none besides."""
        return self.tone in ("", other.tone) and self.shapes <= other.shapes


@lru_cache(maxsize=1 << 15)
def marks(syllable: str) -> Marks:
    """Return the marks of a lower-case syllable in NFC."""
    toneless, tone = _without_tone(syllable)
    return Marks(tone, frozenset(letter for letter in toneless if letter in SHAPE_KEYS))


@lru_cache(maxsize=1 << 15)
def is_vietnamese(syllable: str) -> bool:
    """Tell whether a lower-case NFC syllable may exist in Vietnamese, with its marks as they are.

    A generous rule (onset × rime × tone): it lets pass some syllables that no word has.
    """
    if len(syllable) > _LONGEST_SYLLABLE:
        return False
    toneless, tone = _without_tone(syllable)
    for cut in range(4):
        onset, rime = toneless[:cut], toneless[cut:]
        if onset not in _ONSETS or not _fits(onset, rime):
            continue
        if not rime.endswith(_STOPS) or tone in ("\u0301", "\u0323"):
            return True
    return False


@lru_cache(maxsize=1 << 15)
def is_folded_vietnamese(syllable: str) -> bool:
    """Tell whether a lower-case syllable without marks is one of Vietnamese with marks removed."""
    if len(syllable) > _LONGEST_SYLLABLE:
        return False
    if syllable.startswith("qu"):
        return syllable[2:] in _FOLDED_RIMES_AFTER_QU
    return any(
        syllable[:cut] in _FOLDED_ONSETS and syllable[cut:] in _FOLDED_RIMES for cut in range(4)
    ) or (syllable.startswith("gi") and syllable[1:] in _FOLDED_RIMES)


def _fits(onset: str, rime: str) -> bool:
    if onset == "qu":
        return rime in _RIMES_AFTER_QU
    if onset == "g" and rime in ("i", "in", "iêng", "iêc", "iêt", "iêm"):
        return True  # "gì", "gìn", "giếng": gi before i keeps one i
    if rime not in _RIMES:
        return False
    front = rime[0] in _FRONT and not rime.startswith("uy")
    return onset not in (_NEVER_BEFORE_FRONT if front else _ONLY_BEFORE_FRONT)


def _without_tone(syllable: str) -> tuple[str, str]:
    """Return the syllable in NFC without its tone mark, and that mark ("" when there is none)."""
    apart = unicodedata.normalize("NFD", syllable)
    tone = next((mark for mark in apart if mark in TONE_KEYS), "")
    if not tone:
        return syllable, ""
    return unicodedata.normalize("NFC", "".join(c for c in apart if c not in TONE_KEYS)), tone
