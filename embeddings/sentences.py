"""Sentence boundaries in Vietnamese administrative prose."""

from __future__ import annotations

import re
from bisect import bisect_right

# Abbreviations that end in a full stop inside a sentence, folded to lower case without the stop.
_ABBREVIATIONS = frozenset(
    "tp tx tt th ths ts gs pgs bs ks cn nxb tr mr mrs ms dr st vd đ/c đc no q p h x t vs".split()
)
_END = re.compile(r"(?:\./\.|[.!?…]+)[\"”’»)\]]*(?=\s|$)")
_NEXT_START = re.compile(r"\s+(?=[\"“‘«(\[\-–•*]?\s?(?:[^\W\d_]|\d))")
_LAST_TOKEN = re.compile(r"[\w/]+$")
_LIST_NUMBER = re.compile(r"\s*(?:\d{1,3}|[a-zđ]|[IVX]{1,5})$")
_QUOTES = re.compile(r"“[^“”\n]{1,300}”|\"[^\"\n]{1,300}\"|«[^«»\n]{1,300}»")


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """Return the character ranges of the sentences of `text`, without surrounding white space.

    A line break always ends a sentence (list items and headings stand on lines of their own). A
    stop ends one unless it closes an abbreviation ("TP. Lào Cai"), an initial, a list number
    ("1. Thạo nghề"), stands inside a number or a quotation that goes on, or a small letter follows.
    """
    spans: list[tuple[int, int]] = []
    for line in re.finditer(r"[^\n]+", text):
        spans.extend(_line_spans(text, line.start(), line.end()))
    return spans


def sentences(text: str) -> list[str]:
    """Return the sentences of `text` word for word; see `sentence_spans` for the rules."""
    return [text[start:end] for start, end in sentence_spans(text)]


def _line_spans(text: str, begin: int, end: int) -> list[tuple[int, int]]:
    line = text[begin:end]
    quotes = [match.span() for match in _QUOTES.finditer(line)]
    spans: list[tuple[int, int]] = []
    start = 0
    for match in _END.finditer(line):
        if _ends_sentence(line, start, match, quotes):
            spans.append((start, match.end()))
            start = match.end()
    spans.append((start, len(line)))
    stripped: list[tuple[int, int]] = []
    for left, right in spans:
        piece = line[left:right]
        body = piece.strip()
        if body:
            offset = begin + left + (len(piece) - len(piece.lstrip()))
            stripped.append((offset, offset + len(body)))
    return stripped


def _ends_sentence(
    line: str, start: int, match: re.Match[str], quotes: list[tuple[int, int]]
) -> bool:
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
    word = token.group().lower()
    return word in _ABBREVIATIONS or (len(word) == 1 and word.isalpha())
