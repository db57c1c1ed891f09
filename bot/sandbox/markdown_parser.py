"""Parses the Bot API's MarkdownV2 as Telegram's server does (tdlib/td, `MessageEntity.cpp`)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NoReturn

from bot.sandbox.api_error import bad_request
from bot.sandbox.html_parser import link_entity
from bot.sandbox.links import linked_emoji
from bot.sandbox.utf16 import utf16_length

if TYPE_CHECKING:
    from bot.sandbox.json_object import Json

_RESERVED = frozenset("_*[]()~`>#+-=|{}.!\n")
_MARKS = {
    "bold": "*", "italic": "_", "underline": "__", "strikethrough": "~", "spoiler": "||",
    "code": "`", "pre": "```", "text_link": "]", "custom_emoji": "]",
}  # fmt: skip
_STARTS = (
    ("```", "pre"), ("__", "underline"), ("||", "spoiler"), ("![", "custom_emoji"),
    ("_", "italic"), ("*", "bold"), ("~", "strikethrough"), ("`", "code"), ("[", "text_link"),
)  # fmt: skip
_NAMES = {
    "bold": "Bold", "italic": "Italic", "underline": "Underline", "strikethrough": "Strikethrough",
    "spoiler": "Spoiler", "code": "Code", "pre": "Pre", "text_link": "TextUrl",
    "custom_emoji": "CustomEmoji", "blockquote": "BlockQuote",
}  # fmt: skip
_SPACES = " \t\r\n\0\v"


@dataclass(slots=True)
class _Open:
    """An entity whose end has not come: its first character in the source and in the text."""

    kind: str
    place: int
    offset: int
    text_begin: int
    language: str = ""


class MarkdownParser:
    """One text; `parse` may be called once."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._at = 0
        self._text: list[str] = []
        self._units = 0
        self._open: list[_Open] = []
        self._entities: list[Json] = []
        self._in_quote = False
        self._may_quote = True  # at the beginning of a line

    def parse(self) -> tuple[str, list[Json]]:
        """Return the plain text and its entities; raises ApiError 400 in Telegram's words."""
        source = self._source
        while self._at < len(source):
            character = source[self._at]
            if character == "\\" and "\0" < source[self._at + 1 : self._at + 2] <= "~":
                self._add(source[self._at + 1])
                self._at += 2
            elif not self._is_reserved(character):
                self._add(character)
                self._at += 1
            elif self._quote_ends(character):
                self._end_quote()
            elif self._open and self._ends():
                self._end()
            else:
                self._start(character)
        if self._in_quote:
            self._close_quote(self._quote_kind())
        if self._open:
            self._fail_unclosed(self._open[-1])
        return "".join(self._text), self._entities

    def _is_reserved(self, character: str) -> bool:
        if self._open and self._open[-1].kind in {"code", "pre"}:
            return character == "`"
        return character in _RESERVED

    def _add(self, character: str) -> None:
        self._text.append(character)
        self._units += utf16_length(character)
        if character != "\r":
            self._may_quote = character == "\n"

    def _start(self, character: str) -> None:
        source, begin = self._source, self._at
        if character == "\n":
            self._add(character)
            self._at += 1
            return
        if character == ">" and self._may_quote:
            self._at += 1
            if not self._in_quote:
                self._in_quote = True
                self._open.append(_Open("blockquote", begin, self._units, len(self._text)))
            return
        for mark, kind in _STARTS:
            if source.startswith(mark, begin):
                self._at += len(mark)
                language = self._language() if kind == "pre" else ""
                self._open.append(_Open(kind, begin, self._units, len(self._text), language))
                return
        self._fail(
            f"Character '{character}' is reserved and must be escaped with the preceding '\\'"
        )

    def _language(self) -> str:
        """Take the language after the mark of a code block, and the line break after it."""
        source, stop = self._source, self._at
        while stop < len(source) and source[stop] not in _SPACES + "`":
            stop += 1
        language = ""
        if stop < len(source) and source[stop] != "`":
            language = source[self._at : stop]
            self._at = stop
        line_break = source[self._at : self._at + 2]
        if line_break[:1] in {"\n", "\r"}:
            self._at += 2 if line_break in {"\r\n", "\n\r"} else 1
        return language

    def _ends(self) -> bool:
        kind = self._open[-1].kind
        if kind == "blockquote":
            return False
        if kind == "italic" and self._source.startswith("__", self._at):
            return False
        return self._source.startswith(_MARKS[kind], self._at)

    def _end(self) -> None:
        closing = self._open.pop()
        kind = closing.kind
        self._at += len(_MARKS[kind])
        entity: Json = {
            "type": kind,
            "offset": closing.offset,
            "length": self._units - closing.offset,
        }
        if kind == "text_link":
            link = link_entity(self._address(closing))
            if link is None:
                return
            entity |= link
        elif kind == "custom_emoji":
            entity["custom_emoji_id"] = self._emoji_id()
        elif closing.language:
            entity["language"] = closing.language
        if entity["length"]:
            self._entities.append(entity)

    def _address(self, closing: _Open) -> str:
        if self._source.startswith("(", self._at):
            return self._in_brackets("Can't find end of a URL")
        return "".join(self._text[closing.text_begin :])

    def _emoji_id(self) -> str:
        if not self._source.startswith("(", self._at):
            self._fail("Custom emoji entity must contain a tg://emoji URL")
        number = linked_emoji(self._in_brackets("Can't find end of a custom emoji URL"))
        if number is None:
            self._fail("Custom emoji URL must have an emoji identifier")
        return number

    def _in_brackets(self, complaint: str) -> str:
        source = self._source
        begin = self._at = self._at + 1
        value: list[str] = []
        while self._at < len(source) and source[self._at] != ")":
            if source[self._at] == "\\" and "\0" < source[self._at + 1 : self._at + 2] <= "~":
                self._at += 1
            value.append(source[self._at])
            self._at += 1
        if self._at == len(source):
            self._fail(f"{complaint} at byte offset {self._bytes(begin)}")
        self._at += 1
        return "".join(value)

    def _quote_ends(self, character: str) -> bool:
        after = self._source[self._at + 1 : self._at + 2]
        return self._in_quote and character == "\n" and after != ">"

    def _end_quote(self) -> None:
        kind = self._quote_kind()
        if self._open[-1].kind != "blockquote":
            self._fail_unclosed(self._open[-1])
        self._add("\n")
        self._at += 1
        self._close_quote(kind)

    def _quote_kind(self) -> str:
        """Take the mark `||` at the end of a quote that unfolds, if it is there."""
        last = self._open[-1]
        line = self._source[: self._at].removesuffix("\r")
        if last.kind == "spoiler" and last.place == len(line) - 2:
            self._open.pop()
            return "expandable_blockquote"
        return "blockquote"

    def _close_quote(self, kind: str) -> None:
        if self._open and self._open[-1].kind == "blockquote":
            quote = self._open.pop()
            self._in_quote = False
            if length := self._units - quote.offset:
                self._entities.append({"type": kind, "offset": quote.offset, "length": length})

    def _fail_unclosed(self, opened: _Open) -> NoReturn:
        name = "PreCode" if opened.language else _NAMES[opened.kind]
        self._fail(f"Can't find end of {name} entity at byte offset {self._bytes(opened.place)}")

    def _bytes(self, place: int) -> int:
        return len(self._source[:place].encode())

    def _fail(self, complaint: str) -> NoReturn:
        raise bad_request(f"can't parse entities: {complaint}")
