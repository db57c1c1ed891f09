"""Reads plain-text articles."""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING

from knowledge.articles.article import Block, Paragraph
from knowledge.articles.reading import DocumentFormat, Reading
from knowledge.articles.text_tables import with_tables
from knowledge.entities.labels import leading_label

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_MAX_TITLE = 200
_SHORTEST_WRAPPED, _LONGEST_WRAPPED = 45, 120
_SENTENCE_END = (".", ":", ";", "!", "?", "”", "…")
_BULLET = re.compile(r"\s*[-*+•–▪◦]\s+\S")
_QUANTITY = re.compile(r"\d[\d.,]* [^\W\d_A-ZĐ]")
# Words that no phrase ends with: the next line goes on.
_OPEN_END = re.compile(
    r"(?<!\w)(?:là|và|hoặc|hay|với|của|cho|trong|theo|tại|từ|đến|về|do|bởi|bằng|các|những|một|mỗi|"
    r"không|được|bị|gồm|nếu|khi|để|vì|mà|thì|như|có|phải|cùng|giữa)$|\w [-–—]$"
)
# Two to five capitalised words standing alone at the end: the writer's name.
_BYLINE = re.compile(
    r"(?:(?:Tác giả|Người viết|Bài(?: và ảnh)?|Theo)\s*:?\s*)?([^\W\d_]+(?: [^\W\d_]+){1,4})"
)


def read_plain_text(text: str) -> Reading:
    """Return the title (a short first line), the byline at the end and the blocks between.

    Every line is a paragraph of its own, unless lines are broken at a fixed width or a phrase goes
    on in the next. Lines in columns are tables (see `with_tables`).
    """
    blocks = list(_blocks(text.split("\n")))
    title, author = None, None
    if len(blocks) > 1 and isinstance(first := blocks[0], Paragraph):
        title = first.text if _looks_like_title(first.text) else None
        blocks = blocks[1:] if title else blocks
    if len(blocks) > 1 and isinstance(last := blocks[-1], Paragraph):
        author = _byline(last.text)
        blocks = blocks[:-1] if author else blocks
    return Reading(DocumentFormat.TEXT, tuple(blocks), title, author=author)


def _blocks(lines: Sequence[str]) -> Iterator[Block]:
    for has_text, group in groupby(lines, key=lambda line: bool(line.strip())):
        if has_text:
            for part in with_tables(list(group)):
                if isinstance(part, list):
                    yield from map(Paragraph, _paragraphs(part))
                else:
                    yield part


def _paragraphs(lines: Sequence[str]) -> Iterator[str]:
    """Yield the paragraphs of lines that stand together; bullets, labels and rules part them."""
    parts: list[list[str]] = [[]]
    for line in (" ".join(line.split()) for line in lines):
        if not any(map(str.isalnum, line)):
            parts.append([])  # a line of dashes or stars
        elif _BULLET.match(line) or leading_label(line):
            parts.append([line])
        else:
            parts[-1].append(line)
    for part in parts:
        paragraph = ""
        is_wrapped = _hard_wrapped(part) or _is_one_sentence(part)
        for line in part:
            if paragraph and not is_wrapped and not _goes_on(paragraph, line):
                yield paragraph
                paragraph = ""
            paragraph = f"{paragraph} {line}".lstrip()
        if paragraph:
            yield paragraph


def _hard_wrapped(lines: Sequence[str]) -> bool:
    """Tell whether lines are one paragraph broken at a fixed width."""
    inner, following = lines[:-1], lines[1:]
    return (
        bool(inner)
        and all(_SHORTEST_WRAPPED <= len(line) <= _LONGEST_WRAPPED for line in inner)
        and not inner[0].endswith(_SENTENCE_END)
        and (any(line[0].islower() for line in following) or lines[-1].endswith(_SENTENCE_END))
    )


def _is_one_sentence(lines: Sequence[str]) -> bool:
    """Tell whether lines are one sentence, broken before small letters and figures."""
    following = lines[1:]
    return (
        bool(following)
        and lines[-1].endswith(".")
        and not any(line.endswith(_SENTENCE_END) for line in lines[:-1])
        and all(line[0].islower() or _QUANTITY.match(line) for line in following)
        and (len(following) == 1 or any(line[0].islower() for line in following))
        and not lines[0].isupper()
    )


def _goes_on(above: str, line: str) -> bool:
    """Tell whether a phrase goes on in the next line."""
    if above.endswith(_SENTENCE_END):
        return False
    return _OPEN_END.search(above) is not None or (
        line[0].islower() and len(above) >= _SHORTEST_WRAPPED
    )


def _looks_like_title(line: str) -> bool:
    is_part = (label := leading_label(line)) is not None and bool(label.part)
    return len(line) <= _MAX_TITLE and not line.endswith((".", ";", ":", ",", "…")) and not is_part


def _byline(line: str) -> str | None:
    match = _BYLINE.fullmatch(line)
    if match is None or not all(word[0].isupper() for word in match.group(1).split()):
        return None
    return match.group(1)
