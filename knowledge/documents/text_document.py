"""Reads Markdown, plain text and web pages."""

from __future__ import annotations

from knowledge.articles.article import BlockKind
from knowledge.articles.encodings import decode
from knowledge.articles.front_matter import split_front_matter
from knowledge.articles.html import read_web_page
from knowledge.articles.markdown import markdown_blocks
from knowledge.articles.plain_text import read_plain_text
from knowledge.documents.reading import DocumentFormat, Reading


def read_text_document(data: bytes, format_: DocumentFormat) -> Reading:
    """Return what the text says; raises ArticleError like `decode` and `split_front_matter`."""
    text = decode(data)
    match format_:
        case DocumentFormat.MARKDOWN:
            return _markdown(text)
        case DocumentFormat.WEB_PAGE:
            page = read_web_page(text)
            return Reading(
                format_, page.blocks, page.title, author=page.author, published=page.published
            )
        case _:
            plain = read_plain_text(text)
            return Reading(DocumentFormat.TEXT, plain.blocks, plain.title, author=plain.author)


def _markdown(text: str) -> Reading:
    meta, body = split_front_matter(text)
    blocks = markdown_blocks(body)
    title = meta.title
    if blocks and blocks[0].kind is BlockKind.HEADING and blocks[0].level == 1:
        title = title or blocks[0].text
        blocks = blocks[1:]
    return Reading(
        DocumentFormat.MARKDOWN,
        blocks,
        title,
        source=meta.source,
        author=meta.author,
        published=meta.published,
        tags=meta.tags,
    )
