"""Reads a document of any accepted format, in this process."""

from __future__ import annotations

import dataclasses

from knowledge.articles.encodings import decode, decode_only
from knowledge.articles.markdown import read_markdown
from knowledge.articles.outline import outlined
from knowledge.articles.plain_text import read_plain_text
from knowledge.articles.reading import DocumentFormat, Reading
from knowledge.articles.web.page import declared_charset, read_web_page
from knowledge.documents.containers import is_mhtml, page_of_mhtml
from knowledge.documents.letterhead import with_letterhead
from knowledge.documents.sniffing import sniff


def read_document(data: bytes, name: str, *, ocr: bool = False) -> Reading:
    """Return the text of `data`; `name` is a hint at its format and no path.

    Documents from people are read through `read_fenced`, which calls this in a process with limits
    after it checked the size.
    A PDF whose pages are all pictures comes back without blocks unless `ocr`. Raises ArticleError
    saying why a document cannot be read.
    """
    sniffed = sniff(data, name)
    match sniffed.format:
        case DocumentFormat.WORD:
            from knowledge.documents.word.document import read_word  # noqa: PLC0415

            if sniffed.archive is None:
                raise TypeError("a Word document is sniffed from its archive")
            reading = _finished(read_word(sniffed.data, sniffed.archive))
        case DocumentFormat.EXCEL:
            from knowledge.documents.excel.spreadsheet import read_spreadsheet  # noqa: PLC0415

            reading = _finished(read_spreadsheet(sniffed.data))
        case DocumentFormat.PDF:
            from knowledge.documents.pdf.document import read_pdf  # noqa: PLC0415

            reading = _finished(read_pdf(data, ocr=ocr))
        case _:
            reading = read_text(data, sniffed.format)
    if not reading.scanned_pages or reading.blocks:
        reading.require_content()
    return dataclasses.replace(reading, notes=sniffed.notes + reading.notes)


def read_text(data: bytes, format_: DocumentFormat) -> Reading:
    """Return what a text, Markdown or HTML file says; raises ArticleError like `decode`."""
    if format_ is DocumentFormat.WEB_PAGE and is_mhtml(data):
        data = page_of_mhtml(data)
    match format_:
        case DocumentFormat.MARKDOWN:
            reading = read_markdown(decode_only(data))
        case DocumentFormat.WEB_PAGE:
            reading = read_web_page(decode_only(data, declared_charset(data)))
        case _:
            reading = read_plain_text(decode(data))
    return _finished(reading)


def _finished(reading: Reading) -> Reading:
    """Return what a format's reader took, with what all formats find in the text alike."""
    stated = with_letterhead(reading)
    return dataclasses.replace(stated, blocks=outlined(stated.blocks))
