"""Turns bytes, and text typed in the fonts of the time before Unicode, into Unicode."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING

from embeddings.vietnamese import nfc
from embeddings.vietnamese_spelling import is_vietnamese
from knowledge.articles.characters import tidy
from knowledge.errors import ArticleError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

# The upper halves (bytes 0x80–0xFF) of TCVN 5712:1993 and VISCII (RFC 1456).
_TCVN = (
    "ÀẢÃÁẠẶẬÈẺẼÉẸỆÌỈĨÍỊÒỎÕÓỌỘỜỞỠỚỢÙỦŨ"
    "\u00a0ĂÂÊÔƠƯĐăâêôơưđẰ\u0300\u0309\u0303\u0301\u0323àảãáạẲằẳẵắẴ"
    "ẮẦẨẪẤỀặầẩẫấậèỂẻẽéẹềểễếệìỉỄẾỒĩíịò"
    "ỔỏõóọồổỗốộờởỡớợùỖủũúụừửữứựỳỷỹýỵỐ"
)
_VISCII = (
    "ẠẮẰẶẤẦẨẬẼẸẾỀỂỄỆỐỒỔỖỘỢỚỜỞỊỎỌỈỦŨỤỲ"
    "ÕắằặấầẩậẽẹếềểễệốồổỗỠƠộờởịỰỨỪỬơớƯ"
    "ÀÁÂÃẢĂẳẵÈÉÊẺÌÍĨỳĐứÒÓÔạỷừửÙÚỹỵÝỡư"
    "àáâãảăữẫèéêẻìíĩỉđựòóôõỏọụùúũủýợỮ"
)
_TCVN_TABLE = dict(enumerate(_TCVN, 0x80))
_VISCII_TABLE = dict(enumerate(_VISCII, 0x80)) | {
    0x02: "Ẳ", 0x05: "Ẵ", 0x06: "Ẫ", 0x14: "Ỷ", 0x19: "Ỹ", 0x1E: "Ỵ",
}  # fmt: skip
# What the ABC fonts (".VnTime") draw: capitals with a tone are in fonts of their own (".VnTimeH").
_ABC_TABLE = {
    code: letter
    for code, letter in _TCVN_TABLE.items()
    if code > 0xA0 and (letter.islower() or letter in "ĂÂÊÔƠƯĐ")
}

# VNI for Windows writes a base letter of code page 1252 and then a byte for the accents.
_VNI_MARKS = {
    "ù": "\u0301", "ø": "\u0300", "û": "\u0309", "õ": "\u0303", "ï": "\u0323", "â": "\u0302",
    "á": "\u0302\u0301", "à": "\u0302\u0300", "å": "\u0302\u0309", "ã": "\u0302\u0303",
    "ä": "\u0302\u0323", "ê": "\u0306", "é": "\u0306\u0301", "è": "\u0306\u0300",
    "ú": "\u0306\u0309", "ü": "\u0306\u0303", "ë": "\u0306\u0323",
}  # fmt: skip
_VNI_LETTERS = {"ñ": "đ", "ö": "ư", "ô": "ơ", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ"}
_VNI_PAIR = re.compile(f"([aeouyöô])([{''.join(_VNI_MARKS)}])", re.IGNORECASE)

# UTF-8 that was taken for code page 1252 ("VÄƒn phÃ²ng").
_CP1252 = {bytes([n]).decode("cp1252", "ignore") or chr(n): n for n in range(0x80, 0x100)}
_TRAIL = "".join(re.escape(char) for char, byte in _CP1252.items() if byte < 0xC0)
_TAKEN_WRONGLY = re.compile(f"[\u00c2-\u00f4][{_TRAIL}]{{1,3}}")

# Syllables that stand in any Vietnamese prose: which of two readings is the likelier one.
_COMMON = frozenset(
    "của và là các những được trong không một cho với người này đã có để từ năm ngày đến về theo "
    "văn phòng công tác nhà nước tỉnh đồng việc làm thực hiện đảng ủy nhân dân quyết định".split()
)
_ONLY_UNICODE = re.compile("[ĂăĐđĨĩŨũƠơƯưẠ-ỹ\u0300\u0301\u0303\u0309\u0323]")
_LEGACY_WORD = re.compile(r"(?:[^\W\d_]|[\u00a1-\u00ff])+")
_LETTERS = re.compile(r"[^\W\d_]+")
_ABBREVIATION = re.compile("[A-ZĐƯ]{1,6}")  # "QĐ", "UBND"
_SYMBOL_IN_WORD = re.compile(r"[^\w\s][A-Za-z]|[A-Za-z]µ")
_MIN_VALID_SHARE = 0.7

_SUBSET = re.compile(r"[A-Z]{6}\+")  # before the name of a font in a PDF
_VNI_FONT = re.compile(r"(?i:vni)(?![a-z])")
_ABC_FONT = re.compile(r"(?i:\.vn|vn[a-z])")
_CAPITALS_FONT = re.compile(r"\.?V[nN][\w ]*H\b")
_ABC, _VNI = ".VnTime", "VNI-Times"


def decode(data: bytes) -> str:
    """Return the text of `data` in tidy Unicode (see `tidy`).

    UTF-8 and UTF-16 (with a byte order mark) come first. The lines that are no UTF-8 are in TCVN3,
    VNI, VISCII or code page 1258: in what makes the most of their words Vietnamese ones. A line of
    UTF-8 may have been typed for an old font (see `unicode_text`).

    Raises ArticleError for a binary file and for text in no known encoding.
    """
    lines = decode_only(data).split("\n")
    font = usual_font(lines)
    return "\n".join(unicode_text(line, font) for line in lines)


def decode_only(data: bytes, declared: str = "") -> str:
    """Return the text of `data` as `decode` does, but not tidy: its runs are to be looked at yet.

    A `declared` encoding is tried with the old ones, and taken where none of them makes Vietnamese
    words.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            text = data.decode("utf-16")
        except UnicodeDecodeError as error:
            raise ArticleError("tệp UTF-16 bị hỏng; hãy lưu lại tệp dưới dạng UTF-8") from error
    elif b"\x00" in data:
        raise ArticleError(
            "tệp nhị phân, không phải văn bản; chỉ nhận .md, .txt và .html dạng văn bản"
        )
    else:
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = _decode_lines(data, declared)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _decode_lines(data: bytes, declared: str) -> str:
    """Decode a file that is not, or not all, in UTF-8."""
    lines = re.split(b"\r\n?|\n", data.removeprefix(b"\xef\xbb\xbf"))
    texts = [_utf_8(line) for line in lines]
    others = b"\n".join(line for line, text in zip(lines, texts, strict=True) if text is None)
    decoded = iter(_decode_legacy(others, declared).split("\n"))
    return "\n".join(text if text is not None else next(decoded) for text in texts)


