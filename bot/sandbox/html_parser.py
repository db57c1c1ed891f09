"""Parses the Bot API's HTML as Telegram's server does (tdlib/td, `MessageEntity.cpp`)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NoReturn

from bot.sandbox.entity_rules import ordered
from bot.sandbox.errors import bad_request
from bot.sandbox.links import checked_link, linked_user
from bot.sandbox.utf16 import utf16_length

if TYPE_CHECKING:
    from bot.sandbox.values import Json

_KINDS = {
    "b": "bold", "strong": "bold", "i": "italic", "em": "italic",
    "u": "underline", "ins": "underline", "s": "strikethrough", "strike": "strikethrough",
    "del": "strikethrough", "tg-spoiler": "spoiler", "span": "spoiler", "code": "code",
    "pre": "pre", "blockquote": "blockquote", "a": "text_link", "tg-emoji": "custom_emoji",
}  # fmt: skip
_CHARACTERS = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_REFERENCE = re.compile(
    r"&(?:#x(?P<hex>[0-9a-fA-F]{1,6})(?![0-9a-fA-F])|#(?P<decimal>[0-9]{1,7})(?![0-9])"
    r"|(?P<name>lt|gt|amp|quot)(?![A-Za-z]));?"
)
_PLAIN = re.compile(r"[^<&]+")
_SPACES = " \t\r\n\0\v"
_SPACE = re.compile(r"[ \t\r\n\0\v]*")
_TAG_NAME = re.compile(r"[^ \t\r\n\0\v>]*")
_ATTRIBUTE_NAME = re.compile(r"[^ \t\r\n\0\v=>/\"']*")
_TOKEN = re.compile(r"[A-Za-z0-9.-]*")
_EMOJI_ID = re.compile(r"-?[0-9]{1,19}")
_LANGUAGE = "language-"
_CLASS = "tg-"


@dataclass(slots=True)
class _Open:
    """A tag whose end has not come; `argument` is its address, language, class or emoji."""

    name: str
    begin: int
    text_begin: int
    argument: str = ""


def parse_html(source: str) -> tuple[str, list[Json]]:
    """Return the plain text and its entities, in order; ApiError 400 in Telegram's words."""
    text, entities = _HtmlParser(source).parse()
    return text, ordered(entities)


