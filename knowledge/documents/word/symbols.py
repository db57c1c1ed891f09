"""The signs that Word sets in picture fonts, as characters that any font has."""

from __future__ import annotations

import re

from knowledge.documents.word.package import Element, value

_SYMBOL = dict(
    zip(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
        "¢£¤¥«¬\xad®¯°±²³´µ¶·¸¹º»¼ÅÆÇÈÎÏÐÒÓÔÕÖ×ØÙÚÛÜÞåò",
        "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖαβχδεφγηιϕκλμνοπθρστυϖωξψζ"
        "′≤⁄∞↔←↑→↓°±″≥×∝∂•÷≠≡≈…⊕∅∩∪∈∉∠®©™∏√⋅¬∧∨⇔⇐⇒∑∫",
        strict=True,
    )
)
_WINGDINGS = dict(
    zip("ünûýþ¨oqpl§¡Øàèßáâð(*«v\x81\x82\x83\x84\x85\x86\x87\x88\x89\x8a",
        "✓■✗☒☑☐☐☐☐●▪○➢→→←↑↓→☎✉★❖①②③④⑤⑥⑦⑧⑨⑩", strict=True)
)  # fmt: skip
_WINGDINGS_2 = dict(zip("OPQRST£", "✗✓☒☑☒☒☐", strict=True))
_FONTS = {"symbol": _SYMBOL, "wingdings": _WINGDINGS, "wingdings 2": _WINGDINGS_2}
_PRIVATE = re.compile("[\uf020-\uf0ff]")


def symbol_of(element: Element) -> str:
    """Return the sign that a `w:sym` names, "" for one without a character."""
    try:
        return shown(chr(int(value(element, "char"), 16)), value(element, "font"))
    except (ValueError, OverflowError):
        return ""


def shown(text: str, font: str) -> str:
    """Return `text` as a picture font shows it.

    Word keeps the bytes of such fonts in the private area of Unicode, those of old text fonts too.
    """
    table = _FONTS.get(font.casefold())
    if table is None:
        return _PRIVATE.sub(lambda match: chr(ord(match[0]) - 0xF000), text)
    return "".join(_sign(character, table) for character in text)


def _sign(character: str, table: dict[str, str]) -> str:
    if not _PRIVATE.match(character):
        return table.get(character, character)
    plain = chr(ord(character) - 0xF000)
    return table.get(plain, plain if table is _SYMBOL and plain.isascii() else "")
