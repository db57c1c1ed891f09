"""Numbers of official documents: "Quyết định số 828/QĐ-TTg", "Luật 12/2020/QH14"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from embeddings.sentences import Span

DOCUMENT_KINDS = (
    "Quyết định", "Nghị quyết", "Nghị định", "Thông tư", "Chỉ thị", "Công văn", "Công điện", "Luật",
    "Thông báo", "Kế hoạch", "Báo cáo", "Tờ trình", "Quy chế", "Quy định", "Quy trình", "Hướng dẫn",
    "Chương trình", "Đề án", "Phương án", "Nội quy", "Biên bản", "Giấy mời", "Lịch công tác",
    "Danh sách", "Kết luận",
)  # fmt: skip
"""What Decree 30/2020/NĐ-CP and the offices call their documents."""

_KINDS_BY_SYMBOL = {
    "nq": "Nghị quyết", "qđ": "Quyết định", "ct": "Chỉ thị", "qc": "Quy chế", "qyđ": "Quy định",
    "tb": "Thông báo", "hd": "Hướng dẫn", "ctr": "Chương trình", "kh": "Kế hoạch",
    "pa": "Phương án", "đa": "Đề án", "bc": "Báo cáo", "bb": "Biên bản", "ttr": "Tờ trình",
    "cđ": "Công điện", "gm": "Giấy mời", "nđ": "Nghị định", "tt": "Thông tư", "kl": "Kết luận",
    "cv": "Công văn",
}  # fmt: skip
"""The kinds that the first part of a symbol abbreviates (Decree 30/2020/NĐ-CP, annex III)."""

_NUMBER = re.compile(
    rf"(?:(?P<kind>{'|'.join(DOCUMENT_KINDS)})\s+)?(?P<marked>số\s+)?"
    r"(?P<number>\d+)(?P<symbol>(?:/\d{4})?/[A-ZĐ][\w-]*\d*|-[A-ZĐ][\wĐđ]{0,3}/[A-ZĐ][\w-]*)"
)
LABELLED_NUMBER = re.compile(
    r"(?<!\w)(?:Số|SỐ|(?<=Luật )số)\s*:?[\s.…_]*(?P<number>\d{1,5}[a-zđ]?)?[\s.…_]*"
    r"(?P<symbol>/\s?\w+(?:\s?[-/]\s?\w+)*|-\s?[A-ZĐ]\w{0,3}\s?/\s?\w+)"
)
"""How a letterhead states its number: "Số: 12 /QĐ-UBND", or "Số:    /QĐ-UBND" without one yet."""


@dataclass(frozen=True, slots=True)
class DocumentNumber:
    """A number in a text: "Quyết định" (None where no kind is named), "828" and "/QĐ-TTg".

    `marked` tells that "số" stands before the number.
    """

    kind: str | None
    marked: bool
    number: str
    symbol: str
    span: Span

    def called(self, number: str) -> str:
        """Return the name that the document would have with another number."""
        parts = (self.kind, "số" if self.marked else None, number + self.symbol)
        return " ".join(part for part in parts if part)

    def __str__(self) -> str:
        return self.called(self.number)


def document_numbers(text: str) -> list[DocumentNumber]:
    """Return the document numbers in `text`, in order."""
    if "/" not in text:  # as in most sentences, which then cost nothing
        return []
    return [
        DocumentNumber(
            match["kind"], match["marked"] is not None, match["number"], match["symbol"],
            match.span(),
        )
        for match in _NUMBER.finditer(text)
    ]  # fmt: skip


def document_spans(text: str) -> list[Span]:
    """Return the ranges of the document numbers in `text`."""
    return [number.span for number in document_numbers(text)]


def labelled_number(text: str) -> str | None:
    """Return the number that a letterhead states as "Số: 12 /QĐ-UBND", without blanks."""
    match = LABELLED_NUMBER.search(text)
    if match is None or match["number"] is None:
        return None
    return "".join((match["number"] + match["symbol"]).split())


def kind_of_number(number: str) -> str | None:
    """Return the kind of document that a number's symbol names: "45/QĐ-VPUBND" → "Quyết định"."""
    symbol = re.match(r"\d*[a-zđ]?(?:/\d{4})?[/-]([^\W\d]+)", number)
    return _KINDS_BY_SYMBOL.get(symbol[1].lower()) if symbol else None


def number_key(number: str) -> str:
    """Return what two ways of writing one number have in common."""
    return "".join(number.split()).casefold()


def same_number(one: str, other: str) -> bool:
    """Tell whether two numbers are the same but for blanks and case."""
    return number_key(one) == number_key(other)
