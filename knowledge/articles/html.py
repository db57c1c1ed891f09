"""Reads web pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from knowledge.articles.article import Block, Heading, ListItem, Paragraph
from knowledge.articles.page_leftovers import is_leftover
from knowledge.articles.reading import DocumentFormat, Reading

if TYPE_CHECKING:
    from bs4 import BeautifulSoup, Tag

_NOT_TEXT = "script style noscript template iframe svg form nav footer aside button select".split()
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_BLOCKS = frozenset("p li blockquote td th dt dd figcaption pre div section article".split())


def read_web_page(html: str) -> Reading:
    """Return the title, author, date and text blocks of `html`.

    Scripts, forms, menus and footers are no text; where the page marks its article (`<article>`,
    `<main>`), only that is read.
    """
    from bs4 import BeautifulSoup  # noqa: PLC0415 -- only HTML articles need it

    soup = BeautifulSoup(html, "html.parser")
    title = _meta(soup, "og:title") or (soup.title.get_text(" ", strip=True) if soup.title else "")
    first_heading = soup.find("h1")
    if first_heading is not None and first_heading.get_text(strip=True):
        title = " ".join(first_heading.get_text(" ").split())
    author = _meta(soup, "author") or _meta(soup, "article:author")
    published = _meta(soup, "article:published_time")
    for tag in soup.find_all(_NOT_TEXT):
        tag.decompose()
    body = soup.find("article") or soup.find("main") or soup.body or soup
    return Reading(
        DocumentFormat.WEB_PAGE,
        tuple(block for block in _blocks(body) if block != Heading(title, 1)),
        title or None,
        author=author or None,
        published=published[:10] or None,
    )


def _meta(soup: BeautifulSoup, name: str) -> str:
    tag = soup.find("meta", attrs={"name": name}) or soup.find("meta", attrs={"property": name})
    content = tag.get("content") if tag is not None else None
    return " ".join(content.split()) if isinstance(content, str) else ""


def _blocks(root: Tag) -> list[Block]:
    """Walk the tree without recursion (a hostile page may nest thousands deep)."""
    from bs4.element import NavigableString, PreformattedString, Tag  # noqa: PLC0415

    blocks: list[Block] = []
    pieces: list[str] = []
    owner = "p"

    def flush(next_owner: str) -> None:
        nonlocal owner
        for line in "".join(pieces).split("\n"):
            text = " ".join(line.split())
            if text and not is_leftover(text):
                blocks.append(_block(owner, text))
        pieces.clear()
        owner = next_owner

    stack: list[Tag | NavigableString | str] = [root]
    while stack:
        node = stack.pop()
        if isinstance(node, Tag):
            if node.name == "br":
                pieces.append("\n")
                continue
            boundary = node.name in _BLOCKS or node.name in _HEADINGS
            if boundary:
                flush(node.name)
                stack.append("")  # the end of the block
            children = [c for c in node.children if isinstance(c, Tag | NavigableString)]
            stack.extend(reversed(children))
        elif isinstance(node, PreformattedString):
            continue  # comments, doctype, CDATA
        elif isinstance(node, NavigableString):
            pieces.append(node.replace("\n", " "))
        else:
            flush("p")
    flush("p")
    return blocks


def _block(owner: str, text: str) -> Block:
    if owner in _HEADINGS:
        return Heading(text, _HEADINGS[owner])
    return ListItem(text) if owner == "li" else Paragraph(text)
