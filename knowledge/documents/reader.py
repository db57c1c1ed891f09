"""Reads a document of any accepted format, in this process."""

from __future__ import annotations

import dataclasses

from knowledge.documents.reading import MAX_DOCUMENT_BYTES, DocumentFormat, Reading
from knowledge.documents.sniffing import sniff
from knowledge.errors import ArticleError


def read_document(data: bytes, name: str, *, ocr: bool = False) -> Reading:
    """Return the text of `data`; `name` is a hint at its format and no path.

    Documents from people are read through `read_fenced`, which calls this in a process with limits.
    A PDF whose pages are all pictures comes back without blocks unless `ocr`. Raises ArticleError
    saying why a document cannot be read.
    """
    if len(data) > MAX_DOCUMENT_BYTES:
        raise ArticleError(
            f"tệp quá lớn ({len(data) / 1024**2:.0f} MB, tối đa "
            f"{MAX_DOCUMENT_BYTES // 1024**2} MB); hãy chia thành nhiều bài"
        )
    sniffed = sniff(data, name)
    match sniffed.format:
        case DocumentFormat.WORD:
            from knowledge.documents.word import read_word  # noqa: PLC0415

            if sniffed.archive is None:
                raise TypeError("a Word document is sniffed from its archive")
            reading = read_word(data, sniffed.archive)
        case DocumentFormat.EXCEL:
            from knowledge.documents.spreadsheet import read_spreadsheet  # noqa: PLC0415

            reading = read_spreadsheet(data)
        case DocumentFormat.PDF:
            from knowledge.documents.pdf import read_pdf  # noqa: PLC0415

            reading = read_pdf(data, ocr=ocr)
        case _:
            from knowledge.documents.text_document import read_text_document  # noqa: PLC0415

            reading = read_text_document(data, sniffed.format)
    if not reading.scanned_pages or reading.blocks:
        reading.require_content()
    return dataclasses.replace(reading, notes=sniffed.notes + reading.notes)
