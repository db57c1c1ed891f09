"""Turns the bytes of an article into text, trying the Vietnamese legacy encodings."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from embeddings.vietnamese import nfc
from knowledge.errors import ArticleError

if TYPE_CHECKING:
    from collections.abc import Callable

# The upper halves (bytes 0x80–0xFF) of TCVN 5712:1993 (ABC fonts) and VISCII (RFC 1456).
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

# VNI for Windows writes a base letter of code page 1252 and then a byte for the accents.
_VNI_MARKS = {
    "ù": "\u0301", "ø": "\u0300", "û": "\u0309", "õ": "\u0303", "ï": "\u0323", "â": "\u0302",
    "á": "\u0302\u0301", "à": "\u0302\u0300", "å": "\u0302\u0309", "ã": "\u0302\u0303",
    "ä": "\u0302\u0323", "ê": "\u0306", "é": "\u0306\u0301", "è": "\u0306\u0300",
    "ú": "\u0306\u0309", "ü": "\u0306\u0303", "ë": "\u0306\u0323",
}  # fmt: skip
_VNI_LETTERS = {"ñ": "đ", "ö": "ư", "ô": "ơ", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ"}
_VNI_PAIR = re.compile(f"([aeouyöô])([{''.join(_VNI_MARKS)}])", re.IGNORECASE)

# Syllables that stand in any Vietnamese prose: how a decoding is recognised as the right one.
_COMMON = frozenset(
    "của và là các những được trong không một cho với người này đã có để từ năm ngày đến về theo "
    "văn phòng công tác nhà nước tỉnh đồng việc làm thực hiện đảng ủy nhân dân quyết định".split()
)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_WORD = re.compile(r"[^\W\d_]+")
_MIN_COMMON_SHARE = 0.04


def decode(data: bytes) -> str:
    """Return the text of `data` in NFC with plain line breaks, without control characters.

    UTF-8 and UTF-16 (with a byte order mark) come first; then TCVN3, VNI, VISCII and code page
    1258, of which the one that yields the most common Vietnamese syllables is taken.

    Raises ArticleError for a binary file and for text in no known encoding.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return tidy(data.decode("utf-16"))
        except UnicodeDecodeError as error:
            raise ArticleError("tệp UTF-16 bị hỏng; hãy lưu lại tệp dưới dạng UTF-8") from error
    if b"\x00" in data:
        raise ArticleError(
            "tệp nhị phân, không phải văn bản; chỉ nhận .md, .txt và .html dạng văn bản"
        )
    try:
        return tidy(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        return tidy(_decode_legacy(data))


def _decode_legacy(data: bytes) -> str:
    candidates = [
        _from_tcvn(data.decode("latin-1")),
        _from_vni(data.decode("cp1252", errors="replace")),
        data.decode("latin-1").translate(_VISCII_TABLE),
        data.decode("cp1258", errors="replace"),
    ]
    best = max((nfc(text) for text in candidates), key=_common_share)
    if _common_share(best) < _MIN_COMMON_SHARE:
        raise ArticleError(
            "không nhận ra bảng mã (đã thử UTF-8, TCVN3, VNI, VISCII, Windows-1258); "
            "hãy lưu lại tệp dưới dạng UTF-8"
        )
    return best


def legacy_repair(sample: str) -> Callable[[str], str] | None:
    """Return what mends text typed in TCVN3 (".VnTime") or VNI fonts, or None when it is sound.

    Word and PDF files store such text as the code page 1252 characters that the font draws as
    Vietnamese; `sample` should be some hundred words of it.
    """
    share = _common_share(nfc(sample))  # never nought: "trong" and "cho" look the same in all
    repairs: tuple[Callable[[str], str], ...] = (_from_tcvn, _from_vni)
    best = max(repairs, key=lambda repair: _common_share(nfc(repair(sample))))
    repaired = _common_share(nfc(best(sample)))
    return best if repaired >= 2 * max(share, _MIN_COMMON_SHARE) else None


def unicode_text(text: str, font: str = "") -> str:  # noqa: ARG001
    """Return a run of text in tidy Unicode, whatever it was typed in.

    `font` is the name of the font that it is set in, if known: ".VnTime" and its kin tell TCVN3,
    "VNI-Times" and its kin VNI. Text that is correct Unicode comes back unchanged but for `tidy`.
    """
    repair = legacy_repair(text)
    return tidy(repair(text) if repair else text)


def _from_tcvn(text: str) -> str:
    return text.translate(_TCVN_TABLE)


def _from_vni(text: str) -> str:
    text = _VNI_PAIR.sub(lambda m: m.group(1) + _VNI_MARKS[m.group(2).lower()], text)
    for vni, letter in _VNI_LETTERS.items():
        text = text.replace(vni, letter).replace(vni.upper(), letter.upper())
    return text


def _common_share(text: str) -> float:
    words = _WORD.findall(text.lower())
    return sum(word in _COMMON for word in words) / len(words) if words else 0.0


def tidy(text: str) -> str:
    """Return `text` in NFC with plain line breaks, without control and invisible characters."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\xa0", " ")
    return nfc(_CONTROL.sub(" ", text.replace("\u200b", "").replace("\ufeff", "")))
