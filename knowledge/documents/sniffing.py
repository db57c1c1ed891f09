"""Tells what a document is by its content; its name is only a hint."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import PurePosixPath

from knowledge.articles.reading import DocumentFormat
from knowledge.documents.archive import OfficeArchive, inspect_archive
from knowledge.documents.containers import (
    is_flat_package,
    is_mhtml,
    ordinary_package,
    package_of_flat,
)
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
_OLE_KINDS = (
    ("EncryptedPackage", "tài liệu đặt mật khẩu; hãy bỏ mật khẩu rồi gửi lại"),
    ("WordDocument", "tài liệu Word đời cũ (.doc); hãy mở bằng Word rồi lưu lại dạng .docx"),
    ("PowerPoint Document", "bản trình chiếu PowerPoint đời cũ (.ppt); hãy xuất ra PDF"),
    ("__substg1.0_", "thư Outlook (.msg); hãy lưu nội dung thư dạng .docx hoặc PDF"),
    ("Workbook", "bảng tính Excel đời cũ (.xls); hãy mở bằng Excel rồi lưu lại dạng .xlsx"),
    ("", "tài liệu Office đời cũ (.doc, .xls); hãy mở ra rồi lưu lại dạng .docx hoặc .xlsx"),
)
_XML_KINDS = (
    (
        b"http://schemas.microsoft.com/office/word/2003/wordml",
        "tài liệu Word 2003 XML; hãy mở bằng Word rồi lưu lại dạng .docx",
    ),
    (
        b"urn:schemas-microsoft-com:office:spreadsheet",
        "bảng tính Excel 2003 XML; hãy mở bằng Excel rồi lưu lại dạng .xlsx",
    ),
    (
        b"urn:oasis:names:tc:opendocument",
        "tệp OpenDocument dạng XML; hãy lưu lại dạng .docx, .xlsx hoặc PDF",
    ),
    (b"", f"tệp dữ liệu XML, không phải tài liệu; tôi chỉ nhận {ACCEPTED}"),
)
_STRICT_NOTE = "Tệp ở dạng Strict Open XML; tôi đã đổi sang dạng thường rồi đọc."
_FLAT_NOTE = "Tệp là tài liệu Office ghi thành một tệp XML (Flat OPC); tôi đã đóng gói lại rồi đọc."
_MHTML_NOTE = "Tệp là trang web lưu trọn gói (MHTML); tôi đọc phần HTML bên trong."
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8")
_REFUSED_HEADS: tuple[tuple[bytes | tuple[bytes, ...], str], ...] = (
    (b"{\\rtf", "tệp RTF; hãy mở bằng Word rồi lưu lại dạng .docx"),
    (_PICTURES, "tệp ảnh; hãy ghép các ảnh chụp thành một tệp PDF rồi gửi, tôi sẽ đọc chữ"),
    (b"Rar!", f"tệp nén RAR; hãy giải nén rồi gửi từng tệp {ACCEPTED}"),
    (b"7z\xbc\xaf\x27\x1c", f"tệp nén 7z; hãy giải nén rồi gửi từng tệp {ACCEPTED}"),
    ((b"\x7fELF", b"MZ"), f"chương trình, không phải tài liệu; tôi chỉ nhận {ACCEPTED}"),
)
_BEFORE_ROOT = rb"(?>\s+|<\?.*?\?>|<!--.*?-->)*+"
_HTML_HEAD = re.compile(
    _BEFORE_ROOT + rb"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL
)
_HTML_PART = re.compile(
    _BEFORE_ROOT
    + rb"<(?:meta|title|style|article|main|section|div|p|table|h[1-6]|ul|ol|center|font|span|br)"
    rb"(?:\s[^<>]*)?/?>",
    re.IGNORECASE | re.DOTALL,
)
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
_WHITE = b"\xef\xbb\xbf \r\n\t"
_HEAD_BYTES = 4096
_PDF_HEAD_BYTES = 1024  # readers accept junk before the header


@dataclass(frozen=True, slots=True)
class Sniffed:
    """What a document is; `notes` where its name disagrees or its container is an odd one.

    `data` are the bytes to read, `archive` what is in them if it is an Office document.
    """

    format: DocumentFormat
    data: bytes
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
    odd: tuple[str, ...] = ()
    if is_flat_package(data):
        data, odd = package_of_flat(data), (_FLAT_NOTE,)
    if data.startswith(b"PK\x03\x04"):
        archive = inspect_archive(data)
        if archive.is_strict or any("\\" in part for part in archive.names):
            odd = (_STRICT_NOTE,) if archive.is_strict else odd
            data = ordinary_package(data)
            archive = inspect_archive(data)
        found = _office_format(archive)
    elif b"%PDF-" in data[:_PDF_HEAD_BYTES]:
        found = DocumentFormat.PDF
    elif is_mhtml(data):
        found, odd = DocumentFormat.WEB_PAGE, (_MHTML_NOTE,)
    else:
        _refuse_foreign(data)
        found = _text_format(data, named)
    return Sniffed(found, data, odd or _mismatch(found, named, name), archive)


def suffix_of(name: str) -> str:
    """Return the suffix of a file's name in lower case, with its dot, or "" without one."""
    return PurePosixPath(name.replace("\\", "/")).suffix.lower()


