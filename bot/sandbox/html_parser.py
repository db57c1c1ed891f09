"""Parses the Bot API's HTML, byte for byte as Telegram's server does."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NoReturn
from urllib.parse import parse_qs, urlsplit

from bot.sandbox.api_error import bad_request

if TYPE_CHECKING:
    from bot.sandbox.json_object import Json

_KINDS = {
    "b": "bold", "strong": "bold", "i": "italic", "em": "italic",
    "u": "underline", "ins": "underline", "s": "strikethrough", "strike": "strikethrough",
    "del": "strikethrough", "tg-spoiler": "spoiler", "span": "spoiler", "code": "code",
    "pre": "pre", "blockquote": "blockquote", "a": "text_link", "tg-emoji": "custom_emoji",
}  # fmt: skip
_CHARACTERS = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_REFERENCE = re.compile(r"&(?:#([0-9]{1,7})|#[xX]([0-9a-fA-F]{1,6})|(lt|gt|amp|quot));?")
_SPACES = " \t\r\n\0\v"
_LANGUAGE = "language-"


@dataclass(slots=True)
class _Open:
    """A tag whose end has not come; `argument` is its address, language or emoji."""

    name: str
    begin: int
    argument: str
    expandable: bool = False


class HtmlParser:
    """One text; `parse` may be called once."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._at = 0
        self._text: list[str] = []
        self._units = 0
        self._open: list[_Open] = []
        self._entities: list[Json] = []

    def parse(self) -> tuple[str, list[Json]]:
        """Return the plain text and its entities; raises ApiError 400 in Telegram's words."""
        source = self._source
        while self._at < len(source):
            character = source[self._at]
            if character == "&" and (reference := _reference(source, self._at)) is not None:
                self._add(reference[0])
                self._at = reference[1]
            elif character != "<":
                self._add(character)
                self._at += 1
            elif source.startswith("</", self._at):
                self._end_tag()
            else:
                self._start_tag()
        if self._open:
            self._fail(f'Can\'t find end tag corresponding to start tag "{self._open[-1].name}"')
        for entity in self._entities:
            if entity["type"] == "code":
                entity.pop("language", None)  # it counts only inside `pre`
        return "".join(self._text), self._entities

    def _add(self, character: str) -> None:
        self._text.append(character)
        self._units += 2 if ord(character) > 0xFFFF else 1

    def _start_tag(self) -> None:
        begin = self._at
        self._at += 1
        name = self._until(_SPACES + ">").lower()
        if name not in _KINDS:
            self._fail(f'Unsupported start tag "{name}" at byte offset {self._bytes(begin)}')
        tag = _Open(name, self._units, "")
        spoiler = False
        while True:
            self._skip_spaces()
            if self._here() == ">":
                break
            attribute, value = self._attribute(name, begin)
            if name == "a" and attribute == "href":
                tag.argument = value
            elif name == "code" and attribute == "class" and value.startswith(_LANGUAGE):
                tag.argument = value.removeprefix(_LANGUAGE)
            elif name == "span" and attribute == "class":
                spoiler = value == "tg-spoiler"
            elif name == "tg-emoji" and attribute == "emoji-id":
                tag.argument = value
            elif name == "blockquote" and attribute == "expandable":
                tag.expandable = True
        if name == "span" and not spoiler:
            self._fail(
                f'Tag "span" must have class "tg-spoiler" at byte offset {self._bytes(begin)}'
            )
        self._at += 1
        self._open.append(tag)

    def _attribute(self, tag: str, begin: int) -> tuple[str, str]:
        name = self._until(_SPACES + "=>\"'/").lower()
        if not name:
            self._unclosed_unless_more(begin)
            self._fail(
                f'Empty attribute name in the tag "{tag}" at byte offset {self._bytes(begin)}'
            )
        self._skip_spaces()
        self._unclosed_unless_more(begin)
        if self._here() != "=":
            if name == "expandable":
                return name, ""
            self._fail(
                f'Expected equal sign in declaration of an attribute of the tag "{tag}" '
                f"at byte offset {self._bytes(begin)}"
            )
        self._at += 1
        self._skip_spaces()
        self._unclosed_unless_more(begin)
        quote = self._here()
        if quote not in "'\"":
            return name, self._until(_SPACES + ">")
        self._at += 1
        value = self._decoded_until(quote)
        self._unclosed_unless_more(begin)
        self._at += 1
        return name, value

    def _decoded_until(self, stop: str) -> str:
        value: list[str] = []
        while (character := self._here()) and character != stop:
            reference = _reference(self._source, self._at) if character == "&" else None
            value.append(reference[0] if reference else character)
            self._at = reference[1] if reference else self._at + 1
        return "".join(value)

    def _end_tag(self) -> None:
        begin = self._at
        if not self._open:
            self._fail(f"Unexpected end tag at byte offset {self._bytes(begin)}")
        self._at += 2
        name = self._until(_SPACES + ">").lower()
        self._skip_spaces()
        if self._here() != ">":
            self._fail(f"Unclosed end tag at byte offset {self._bytes(begin)}")
        self._at += 1
        tag = self._open.pop()
        if name and name != tag.name:  # `</>` ends whatever is open
            self._fail(
                f"Unmatched end tag at byte offset {self._bytes(begin)}, "
                f'expected "</{tag.name}>", found "</{name}>"'
            )
        if self._units > tag.begin:
            self._close(tag)

    def _close(self, tag: _Open) -> None:
        entity: Json = {
            "type": _KINDS[tag.name],
            "offset": tag.begin,
            "length": self._units - tag.begin,
        }
        match tag.name:
            case "a":
                address = tag.argument or self._covered(tag.begin)
                link = _link(address)
                if link is None:
                    return
                entity |= link
            case "tg-emoji":
                if not tag.argument.isdecimal():
                    self._fail("Invalid custom emoji identifier specified")
                entity["custom_emoji_id"] = tag.argument
            case "blockquote" if tag.expandable:
                entity["type"] = "expandable_blockquote"
            case "code" if tag.argument:
                entity["language"] = tag.argument  # for the `pre` around it
            case "pre":
                self._take_language(entity)
        self._entities.append(entity)

    def _take_language(self, pre: Json) -> None:
        last = self._entities[-1] if self._entities else None
        if last is not None and last["type"] == "code" and _same_place(last, pre):
            self._entities.pop()
            if "language" in last:
                pre["language"] = last["language"]

    def _covered(self, begin: int) -> str:
        return "".join(self._text).encode("utf-16-le")[2 * begin :].decode("utf-16-le")

    def _until(self, stops: str) -> str:
        begin = self._at
        while self._at < len(self._source) and self._source[self._at] not in stops:
            self._at += 1
        return self._source[begin : self._at]

    def _skip_spaces(self) -> None:
        while self._here() and self._here() in _SPACES:
            self._at += 1
        if not self._here():
            start = self._source.rfind("<", 0, self._at)
            if not self._source.startswith("</", start):
                self._fail(f"Unclosed start tag at byte offset {self._bytes(start)}")

    def _unclosed_unless_more(self, begin: int) -> None:
        if not self._here():
            self._fail(f"Unclosed start tag at byte offset {self._bytes(begin)}")

    def _here(self) -> str:
        return self._source[self._at] if self._at < len(self._source) else ""

    def _bytes(self, place: int) -> int:
        return len(self._source[:place].encode())

    def _fail(self, complaint: str) -> NoReturn:
        raise bad_request(f"can't parse entities: {complaint}")


