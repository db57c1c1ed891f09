"""Reads web pages."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from knowledge.articles.article import Block, Heading, Table
from knowledge.articles.reading import DocumentFormat, LeftOut, Reading
from knowledge.articles.web.blocks import Notes, PageBlock, page_blocks
from knowledge.articles.web.flow import HEADINGS, Entry, Grid, PageFlow
from knowledge.articles.web.leftovers import left_out_lines, leftover_lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_OUTSIDE = "dòng liên kết ngoài bài viết của trang"
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*((?:windows-|cp|iso-8859-)\d{1,4})", re.IGNORECASE)
_HEAD_BYTES = 4096
_SAMPLES = 3
_SAMPLE_LENGTH = 60


def read_web_page(html: str) -> Reading:
    """Return the title, author, date and text blocks of `html`.

    Where the page marks its articles (`<article>`, `<main>`), a box outside of them that is mostly
    links is a menu. Menus, hidden text, comments and leftovers are counted as left out.
    """
    page = _walked(html)
    heading = next((line for line in page.entries if line.owner == "h1"), None)
    blocks, left_out = _blocks(page)
    title = page.metas.get("og:title") or page.title
    if heading is not None:
        title = Notes((), page.entries, page.anchors).text_of(heading)[0]
    first = next((n for n, block in enumerate(blocks) if block == Heading(title, 1)), None)
    if first is not None:
        del blocks[first]
    return Reading(
        DocumentFormat.WEB_PAGE,
        tuple(blocks),
        title or None,
        author=page.metas.get("author") or page.metas.get("article:author") or None,
        published=page.metas.get("article:published_time", "")[:10] or None,
        left_out=left_out,
    )


def declared_charset(data: bytes) -> str:
    """Return the encoding of one byte a letter that a page says it is in, else nothing."""
    declared = _CHARSET.search(data[:_HEAD_BYTES])
    return declared[1].decode().lower() if declared else ""


def blocks_of_html(html: str) -> tuple[list[Block], tuple[LeftOut, ...]]:
    """Return the blocks of a page or a part of one, and what of it is not read."""
    return _blocks(_walked(html))


def _walked(html: str) -> PageFlow:
    from lxml import etree  # type: ignore[import-untyped]  # noqa: PLC0415 -- only HTML needs it

    page = PageFlow()
    parser = etree.HTMLParser(target=page, encoding="utf-8", huge_tree=True)
    parser.feed(html.encode("utf-8", "replace"))
    try:
        parser.close()
    except etree.XMLSyntaxError:  # nothing in it
        page.close()
    return page


def _blocks(page: PageFlow) -> tuple[list[Block], tuple[LeftOut, ...]]:
    menus = _menus(page)
    flow = [
        part for part in page.flow if any(line.container not in menus for line in _lines([part]))
    ]
    notes = Notes(_lines(flow), page.entries, page.anchors)
    blocks = page_blocks(flow, notes)
    lines: list[str] = []
    owners: list[int] = []
    for number, found in enumerate(blocks):
        texts = _lines_as_shown(found)
        lines += texts
        owners += [number] * len(texts)
    gone = leftover_lines(lines, [blocks[owner].links for owner in owners])
    kept = {owner for n, owner in enumerate(owners) if n not in gone}
    leftovers = [line for line, owner in zip(lines, owners, strict=True) if owner not in kept]
    left_out = [
        LeftOut(what, len(texts), tuple(texts[:_SAMPLES])) for what, texts in page.left_out.items()
    ]
    left_out += _outside(page, flow, notes)
    left_out += left_out_lines(leftovers)
    return [found.block for n, found in enumerate(blocks) if n in kept], tuple(left_out)


def _menus(page: PageFlow) -> set[int]:
    """Return the boxes outside the articles that hold more links than other lines."""
    if not page.regions:
        return set()
    balance: Counter[int] = Counter()
    for line in page.entries:
        if not line.region and line.container not in page.around and line.owner not in HEADINGS:
            balance[line.container] += 1 if line.links else -1
    return {box for box, surplus in balance.items() if surplus > 0}


def _outside(page: PageFlow, flow: list[Entry | Grid], notes: Notes) -> list[LeftOut]:
    read = {line.number for line in _lines(flow)} | notes.lines
    title = next((line.number for line in page.entries if line.owner == "h1"), None)
    unread = [line for line in page.entries if line.number not in read and line.number != title]
    if not unread:
        return []
    samples = tuple(notes.text_of(line)[0][:_SAMPLE_LENGTH] for line in unread[:_SAMPLES])
    return [LeftOut(_OUTSIDE, len(unread), samples)]


def _lines(flow: Iterable[Entry | Grid]) -> Iterator[Entry]:
    """Yield the lines of `flow`, those in tables included."""
    waiting = [iter(flow)]
    while waiting:
        part = next(waiting[-1], None)
        if part is None:
            waiting.pop()
        elif isinstance(part, Entry):
            yield part
        else:
            cells = [inner for row in part.rows for cell in row for inner in cell.content]
            waiting.append(iter([*part.caption, *cells]))


def _lines_as_shown(found: PageBlock) -> list[str]:
    if isinstance(found.block, Table):
        return [": ".join(filter(None, row)) for row in found.block.rows]
    return [found.block.text]
