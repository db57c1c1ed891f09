"""Reads PDF documents: their text as it is laid out, or by OCR what is only a picture of text."""

from __future__ import annotations

import re
import time
from contextlib import contextmanager
from enum import Enum, auto
from typing import TYPE_CHECKING

from knowledge.articles.characters import tidy
from knowledge.articles.reading import DocumentFormat, LeftOut, Reading
from knowledge.documents.pdf.page_blocks import blocks_of
from knowledge.documents.pdf.page_layout import Page, laid_out
from knowledge.documents.pdf.page_recognition import has_ink, recognised
from knowledge.documents.pdf.pdfium_page import read_page_text
from knowledge.documents.pdf.readability import is_readable, is_well_recognised
from knowledge.errors import ArticleError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pypdfium2 import PdfDocument, PdfPage  # type: ignore[import-untyped] # it has no types

    from knowledge.documents.pdf.page_text import PageText

MAX_PAGES = 1_500
MAX_SCANNED_PAGES = 60
_FEW = 25  # fewer letters on a page with a picture: a stamp or page number, not the text
_MANY = 300  # letters that are more than a stamp or a signature's details on a scan
_PICTURED = 0.6  # of the page: a scan, or the ground of a page
_DRAWN_LETTERS = 150  # paths on a page without text: its letters may be drawn
_FONT_SHARE = 0.2  # of a page's letters; what is set in a font with fewer cannot condemn it
_RETRY_SECONDS = 400  # for scans that lie wrong, all pages together
_NO_TITLE = re.compile(
    r"(?:microsoft word|untitled|document\d*|.*\.(?:docx?|pdf|tmp)$)", re.IGNORECASE
)
_PASSWORD = 4  # FPDF_ERR_PASSWORD
_OBJECT = re.compile(rb"\d+\s+\d+\s+obj\b")
_HEAD_BYTES = 1024
_SAMPLES = 3
_MAX_SAMPLE = 60


class _Use(Enum):
    """What becomes of a page."""

    READ = auto()
    RECOGNISE = auto()  # it has no text that can be read
    COMPARE = auto()  # it has some, but its picture may hold more
    BLANK = auto()


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
        pages = _Pages(document)
        if ocr:
            pages.recognise()
        metadata = document.get_metadata_dict(skip_empty=True)
    found = blocks_of([page for page in pages.pages if page is not None])
    unread = () if ocr else tuple(sorted(pages.to_recognise + pages.to_compare))
    if not found.blocks and not unread:
        raise ArticleError(
            "không nhận dạng được chữ nào trong ảnh; hãy chụp lại rõ hơn, thẳng và đủ sáng"
            if pages.to_recognise
            else "PDF không có chữ nào; hãy kiểm tra lại tệp"
        )
    stated = tidy(metadata.get("Title", "")).strip()
    return Reading(
        DocumentFormat.PDF,
        tuple(found.blocks),
        file_title=stated if stated and not _NO_TITLE.match(stated) else None,
        notes=(*pages.notes(), *found.notes),
        left_out=(*found.left_out, *pages.left_out()),
        scanned_pages=unread,
    )


