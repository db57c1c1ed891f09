"""Text with its formatting: HTML, as Telegram's server parses and keeps it.

HTML is the one way of formatting here, as it is the bot's: the other parse modes and entities that
a bot gives itself are refused.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.sandbox.clean_text import cleaned, trimmed, without_blank
from bot.sandbox.entity_rules import fixed, merged
from bot.sandbox.errors import bad_request
from bot.sandbox.found_entities import found_entities
from bot.sandbox.html_parser import parse_html
from bot.sandbox.limits import ENTITIES

if TYPE_CHECKING:
    from bot.sandbox.values import Json

_WITHOUT_MODE = frozenset({"", "none"})
_ONLY_TELEGRAMS = frozenset({"markdown", "markdownv2"})
_HTML_ONLY = "the sandbox takes formatted texts as parse_mode HTML only"


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
    plain, kept = cleaned(text, fixed(parsed))
    plain, kept = trimmed(plain, fixed(without_blank(plain, kept)))
    kept = kept[:ENTITIES]
    return FormattedText(plain, without_blank(plain, merged(kept, found_entities(plain))))
