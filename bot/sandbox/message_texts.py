"""Formatted texts of the bot as parts of a message's content, within Telegram's lengths."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.sandbox.errors import bad_request
from bot.sandbox.limits import CAPTION_UNITS, TEXT_UNITS
from bot.sandbox.markup import FormattedText, format_text
from bot.sandbox.utf16 import utf16_length

if TYPE_CHECKING:
    from bot.sandbox.values import Json


def text_content(asked: Json, field: str = "text") -> Json:
    """Return the content of a text message; ApiError 400 for an empty or too long one."""
    formatted = format_text(asked.get(field, ""), asked.get("parse_mode"), asked.get("entities"))
    if not formatted.text:
        raise bad_request("message text is empty")
    if utf16_length(formatted.text) > TEXT_UNITS:
        raise bad_request("message is too long")
    content = _content("text", "entities", formatted)
    if "link_preview_options" in asked:
        content["link_preview_options"] = asked["link_preview_options"]
    return content


def caption_content(asked: Json) -> Json:
    """Return the caption's part of a message's content; ApiError 400 for a too long one."""
    content: Json = {}
    if asked.get("show_caption_above_media"):
        content["show_caption_above_media"] = True
    if asked.get("has_spoiler"):
        content["has_media_spoiler"] = True
    if not asked.get("caption"):
        return content
    formatted = format_text(
        asked["caption"], asked.get("parse_mode"), asked.get("caption_entities")
    )
    if utf16_length(formatted.text) > CAPTION_UNITS:
        raise bad_request("message caption is too long")
    if formatted.text:
        content |= _content("caption", "caption_entities", formatted)
    return content


def _content(text_field: str, entities_field: str, formatted: FormattedText) -> Json:
    content: Json = {text_field: formatted.text}
    if formatted.entities:
        content[entities_field] = formatted.entities
    return content