def _utf_8(line: bytes) -> str | None:
    try:
        return line.decode()
    except UnicodeDecodeError:
        return None


def _decode_legacy(data: bytes, declared: str) -> str:
    stated = _declared_text(data, declared)
    western = data.decode("cp1252", errors="replace")
    candidates = [
        *([stated] if stated is not None else []),
        western.translate(_ABC_TABLE),
        data.decode("latin-1").translate(_TCVN_TABLE),
        _from_vni(western),
        data.decode("latin-1").translate(_VISCII_TABLE),
        data.decode("cp1258", errors="replace"),
    ]
    best = max((nfc(text) for text in candidates), key=_likelihood)
    if _likelihood(best)[0] < _MIN_VALID_SHARE:
        if stated is not None:
            return stated
        raise ArticleError(
            "không nhận ra bảng mã (đã thử UTF-8, TCVN3, VNI, VISCII, Windows-1258); "
            "hãy lưu lại tệp dưới dạng UTF-8"
        )
    return best


def _declared_text(data: bytes, declared: str) -> str | None:
    try:
        return data.decode(declared) if declared else None
    except (LookupError, UnicodeDecodeError):  # a wrong declaration is none
        return None


def _likelihood(text: str) -> tuple[float, float]:
    """Return the share of the marked words that are Vietnamese, and of all that are common."""
    words = _LETTERS.findall(text.lower())
    marked = [word for word in words if not word.isascii()]
    valid = sum(map(is_vietnamese, marked)) / len(marked) if marked else 0.0
    return valid, sum(word in _COMMON for word in words) / max(len(words), 1)


