"""Text with its formatting: the parse modes of the Bot API, and entities given by the bot.

HTML and MarkdownV2 are parsed as Telegram's server does, with its complaints. The legacy mode
`Markdown` is refused as an unsupported one: Telegram still takes it, the product never sends it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.sandbox.api_error import bad_request
from bot.sandbox.clean_text import cleaned, trimmed, without_blank
from bot.sandbox.entity_rules import GIVEN, fixed, merged, ordered
from bot.sandbox.found_entities import found_entities
from bot.sandbox.html_parser import HtmlParser
from bot.sandbox.limits import ENTITIES, ENTITY_PLACES
from bot.sandbox.links import checked_link
from bot.sandbox.markdown_parser import MarkdownParser

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bot.sandbox.api_error import ApiError
    from bot.sandbox.json_object import Json
    from bot.sandbox.schema.texts import MessageEntity

_FOUND = frozenset(
    "mention hashtag cashtag bot_command url email phone_number bank_card_number date_time".split()
)
_NEEDS = {"text_link": "url", "text_mention": "user", "custom_emoji": "custom_emoji_id"}
_OWN_FIELDS = {**_NEEDS, "pre": "language"}
_WITHOUT_MODE = frozenset({"", "none"})


@dataclass(frozen=True, slots=True)
class FormattedText:
    """A text and its entities, `MessageEntity` objects in order; offsets are UTF-16 units."""

    text: str
    entities: list[Json] = field(default_factory=list)


def format_text(
    text: str, parse_mode: str | None = None, entities: Sequence[MessageEntity] | None = None
) -> FormattedText:
    """Return a bot's text as people see it, with what Telegram finds in it by itself.

    A parse mode goes before given entities. The text comes back cleaned and trimmed; it may be
    empty. Raises ApiError 400 for bad markup, an unknown mode or entities that do not fit the text.
    """
    mode = (parse_mode or "").lower()
    if mode in _WITHOUT_MODE:
        parsed = FormattedText(text, _checked(entities or ()))
    elif mode == "html":
        parsed = parse_html(text)
    elif mode == "markdownv2":
        parsed = parse_markdown_v2(text)
    else:
        raise bad_request("unsupported parse_mode")
    plain, kept = cleaned(parsed.text, fixed(parsed.entities))
    plain, kept = trimmed(plain, fixed(without_blank(plain, kept)))
    kept = kept[:ENTITIES]
    return FormattedText(plain, without_blank(plain, merged(kept, found_entities(plain))))


def parse_html(text: str) -> FormattedText:
    """Return HTML as text and entities; raises ApiError 400 in Telegram's words."""
    plain, entities = HtmlParser(text).parse()
    return FormattedText(plain, ordered(entities))


def parse_markdown_v2(text: str) -> FormattedText:
    """Return MarkdownV2 as text and entities; raises ApiError 400 in Telegram's words."""
    plain, entities = MarkdownParser(text).parse()
    return FormattedText(plain, ordered(entities))


def _checked(entities: Iterable[MessageEntity]) -> list[Json]:
    """Return given entities without those that Telegram finds by itself."""
    kept: list[Json] = []
    for entity in entities:
        if entity.type in _FOUND:
            continue
        if entity.type not in GIVEN:
            raise _unreadable(
                "Unsupported type specified" if entity.type else "Type is not specified"
            )
        for name, value in (("offset", entity.offset), ("length", entity.length)):
            if not 0 <= value <= ENTITY_PLACES:
                raise bad_request(f"receive an entity with incorrect {name} {value}")
        shown = {"type": entity.type, "offset": entity.offset, "length": entity.length}
        if not _add_own_field(shown, entity) or not entity.length:
            continue
        kept.append(shown)
    return kept


def _add_own_field(shown: Json, entity: MessageEntity) -> bool:
    """Put in what a link, mention, emoji or code block brings; False when it can't be used."""
    name = _OWN_FIELDS.get(entity.type)
    if name is None:
        return True
    value = getattr(entity, name)
    if value in (None, ""):
        if entity.type in _NEEDS:
            raise _unreadable(f'Can\'t find field "{name}"')
        return True
    if entity.type == "text_link":
        value = checked_link(str(value))
    shown[name] = value
    return value is not None


def _unreadable(reason: str) -> ApiError:
    return bad_request(f"can't parse MessageEntity: {reason}")
