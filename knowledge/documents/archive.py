"""Looks into the zip archive of an Office document before anything is unpacked."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from dataclasses import dataclass

from knowledge.errors import ArticleError

MAX_PARTS = 5_000
MAX_UNPACKED_BYTES = 200 * 1024 * 1024
MAX_XML_BYTES = 100 * 1024 * 1024
MAX_RATIO = 200
"""How many times larger a part may become; ordinary XML shrinks to a fifth or a twentieth."""
_RATIO_FROM_BYTES = 5 * 1024 * 1024  # small parts may shrink as they like

_CONTENT_TYPES = "[Content_Types].xml"
_MEDIA_TYPE = "mimetype"
_STRICT = b"http://purl.oclc.org/ooxml/officeDocument/"
_XML = (".xml", ".rels", ".vml")
_DTD = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_EXTERNAL = re.compile(rb"<(?:\w+:)?Relationship\b[^>]*\bTargetMode\s*=\s*[\"']External[\"'][^>]*>")
_TYPE = re.compile(rb"\bType\s*=\s*[\"'][^\"']*/([^\"'/]+)[\"']")
_ENCRYPTED = 0x1
_READ = 1 << 20


@dataclass(frozen=True, slots=True)
class OfficeArchive:
    """What the archive holds: its content types (lower case) and the kinds of external links.

    `size` is that of all parts unpacked, in bytes; `is_strict` tells of strict OOXML, `media_type`
    is what the archive calls itself where it does, as OpenDocument and EPUB do.
    """

    content_types: str
    names: frozenset[str]
    external: frozenset[str]
    size: int
    is_strict: bool = False
    media_type: str = ""

    @property
    def has_macros(self) -> bool:
        """Whether the document carries macros, whatever its name says."""
        return "macroenabled" in self.content_types or any(
            name.rpartition("/")[2] in {"vbaproject.bin", "vbadata.xml"} for name in self.names
        )

    @property
    def embeds_objects(self) -> bool:
        """Whether other files or controls are embedded."""
        return any("/embeddings/" in name or "/activex/" in name for name in self.names)


def inspect_archive(data: bytes) -> OfficeArchive:
    """Check the archive's sizes and its XML, and return what it holds.

    Every part is unpacked once, a piece at a time, and never kept: a header may lie about a size.
    Raises ArticleError for a damaged or encrypted archive, a zip bomb and XML with entities.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _inspect(archive)
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        NotImplementedError,
        ValueError,
        OSError,
    ) as error:
        raise ArticleError(
            "phần nén bên trong tài liệu bị hỏng hoặc tải về chưa đủ; hãy mở bằng Word hay Excel, "
            "lưu lại rồi gửi lại"
        ) from error


def _inspect(archive: zipfile.ZipFile) -> OfficeArchive:
    parts = archive.infolist()
    if len(parts) > MAX_PARTS:
        raise ArticleError(f"tài liệu gồm {len(parts)} phần, tối đa {MAX_PARTS}; tôi không mở")
    if any(part.flag_bits & _ENCRYPTED for part in parts):
        raise ArticleError("tài liệu đặt mật khẩu; hãy bỏ mật khẩu rồi gửi lại")
    _require_sizes(parts)
    content_types = media_type = b""
    is_strict = False
    external: set[str] = set()
    for part in parts:
        is_xml = part.filename.lower().endswith(_XML)
        kept = _unpack(archive, part, check_xml=is_xml)
        if part.filename == _CONTENT_TYPES:
            content_types = kept
        if part.filename == _MEDIA_TYPE:
            media_type = kept[:100]
        if part.filename.endswith(".rels"):
            external.update(_external_kinds(kept))
            is_strict = is_strict or _STRICT in kept
    return OfficeArchive(
        content_types=content_types.decode("utf-8", "replace").lower(),
        names=frozenset(part.filename.lower() for part in parts),
        external=frozenset(external),
        size=sum(part.file_size for part in parts),
        is_strict=is_strict,
        media_type=media_type.decode("ascii", "replace"),
    )


def _require_sizes(parts: list[zipfile.ZipInfo]) -> None:
    total = sum(part.file_size for part in parts)
    if total > MAX_UNPACKED_BYTES:
        raise ArticleError(
            f"tài liệu khi giải nén lớn tới {total / 1024**2:.0f} MB, tối đa "
            f"{MAX_UNPACKED_BYTES // 1024**2} MB (có thể là bom nén); hãy chia nhỏ tài liệu"
        )
    for part in parts:
        too_dense = part.file_size > MAX_RATIO * max(part.compress_size, 1)
        if too_dense and part.file_size > _RATIO_FROM_BYTES:
            raise ArticleError(
                f"một phần của tài liệu nén tới {part.file_size // max(part.compress_size, 1)} "
                f"lần, tối đa {MAX_RATIO} lần (có thể là bom nén); tôi không mở"
            )
        if part.filename.lower().endswith(_XML) and part.file_size > MAX_XML_BYTES:
            raise ArticleError(
                f"phần chữ của tài liệu lớn {part.file_size / 1024**2:.0f} MB, tối đa "
                f"{MAX_XML_BYTES // 1024**2} MB; hãy chia thành nhiều tệp"
            )


def _unpack(archive: zipfile.ZipFile, part: zipfile.ZipInfo, *, check_xml: bool) -> bytes:
    """Read a part through; return it when it is one that describes the package, else nothing."""
    keep = part.filename.endswith(".rels") or part.filename in {_CONTENT_TYPES, _MEDIA_TYPE}
    pieces: list[bytes] = []
    tail = b""
    with archive.open(part) as stream:
        while piece := stream.read(_READ):
            if check_xml:
                # UTF-16 hides its ASCII between zeros; a tag may lie across two pieces.
                searched = tail + piece.replace(b"\x00", b"")
                if _DTD.search(searched):
                    raise ArticleError(
                        "tài liệu khai báo thực thể XML (DOCTYPE), điều Word và Excel không bao "
                        "giờ ghi; tôi không mở"
                    )
                tail = searched[-16:]
            if keep:
                pieces.append(piece)
    return b"".join(pieces)


def _external_kinds(relations: bytes) -> set[str]:
    kinds: set[str] = set()
    for found in _EXTERNAL.findall(relations.replace(b"\x00", b"")):
        match = _TYPE.search(found)
        kinds.add(match.group(1).decode("ascii", "replace") if match else "")
    return kinds