@dataclass(frozen=True, slots=True)
class _Reading:
    """Words of an old font as another reading has them, and what speaks for it.

    `gains` counts words that become Vietnamese ones, `losses` those that were, `odd` the changed
    ones that are none in either reading.
    """

    font: str
    gains: int = 0
    losses: int = 0
    odd: int = 0
    certain: bool = False
    whole: bool = False
    likelier: bool = True

    @property
    def convinces(self) -> bool:
        """Tell whether the words alone show that they were typed in this font."""
        return (
            self.gains > max(3 * self.losses, self.odd)
            or (self.gains > 0 and self.gains == self.odd and not self.losses)
        ) and (self.gains > 1 or self.certain or self.whole)


def unicode_text(text: str, font: str = "") -> str:
    """Return a run of text in tidy Unicode, whatever it was typed in.

    `font` is the name of the font that it is set in, if known, or what `usual_font` says of the
    document: ".VnTime" and its kin tell TCVN3, "VNI-Times" and its kin VNI; it decides where the
    words could be either. A run must hold whole words. Text that is correct Unicode comes back
    unchanged but for `tidy`, whatever the font: a word that cannot be legacy text speaks for all.
    """
    return tidy(_from_legacy(text, _SUBSET.sub("", font)))


def usual_font(texts: Iterable[str]) -> str:
    """Return the old font that most of `texts` (lines, cells) were typed for, "" for none."""
    counts = {"": 0, _ABC: 0, _VNI: 0}
    for text in texts:
        if _ONLY_UNICODE.search(text):
            counts[""] += 1
        elif _has_legacy_words(text):
            best = _best_reading(text, "")
            if best.convinces:
                counts[best.font] += 1
    return max(counts, key=lambda font: counts[font])


def _from_legacy(text: str, font: str) -> str:
    capitals = _CAPITALS_FONT.match(font) is not None
    if text.isascii():
        return text.upper() if capitals else text
    text = nfc(_from_utf_8_taken_wrongly(text))
    if _ONLY_UNICODE.search(text):
        if not _has_legacy_words(text):
            return text
        stretches = groupby(re.split(r"(\s+)", text), key=lambda w: bool(_ONLY_UNICODE.search(w)))
        return "".join(
            "".join(words) if sure else _stretch("".join(words), "", among_unicode=True)
            for sure, words in stretches
        )
    decoded = _stretch(text, font)
    return decoded.upper() if capitals else decoded


def _stretch(text: str, font: str, *, among_unicode: bool = False) -> str:
    """Return words without a letter that only Unicode has, decoded if they are legacy text."""
    if text.isascii():
        return text
    best = _best_reading(text, font)
    if _is_legacy_font(font):
        decodes = best.gains >= best.losses and best.likelier
    else:
        decodes = best.convinces and (not among_unicode or best.gains > 1 or best.certain)
    return _decoded(text, best.font) if decodes else text


def _is_legacy_font(font: str) -> bool:
    return bool(_ABC_FONT.match(font) or _VNI_FONT.match(font))


def _best_reading(text: str, font: str) -> _Reading:
    order = (_VNI, _ABC) if _VNI_FONT.match(font) else (_ABC, _VNI)
    readings = [_read(text, name) for name in order]
    if _is_legacy_font(font):
        return max(readings, key=lambda reading: reading.gains - reading.losses)
    return max(readings, key=lambda reading: reading.gains - reading.losses - reading.odd)


