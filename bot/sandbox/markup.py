"""Text with its formatting: HTML, as Telegram's server parses, cleans and keeps it.

HTML is the one way of formatting here, as it is the bot's: the other parse modes and entities that
a bot gives itself are refused.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.sandbox.entity_rules import CODE, end, fixed, merged, ordered
from bot.sandbox.errors import bad_request
from bot.sandbox.found_entities import found_entities
from bot.sandbox.html_parser import parse_html
from bot.sandbox.limits import ENTITIES
from bot.sandbox.utf16 import utf16_length, utf16_offsets

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.sandbox.values import Json

_WITHOUT_MODE = frozenset({"", "none"})
_ONLY_TELEGRAMS = frozenset({"markdown", "markdownv2"})
_HTML_ONLY = "the sandbox takes formatted texts as parse_mode HTML only"
_DROPPED = re.compile("[\r\u2028-\u202e\u0333\u033f\u030a]")
_CONTROLS = {code: " " for code in range(32) if chr(code) not in "\n\r"}
_BLANK = " \n"  # after cleaning, Telegram trims only these
_KEPT_BLANK = frozenset({"text_link", *CODE})
"""What may begin or consist of white space."""

_BLANK_UNITS = (b" \0", b"\n\0")


@dataclass(frozen=True, slots=True)
class FormattedText:
    """A text and its entities, `MessageEntity` objects in order; offsets are UTF-16 units."""

    text: str
    entities: list[Json] = field(default_factory=list)


def format_text(
    text: str, parse_mode: str | None = None, entities: list[Json] | None = None
) -> FormattedText:
    """Return a bot's text as people see it, with what Telegram finds in it by itself.

    The text comes back cleaned and trimmed; it may be empty. Raises ApiError 400 for bad markup, an
    unknown mode, and formatting that Telegram takes but the sandbox doesn't.
    """
    mode = (parse_mode or "").lower()
    if mode in _ONLY_TELEGRAMS or entities:
        raise bad_request(_HTML_ONLY)
    parsed: list[Json] = []
    if mode == "html":
        text, parsed = parse_html(text)
    elif mode not in _WITHOUT_MODE:
        raise bad_request("unsupported parse_mode")
    plain, kept = _cleaned(text, fixed(parsed))
    plain, kept = _trimmed(plain, fixed(_without_blank(plain, kept)))
    kept = kept[:ENTITIES]
    return FormattedText(plain, _without_blank(plain, merged(kept, found_entities(plain))))


def _cleaned(text: str, entities: Sequence[Json]) -> tuple[str, list[Json]]:
    """Return a text without what Telegram drops, and its entities (in order) moved along.

    Control characters become spaces; carriage returns, marks of direction and lines through
    letters go.
    """
    offsets = utf16_offsets(text)
    dropped = [offsets[found.start()] for found in _DROPPED.finditer(text)]
    text = text.translate(_CONTROLS)
    if not dropped:
        return text, list(entities)
    moved: list[Json] = []
    for entity in entities:
        begin = entity["offset"] - bisect_left(dropped, entity["offset"])
        stop = end(entity) - bisect_left(dropped, end(entity))
        if stop > begin:
            moved.append({**entity, "offset": begin, "length": stop - begin})
    return _DROPPED.sub("", text), ordered(moved)


def _trimmed(text: str, entities: Sequence[Json]) -> tuple[str, list[Json]]:
    """Return a cleaned text without white space at its ends; links and code keep their own."""
    text = text.rstrip(_BLANK)
    length = utf16_length(text)
    kept = [
        {**entity, "length": min(end(entity), length) - entity["offset"]}
        for entity in entities
        if entity["offset"] < length
    ]
    first = kept[0]["offset"] if kept else length
    cut = min(len(text) - len(text.lstrip(_BLANK)), first)  # white space is one unit each
    moved = [{**entity, "offset": entity["offset"] - cut} for entity in kept]
    return text[cut:], ordered(moved)


def _without_blank(text: str, entities: Sequence[Json]) -> list[Json]:
    """Return entities of a cleaned text without those of white space alone.

    The others lose white space at their beginning, except links and code.
    """
    if not entities:
        return []
    units = text.encode("utf-16-le")
    keeping = {entity["offset"] for entity in entities if entity["type"] in _KEPT_BLANK}
    kept: list[Json] = []
    for entity in entities:
        begin, stop = entity["offset"], end(entity)
        if entity["type"] not in _KEPT_BLANK:
            while begin < stop and begin not in keeping and _is_blank(units, begin):
                begin += 1
            if all(_is_blank(units, place) for place in range(begin, stop)):
                continue
        kept.append({**entity, "offset": begin, "length": stop - begin})
    return ordered(kept)


def _is_blank(units: bytes, place: int) -> bool:
    return units[2 * place : 2 * place + 2] in _BLANK_UNITS
