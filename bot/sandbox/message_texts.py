"""Formatted texts of the bot as parts of a message's content, within Telegram's lengths."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.sandbox.api_error import ApiError
from bot.sandbox.limits import CAPTION_UNITS, TEXT_UNITS
from bot.sandbox.markup import FormattedText, format_text
from bot.sandbox.utf16 import utf16_length

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.sandbox.json_object import Json

_CAPTION_FIELDS = frozenset({"caption", "caption_entities", "show_caption_above_media"})


def text_content(text: str, parse_mode: str | None, entities: Sequence[Any] | None) -> Json:
    """Return the content of a text message; ApiError 400 for an empty or too long one."""
    formatted = format_text(text, parse_mode, entities)
    if not formatted.text:
        raise ApiError(400, "Bad Request: message text is empty")
    if utf16_length(formatted.text) > TEXT_UNITS:
        raise ApiError(400, "Bad Request: message is too long")
    return _content("text", "entities", formatted)


def caption_content(
    caption: str | None, parse_mode: str | None, entities: Sequence[Any] | None
) -> Json:
    """Return the caption's part of a message's content; ApiError 400 for a too long one."""
    if not caption:
        return {}
    formatted = format_text(caption, parse_mode, entities)
    if utf16_length(formatted.text) > CAPTION_UNITS:
        raise ApiError(400, "Bad Request: message caption is too long")
    return _content("caption", "caption_entities", formatted) if formatted.text else {}


def without_caption(content: Json) -> Json:
    """Return a message's content without its caption."""
    return {name: value for name, value in content.items() if name not in _CAPTION_FIELDS}


def _content(text_field: str, entities_field: str, formatted: FormattedText) -> Json:
    content: Json = {text_field: formatted.text}
    if formatted.entities:
        content[entities_field] = list(formatted.entities)
    return content
