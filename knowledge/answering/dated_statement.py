"""Statements that are tied to a time, and what to add to them: "theo bài viết khoảng năm 2021"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

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
_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})")


def as_of(text: str, citation: Citation) -> str | None:
    """Return of when a statement is; None where it is tied to no time or names the year itself.

    The year comes from the source, or else the day from the article's date.
    """
    if not _TIED.search(text):
        return None
    kind = "bài viết" if "bài viết" in citation.source.lower() else "tài liệu"
    if year := _YEAR.search(citation.source):
        return None if year.group()[-4:] in text else f"theo {kind} {year.group()}"
    if citation.published is None:
        return UNDATED
    day = _DATE.fullmatch(citation.published)
    return f"theo {kind} ngày {'/'.join(reversed(day.groups()))}" if day else UNDATED
