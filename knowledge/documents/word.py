"""Reads Word documents (.docx)."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import TYPE_CHECKING, Any

from knowledge.articles.article import Block, Heading, ListItem, Paragraph, Table, text_lines
from knowledge.articles.encodings import legacy_repair, tidy
from knowledge.articles.grid import Cell, table_blocks
from knowledge.articles.reading import DocumentFormat, Reading
from knowledge.errors import ArticleError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docx.document import Document

    from knowledge.documents.archive import OfficeArchive

    # python-docx's elements are lxml's, which come without types.
    Element = Any

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_NOT_TEXT = frozenset({f"{_W}del", f"{_W}moveFrom", f"{_W}pPr", f"{_W}rPr", _FALLBACK})
_WHITE = {f"{_W}tab": " ", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}
_OFF = frozenset({"0", "false", "off", "none"})
_STYLED_HEADING = re.compile(r"(?:heading|tiêu đề) (\d)", re.IGNORECASE)
_CONTENTS = re.compile(r"(?:toc \d|toc heading|mục lục.*|table of figures)", re.IGNORECASE)
_LIST_STYLE = re.compile(r"list\b(?! paragraph)", re.IGNORECASE)
_MAX_BOLD_HEADING = 150
_BOLD_HEADING_LEVEL = 4
_SAMPLE_BLOCKS = 200
_EXTERNAL_NOTES = {
    "attachedtemplate": "Tài liệu trỏ tới một tệp mẫu ở nơi khác; tôi không tải tệp mẫu đó.",
    "image": "Có ảnh nằm ở nơi khác (chỉ có đường dẫn); tôi không tải.",
    "oleobject": "Có đối tượng liên kết tới tệp khác; tôi không mở.",
    "frame": "Có khung lấy nội dung từ nơi khác; tôi không tải.",
    "subdocument": "Có tài liệu con ở nơi khác; tôi không tải.",
}


@dataclass(frozen=True, slots=True)
class _Style:
    """What a paragraph style means here; `level` is 0 unless it is a heading."""

    level: int = 0
    is_list: bool = False
    is_title: bool = False
    is_contents: bool = False


@dataclass(slots=True)
class _Paragraph:
    """The text of a paragraph while it is gathered; `boxes` are the text boxes inside."""

    pieces: list[str] = field(default_factory=list)
    bold: bool = True
    boxes: list[Element] = field(default_factory=list)

    @property
    def text(self) -> str:
        return " ".join(tidy("".join(self.pieces)).split())


def read_word(data: bytes, archive: OfficeArchive) -> Reading:
    """Return the text of a .docx; headers, footers, comments and deleted text stay out.

    Nothing outside the file is fetched. Raises ArticleError when python-docx cannot open it.
    """
    import docx  # noqa: PLC0415 -- only Word documents need it

    try:
        document = docx.Document(io.BytesIO(data))
        styles = _styles(document)
        body: Element = document.element.body
        reader = _BodyReader(styles)
        blocks = _mended(list(reader.blocks(body)))
        stated = document.core_properties.title or None
        has_pictures = bool(document.inline_shapes)
    except (KeyError, ValueError, AttributeError, TypeError, SyntaxError) as error:
        # lxml's XMLSyntaxError is a SyntaxError; python-docx raises the others on odd packages.
        raise ArticleError(
            "tài liệu Word bị hỏng; hãy mở bằng Word, lưu lại rồi gửi lại"
        ) from error
    if not blocks:
        if has_pictures:
            raise ArticleError(
                "tài liệu chỉ có ảnh, không có chữ; hãy xuất ra PDF rồi gửi, tôi sẽ nhận dạng chữ"
            )
        raise ArticleError("tài liệu không có chữ nào; hãy bổ sung nội dung")
    notes = tuple(_notes(archive))
    return Reading(DocumentFormat.WORD, tuple(blocks), reader.title, file_title=stated, notes=notes)


def _mended(blocks: list[Block]) -> list[Block]:
    """Decode text that was typed in the fonts of the time before Unicode."""
    repair = legacy_repair("\n".join(islice(text_lines(blocks), _SAMPLE_BLOCKS)))
    if repair is None:
        return blocks
    return [
        block if isinstance(block, Table) else replace(block, text=tidy(repair(block.text)))
        for block in blocks
    ]


class _BodyReader:
    """Walks the elements of a body in reading order."""

    def __init__(self, styles: dict[str, _Style]) -> None:
        self._styles = styles
        self.title: str | None = None

    def blocks(self, parent: Element) -> Iterator[Block]:
        """Yield the blocks under `parent`: paragraphs, tables and what wraps them."""
        for element in parent:
            if element.tag == f"{_W}p":
                yield from self._paragraph(element)
            elif element.tag == f"{_W}tbl":
                yield from table_blocks(
                    [[Cell(text) for text in row] for row in self._rows(element)]
                )
            elif isinstance(element.tag, str) and element.tag not in _NOT_TEXT:
                yield from self.blocks(element)  # content controls, tracked insertions

    def _paragraph(self, element: Element) -> Iterator[Block]:
        found = _Paragraph()
        _gather(element, found, bold=False)
        style = self._style_of(element)
        text = found.text
        if text and not style.is_contents:
            if style.is_title and self.title is None:
                self.title = text
            else:
                yield _block(text, style, bold=found.bold)
        for box in found.boxes:
            yield from self.blocks(box)

    def _style_of(self, element: Element) -> _Style:
        properties = element.find(f"{_W}pPr")
        if properties is None:
            return self._styles.get("", _Style())
        style = self._styles.get(_value(properties.find(f"{_W}pStyle")), _Style())
        level = style.level or _outline_level(element)
        numbered = properties.find(f"{_W}numPr") is not None
        return _Style(level, style.is_list or numbered, style.is_title, style.is_contents)

    def _rows(self, table: Element) -> list[list[str]]:
        rows: list[list[str]] = []
        above: dict[int, str] = {}
        for row in table.iter(f"{_W}tr"):
            if next(row.iterancestors(f"{_W}tbl")) is not table:
                continue  # a table inside a cell is part of the cell's text
            cells: list[str] = []
            for cell in row.iter(f"{_W}tc"):
                if next(cell.iterancestors(f"{_W}tr")) is not row:
                    continue
                merged = cell.find(f"{_W}tcPr/{_W}vMerge")
                text = _cell_text(cell)
                if merged is not None and _value(merged) != "restart":
                    text = above.get(len(cells), "")
                above[len(cells)] = text
                width = _value(cell.find(f"{_W}tcPr/{_W}gridSpan")) or "1"
                cells += [text, *[""] * (min(int(width), 64) - 1 if width.isdecimal() else 0)]
            rows.append(cells)
        return rows


def _gather(element: Element, into: _Paragraph, *, bold: bool) -> None:
    """Collect the text under `element`; lxml lets no tree be deeper than 256 elements."""
    for child in element:
        tag = child.tag
        if tag == f"{_W}t":
            piece = child.text or ""
            into.pieces.append(piece)
            into.bold = into.bold and (bold or not piece.strip())
        elif tag == f"{_W}r":
            _gather(child, into, bold=_is_bold(child))
        elif tag in _WHITE:
            into.pieces.append(_WHITE[tag])
        elif tag == f"{_W}txbxContent":
            into.boxes.append(child)
        elif isinstance(tag, str) and tag not in _NOT_TEXT:
            _gather(child, into, bold=bold)


def _cell_text(cell: Element) -> str:
    texts = []
    for paragraph in cell.iter(f"{_W}p"):
        found = _Paragraph()
        _gather(paragraph, found, bold=False)
        if found.text:
            texts.append(found.text)
    return " ".join(texts)


def _block(text: str, style: _Style, *, bold: bool) -> Block:
    if style.level:
        return Heading(text, style.level)
    if bold and len(text) <= _MAX_BOLD_HEADING and text[-1] not in ".;:,…":
        # Most office documents mark their headings with bold type and nothing else.
        return Heading(text, _BOLD_HEADING_LEVEL)
    return ListItem(text) if style.is_list else Paragraph(text)


def _is_bold(run: Element) -> bool:
    mark = run.find(f"{_W}rPr/{_W}b")
    return mark is not None and _value(mark) not in _OFF


def _value(element: Element | None) -> str:
    return str(element.get(f"{_W}val") or "") if element is not None else ""


def _outline_level(element: Element) -> int:
    value = _value(element.find(f"{_W}pPr/{_W}outlineLvl"))
    return min(int(value) + 1, 6) if value.isdecimal() and int(value) < 9 else 0


def _styles(document: Document) -> dict[str, _Style]:
    """Return the meaning of each paragraph style by its id, "" for the default."""
    elements: dict[str, Element] = {
        str(style.get(f"{_W}styleId")): style
        for style in document.styles.element.iter(f"{_W}style")
        if style.get(f"{_W}type") == "paragraph"
    }
    return {name: _meaning(style, elements) for name, style in elements.items()}


def _meaning(style: Element, elements: dict[str, Element]) -> _Style:
    """Follow the styles that a style is based on until one of them is a heading or a list."""
    seen: set[str] = set()
    is_list = is_contents = False
    while style is not None and style.get(f"{_W}styleId") not in seen:
        seen.add(style.get(f"{_W}styleId"))
        name = _value(style.find(f"{_W}name"))
        if name.casefold() == "title":
            return _Style(is_title=True)
        if match := _STYLED_HEADING.fullmatch(name):
            return _Style(level=min(max(int(match.group(1)), 1), 6))
        is_contents = is_contents or _CONTENTS.fullmatch(name) is not None
        if not is_contents and (level := _outline_level(style)):
            return _Style(level=level)
        numbered = style.find(f"{_W}pPr/{_W}numPr") is not None
        is_list = is_list or numbered or _LIST_STYLE.match(name) is not None
        style = elements.get(_value(style.find(f"{_W}basedOn")))
    return _Style(is_list=is_list, is_contents=is_contents)


def _notes(archive: OfficeArchive) -> Iterator[str]:
    for kind in sorted(archive.external):
        if note := _EXTERNAL_NOTES.get(kind.lower()):
            yield note
    if archive.embeds_objects:
        yield "Có tệp nhúng bên trong; tôi chỉ đọc chữ của tài liệu, không mở tệp nhúng."
