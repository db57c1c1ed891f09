"""A question as somebody typed or copied it, made ready to be looked up."""

from __future__ import annotations

import re

from embeddings.vietnamese import nfc
from knowledge.errors import QuestionError

MAX_QUESTION_CHARACTERS = 1000
# Tags and addresses that came along with a copied text.
_MARKUP = re.compile(r"</?[a-zA-Z][^<>]{0,200}>|https?://\S+|[*_`~]+")
_LETTER = re.compile(r"[^\W_]")


def tidy_question(question: str) -> str:
    """Return `question` in NFC on one line, without control characters, tags and web addresses.

    Raises QuestionError when nothing can be looked up: no letter or digit, or over the limit.
    """
    text = "".join(c if c.isprintable() else " " for c in nfc(question))
    text = _MARKUP.sub(" ", text)
    text = " ".join(text.split())
    if not text:
        raise QuestionError(
            "Câu hỏi đang trống. Anh/chị hãy gõ điều muốn hỏi, ví dụ: "
            "“Ngày truyền thống Văn phòng là ngày nào?”"
        )
    if len(text) > MAX_QUESTION_CHARACTERS:
        raise QuestionError(
            f"Câu hỏi dài {len(text)} ký tự, tối đa là {MAX_QUESTION_CHARACTERS}. "
            "Anh/chị hãy hỏi ngắn gọn hơn."
        )
    if not _LETTER.search(text):
        raise QuestionError("Câu hỏi chưa có chữ nào. Anh/chị hãy gõ câu hỏi bằng lời giúp nhé.")
    return text
