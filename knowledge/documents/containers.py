"""Turns documents in odd containers into ordinary ones: strict OOXML, flat OPC and MHTML."""

from __future__ import annotations

import base64
import binascii
import email
import io
import re
import zipfile
from typing import TYPE_CHECKING
from xml.sax.saxutils import quoteattr

from knowledge.errors import ArticleError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from email.message import Message

_HEAD_BYTES = 8192
_DTD = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_PACKAGE = "{http://schemas.microsoft.com/office/2006/xmlPackage}"
_FLAT = _PACKAGE.strip("{}").encode()
_RELATIONS = "application/vnd.openxmlformats-package.relationships+xml"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELATION_TYPES = "http://schemas.openxmlformats.org/package/2006/relationships"
_MAIN_RELATION = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
)

_STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/(\w+)/(\w+)(/\w+)?")
_HYPHENATED = {
    b"extendedProperties": b"extended-properties",
    b"customProperties": b"custom-properties",
    b"/extendedProperties": b"/extended-properties",
    b"/customProperties": b"/custom-properties",
}
_MIME_HEADER = re.compile(rb"[\s\xef\xbb\xbf]*[A-Za-z][\w-]{1,40}:[ \t]")
_MIME_VERSION = re.compile(rb"^MIME-Version:", re.IGNORECASE | re.MULTILINE)
_MIME_TYPE = re.compile(rb"^Content-Type:\s*(?:multipart/|text/html)", re.IGNORECASE | re.MULTILINE)


def ordinary_package(data: bytes) -> bytes:
    """Return a package of strict OOXML (ISO/IEC 29500 Strict) with the names that readers know.

    `data` must have passed `inspect_archive`. Namespaces and types of relationships are mapped as
    Part 4 of the standard does; backslashes in the names of parts become slashes.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts: dict[str, bytes] = {}
        for part in archive.infolist():
            content = archive.read(part)
            if part.filename.lower().endswith((".xml", ".rels", ".vml")):
                content = _STRICT.sub(_ordinary_name, content)
            parts[part.filename.replace("\\", "/")] = content
    return _zipped(parts)


def _ordinary_name(strict: re.Match[bytes]) -> bytes:
    group, name, kind = strict[1], strict[2], strict[3] or b""
    name, kind = _HYPHENATED.get(name, name), _HYPHENATED.get(kind, kind)
    return b"http://schemas.openxmlformats.org/%b/2006/%b%b" % (group, name, kind)


def is_flat_package(data: bytes) -> bool:
    """Tell whether `data` is an Office package written as one XML file (flat OPC)."""
    head = data[:_HEAD_BYTES].replace(b"\x00", b"")
    return head.lstrip(b"\xef\xbb\xbf\xff\xfe \r\n\t").startswith(b"<") and _FLAT in head


def package_of_flat(data: bytes) -> bytes:
    """Return the zip package that a flat one stands for, to be looked at by `inspect_archive`.

    Raises ArticleError for broken XML and for XML that declares entities.
    """
    from lxml import etree  # type: ignore[import-untyped]  # noqa: PLC0415 -- few documents are

    if _DTD.search(data.replace(b"\x00", b"")):
        raise ArticleError(
            "tài liệu khai báo thực thể XML (DOCTYPE), điều Word và Excel không bao giờ ghi; tôi "
            "không mở"
        )
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    try:
        root = etree.fromstring(data, parser)
        parts, types = {}, {}
        for part in root.iter(f"{_PACKAGE}part"):
            name = str(part.get(f"{_PACKAGE}name")).lstrip("/")
            types[name] = str(part.get(f"{_PACKAGE}contentType"))
            binary = part.find(f"{_PACKAGE}binaryData")
            content = part.find(f"{_PACKAGE}xmlData")
            if binary is not None:
                parts[name] = base64.b64decode(binary.text or "")
            elif content is not None and len(content):
                parts[name] = etree.tostring(content[0], encoding="UTF-8", xml_declaration=True)
    except (etree.XMLSyntaxError, binascii.Error, ValueError) as error:
        raise ArticleError(
            "tài liệu XML (Flat OPC) bị hỏng; hãy mở bằng Word, lưu lại dạng .docx rồi gửi lại"
        ) from error
    parts.setdefault("_rels/.rels", _root_relations(types))
    return _zipped({"[Content_Types].xml": _content_types(types), **parts})


def _root_relations(types: Mapping[str, str]) -> bytes:
    main = next((name for name, type_ in types.items() if type_.endswith(".main+xml")), "")
    return (
        f'<Relationships xmlns="{_RELATION_TYPES}"><Relationship Id="rId1" '
        f'Type="{_MAIN_RELATION}" Target={quoteattr(main)}/></Relationships>'
    ).encode()


def _content_types(types: Mapping[str, str]) -> bytes:
    overrides = "".join(
        f"<Override PartName={quoteattr('/' + name)} ContentType={quoteattr(type_)}/>"
        for name, type_ in types.items()
    )
    return (
        f'<Types xmlns="{_TYPES}"><Default Extension="rels" ContentType="{_RELATIONS}"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    ).encode()


def _zipped(parts: Mapping[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def is_mhtml(data: bytes) -> bool:
    """Tell whether `data` is a web page with all that belongs to it in one MIME file."""
    head = data[:_HEAD_BYTES]
    return all((_MIME_HEADER.match(head), _MIME_VERSION.search(head), _MIME_TYPE.search(head)))


def page_of_mhtml(data: bytes) -> bytes:
    """Return the page itself, in UTF-8 where the file says what it is in.

    Raises ArticleError when there is none.
    """
    try:
        message = email.message_from_bytes(data.lstrip(b"\xef\xbb\xbf \r\n\t"))
        page = _main_page(message)
        content = page.get_payload(decode=True) if page is not None else None
    except (RecursionError, ValueError, LookupError) as error:
        raise ArticleError(
            "trang web lưu trọn gói (MHTML) bị hỏng; hãy mở bằng trình duyệt hoặc Word, lưu lại "
            "rồi gửi lại"
        ) from error
    if page is None or not isinstance(content, bytes) or not content.strip():
        raise ArticleError(
            "tệp MIME (MHTML hoặc thư điện tử) không có trang HTML bên trong; hãy lưu lại dạng "
            ".html hoặc .docx"
        )
    return _in_utf_8(content, page.get_content_charset() or "")


def _main_page(message: Message) -> Message | None:
    pages = [part for part in message.walk() if part.get_content_type() == "text/html"]
    start = message.get_param("start")
    return next((page for page in pages if start and page["Content-ID"] == start), None) or next(
        iter(pages), None
    )


def _in_utf_8(content: bytes, charset: str) -> bytes:
    for encoding in ("utf-8", charset):
        try:
            return content.decode(encoding).encode()
        except (LookupError, UnicodeError):  # no such encoding, or a wrong one
            continue
    return content
