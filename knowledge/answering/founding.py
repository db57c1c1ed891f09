"""Questions about when the office was founded, which no source may answer."""

from __future__ import annotations

import re

from embeddings.vietnamese import fold
from knowledge.answering.question import AnalysedQuestion, QuestionKind

NOTICE = "Không tài liệu nào nêu ngày thành lập cụ thể của Văn phòng. Những điều tài liệu có nêu:"
# What the sources do say about the office's age and day; asked of the base in place of the date.
RELATED_QUESTIONS = (
    "Văn phòng UBND tỉnh đã hình thành và phát triển bao nhiêu năm?",
    "Ngày truyền thống Văn phòng các cơ quan hành chính nhà nước là ngày nào?",
)
_FOUNDING = re.compile(r"\b(?:lap|ra doi|hinh thanh|khai sinh|co tu)\b")
_ABOUT_OFFICE = frozenset(
    "van phong ubnd vp uy ban nhan dan tinh lao cai co quan minh don vi ngay nam thang thoi diem "
    "chinh thuc cu the thanh lap ra doi hinh thanh khai sinh tu gio khi nao qua trinh lich su ky "
    "quyet dinh dau tien nguon neu".split()
)
_STATED = re.compile(
    r"(?:thành lập|khai sinh)\s+(?:ra\s+)?Văn phòng[^.;]{0,60}?(?:ngày|năm|tháng)\s+\d"
    r"|(?:ngày|năm)\s+\d[^.;,]{0,40}(?:thành lập|khai sinh)\s+(?:ra\s+)?Văn phòng"
    r"|Văn phòng[^.;,]{0,40}(?:được\s+)?(?:thành lập|ra đời|khai sinh)"
    r"\s+(?:vào\s+|từ\s+)?(?:ngày|năm|tháng)\s+\d",
    re.IGNORECASE,
)


def asks_founding_date(question: AnalysedQuestion) -> bool:
    """Tell whether `question` asks when the office, and nothing else, was founded."""
    folded = fold(question.text.lower())
    content = {fold(token) for _, token in question.content}
    return (
        question.kind is QuestionKind.DATE
        and _FOUNDING.search(folded) is not None
        and content <= _ABOUT_OFFICE
        and ({"van", "phong"} <= content or "vp" in content or "quan" in content)
    )


def states_founding_date(text: str) -> bool:
    """Tell whether `text` itself gives a date at which the office was founded."""
    return _STATED.search(text) is not None
