"""Sentences that cannot be understood without those before."""

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


# "Những con số này", "cả hai cách viết": of more than one sentence.
_REFERS_TO_SEVERAL = re.compile(r"\b(?:(?:những|các) (?:\w+ ){1,3}này|cả hai)\b", re.IGNORECASE)


def reach_back(sentence: str) -> int:
    """Return how many sentences before `sentence` name what it speaks of: 0, 1 or 2."""
    if _REFERS_TO_SEVERAL.search(sentence):
        return 2
    return int(bool(_POINTS_BACK.match(sentence) or _REFERS.search(sentence)))
