"""Tells what a document is by its content; its name is only a hint."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import PurePosixPath

from knowledge.articles.reading import DocumentFormat
from knowledge.documents.archive import OfficeArchive, inspect_archive
from knowledge.errors import ArticleError

SUFFIXES: dict[str, DocumentFormat] = {
    ".docx": DocumentFormat.WORD,
    ".pdf": DocumentFormat.PDF,
    ".xlsx": DocumentFormat.EXCEL,
    ".md": DocumentFormat.MARKDOWN,
    ".txt": DocumentFormat.TEXT,
    ".html": DocumentFormat.WEB_PAGE,
    ".htm": DocumentFormat.WEB_PAGE,
}
ACCEPTED = ".docx, .pdf, .xlsx, .md, .txt và .html"
_NAMES = {
    DocumentFormat.WORD: "tài liệu Word (.docx)",
    DocumentFormat.PDF: "PDF",
    DocumentFormat.EXCEL: "bảng tính Excel (.xlsx)",
    DocumentFormat.MARKDOWN: "văn bản Markdown",
    DocumentFormat.TEXT: "văn bản thuần",
    DocumentFormat.WEB_PAGE: "trang web (HTML)",
}
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # the container of Office before 2007
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8")
_REFUSED_HEADS: tuple[tuple[bytes | tuple[bytes, ...], str], ...] = (
    (b"{\\rtf", "tệp RTF; hãy mở bằng Word rồi lưu lại dạng .docx"),
    (_PICTURES, "tệp ảnh; hãy ghép các ảnh chụp thành một tệp PDF rồi gửi, tôi sẽ đọc chữ"),
    (b"Rar!", f"tệp nén RAR; hãy giải nén rồi gửi từng tệp {ACCEPTED}"),
    (b"7z\xbc\xaf\x27\x1c", f"tệp nén 7z; hãy giải nén rồi gửi từng tệp {ACCEPTED}"),
    ((b"\x7fELF", b"MZ"), f"chương trình, không phải tài liệu; tôi chỉ nhận {ACCEPTED}"),
)
_HTML_HEAD = re.compile(
    rb"\s*(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--.{0,500}?-->\s*)?<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
_PDF_HEAD_BYTES = 1024  # readers accept junk before the header


@dataclass(frozen=True, slots=True)
class Sniffed:
    """What a document is; `archive` for Office documents, `notes` where the name disagrees."""

    format: DocumentFormat
    notes: tuple[str, ...]
    archive: OfficeArchive | None = None


def sniff(data: bytes, name: str) -> Sniffed:
    """Return the format of `data`, which was called `name`.

    Raises ArticleError for what is none of the accepted formats, for macros and for documents with
    a password; Office archives are checked on the way (see `inspect_archive`).
    """
    if not data.strip():
        raise ArticleError("tệp trống; hãy bổ sung nội dung hoặc xóa tệp")
    named = SUFFIXES.get(suffix_of(name))
    archive = None
    if data.startswith(b"PK\x03\x04"):
        archive = inspect_archive(data)
        found = _office_format(archive)
    elif b"%PDF-" in data[:_PDF_HEAD_BYTES]:
        found = DocumentFormat.PDF
    else:
        _refuse_foreign(data)
        found = _text_format(data, named)
    return Sniffed(found, _mismatch(found, named, name), archive)


def suffix_of(name: str) -> str:
    """Return the suffix of a file's name in lower case, with its dot, or "" without one."""
    return PurePosixPath(name.replace("\\", "/")).suffix.lower()


def _office_format(archive: OfficeArchive) -> DocumentFormat:
    if archive.has_macros:
        raise ArticleError(
            "tài liệu có macro (chương trình nhúng) nên tôi không mở; hãy lưu lại dạng .docx hoặc "
            ".xlsx không macro rồi gửi lại"
        )
    types = archive.content_types
    if "wordprocessingml.document.main+xml" in types:
        return DocumentFormat.WORD
    if "spreadsheetml.sheet.main+xml" in types:
        return DocumentFormat.EXCEL
    if "presentationml" in types:
        raise ArticleError("bản trình chiếu PowerPoint; hãy xuất ra PDF rồi gửi lại")
    if "wordprocessingml.template" in types or "spreadsheetml.template" in types:
        raise ArticleError("tệp mẫu (.dotx, .xltx); hãy lưu lại dạng .docx hoặc .xlsx")
    if "mimetype" in archive.names:
        raise ArticleError("tệp OpenDocument; hãy lưu lại dạng .docx, .xlsx hoặc PDF")
    raise ArticleError(f"tệp nén (zip), không phải tài liệu; hãy gửi từng tệp {ACCEPTED}")


def _refuse_foreign(data: bytes) -> None:
    if data.startswith(_OLE):
        if _ENCRYPTED_PACKAGE in data:
            raise ArticleError("tài liệu đặt mật khẩu; hãy bỏ mật khẩu rồi gửi lại")
        raise ArticleError(
            "tài liệu Office đời cũ (.doc, .xls); hãy mở bằng Word hay Excel rồi lưu lại dạng "
            ".docx hoặc .xlsx"
        )
    for head, reason in _REFUSED_HEADS:
        if data.startswith(head):
            raise ArticleError(reason)
    if b"\x00" in data and not data.startswith(_UTF16_MARKS):
        raise ArticleError(f"tệp nhị phân, không phải tài liệu tôi đọc được; chỉ nhận {ACCEPTED}")


def _text_format(data: bytes, named: DocumentFormat | None) -> DocumentFormat:
    if _HTML_HEAD.match(data[:2048].replace(b"\x00", b"").removeprefix(b"\xef\xbb\xbf")):
        return DocumentFormat.WEB_PAGE
    if named in {DocumentFormat.MARKDOWN, DocumentFormat.WEB_PAGE}:
        return named
    return DocumentFormat.TEXT


def _mismatch(found: DocumentFormat, named: DocumentFormat | None, name: str) -> tuple[str, ...]:
    if found is named:
        return ()
    suffix = suffix_of(name)[:10]
    called = f"Tên tệp ghi {suffix}" if suffix else "Tên tệp không có đuôi"
    return (f"{called} nhưng nội dung là {_NAMES[found]}; tôi đọc theo nội dung.",)
