"""Dates, durations, counts, names and document numbers inside a sentence."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from embeddings.vietnamese import syllables
from knowledge.answering.question import QuestionKind

if TYPE_CHECKING:
    from knowledge.answering.question import AnalysedQuestion

Span = tuple[int, int]

_NUMBER = r"(?:\d+(?:[.,]\d+)*|một|hai|ba|bốn|sáu|bảy|tám|chín|mười|nửa)"
_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_MONTH = r"(?:0?[1-9]|1[0-2])"
_DATE = re.compile(
    rf"(?<![\d/.-])(?:{_DAY}\s?[–-]\s?)?{_DAY}\s?[/.-]\s?{_MONTH}"
    r"(?:\s?[/.-]\s?\d{4})?(?![\d/]|[.-]\d)"
    rf"|(?<!\w){_DAY} tháng (?:{_MONTH}|giêng|hai|ba|tư|năm|sáu|bảy|tám|chín|mười|chạp)(?!\w)"
    r"(?:,? (?:năm )?\d{4})?"
    rf"|tháng {_MONTH}(?:\s?/\s?|,? năm )\d{{4}}"
    r"|(?:(?:cuối|đầu|giữa|khoảng) )?năm \d{4}|(?<![\d./])(?:1[0-9]|20)\d{2}(?![\d/])(?!\w)",
    re.IGNORECASE,
)
_DURATION = re.compile(
    r"(?:(?:gần|hơn|khoảng|trên|tròn|suốt|đúng|chừng) )?"
    rf"{_NUMBER} (?:năm|tháng|tuần|ngày|giờ|phút|giây|thế kỷ|thế kỉ|thập kỷ|thập niên)"
    r"(?! \d)(?!\w)"
    rf"|(?<!\w){_NUMBER} ngày(?= \d{{1,2}} (?:và|đến) \d)",  # "hai ngày 23 và 24/9"
    re.IGNORECASE,
)
_COUNT = re.compile(
    rf"(?<![\d/.,])(?<!tháng )(?:(?:gần|hơn|khoảng|trên) )?{_NUMBER}"
    r"(?:\s(?:triệu|tỷ|tỉ|nghìn|ngàn|trăm|%))*(?![\d/]|-\w)(?!\w)",
    re.IGNORECASE,
)
_DOCUMENT = re.compile(
    r"(?:(?:Quyết định|Nghị quyết|Nghị định|Thông tư|Chỉ thị|Công văn|Kế hoạch)\s+)?(?:số\s+)?"
    r"\d+(?:/\d{4})?/[A-ZĐ][\w-]*\d*"
)
_UPPER = "".join(c for c in map(chr, range(0x41, 0x1EFA)) if c.isupper() and c.isalpha())
_CAPITALISED = rf"(?<!\w)[{_UPPER}][^\W\d_]+"
_OFFICE = (
    r"(?:Phó )?(?:Thủ tướng|Chủ tịch|Bộ trưởng|Tổng Bí thư|Bí thư|Chánh Văn phòng|Giám đốc|Trưởng"
    r" ban|Bác|Ban Thường vụ|Chính phủ|Quốc hội|Ủy ban nhân dân|Uỷ ban nhân dân|UBND|HĐND"
    r"|Hội đồng nhân dân|Tỉnh ủy|Tỉnh uỷ|Đảng bộ|nước)(?: (?:tỉnh|nước|Lâm thời))?"
)
_NAME = re.compile(
    rf"(?<!\w)(?!nước){_OFFICE}(?: {_OFFICE})*(?: {_CAPITALISED})*"
    rf"|{_CAPITALISED}(?: {_CAPITALISED})+"
)
_CONTACT = re.compile(
    r"(?<!\d)(?:\+84|0)(?:[\s.-]?\d){8,10}(?!\d)|[\w.+-]+@[\w-]+\.[\w.-]+"
    rf"|(?<!\w)(?:đường|phố|ngõ|đại lộ) {_CAPITALISED}(?: {_CAPITALISED})*"
)
_QUOTED = re.compile(r"[“\"«]([^“”\"«»\n]{3,300})[”\"»]")

_PATTERNS = {
    QuestionKind.DATE: _DATE,
    QuestionKind.DURATION: _DURATION,
    QuestionKind.COUNT: _COUNT,
    QuestionKind.DOCUMENT: _DOCUMENT,
    QuestionKind.PERSON: _NAME,
    QuestionKind.PLACE: _NAME,
    QuestionKind.CONTACT: _CONTACT,
}


def answer_spans(text: str, kind: QuestionKind) -> list[Span]:
    """Return the character ranges of `text` that could answer a question of `kind`.

    Kinds without a form of their own (lists, definitions, reasons) have none.
    """
    pattern = _PATTERNS.get(kind)
    if pattern is None:
        return []
    spans = [match.span() for match in pattern.finditer(text)]
    if kind in {QuestionKind.DATE, QuestionKind.COUNT, QuestionKind.DURATION}:
        taken = document_numbers(text)
        if kind is QuestionKind.COUNT:
            taken += [match.span() for match in _DATE.finditer(text)] + quoted_spans(text)
        spans = [span for span in spans if not any(_overlap(span, other) for other in taken)]
    return spans


def new_spans(text: str, question: AnalysedQuestion) -> list[Span]:
    """Return the ranges that could answer `question`; names that it says itself do not."""
    spans = answer_spans(text, question.kind)
    if question.kind not in {QuestionKind.PERSON, QuestionKind.PLACE}:
        return spans
    return outside_question(text, spans, question)


def outside_question(text: str, spans: list[Span], question: AnalysedQuestion) -> list[Span]:
    """Return those of `spans` whose words the question does not say itself."""
    asked = f" {' '.join(syllables(question.text))} "
    return [span for span in spans if f" {' '.join(syllables(text[slice(*span)]))} " not in asked]


def document_numbers(text: str) -> list[Span]:
    """Return the character ranges of document numbers such as "828/QĐ-TTg"."""
    return [match.span() for match in _DOCUMENT.finditer(text)]


def quoted_spans(text: str) -> list[Span]:
    """Return the character ranges of what stands in quotation marks, without the marks."""
    return [match.span(1) for match in _QUOTED.finditer(text)]


def formula_spans(text: str, count: int, word: str) -> list[Span]:
    """Return the ranges of the `count` members of a numbered motto, or none.

    A member begins with the motto's word; members are separated by commas, semicolons or "và":
    "3 đúng: đúng chính sách, đúng thẩm quyền, đúng thời gian".
    """
    member = rf"(?<!\w){re.escape(word)}\s+(?!\d|(?:là|gồm|bao gồm|nghĩa)\b)[^,;:.“”\"\n]+?"
    joint = r"\s*(?:[,;]\s*(?:và\s+)?|\s+và\s+|\n\s*-\s*)"
    # The whole run is taken, so that two of three members are no motto of two.
    run = rf"{member}(?:{joint}{member})*(?=\s*(?:[,;:.“”\"\n]|$|và\s))"
    for match in re.finditer(run, text, re.IGNORECASE):
        spans = [
            m.span() for m in re.finditer(rf"{member}(?={joint}|$)", match.group(), re.IGNORECASE)
        ]
        if len(spans) == count:
            return [(match.start() + start, match.start() + end) for start, end in spans]
    return []


def _overlap(a: Span, b: Span) -> bool:
    return a[0] < b[1] and b[0] < a[1]
