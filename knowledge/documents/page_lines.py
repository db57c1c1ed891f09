"""Turns the lines of printed pages into paragraphs, without what repeats on every page."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from embeddings.vietnamese import has_diacritics
from knowledge.articles.article import Paragraph

if TYPE_CHECKING:
    from collections.abc import Sequence

_EDGE_LINES = 3
_MIN_REPEATS = 3
_REPEATED_SHARE = 0.4  # odd and even pages may carry different headers
_PAGE_NUMBER = re.compile(
    r"[-–—\s|]*(?:trang\s*)?\d{1,4}(?:\s*(?:/|trên|of)\s*\d{1,4})?[-–—\s|]*", re.IGNORECASE
)
_DIGITS = re.compile(r"\d+")
_STARTS_ANEW = re.compile(
    r"(?:[-–—*+•▪◦]\s|\d{1,2}(?:\.\d{1,2})*[.)]\s|[a-zđ]\)\s|[IVX]{1,5}[.)]\s|"
    r"(?:Điều|Chương|Mục|Phần|Khoản|Phụ lục)\s+[\dIVXLC]+)"
)
_ENDS_SENTENCE = (".", ":", ";", "!", "?", "…", "”")
_FULL_LINE = 0.82  # of the usual width; a shorter line ends its paragraph
_SOFT_HYPHENS = ("\u00ad", "\x02", "\ufffe")  # the last two are pdfium's mark for a broken word


def without_repeats(pages: Sequence[Sequence[str]]) -> list[list[str]]:
    """Return the lines of each page without page numbers and running headers and footers.

    A line at the top or bottom is running when it stands there, but for its digits, on at least
    three pages and 40 % of them.
    """
    counts = Counter(
        line for page in pages for line in {_shape(line) for line in _edges(page)} if line
    )
    least = max(_MIN_REPEATS, _REPEATED_SHARE * len(pages))
    running = {line for line, count in counts.items() if count >= least}
    kept: list[list[str]] = []
    for page in pages:
        lines = list(page)
        for end in (0, -1):
            for _ in range(_edge_size(page)):
                if lines and (_shape(lines[end]) in running or _PAGE_NUMBER.fullmatch(lines[end])):
                    lines.pop(end)
        kept.append(lines)
    return kept


def paragraphs(pages: Sequence[Sequence[str]]) -> list[Paragraph]:
    """Join the lines of all pages into blocks; a sentence may go on over the page's end."""
    lines = [
        stripped
        for page in pages
        for line in page
        if (stripped := " ".join(line.split(" ")).strip())
    ]
    width = _usual_width(lines)
    texts: list[str] = []
    previous = ""
    for line in lines:
        if previous and not _begins_paragraph(previous, line, width):
            texts[-1] = _joined(texts[-1], line)
        else:
            texts.append(line)
        previous = line
    blocks = [Paragraph(" ".join(_without_soft_hyphens(text).split())) for text in texts]
    return [block for block in blocks if block.text]


def _begins_paragraph(previous: str, line: str, width: int) -> bool:
    if _STARTS_ANEW.match(line):
        return True
    if previous.endswith(_SOFT_HYPHENS) or line[0].islower():
        return False
    is_full = len(previous) >= _FULL_LINE * width
    if previous.endswith(_ENDS_SENTENCE):
        return not is_full or previous.endswith((":", ";"))
    return not is_full or (previous.isupper() and not line.isupper())


def _joined(text: str, line: str) -> str:
    if text.endswith(_SOFT_HYPHENS):
        return _over_hyphen(text[:-1], line)
    if text.endswith("-") and text[-2:-1].islower() and line[0].islower():
        return _over_hyphen(text[:-1], line)
    return f"{text} {line}"


def _over_hyphen(text: str, line: str) -> str:
    """Join a broken word; between Vietnamese syllables the hyphen stays ("Xanh-pết")."""
    ends, starts = text.rpartition(" ")[2], line.partition(" ")[0]
    if has_diacritics(ends) or has_diacritics(starts) or not line[0].islower():
        return f"{text}-{line}"
    return text + line


def _without_soft_hyphens(text: str) -> str:
    for mark in _SOFT_HYPHENS:
        text = text.replace(mark, "")
    return text


def _usual_width(lines: Sequence[str]) -> int:
    """Return the length that nine of ten lines of some length do not exceed."""
    lengths = sorted(len(line) for line in lines if len(line) > 20)
    return lengths[int(0.9 * (len(lengths) - 1))] if lengths else 0


def _edges(page: Sequence[str]) -> list[str]:
    size = _edge_size(page)
    return [*page[:size], *page[-size:]]


def _edge_size(page: Sequence[str]) -> int:
    """Return how many lines at an end may be a header: only one on a page with little text."""
    return min(_EDGE_LINES, max(1, len(page) // 4))


def _shape(line: str) -> str:
    return _DIGITS.sub("#", " ".join(line.split()).casefold())
