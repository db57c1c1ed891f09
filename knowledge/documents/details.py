"""What people state about a document: title, source, date and the name of its file."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from embeddings.vietnamese import nfc
from knowledge.articles.characters import tidy
from knowledge.entities.dates import day_of
from knowledge.errors import DocumentDetailError

MAX_LINE = 300
MAX_NAME = 100
_NAMELESS = "tai-lieu"
_SEPARATORS = re.compile(r"[/\\]+")
_AWKWARD = re.compile(r'[<>:"|?*]+')
_SUFFIX = re.compile(r"\.[A-Za-z0-9]{1,5}$")
_FIRST_YEAR, _LAST_YEAR = 1900, 2100


@dataclass(frozen=True, slots=True)
class DocumentDetails:
    """Title, source and date (ISO 8601) of a document; None where it is not known."""

    title: str
    source: str | None = None
    published: str | None = None


def one_line(what: str, text: str) -> str:
    """Return `text` as one tidy line; raises DocumentDetailError when empty or too long.

    `what` names the field in the message.
    """
    line = " ".join(tidy(text).split())
    if not any(character.isalnum() for character in line):
        raise DocumentDetailError(f"{what} phải có chữ; anh/chị gõ lại giúp.")
    if len(line) > MAX_LINE:
        raise DocumentDetailError(
            f"{what} dài {len(line)} ký tự, tối đa là {MAX_LINE}; anh/chị rút gọn giúp."
        )
    return line


def iso_day(text: str) -> str:
    """Return a day written as 5/8/2024, 2024-08-05 or "ngày 5 tháng 8 năm 2024" in ISO 8601.

    Raises DocumentDetailError for anything else.
    """
    written = " ".join(text.split())
    day = day_of(written)
    iso = day.iso() if day else None
    if day is None or iso is None:
        raise DocumentDetailError(
            f"Ngày viết dạng ngày/tháng/năm, ví dụ 5/8/2024; “{written[:40]}” không phải ngày có "
            "thật. Anh/chị gõ lại giúp."
        )
    if not _FIRST_YEAR <= (day.year or 0) <= _LAST_YEAR:
        raise DocumentDetailError(
            f"Năm phải từ {_FIRST_YEAR} đến {_LAST_YEAR}, nhận được {day.year}; anh/chị gõ lại "
            "giúp."
        )
    return iso


def display_name(name: str | None) -> str:
    """Return a safe name to show for a file that somebody sent; never use it as a path.

    It is the last part of `name` in at most 100 characters, keeping its suffix.
    Control, formatting (such as right-to-left overrides) and unpaired characters vanish, and those
    that file systems refuse become "_"; leading dots and blanks go. Never empty.
    """
    last = _SEPARATORS.split((name or "").rstrip("/\\"))[-1]
    visible = "".join(c for c in last if unicodedata.category(c)[0] != "C" or c in "\t\n\r")
    tidy = _AWKWARD.sub("_", " ".join(nfc(visible).split())).lstrip(". ").rstrip(". ")
    match = _SUFFIX.search(tidy)
    suffix = match.group() if match else ""
    stem = tidy.removesuffix(suffix)[: MAX_NAME - len(suffix)].strip(". ")
    return (stem or _NAMELESS) + suffix
