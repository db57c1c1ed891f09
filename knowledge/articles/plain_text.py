"""Reads plain-text articles."""

from __future__ import annotations

import re

from knowledge.articles.article import Block, Paragraph
from knowledge.articles.page_leftovers import left_out_lines, leftover_lines
from knowledge.articles.reading import DocumentFormat, Reading

_MAX_TITLE = 200
_ITEM = re.compile(r"\s*(?:[-*+•–]|\d{1,2}[.)]|[a-zđ]\))\s+(\S.*)")
# Two to five capitalised words standing alone at the end: the writer's name.
_BYLINE = re.compile(
    r"(?:(?:Tác giả|Người viết|Bài(?: và ảnh)?|Theo)\s*:?\s*)?([^\W\d_]+(?: [^\W\d_]+){1,4})"
)


def read_plain_text(text: str) -> Reading:
    """Return the title (a short first line), the byline at the end and the blocks between.

    Every line is a paragraph of its own, unless the lines are hard-wrapped (most of them short and
    separated by blank lines).
    """
    lines = text.split("\n")
    leftovers = leftover_lines(lines)  # of the web page that the text was copied from
    paragraphs = _paragraphs([line for n, line in enumerate(lines) if n not in leftovers])
    title = None
    if paragraphs and len(paragraphs) > 1 and _looks_like_title(paragraphs[0]):
        title = paragraphs.pop(0)
    author = None
    if len(paragraphs) > 1 and (name := _byline(paragraphs[-1])):
        author = name
        paragraphs.pop()
    blocks: tuple[Block, ...] = tuple(Paragraph(paragraph) for paragraph in paragraphs)
    return Reading(
        DocumentFormat.TEXT,
        blocks,
        title,
        author=author,
        left_out=left_out_lines(lines[n] for n in sorted(leftovers) if lines[n].strip()),
    )


def _paragraphs(lines: list[str]) -> list[str]:
    groups: list[list[str]] = [[]]
    for line in lines:
        if line.strip():
            groups[-1].append(line)
        elif groups[-1]:
            groups.append([])
    paragraphs: list[str] = []
    for group in groups:
        if _hard_wrapped(group):
            paragraphs.append(" ".join(" ".join(group).split()))
        else:
            paragraphs.extend(" ".join(line.split()) for line in group)
    return paragraphs


def _hard_wrapped(group: list[str]) -> bool:
    """Tell whether the lines of a group are one paragraph broken at a fixed width."""
    inner = group[:-1]
    if len(group) < 2 or any(_ITEM.fullmatch(line) for line in group):
        return False
    return all(45 <= len(line.strip()) <= 120 for line in inner) and not any(
        line.rstrip().endswith((".", ":", ";", "!", "?", "”")) for line in inner[:1]
    )


def _looks_like_title(line: str) -> bool:
    return len(line) <= _MAX_TITLE and not line.endswith((".", ";", ":", ",", "…"))


def _byline(line: str) -> str | None:
    match = _BYLINE.fullmatch(line)
    if match is None or not all(word[0].isupper() for word in match.group(1).split()):
        return None
    return match.group(1)
