"""Statements that were true when they were written: "gần 76 năm", "hiện nay"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from knowledge.entities.dates import day_of

if TYPE_CHECKING:
    from knowledge.index.citation import Citation

UNDATED = "tính đến khi tài liệu được viết"
_TIED = re.compile(
    r"\b(?:(?:gần|hơn|tròn|trên|suốt|khoảng|qua) (?:\d+|nửa) (?:năm|thế kỷ)|(?:hiện|đến|ngày) nay"
    r"|hiện (?:có|tại|đang|còn)|những năm (?:gần đây|qua|tới)|năm nay|nhiệm kỳ này"
    r"|thời gian (?:qua|tới))\b",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?:khoảng )?năm \d{4}", re.IGNORECASE)


def as_of(text: str, citation: Citation) -> str | None:
    """Return what to add to a sentence that is tied to a time: "theo bài viết khoảng năm 2021".

    The year comes from the source, or else the day from the article's date. None for a sentence
    that is tied to no time or names that year itself.
    """
    if not _TIED.search(text):
        return None
    kind = "bài viết" if "bài viết" in citation.source.lower() else "tài liệu"
    if year := _YEAR.search(citation.source):
        return None if year.group()[-4:] in text else f"theo {kind} {year.group()}"
    if citation.published is None:
        return UNDATED
    day = day_of(citation.published)
    return f"theo {kind} ngày {day}" if day and day.iso() else UNDATED
