"""Mends characters that cannot be seen, look like others, or are put together in an odd way."""

from __future__ import annotations

import re
import unicodedata

from embeddings.vietnamese import nfc
from embeddings.vietnamese_spelling import is_vietnamese

_LINE_BREAK = re.compile("\r\n|[\r\x0c\x85\u2028\u2029]")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f]")
_SPACE = re.compile("[\xa0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_HYPHEN = re.compile("[\u2010\u2011]")
# Soft hyphens, joiners, marks of direction, byte order marks, fillers, tags.
_INVISIBLE = re.compile(
    "[\xad\u034f\u061c\u115f\u1160\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\U000e0000-\U000e007f]"
)
# Ligatures, full-width forms and the bold or italic letters of mathematics.
_FORM = re.compile("[\ufb00-\ufb06\uff01-\uff5e\U0001d400-\U0001d7ff]")
# Bullets that Word and PDF programs take from the fonts Symbol and Wingdings.
_BULLETS = str.maketrans(dict.fromkeys("\uf0a7\uf0b7\uf0d8\uf076\uf06c\uf06e\uf0fc\uf0e0", "•"))
_TONE_BEFORE_SHAPE = re.compile("([\u0300\u0301\u0303\u0309])([\u0302\u0306\u031b])")
_MARKS = re.compile("[\u0300-\u036f]")

_LOOK_ALIKES = {
    "АВЕЅІЈКМНОРСТУХаеѕіјорсухѵԛԝ": "ABESIJKMHOPCTYXaesijopcyxvqw",
    "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧοινρυ": "ABEZHIKMNOPTYXoivpu",
}
_LOOK_ALIKE = str.maketrans("".join(_LOOK_ALIKES), "".join(_LOOK_ALIKES.values()))
_LOOKS_LATIN = re.compile(f"[{''.join(_LOOK_ALIKES)}]")
_CYRILLIC_OR_GREEK = re.compile("[\u0370-\u052f]")
_LATIN = re.compile("[A-Za-z\u00c0-\u024f\u1e00-\u1eff]")
_WORD = re.compile("[^\\W\\d_][^\\W\\d_\u0300-\u036f]*")
_ETH = str.maketrans("ÐðƉɖ", "ĐđĐđ")
_HAS_ETH = re.compile("[ÐðƉɖ]")


def tidy(text: str) -> str:
    """Return `text` in NFC with plain breaks, spaces, hyphens and without invisible characters.

    Ligatures and full-width letters become plain ones; a letter of another alphabet that looks like
    a Latin one becomes it inside an otherwise Latin word.
    """
    text = _CONTROL.sub(" ", _LINE_BREAK.sub("\n", text))
    if text.isascii():
        return text
    text = _INVISIBLE.sub("", _SPACE.sub(" ", _HYPHEN.sub("-", text))).translate(_BULLETS)
    text = nfc(_FORM.sub(lambda match: unicodedata.normalize("NFKC", match[0]), text))
    if _LOOKS_LATIN.search(text):
        text = "\n".join(map(_without_look_alikes, text.split("\n")))
    if _HAS_ETH.search(text):
        text = _WORD.sub(lambda match: _with_d(match[0]), text)
    if _MARKS.search(text):
        apart = unicodedata.normalize("NFD", text)
        text = nfc(_TONE_BEFORE_SHAPE.sub(r"\2\1", apart))
    return text


def _without_look_alikes(line: str) -> str:
    words = [match[0] for match in _WORD.finditer(line)]
    foreign = any(len(word) > 1 and not _LATIN.search(word) for word in words)

    def mended(match: re.Match[str]) -> str:
        word = match[0].translate(_LOOK_ALIKE)
        latin = _LATIN.search(match[0]) or (len(match[0]) == 1 and not foreign)
        return word if latin and not _CYRILLIC_OR_GREEK.search(word) else match[0]

    return _WORD.sub(mended, line) if _LATIN.search(line) else line


def _with_d(word: str) -> str:
    """Write đ for what looks like it, in a Vietnamese syllable or an abbreviation ("NĐ")."""
    mended = word.translate(_ETH)
    if is_vietnamese(nfc(mended).lower()) or (word.isupper() and _ETH_AND_ASCII.fullmatch(word)):
        return mended
    return word


_ETH_AND_ASCII = re.compile("[A-ZÐƉ]+")
