"""Text with its formatting: the parse modes of the Bot API, and entities given by the bot.

HTML is parsed as Telegram's server does (tdlib/td, `MessageEntity.cpp`, `parse_html`), with its
complaints. Markdown modes are refused: the product never uses them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.sandbox.api_error import bad_request
from bot.sandbox.found_entities import found_entities
from bot.sandbox.html_parser import HtmlParser

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.sandbox.json_object import Json
    from bot.sandbox.schema.texts import MessageEntity

_MOST_ENTITIES = 100
_UTF16 = "utf-16-le"
# Which of several entities over the same stretch is the outer one.
_OUTER_FIRST = (
    "blockquote expandable_blockquote text_link text_mention bold italic underline strikethrough "
    "spoiler custom_emoji pre code"
).split()
_GIVEN = frozenset(_OUTER_FIRST)


@dataclass(frozen=True, slots=True)
class FormattedText:
    """A text and its entities, `MessageEntity` objects in order; offsets are UTF-16 units."""

    text: str
    entities: list[Json] = field(default_factory=list)


def format_text(
    text: str, parse_mode: str | None = None, entities: Sequence[MessageEntity] | None = None
) -> FormattedText:
    """Return a bot's text as people see it, with what Telegram finds in it by itself.

    A parse mode goes before given entities. Raises ApiError 400 for bad markup, an unknown mode or
    entities that do not fit the text.
    """
    if parse_mode:
        if parse_mode.lower() != "html":
            raise bad_request("unsupported parse_mode")
        formatted = parse_html(text)
    else:
        given = _checked(text, entities or ())
        formatted = FormattedText(text, given)
    trimmed = _trimmed(formatted)
    kept = trimmed.entities
    return FormattedText(
        trimmed.text, _in_order([*kept, *found_entities(trimmed.text, taken=kept)])[:_MOST_ENTITIES]
    )


def parse_html(text: str) -> FormattedText:
    """Return HTML as text and entities; raises ApiError 400 in Telegram's words."""
    parser = HtmlParser(text)
    plain, entities = parser.parse()
    return FormattedText(plain, _in_order(entities))


def _checked(text: str, entities: Sequence[MessageEntity]) -> list[Json]:
    """Return given entities that fit, without those that Telegram finds by itself."""
    units = len(text.encode(_UTF16)) // 2
    kept: list[Json] = []
    for entity in entities:
        if entity.length <= 0 or entity.offset < 0 or entity.offset >= units:
            continue
        if entity.offset + entity.length > units:
            raise bad_request(
                f"entity beginning at UTF-16 offset {entity.offset} ends after the end of the text "
                f"at UTF-16 offset {entity.offset + entity.length}"
            )
        if entity.type in _GIVEN:
            kept.append(entity.model_dump(exclude_none=True))
    return kept


def _trimmed(formatted: FormattedText) -> FormattedText:
    """Take white space off both ends, as Telegram does, and let the entities shrink with it."""
    text = formatted.text.rstrip()
    start = len(text) - len(text.lstrip())
    cut = len(text[:start].encode(_UTF16)) // 2
    text = text[start:]
    units = len(text.encode(_UTF16)) // 2
    kept: list[Json] = []
    for entity in formatted.entities:
        begin = max(entity["offset"] - cut, 0)
        end = min(entity["offset"] + entity["length"] - cut, units)
        if end > begin:
            kept.append({**entity, "offset": begin, "length": end - begin})
    return FormattedText(text, kept)


def _in_order(entities: list[Json]) -> list[Json]:
    def key(entity: Json) -> tuple[int, int, int]:
        kind = entity["type"]
        rank = _OUTER_FIRST.index(kind) if kind in _GIVEN else len(_OUTER_FIRST)
        return (entity["offset"], -entity["length"], rank)

    return sorted(entities, key=key)
