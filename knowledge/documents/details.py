"""What people state about a document: title, source, date, number … and the name of its file."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from embeddings.vietnamese import fold, nfc
from knowledge.articles.characters import tidy
from knowledge.entities.amendments import Amendment  # noqa: TC001 -- pydantic reads it
from knowledge.entities.dates import day_of
from knowledge.entities.document_numbers import document_numbers
from knowledge.errors import DocumentDetailError

MAX_LINE = 300
MAX_NAME = 100
_NAMELESS = "tai-lieu"
_SEPARATORS = re.compile(r"[/\\]+")
_AWKWARD = re.compile(r'[<>:"|?*]+')
_SUFFIX = re.compile(r"\.[A-Za-z0-9]{1,5}$")
_FIRST_YEAR, _LAST_YEAR = 1900, 2100
_DAYS_AGO = {"hom nay": 0, "hom qua": 1, "hom kia": 2}


class DetailField(StrEnum):
    """A detail of a document that people can type."""

    TITLE = "title"
    SOURCE = "source"
    PUBLISHED = "published"
    NUMBER = "number"
    ISSUER = "issuer"
    SIGNER = "signer"
    SUMMARY = "summary"


_NAMES = {
    DetailField.TITLE: "Tiêu đề",
    DetailField.SOURCE: "Nguồn",
    DetailField.NUMBER: "Số, ký hiệu",
    DetailField.ISSUER: "Cơ quan ban hành",
    DetailField.SIGNER: "Người ký",
    DetailField.SUMMARY: "Trích yếu",
}


@dataclass(frozen=True, slots=True)
class DocumentDetails:
    """What is known of a document; a detail is None where it is not.

    `published` is in ISO 8601; `number` (số, ký hiệu), `issuer`, `signer` ("Lê Văn An, Chánh Văn
    phòng"), `summary` (trích yếu) and `amends` are those of an official document.
    """

    title: str
    source: str | None = None
    published: str | None = None
    number: str | None = None
    issuer: str | None = None
    signer: str | None = None
    summary: str | None = None
    amends: tuple[Amendment, ...] = ()

    @property
    def own_number(self) -> str | None:
        """Its number, or the one that its source names."""
        if self.number is not None:
            return self.number
        named = document_numbers(self.source or "")
        return named[0].number + named[0].symbol if named else None

    def with_typed(self, field: DetailField, text: str, today: dt.date) -> DocumentDetails:
        """Return the details with one as somebody typed it; an empty text takes it away.

        Raises DocumentDetailError saying the rule.
        """
        value: str | None
        if not text.strip() and field is not DetailField.TITLE:
            value = None
        elif field is DetailField.PUBLISHED:
            value = iso_day(text, today)
        else:
            value = one_line(_NAMES[field], text)
        changed: dict[str, Any] = {field.value: value}
        if field is DetailField.NUMBER and value and self.number and self.source:
            changed["source"] = self.source.replace(self.number, value)
        return dataclasses.replace(self, **changed)


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


def iso_day(text: str, today: dt.date) -> str:
    """Return a day as people write it in ISO 8601.

    That is 5/8/2024, 5.8.2024, 2024-08-05, "ngày 5 tháng 8 năm 2024", "hôm nay" or "hôm qua" (by
    `today`). Raises DocumentDetailError for anything else.
    """
    written = " ".join(text.split())
    if (ago := _DAYS_AGO.get(fold(written.lower()))) is not None:
        return (today - dt.timedelta(days=ago)).isoformat()
    day = day_of(written)
    if day is not None and (day.day is None or day.year is None):
        missing = "ngày" if day.day is None else "năm"
        raise DocumentDetailError(
            f"Cần đủ ngày, tháng, năm, ví dụ 5/8/2024; “{written[:40]}” thiếu {missing}. "
            "Anh/chị gõ lại giúp."
        )
    iso = day.iso() if day else None
    if day is None or iso is None:
        raise DocumentDetailError(
            f"Ngày viết dạng ngày/tháng/năm, ví dụ 5/8/2024 (hoặc “hôm nay”); “{written[:40]}” "
            "không phải ngày có thật. Anh/chị gõ lại giúp."
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
