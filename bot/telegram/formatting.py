"""Texts as HTML for Telegram, cut and packed into messages by its own count of length."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.limits import MESSAGE_UNITS

if TYPE_CHECKING:
    from collections.abc import Iterable

_GAP = "\n\n"
_TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True, slots=True)
class HtmlBlock:
    """A piece of HTML that stays in one message, with the length Telegram counts.

    `units` are the UTF-16 code units of the text without its tags.
    """

    html: str
    units: int

    @classmethod
    def of(cls, marked: str) -> HtmlBlock:
        """Return a block of HTML, measured."""
        return cls(marked, utf16_units(html.unescape(_TAG.sub("", marked))))

    @classmethod
    def plain(cls, text: str, tag: str = "") -> HtmlBlock:
        """Return `text` escaped, inside `tag` if given."""
        escaped = escape(text)
        return cls(f"<{tag}>{escaped}</{tag}>" if tag else escaped, utf16_units(text))


def escape(text: object, limit: int | None = None) -> str:
    """Return a text, its beginning of at most `limit` units if given, with HTML's signs escaped."""
    shown = str(text) if limit is None else clip(str(text), limit)
    return html.escape(shown, quote=False)


def utf16_units(text: str) -> int:
    """Return the length of `text` as Telegram counts it."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def escape_line(text: str, limit: int) -> str:
    """Return a text on one line of at most `limit` units, with HTML's signs escaped."""
    return escape(" ".join(text.split()), limit)


def pack(blocks: Iterable[HtmlBlock], limit: int = MESSAGE_UNITS) -> list[str]:
    """Join blocks with blank lines into as few messages of at most `limit` units as fit in order.

    A block longer than `limit` is the caller's mistake: ValueError.
    """
    messages: list[str] = []
    current: list[str] = []
    units = 0
    for block in blocks:
        if block.units > limit:
            raise ValueError(f"a block must have at most {limit} units, got {block.units}")
        if current and units + len(_GAP) + block.units > limit:
            messages.append(_GAP.join(current))
            current, units = [], 0
        units += block.units + (len(_GAP) if current else 0)
        current.append(block.html)
    if current:
        messages.append(_GAP.join(current))
    return messages


def split_text(text: str, limit: int) -> list[str]:
    """Cut `text` into parts of at most `limit` units, at line ends or spaces if there are any."""
    parts: list[str] = []
    rest = text
    while utf16_units(rest) > limit:
        end = _fitting(rest, limit)
        place = max(rest.rfind("\n", 1, end + 1), rest.rfind(" ", end // 2, end + 1))
        end = place if place > 0 else end
        parts.append(rest[:end])
        rest = rest[end:].lstrip()
    return [*parts, rest] if rest or not parts else parts


def clip(text: str, limit: int) -> str:
    """Return `text`, or its beginning and dots, in at most `limit` units."""
    if utf16_units(text) <= limit:
        return text
    return text[: _fitting(text, limit - 1)].rstrip() + "…"


def _fitting(text: str, limit: int) -> int:
    """Return how many characters of `text` fit in `limit` units."""
    units = 0
    for count, character in enumerate(text):
        units += 2 if ord(character) > 0xFFFF else 1
        if units > limit:
            return count
    return len(text)