def _read(text: str, font: str) -> _Reading:
    gains = losses = odd = common = 0
    certain = False
    words = list(_legacy_words(text))
    every = bool(words)
    for match in words:
        word = match[0]
        decoded = _decoded_word(word, font)
        before, after = _is_vietnamese(word), _is_vietnamese(decoded)
        abbreviates = not after and _ABBREVIATION.fullmatch(decoded) is not None
        every = every and (after or abbreviates)
        if word == decoded or abbreviates:
            continue
        common += (decoded.lower() in _COMMON) - (word.lower() in _COMMON)
        gains += after and not before
        losses += before and not after
        odd += not before and not after
        certain = certain or (after and not before and bool(_SYMBOL_IN_WORD.search(word)))
    whole = every and len(words) > 1
    return _Reading(font, gains, losses, odd, certain, whole, likelier=gains > 0 or common >= 0)


def _legacy_words(text: str) -> Iterator[re.Match[str]]:
    """Yield the words that may be legacy text: not "½", "×" or what stands behind a figure."""
    for match in _LEGACY_WORD.finditer(text):
        word, before = match[0], text[max(0, match.start() - 2) : match.start()]
        if word.isascii() or match.span() == (0, len(text)):
            yield match
        elif len(word) == 1 and not (word.isalpha() and word != "µ"):
            continue
        elif not (before[-1:].isdigit() and _is_sign(word[0])) and not (
            before.strip()[-1:].isdigit() and word[0] == "µ" and len(word) <= 3
        ):
            yield match


def _is_sign(char: str) -> bool:
    return char == "µ" or not char.isalpha()


@lru_cache(maxsize=1 << 15)
def _decoded_word(word: str, font: str) -> str:
    return nfc(_DECODERS[font](word))


def _has_legacy_words(text: str) -> bool:
    return any(_may_be_legacy(match[0]) for match in re.finditer(r"\S+", text))


@lru_cache(maxsize=1 << 15)
def _may_be_legacy(word: str) -> bool:
    """Tell whether a word without blanks could only be right if it was typed in an old font."""
    return not (word.isascii() or _ONLY_UNICODE.search(word) or _is_vietnamese(word))


@lru_cache(maxsize=1 << 15)
def _is_vietnamese(word: str) -> bool:
    parts = _LETTERS.findall(word.lower())
    return bool(parts) and all(map(is_vietnamese, parts))


def _decoded(text: str, font: str) -> str:
    pieces: list[str] = []
    end = 0
    for match in _legacy_words(text):
        pieces += text[end : match.start()], _decoded_word(match[0], font)
        end = match.end()
    decoded = "".join(pieces) + text[end:]
    typed = [char for char in text if char.isascii() and char.isalpha()]
    in_capitals = font == _ABC and len(typed) > 1 and "".join(typed).isupper()
    return nfc(decoded.upper() if in_capitals else decoded)


def _from_abc(text: str) -> str:
    decoded = text.translate(_ABC_TABLE)
    ascii_letters = [char for char in text if char.isascii()]
    in_capitals = len(ascii_letters) > 1 and "".join(ascii_letters).isupper()
    return decoded.upper() if in_capitals else decoded


def _from_vni(text: str) -> str:
    text = _VNI_PAIR.sub(lambda m: m.group(1) + _VNI_MARKS[m.group(2).lower()], text)
    for vni, letter in _VNI_LETTERS.items():
        text = text.replace(vni, letter).replace(vni.upper(), letter.upper())
    return text


_DECODERS: dict[str, Callable[[str], str]] = {_ABC: _from_abc, _VNI: _from_vni}


def _from_utf_8_taken_wrongly(text: str) -> str:
    matches = list(_TAKEN_WRONGLY.finditer(text))
    if not matches or (len(matches) == 1 and len(matches[0][0]) < 3) or _ONLY_UNICODE.search(text):
        return text
    try:
        mended = _TAKEN_WRONGLY.sub(
            lambda match: bytes(_CP1252[char] for char in match[0]).decode(), text
        )
    except UnicodeDecodeError:
        return text
    return mended if _ONLY_UNICODE.search(nfc(mended)) else text
