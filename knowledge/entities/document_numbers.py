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
    "Danh sách",
)  # fmt: skip
"""What Decree 30/2020/NĐ-CP and the offices call their documents."""

_NUMBER = re.compile(
    rf"(?:(?P<kind>{'|'.join(DOCUMENT_KINDS)})\s+)?(?P<marked>số\s+)?"
    r"(?P<number>\d+)(?P<symbol>(?:/\d{4})?/[A-ZĐ][\w-]*\d*)"
)
_LABELLED = re.compile(r"\bSố\s*:?\s*(\d{1,5}\s*/\s*[\w\-/]{2,40})")


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
    match = _LABELLED.search(text)
    return "".join(match.group(1).split()) if match else None
