"""Texts as Telegram counts them: in UTF-16 code units."""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.sandbox.values import Json

_LAST_OF_ONE_UNIT = 0xFFFF


def utf16_length(text: str) -> int:
    """Return the length of `text` in UTF-16 code units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def utf16_offsets(text: str) -> Sequence[int]:
    """Return the offset of every character of `text`, and of its end, in UTF-16 code units."""
    if text.isascii() or max(text) <= "\uffff":
        return range(len(text) + 1)
    widths = (1 + (ord(character) > _LAST_OF_ONE_UNIT) for character in text)
    return list(accumulate(widths, initial=0))


def entity_text(text: str, entity: Json) -> str:
    """Return the part of a text that an entity covers."""
    units = text.encode("utf-16-le", "surrogatepass")
    start = 2 * int(entity["offset"])
    return units[start : start + 2 * int(entity["length"])].decode("utf-16-le", "replace")
