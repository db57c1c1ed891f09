"""Character ranges of a text: its sentences, and what stands in quotation marks."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

from embeddings.vietnamese_spelling import marks

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Span = tuple[int, int]
"""Where something stands in a text: the first character and the one after the last."""

# Abbreviations that end in a full stop inside a sentence, folded to lower case without the stop.
_ABBREVIATIONS = frozenset(
    "tp tx tt th ths ts gs pgs bs ks cn nxb tr mr mrs ms dr st vd đ/c đc no q p h x t vs".split()
)
_END = re.compile(r"(?:\./\.|[.!?…]+)[\"”’»)\]]*(?=\s|$)")
_NEXT_START = re.compile(r"\s+(?=[\"“‘«(\[\-–•*]?\s?(?:[^\W\d_]|\d))")
_LAST_TOKEN = re.compile(r"[\w/]+$")
_LIST_NUMBER = re.compile(r"\s*(?:\d{1,3}|[a-zđ]|[IVX]{1,5})$")
_QUOTED = re.compile(r"[“\"«]([^“”\"«»\n]{3,300})[”\"»]")
_QUOTES = re.compile(r"“[^“”\n]{1,300}”|\"[^\"\n]{1,300}\"|«[^«»\n]{1,300}»")


def overlap(a: Span, b: Span) -> bool:
    """Tell whether the two ranges share a character."""
    return a[0] < b[1] and b[0] < a[1]


def outside(spans: Iterable[Span], taken: Sequence[Span]) -> list[Span]:
    """Return those of `spans` that share no character with any of `taken`."""
    return [span for span in spans if not any(overlap(span, other) for other in taken)]


def quoted_spans(text: str) -> list[Span]:
    """Return the ranges of what stands in quotation marks, without the marks."""
    return [match.span(1) for match in _QUOTED.finditer(text)]


def sentence_spans(text: str) -> list[Span]:
    """Return the character ranges of the sentences of `text`, without surrounding white space.

    A line break always ends a sentence (list items and headings stand on lines of their own). A
    stop ends one unless it closes an abbreviation ("TP. Lào Cai"), an initial, a list number
    ("1. Thạo nghề"), stands inside a number or a quotation that goes on, or a small letter follows.
    """
    spans: list[Span] = []
    for line in re.finditer(r"[^\n]+", text):
        spans.extend(_line_spans(text, line.start(), line.end()))
    return spans


def sentences(text: str) -> list[str]:
    """Return the sentences of `text` word for word; see `sentence_spans` for the rules."""
    return [text[start:end] for start, end in sentence_spans(text)]


def _line_spans(text: str, begin: int, end: int) -> list[Span]:
    line = text[begin:end]
    quotes = [match.span() for match in _QUOTES.finditer(line)]
    spans: list[Span] = []
    start = 0
    for match in _END.finditer(line):
        if _ends_sentence(line, start, match, quotes):
            spans.append((start, match.end()))
            start = match.end()
    spans.append((start, len(line)))
    stripped: list[Span] = []
    for left, right in spans:
        piece = line[left:right]
        body = piece.strip()
        if body:
            offset = begin + left + (len(piece) - len(piece.lstrip()))
            stripped.append((offset, offset + len(body)))
    return stripped


def _ends_sentence(line: str, start: int, match: re.Match[str], quotes: list[Span]) -> bool:
    following = _NEXT_START.match(line, match.end())
    if following is None:
        return match.end() == len(line)
    first = re.sub(r"^[^\w]+", "", line[following.end() :])[:1]
    if first.islower():
        return False
    position = bisect_right(quotes, (match.start(), len(line))) - 1
    if position >= 0 and match.end() < quotes[position][1]:
        return False
    single_stop = match.group().startswith(".") and not match.group().startswith(("..", "./"))
    return not (single_stop and _abbreviates(line[start : match.start()]))


def _abbreviates(before: str) -> bool:
    """Tell whether a full stop after `before` belongs to an abbreviation, initial or number."""
    if _LIST_NUMBER.fullmatch(before):
        return True
    token = _LAST_TOKEN.search(before)
    if token is None:
        return False
    word = token.group()
    return word.lower() in _ABBREVIATIONS or _is_initial(word)


def _is_initial(word: str) -> bool:
    """Tell a capital letter from a word of one letter, as in "thú y" or, with a tone, "góp Ý"."""
    return len(word) == 1 and word.isupper() and not marks(word.lower()).tone
