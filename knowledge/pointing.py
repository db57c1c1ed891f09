"""Sentences that cannot be understood without the one before."""

from __future__ import annotations

import re

_POINTS_BACK = re.compile(
    r"(?:Đây|Đó|Điều (?:này|đó)|Việc (?:này|đó)|Ngày này|Sự kiện này|Văn bản này|Quyết định này|"
    r"Hai bản này|Nguyên tắc này)\b"
)
# "… rèn luyện theo chuẩn mực này": what "này" means stands in the sentence before.
_REFERS = re.compile(
    r"\b(?:chuẩn mực|nguyên tắc|phương châm|câu|nội dung|văn bản|quy định|số) này\b"
)


def points_back(sentence: str) -> bool:
    """Tell whether `sentence` speaks of something that the one before names."""
    return _POINTS_BACK.match(sentence) is not None or _REFERS.search(sentence) is not None