def _office_format(archive: OfficeArchive) -> DocumentFormat:
    types = archive.content_types
    if "ms-excel.sheet.binary" in types:
        raise ArticleError("bảng tính Excel nhị phân (.xlsb); hãy lưu lại dạng .xlsx")
    if archive.has_macros:
        raise ArticleError(
            "tài liệu có macro (chương trình nhúng) nên tôi không mở; hãy lưu lại dạng .docx hoặc "
            ".xlsx không macro rồi gửi lại"
        )
    if "wordprocessingml.document.main+xml" in types:
        return DocumentFormat.WORD
    if "spreadsheetml.sheet.main+xml" in types:
        return DocumentFormat.EXCEL
    if "presentationml" in types:
        raise ArticleError("bản trình chiếu PowerPoint; hãy xuất ra PDF rồi gửi lại")
    if "wordprocessingml.template" in types or "spreadsheetml.template" in types:
        raise ArticleError("tệp mẫu (.dotx, .xltx); hãy lưu lại dạng .docx hoặc .xlsx")
    if archive.media_type == "application/epub+zip":
        raise ArticleError("sách điện tử EPUB; hãy lưu lại dạng .docx hoặc PDF")
    if "mimetype" in archive.names:
        raise ArticleError("tệp OpenDocument; hãy lưu lại dạng .docx, .xlsx hoặc PDF")
    raise ArticleError(f"tệp nén (zip), không phải tài liệu; hãy gửi từng tệp {ACCEPTED}")


def _refuse_foreign(data: bytes) -> None:
    if data.startswith(_OLE):
        raise ArticleError(next(r for s, r in _OLE_KINDS if s.encode("utf-16-le") in data))
    begin = data[:64].lstrip(_WHITE)
    for head, reason in _REFUSED_HEADS:
        if begin.startswith(head):
            raise ArticleError(reason)
    start = data[:_HEAD_BYTES].replace(b"\x00", b"").lstrip(_WHITE + b"\xff\xfe")
    if start.startswith(b"<?xml") and not _HTML_HEAD.match(start):
        raise ArticleError(next(reason for space, reason in _XML_KINDS if space in start))
    if b"\x00" in data and not data.startswith(_UTF16_MARKS):
        raise ArticleError(f"tệp nhị phân, không phải tài liệu tôi đọc được; chỉ nhận {ACCEPTED}")


def _text_format(data: bytes, named: DocumentFormat | None) -> DocumentFormat:
    head = data[:_HEAD_BYTES].replace(b"\x00", b"").lstrip(_WHITE + b"\xff\xfe")
    if _HTML_HEAD.match(head) or (named is not DocumentFormat.MARKDOWN and _HTML_PART.match(head)):
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