def _reference(source: str, at: int) -> tuple[str, int] | None:
    """Return the character that a reference at `at` stands for and the place after it."""
    match = _REFERENCE.match(source, at)
    if match is None:
        return None
    decimal, hexadecimal, name = match.groups()
    if name:
        return _CHARACTERS[name], match.end()
    number = int(decimal) if decimal else int(hexadecimal, 16)
    if not 0 < number <= 0x10FFFF or 0xD800 <= number <= 0xDFFF:
        return None
    return chr(number), match.end()


def _same_place(a: Json, b: Json) -> bool:
    return bool(a["offset"] == b["offset"] and a["length"] == b["length"])


def _link(address: str) -> Json | None:
    """Return what a link adds to its entity; None for an address that Telegram leaves as text."""
    address = address.strip()
    if address.startswith("tg://user?"):
        number = parse_qs(urlsplit(address).query).get("id", [""])[0]
        if number.isdecimal():
            user = {"id": int(number), "is_bot": False, "first_name": ""}
            return {"type": "text_mention", "user": user}
    if re.match(r"(?:https?|tg|ton|mailto|tel):", address, re.IGNORECASE):
        return {"url": address}
    if re.fullmatch(r"[\w-]+(?:\.[\w-]+)+(?::\d+)?(?:[/?#]\S*)?", address):
        return {"url": f"http://{address}"}
    return None
