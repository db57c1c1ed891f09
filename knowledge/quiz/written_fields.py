"""The types of what people write about questions and topics: tidied, or refused with the reason.

Only reading files and tables goes through them (see `bank.model`); values made in the program are
taken as they are.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import AfterValidator, BeforeValidator

from embeddings.vietnamese import nfc

if TYPE_CHECKING:
    from collections.abc import Callable

ARTICLE_CHARACTERS = 300
_NONCHARACTERS = (0xFFFE, 0xFFFF)


def one_line(text: str) -> str:
    """Return `text` in NFC on one line with single spaces."""
    return " ".join(nfc(text).split())


def some_lines(text: str) -> str:
    """Return `text` in NFC with single spaces; line breaks stay, but not at the ends."""
    return "\n".join(one_line(line) for line in text.split("\n")).strip()


def _text(value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ValueError("phải là một dòng chữ")
    if any(map(_unprintable, some_lines(value))):
        raise ValueError("có ký tự điều khiển; hãy xóa đi và gõ lại")
    return value


def _unprintable(char: str) -> bool:
    """Tell whether `char` is one that no message and no spreadsheet can hold."""
    is_control = unicodedata.category(char) in {"Cc", "Cs"} and char != "\n"
    return is_control or ord(char) & 0xFFFF in _NONCHARACTERS


def _line(value: object) -> str:
    return one_line(_text(value))


def _lines(value: object) -> str:
    return some_lines(_text(value))


def _whole_number(value: object) -> int:
    text = _line(value)
    if not (text.isascii() and text.isdigit() and len(text) <= 9):
        raise ValueError(f"phải là số nguyên, đang là “{text[:40]}”")
    return int(text)


def _members(value: object) -> object:
    """Return a list as it is, a single text as a list of one."""
    if isinstance(value, str) and value:
        return [value]
    if not isinstance(value, list):
        raise ValueError("phải là một danh sách")  # noqa: TRY004 -- pydantic gathers ValueErrors
    return value


def rule(holds: Callable[[Any], object], problem: Callable[[Any], str]) -> AfterValidator:
    """Return the rule that `holds` is true of a value; `problem` says what is wrong with it."""

    def check(value: object) -> object:
        if not holds(value):
            raise ValueError(problem(value))
        return value

    return AfterValidator(check)


def at_most(most: int) -> AfterValidator:
    """Return the rule that a text has at most so many characters."""
    return rule(
        lambda text: len(text) <= most, lambda text: f"dài {len(text)} ký tự, tối đa {most}"
    )


def identifier(most: int) -> AfterValidator:
    """Return the rule of ids: small letters, digits and _, at most so many."""
    return rule(
        re.compile(rf"[a-z0-9_]{{1,{most}}}").fullmatch,
        lambda text: f"chỉ gồm a–z, 0–9 và _, tối đa {most} ký tự, đang là “{text[:60]}”",
    )


def without(mark: str) -> AfterValidator:
    """Return the rule that a text does not have `mark`, which separates such texts in a table."""
    return rule(
        lambda text: mark not in text,
        lambda text: f"không được có dấu “{mark}”, đang là “{text[:60]}”",
    )


def members_at_most(most: int) -> AfterValidator:
    """Return the rule that a list has at most so many members."""
    return rule(
        lambda members: len(members) <= most,
        lambda members: f"có {len(members)} mục, tối đa {most}",
    )


OneLine = BeforeValidator(_line)
Line = Annotated[str, OneLine]
Lines = Annotated[str, BeforeValidator(_lines)]
WholeNumber = Annotated[int, BeforeValidator(_whole_number)]
Members = BeforeValidator(_members)
ArticleName = Annotated[Line, at_most(ARTICLE_CHARACTERS), without("|")]
