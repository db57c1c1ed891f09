"""Lines of ours before an answer or in its place, for who asks in Vietnamese or in English."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from knowledge.answering.answer import AnswerSentence

NOT_FOUND = "Tôi chưa tìm thấy trong tài liệu."
"""The refusal of what the documents are near to."""
OFF_TOPIC = "Tôi chỉ trả lời về tài liệu của Văn phòng."
"""The refusal of what they have nothing to do with."""
_IN_ENGLISH = {
    NOT_FOUND: "I could not find this in the office's documents.",
    OFF_TOPIC: "I only answer questions about the office's documents.",
}
_LEAD = "From {titles} (in Vietnamese):"


def english_notice(sentences: Sequence[AnswerSentence], notice: str | None) -> str | None:
    """Return a refusal in English, or what leads in sentences and their own `notice`, if any."""
    if notice in _IN_ENGLISH:
        return _IN_ENGLISH[notice]
    titles = dict.fromkeys(f"“{sentence.citation.title}”" for sentence in sentences)
    lead = _LEAD.format(titles=", ".join(titles)) if titles else None
    return "\n".join(line for line in (lead, notice) if line) or None
