"""Reads PDF documents: their text, or by OCR what is only a picture of text."""

from __future__ import annotations

import re
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING

from knowledge.articles.characters import tidy
from knowledge.articles.encodings import legacy_repair
from knowledge.articles.reading import DocumentFormat, Reading
from knowledge.documents.page_lines import paragraphs, without_repeats
from knowledge.errors import ArticleError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pypdfium2 import PdfDocument  # type: ignore[import-untyped] # it has no types

MAX_PAGES = 1_500
MAX_SCANNED_PAGES = 60
_SCANNED_CHARACTERS = 25  # fewer on a page with a picture: a stamp or page number, not the text
_SAMPLE = 20_000
_NO_TITLE = re.compile(
    r"(?:microsoft word|untitled|document\d*|.*\.(?:docx?|pdf|tmp)$)", re.IGNORECASE
)
_LANGUAGE = "vie"
_DOTS_PER_INCH = 250
_MAX_SIDE = 4_000  # pixels; a poster scanned as one page is drawn smaller
_PAGE_SECONDS = 60
_PASSWORD = 4  # FPDF_ERR_PASSWORD
_TAIL_BYTES = 4096  # some programs write past the end mark


def read_pdf(data: bytes, *, ocr: bool) -> Reading:
    """Return the text of a PDF; with `ocr`, scanned pages are recognised with Tesseract.

    Without it they are named in `Reading.scanned_pages`. Raises ArticleError for a damaged or
    encrypted document, one with too many pages, and (with `ocr`) when nothing could be recognised.
    """
    with _opened(data) as document:
        if len(document) > MAX_PAGES:
            raise ArticleError(
                f"PDF có {len(document)} trang, tối đa {MAX_PAGES}; hãy chia thành nhiều tệp"
            )
        texts = [_page_text(document, number) for number in range(len(document))]
        scanned = [number for number, text in enumerate(texts) if text is None]
        if ocr and len(scanned) > MAX_SCANNED_PAGES:
            raise ArticleError(
                f"PDF có {len(scanned)} trang ảnh chụp, mỗi lần tôi nhận dạng tối đa "
                f"{MAX_SCANNED_PAGES} trang; hãy chia thành nhiều tệp"
            )
        if ocr:
            for number in scanned:
                texts[number] = _recognise_page(document, number)
        metadata = document.get_metadata_dict(skip_empty=True)
    pages = _mended([[line for line in (text or "").split("\n") if line.strip()] for text in texts])
    blocks = paragraphs(without_repeats(pages))
    unread = tuple(number + 1 for number in scanned) if not ocr else ()
    if not blocks and not unread:
        raise ArticleError(
            "không nhận dạng được chữ nào trong ảnh; hãy chụp lại rõ hơn, thẳng và đủ sáng"
            if scanned
            else "PDF không có chữ nào; hãy kiểm tra lại tệp"
        )
    stated = tidy(metadata.get("Title", "")).strip()
    notes = _recognised(len(scanned), len(pages)) if ocr and scanned else ()
    return Reading(
        DocumentFormat.PDF,
        tuple(blocks),
        file_title=stated if stated and not _NO_TITLE.match(stated) else None,
        notes=notes,
        scanned_pages=unread,
    )


@contextmanager
def _opened(data: bytes) -> Iterator[PdfDocument]:
    import pypdfium2  # noqa: PLC0415 -- only PDFs need it

    if b"%%EOF" not in data[-_TAIL_BYTES:]:
        raise _damaged()  # pdfium would mend it and silently read what pages there are
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if error.err_code == _PASSWORD:
            raise ArticleError("PDF đặt mật khẩu; hãy bỏ mật khẩu rồi gửi lại") from error
        raise _damaged() from error
    try:
        yield document
    except pypdfium2.PdfiumError as error:
        raise _damaged() from error
    finally:
        document.close()


def _damaged() -> ArticleError:
    return ArticleError(
        "PDF bị hỏng hoặc tải về chưa đủ; hãy mở bằng trình đọc PDF để kiểm tra rồi gửi lại"
    )


def _page_text(document: PdfDocument, number: int) -> str | None:
    """Return a page's text, or None when the page is a picture."""
    import pypdfium2.raw as pdfium  # type: ignore[import-untyped]  # noqa: PLC0415

    page = document[number]
    try:
        textpage = page.get_textpage()
        text = str(textpage.get_text_range()).replace("\r\n", "\n").replace("\r", "\n")
        textpage.close()
        if len("".join(text.split())) >= _SCANNED_CHARACTERS:
            return text
        pictures = page.get_objects(filter=(pdfium.FPDF_PAGEOBJ_IMAGE,), max_depth=3)
        return None if next(iter(pictures), None) is not None else text
    finally:
        page.close()


def _mended(pages: list[list[str]]) -> list[list[str]]:
    """Decode text of old Vietnamese fonts, and bring all of it to NFC."""
    sample = "\n".join("\n".join(page) for page in pages)[:_SAMPLE]
    repair = legacy_repair(sample)
    return [[_tidy_line(repair(line) if repair else line) for line in page] for page in pages]


def _tidy_line(line: str) -> str:
    """Tidy a line, keeping pdfium's mark of a broken word as a soft hyphen."""
    return "\u00ad".join(map(tidy, re.split("[\x02\xad\ufffe]", line)))


def _recognised(scanned: int, pages: int) -> tuple[str, ...]:
    note = (
        f"{scanned}/{pages} trang là ảnh chụp, chữ do máy nhận dạng (OCR) nên có thể sai; anh/chị "
        "đọc lại phần xem trước trước khi lưu."
    )
    return (note,)


@cache
def tesseract_ready() -> bool:
    """Tell whether Tesseract with its Vietnamese model is installed."""
    import pytesseract  # type: ignore[import-untyped]  # noqa: PLC0415 -- it has no types

    try:
        return _LANGUAGE in pytesseract.get_languages()
    except (pytesseract.TesseractNotFoundError, OSError):
        return False


def _recognise_page(document: PdfDocument, number: int) -> str:
    """Return the text of page `number` (from 0) of an open pypdfium2 document.

    Raises ArticleError when Tesseract fails or takes too long.
    """
    import pytesseract  # noqa: PLC0415

    page = document[number]
    try:
        longest = max(page.get_size())
        scale = min(_DOTS_PER_INCH / 72, _MAX_SIDE / max(longest, 1.0))
        image = page.render(scale=scale, grayscale=True).to_pil()
    finally:
        page.close()
    try:
        return str(pytesseract.image_to_string(image, lang=_LANGUAGE, timeout=_PAGE_SECONDS))
    except (pytesseract.TesseractError, RuntimeError, OSError) as error:
        raise ArticleError(
            f"không nhận dạng được trang {number + 1} trong {_PAGE_SECONDS} giây; hãy chia nhỏ "
            "tệp hoặc chụp lại rõ hơn"
        ) from error
