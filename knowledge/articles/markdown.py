"""Reads Markdown articles."""

from __future__ import annotations

import re

from knowledge.articles.article import Block, Heading, ListItem, Paragraph
from knowledge.articles.front_matter import split_front_matter
from knowledge.articles.page_leftovers import is_leftover
from knowledge.articles.reading import DocumentFormat, Reading

_HEADING = re.compile(r"(#{1,6})\s+(.+?)\s*#*$")
_ITEM = re.compile(r"(\s*)([-*+•]|\d{1,3}[.)])\s+(.+)")
_MARKUP = (
    (re.compile(r"!\[([^\]]*)\]\([^)]*\)"), r"\1"),
    (re.compile(r"\[([^\]]+)\]\([^)]*\)"), r"\1"),
    (re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1"), r"\2"),
    (re.compile(r"(?<!\w)([*_])(?=\S)(.+?)(?<=\S)\1(?!\w)"), r"\2"),
    (re.compile(r"`([^`]+)`"), r"\1"),
    (re.compile(r"<(?:br|/?p|/?div|/?span)\s*/?>", re.IGNORECASE), " "),
    (re.compile(r"\\([\\`*_{}\[\]()#+\-.!>])"), r"\1"),
)
_QUOTE = re.compile(r"\s*>\s?")
_RULE = re.compile(r"\s*(?:[-*_]\s*){3,}$|\s*[|:\-\s]+$")


def read_markdown(text: str) -> Reading:
    """Return what `text` says, with what its front matter states; raises ArticleError for that.

    A first heading of the first level is the title, unless the front matter states another.
    """
    stated, body = split_front_matter(text)
    blocks = _blocks(body)
    title = stated.title
    if blocks and isinstance(blocks[0], Heading) and blocks[0].level == 1:
        title = title or blocks[0].text
        blocks = blocks[1:]
    return Reading(
        DocumentFormat.MARKDOWN,
        blocks,
        title,
        source=stated.source,
        author=stated.author,
        published=stated.published,
        tags=stated.tags,
        number=stated.number,
    )


def _blocks(text: str) -> tuple[Block, ...]:
    """Return the headings, paragraphs and list items of `text`, without their markup.

    Lines of a paragraph are joined by spaces; an item keeps the lines indented under it.
    """
    blocks: list[Block] = []
    pending: list[str] = []
    label: str | None = None  # of the item that is being read

    def flush() -> None:
        nonlocal label
        joined = " ".join(" ".join(pending).split())
        if joined:
            text = _plain(joined)
            blocks.append(Paragraph(text) if label is None else ListItem(text, label))
        pending.clear()
        label = None

    for raw in text.split("\n"):
        line = _QUOTE.sub("", raw) if raw.lstrip().startswith(">") else raw
        if heading := _HEADING.fullmatch(line.strip()):
            flush()
            level = len(heading.group(1))
            blocks.append(Heading(_plain(heading.group(2)), level))
        elif not line.strip() or _RULE.fullmatch(line) or is_leftover(line):
            flush()
        elif item := _ITEM.fullmatch(line):
            flush()
            label = item.group(2) if item.group(2)[0].isdigit() else ""
            pending.append(item.group(3))
        else:
            pending.append(line.strip())
    flush()
    return tuple(blocks)


def _plain(text: str) -> str:
    for pattern, replacement in _MARKUP:
        text = pattern.sub(replacement, text)
    return text.strip()
