"""The signs that Word sets in picture fonts, as characters that any font has."""

from __future__ import annotations

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
_PRIVATE = range(0xF020, 0xF100)


def symbol(code: str, font: str) -> str:
    """Return the sign that `w:sym` names in hexadecimal, "" for one without a character."""
    try:
        return shown(chr(int(code, 16)), font)
    except (ValueError, OverflowError):
        return ""


def shown(text: str, font: str) -> str:
    """Return `text` as a picture font shows it.

    Word keeps the bytes of such fonts in the private area of Unicode, those of old text fonts too.
    """
    table = _FONTS.get(font.casefold())
    if table is None and not any(ord(c) in _PRIVATE for c in text):
        return text
    return "".join(_one(c, table or {}, is_text=table is None) for c in text)


def _one(character: str, table: dict[str, str], *, is_text: bool) -> str:
    if ord(character) not in _PRIVATE:
        return table.get(character, character)
    plain = chr(ord(character) - 0xF000)
    is_same = is_text or (table is _SYMBOL and plain.isascii())
    return table.get(plain, plain if is_same else "")