class _Pages:
    """The pages of a document as they are read."""

    def __init__(self, document: PdfDocument) -> None:
        self._document = document
        self.pages: list[Page | None] = []
        self.to_recognise: list[int] = []
        self.to_compare: list[int] = []
        self._recognised: list[int] = []
        self._unreadable: list[int] = []
        self._layers = 0
        self._hidden: list[str] = []
        self._slanting: list[str] = []
        self._comments: list[str] = []
        for number in range(1, len(document) + 1):
            self._read(number)

    def _read(self, number: int) -> None:
        page = self._document[number - 1]
        try:
            text = read_page_text(page)
            use = _use(text, page)
        finally:
            page.close()
        self._hidden += [" ".join(text.hidden)] if text.hidden else []
        self._comments += text.comments
        self._slanting += ["".join(text.slanting)] if text.slanting else []
        if use is _Use.RECOGNISE:
            self.to_recognise.append(number)
        elif use is _Use.COMPARE:
            self.to_compare.append(number)
        elif use is _Use.READ and text.pictured >= _PICTURED:
            self._layers += 1
        readable = use in {_Use.READ, _Use.COMPARE}
        self.pages.append(laid_out(text, number) if readable else None)

    def recognise(self) -> None:
        """Recognise the pages that are pictures; raises ArticleError when they are too many."""
        if len(self.to_recognise) > MAX_SCANNED_PAGES:
            raise ArticleError(
                f"PDF có {len(self.to_recognise)} trang ảnh chụp, mỗi lần tôi nhận dạng tối đa "
                f"{MAX_SCANNED_PAGES} trang; hãy chia thành nhiều tệp"
            )
        deadline = time.monotonic() + _RETRY_SECONDS
        numbers = sorted(self.to_recognise + self.to_compare)[:MAX_SCANNED_PAGES]
        for number in numbers:
            page = self._document[number - 1]
            try:
                text = recognised(page, number, deadline)
            finally:
                page.close()
            kept = self.pages[number - 1]
            if text is not None and (kept is None or len(text.text) > kept.characters):
                self.pages[number - 1] = laid_out(text, number)
                self._recognised.append(number)
            elif kept is None:
                self._unreadable.append(number)

    def notes(self) -> Iterator[str]:
        """Yield what an editor should know of the pages."""
        if self._recognised:
            yield (
                f"{len(self._recognised)}/{len(self.pages)} trang là ảnh chụp, chữ do máy nhận "
                "dạng (OCR) nên có thể sai; anh/chị đọc lại phần xem trước trước khi lưu."
            )
        if self._layers:
            yield (
                f"{self._layers}/{len(self.pages)} trang là ảnh có sẵn lớp chữ do máy nhận dạng, "
                "có thể sai; anh/chị đọc lại phần xem trước trước khi lưu."
            )
        if self._unreadable:
            listed = ", ".join(map(str, self._unreadable))
            yield (
                f"Trang {listed}: không nhận dạng được chữ nào đọc được nên tôi bỏ qua; hãy chụp "
                "lại rõ hơn, thẳng và đủ sáng nếu trang có chữ."
            )

    def left_out(self) -> Iterator[LeftOut]:
        """Yield what was not read since it is no part of the text, or cannot be seen."""
        for what, texts in (
            ("bình luận", self._comments),
            ("đoạn chữ ẩn", self._hidden),
            ("chữ chìm", self._slanting),
        ):
            if texts:
                samples = tuple(text[:_MAX_SAMPLE] for text in dict.fromkeys(texts))
                yield LeftOut(what, len(texts), samples[:_SAMPLES])


def _use(text: PageText, page: PdfPage) -> _Use:
    said = text.text
    letters = len("".join(said.split()))
    if text.pictured >= _PICTURED:
        if letters >= _FEW and is_well_recognised(said) and letters >= _MANY:
            return _Use.READ
        if not has_ink(page):
            return _Use.READ if letters else _Use.BLANK
        visible = letters and not text.invisible and _is_readable(text)
        return _Use.COMPARE if visible or is_well_recognised(said) else _Use.RECOGNISE
    if letters < _FEW and (text.pictures or text.paths > _DRAWN_LETTERS):
        return (_Use.COMPARE if letters else _Use.RECOGNISE) if has_ink(page) else _Use.BLANK
    if not letters:
        return _Use.BLANK
    return _Use.READ if _is_readable(text) else _Use.RECOGNISE


def _is_readable(text: PageText) -> bool:
    """Tell whether a page can be read, and each font that much of it is set in."""
    fonts: dict[str, list[str]] = {}
    for word in text.words:
        fonts.setdefault(word.font, []).append(word.text)
    said = [" ".join(words) for words in fonts.values()]
    least = _FONT_SHARE * sum(map(len, said))
    return all(is_readable(words) for words in said if len(words) >= least)


@contextmanager
def _opened(data: bytes) -> Iterator[PdfDocument]:
    import pypdfium2  # noqa: PLC0415 -- only PDFs need it

    try:
        document = pypdfium2.PdfDocument(_without_junk(data))
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


def _without_junk(data: bytes) -> bytes:
    """Return a PDF without what stands before its header and behind its end mark.

    Raises ArticleError for a file whose end is missing: pdfium would mend it, and silently read
    what pages there are.
    """
    end = data.rfind(b"%%EOF")
    if end < 0 or _OBJECT.search(data, end):
        raise _damaged()
    begin = max(0, data[:_HEAD_BYTES].find(b"%PDF-"))
    return data[begin : end + len(b"%%EOF")] + b"\n"


def _damaged() -> ArticleError:
    return ArticleError(
        "PDF bị hỏng hoặc tải về chưa đủ; hãy mở bằng trình đọc PDF để kiểm tra rồi gửi lại"
    )