class _HtmlParser:
    """One text; `parse` may be called once."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._at = 0
        self._text: list[str] = []
        self._units = 0
        self._open: list[_Open] = []
        self._entities: list[Json] = []

    def parse(self) -> tuple[str, list[Json]]:
        """Return the plain text and its entities, as they end."""
        source = self._source
        while self._at < len(source):
            if plain := _PLAIN.match(source, self._at):
                self._add(plain.group())
                self._at = plain.end()
            elif source[self._at] == "&":
                character, self._at = _reference(source, self._at)
                self._add(character)
            elif source.startswith("</", self._at):
                self._end_tag()
            else:
                self._start_tag()
        if self._open:
            self._fail(f'Can\'t find end tag corresponding to start tag "{self._open[-1].name}"')
        for entity in self._entities:
            if entity["type"] == "code":
                entity.pop("language", None)  # it counts only inside `pre`
        text = "".join(self._text)
        if any("\ud800" <= character <= "\udfff" for character in text):
            self._fail(
                "Text contains invalid Unicode characters after decoding HTML entities, "
                "check for unmatched surrogate code units"
            )
        return text, self._entities

    def _add(self, text: str) -> None:
        self._text.append(text)
        self._units += utf16_length(text)

    def _start_tag(self) -> None:
        begin = self._at
        self._at += 1
        name = self._take(_TAG_NAME).lower()
        if not self._here():
            self._fail_at(begin, "Unclosed start tag")
        if name not in _KINDS:
            self._fail_at(begin, f'Unsupported start tag "{name}"')
        tag = _Open(name, self._units, len(self._text))
        while self._here() != ">":
            self._take(_SPACE)
            if self._here() == ">":
                break
            self._attribute(tag, begin)
        self._at += 1
        if name == "span" and tag.argument != "spoiler":
            self._fail_at(begin, 'Tag "span" must have class "tg-spoiler"')
        self._open.append(tag)

    def _attribute(self, tag: _Open, begin: int) -> None:
        name = self._take(_ATTRIBUTE_NAME)
        if not name:
            self._fail_at(begin, f'Empty attribute name in the tag "{tag.name}"')
        unclosed = f'Unclosed start tag "{tag.name}"'
        self._take(_SPACE)
        value = ""
        if not self._here():
            self._fail_at(begin, unclosed)
        if self._here() == "=":
            self._at += 1
            self._take(_SPACE)
            if not self._here():
                self._fail_at(begin, unclosed)
            value = self._value()
            if not self._here():
                self._fail_at(begin, "Unclosed start tag")
        elif name != "expandable":
            return
        match tag.name, name:
            case ("a", "href") | ("tg-emoji", "emoji-id"):
                tag.argument = value
            case ("code", "class") if value.startswith(_LANGUAGE):
                tag.argument = value.removeprefix(_LANGUAGE)
            case ("span", "class") if value.startswith(_CLASS):
                tag.argument = value.removeprefix(_CLASS)
            case ("blockquote", "expandable"):
                tag.argument = name

    def _value(self) -> str:
        quote = self._here()
        if quote in "'\"":
            self._at += 1
            value = self._decoded_until(quote)
            self._at += 1
            return value
        begin = self._at
        value = self._take(_TOKEN).lower()
        if self._here() and self._here() not in _SPACES + ">":
            self._fail_at(begin, "Unexpected end of name token")
        return value

    def _decoded_until(self, quote: str) -> str:
        value: list[str] = []
        while (character := self._here()) and character != quote:
            if character == "&":
                character, self._at = _reference(self._source, self._at)
            else:
                self._at += 1
            value.append(character)
        return "".join(value)

    def _end_tag(self) -> None:
        begin = self._at
        if not self._open:
            self._fail_at(begin, "Unexpected end tag")
        self._at += 2
        name = self._take(_TAG_NAME).lower()
        self._take(_SPACE)
        if self._here() != ">":
            self._fail_at(begin, "Unclosed end tag")
        self._at += 1
        tag = self._open.pop()
        if name and name != tag.name:  # `</>` ends whatever is open
            expected = f', expected "</{tag.name}>", found "</{name}>"'
            self._fail_at(begin, "Unmatched end tag", expected)
        if self._units > tag.begin:
            self._close(tag)

    def _close(self, tag: _Open) -> None:
        entity: Json = {
            "type": _KINDS[tag.name],
            "offset": tag.begin,
            "length": self._units - tag.begin,
        }
        last = self._entities[-1] if self._entities else {}
        inside = (
            last if last.items() >= {k: entity[k] for k in ("offset", "length")}.items() else {}
        )
        match tag.name:
            case "a":
                link = _link_entity(tag.argument or "".join(self._text[tag.text_begin :]))
                if link is None:
                    return
                entity |= link
            case "tg-emoji":
                if not _EMOJI_ID.fullmatch(tag.argument) or not int(tag.argument):
                    self._fail("Invalid custom emoji identifier specified")
                entity["custom_emoji_id"] = tag.argument
            case "blockquote" if tag.argument:
                entity["type"] = "expandable_blockquote"
            case "code" if tag.argument:
                if inside.get("type") == "pre":
                    inside["language"] = tag.argument
                    return
                entity["language"] = tag.argument  # for the `pre` around it
            case "pre" if inside.get("type") == "code" and "language" in inside:
                inside["type"] = "pre"
                return
        self._entities.append(entity)

    def _take(self, pattern: re.Pattern[str]) -> str:
        found = pattern.match(self._source, self._at)
        if found is None:  # every pattern here also matches nothing
            return ""
        self._at = found.end()
        return found.group()

    def _here(self) -> str:
        return self._source[self._at] if self._at < len(self._source) else ""

    def _fail_at(self, place: int, complaint: str, more: str = "") -> NoReturn:
        offset = len(self._source[:place].encode())
        self._fail(f"{complaint} at byte offset {offset}{more}")

    def _fail(self, complaint: str) -> NoReturn:
        raise bad_request(f"can't parse entities: {complaint}")


def _link_entity(address: str) -> Json | None:
    """Return what a link adds to its entity; None for an address that Telegram leaves as text."""
    user_id = linked_user(address)
    if user_id is not None:
        return {
            "type": "text_mention",
            "user": {"id": user_id, "is_bot": False, "first_name": str(user_id)},
        }
    url = checked_link(address)
    return None if url is None else {"type": "text_link", "url": url}


def _reference(source: str, at: int) -> tuple[str, int]:
    """Return the character that a reference at `at` stands for, or its `&`, and the place after."""
    found = _REFERENCE.match(source, at)
    if found is None:
        return "&", at + 1
    if found["name"]:
        return _CHARACTERS[found["name"]], found.end()
    number = int(found["decimal"]) if found["decimal"] else int(found["hex"], 16)
    return (chr(number), found.end()) if 0 < number < 0x10FFFF else ("&", at + 1)
