"""Counts and durations: "hơn 20 đề án", "hai năm", "1.302 triệu"."""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING

from embeddings.sentences import outside
from knowledge.entities.dates import date_spans
from knowledge.entities.document_numbers import document_spans

if TYPE_CHECKING:
    from embeddings.sentences import Span

NUMBER_WORDS = MappingProxyType(
    {word: n for n, word in enumerate("một hai ba bốn năm sáu bảy tám chín mười".split(), 1)}
)
_FIGURE = r"\d+(?:[.,]\d+)*"
_NUMBER = rf"(?:{_FIGURE}|{'|'.join(word for word in NUMBER_WORDS if word != 'năm')}|nửa)"
# "năm" alone is a year more often than a five
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


def number_value(written: str) -> int:
    """Return what "7", "1.302" or "bảy" is; raises ValueError for anything else."""
    return NUMBER_WORDS.get(written.casefold()) or int(written.replace(".", ""))


def duration_spans(text: str) -> list[Span]:
    """Return the ranges of `text` that say how long something takes."""
    return outside((match.span() for match in _DURATION.finditer(text)), document_spans(text))


def count_spans(text: str) -> list[Span]:
    """Return the ranges of `text` that say how many, outside dates and document numbers."""
    taken = document_spans(text) + date_spans(text)
    return outside((match.span() for match in _COUNT.finditer(text)), taken)
