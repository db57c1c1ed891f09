"""Reads Word documents (.docx)."""

from __future__ import annotations

import re
from contextlib import suppress
from typing import TYPE_CHECKING

from knowledge.articles.article import Block, Heading, ListItem, Paragraph, Table, lines_of
from knowledge.articles.encodings import decode, unicode_text
from knowledge.articles.grid import table_blocks
from knowledge.articles.outline import outlined
from knowledge.articles.reading import DocumentFormat, Reading
from knowledge.articles.web.page import read_web_page
from knowledge.documents.word.numbering import Number, WordNumbering
from knowledge.documents.word.package import Element, R, W, WordPackage, is_on, value
from knowledge.documents.word.runs import DELETIONS, NO_TEXT, Gathered, RunReader, shown_parts
from knowledge.documents.word.styles import ParagraphStyle, WordStyles, outline_level
from knowledge.documents.word.tables import cell_text, read_table
from knowledge.documents.word.unread import (
    CHUNK,
    COMMENT,
    CONTENTS_LINE,
    DELETED,
    RUNNING_HEAD,
    Unread,
)
from knowledge.entities.document_numbers import labelled_number
from knowledge.entities.labels import leading_label
from knowledge.errors import ArticleError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from knowledge.documents.archive import OfficeArchive

_BLOCKS = frozenset({f"{W}p", f"{W}tbl", f"{W}altChunk"})
_CAPTION = re.compile(
    r"(?:bảng|biểu|table)\s+(?:số\s+)?\d[\w./-]*?\s*(?:[.:–-](?=\s|$)|$)", re.IGNORECASE
)
_UNIT = re.compile(r"\(?(?:đơn vị(?: tính)?|đvt)\s*:", re.IGNORECASE)
_PAGE_NUMBER = re.compile(
    r"\W*(?:(?:trang|page)\b)?[\W\d]*(?:(?:of|trên)\b)?[\W\d]*", re.IGNORECASE
)
_CAPITAL_LABEL = re.compile(r"[A-ZĐ]+[.)]")
_MAX_BOLD_HEADING = 150
_MAX_HEADING = 300
_MAX_SENTENCE_HEADING = 120
_BOLD_HEADING_LEVEL = 4
_SENTENCE_END = (".", ";", ":", ",", "…")
_EXTERNAL_NOTES = {
    "attachedtemplate": "Tài liệu trỏ tới một tệp mẫu ở nơi khác; tôi không tải tệp mẫu đó.",
    "image": "Có ảnh nằm ở nơi khác (chỉ có đường dẫn); tôi không tải.",
    "oleobject": "Có đối tượng liên kết tới tệp khác; tôi không mở.",
    "frame": "Có khung lấy nội dung từ nơi khác; tôi không tải.",
    "subdocument": "Có tài liệu con ở nơi khác; tôi không tải.",
}


def read_word(data: bytes, archive: OfficeArchive) -> Reading:
    """Return the text of a .docx as Word shows it, tracked changes accepted.

    Comments, hidden and deleted text and running headers stay out, and the reading says so. Nothing
    outside the file is fetched. Raises ArticleError when the file is broken or holds no text.
    """
    try:
        package = WordPackage(data)
        reader = _WordReader(package)
        blocks = tuple(reader.document())
    except (KeyError, ValueError, AttributeError, TypeError, SyntaxError, StopIteration) as error:
        # lxml's XMLSyntaxError is a SyntaxError; the others come of odd packages.
        raise ArticleError(
            "tài liệu Word bị hỏng; hãy mở bằng Word, lưu lại rồi gửi lại"
        ) from error
    if not blocks:
        if reader.unread.pictures:
            raise ArticleError(
                "tài liệu chỉ có ảnh, không có chữ; hãy xuất ra PDF rồi gửi, tôi sẽ nhận dạng chữ"
            )
        raise ArticleError("tài liệu không có chữ nào; hãy bổ sung nội dung")
    return Reading(
        DocumentFormat.WORD,
        blocks,
        reader.title,
        file_title=unicode_text(package.title or "") or None,
        notes=(*_notes(package, archive), *reader.unread.notes()),
        left_out=tuple(reader.unread.left_out()),
    )


class _WordReader:
    """Walks the elements of a document in reading order."""

    def __init__(self, package: WordPackage) -> None:
        self._package = package
        self._styles = WordStyles(package)
        self._numbering = WordNumbering(package, self._styles)
        self.unread = Unread()
        self._runs = RunReader(package, self._styles, self.unread, self._text_of_note)
        self._lists: list[Number] = []  # the first items of the lists that are open
        self._leads = False  # the last item leads in what is below it
        self._in_article = False
        self._caption = ""
        self.title: str | None = None

    # --- the document ---------------------------------------------------------------------------

    def document(self) -> Iterator[Block]:
        """Yield the blocks of the body, each section within what its first page has around it."""
        read: set[str] = set()
        for elements, section in _sections(self._package.body):
            yield from self._around("header", section, read)
            yield from self._blocks(elements)
            yield from self._around("footer", section, read)
        comments = self._package.part("comments")
        for comment in comments.iter(f"{W}comment") if comments is not None else ():
            self.unread.leave_out(COMMENT, comment)

    def _around(self, kind: str, section: Element | None, read: set[str]) -> Iterator[Block]:
        """Yield the header or footer of a section's first page, if it has one of its own.

        Those of all pages are read only where they state the document's number.
        """
        own_first = section is not None and is_on(section.find(f"{W}titlePg"))
        references = section.findall(f"{W}{kind}Reference") if section is not None else ()
        for reference in references:
            identity = str(reference.get(f"{R}id"))
            form = value(reference, "type")
            if identity in read or (form == "first" and not own_first):
                continue
            read.add(identity)
            root = self._package.part_by_id(identity)
            blocks = list(self._blocks(root)) if root is not None else []
            blocks = [block for block in blocks if not _is_page_number(block)]
            text = cell_text(blocks)
            if text in read:
                continue
            read.add(text)
            if form == "first" or any(
                labelled_number(line.text) for b in blocks for line in lines_of(b)
            ):
                yield from blocks
            else:
                self.unread.leave_out(RUNNING_HEAD, text)

    # --- blocks ---------------------------------------------------------------------------------

    def _blocks(self, elements: Iterable[Element], *, in_cell: bool = False) -> Iterator[Block]:
        """Yield the blocks that `elements` are; a table takes the caption that stands above it."""
        last: list[Block] = []
        for group in self._groups(elements):
            if group[0].tag == f"{W}p":
                blocks = list(self._paragraph(group, in_cell=in_cell))
                if blocks and last and self._is_unit_of(last[0], blocks[0]):
                    self._caption = f"{_text(last[0])} ({_text(blocks[0]).strip('()')})"
                    last = [Paragraph(self._caption), *last[1:], *blocks[1:]]
                elif blocks:
                    yield from last
                    last = blocks
            elif group[0].tag == f"{W}tbl":
                is_caption = bool(last) and self._is_caption(last[0])
                if not is_caption:
                    yield from last
                yield from self._table(group[0], _text(last[0]) if is_caption else "")
                last = last[1:] if is_caption else []
            else:
                yield from last
                last = list(self._chunk(group[0]))
        yield from last

    def _groups(self, elements: Iterable[Element]) -> Iterator[list[Element]]:
        """Yield tables, and paragraphs with those that run on since the mark between is gone."""
        group: list[Element] = []
        for element in self._unwrapped(elements):
            is_paragraph = element.tag == f"{W}p"
            if group and not is_paragraph:
                yield group
                group = []
            group.append(element)
            if not is_paragraph or not self._runs_on(element):
                yield group
                group = []
        if group:
            yield group

    def _unwrapped(self, elements: Iterable[Element]) -> Iterator[Element]:
        """Yield paragraphs, tables and chunks, those within controls and tracked insertions too."""
        for element in elements:
            if element.tag in _BLOCKS:
                yield element
            elif element.tag in DELETIONS:
                self.unread.leave_out(DELETED, element)
            elif element.tag not in NO_TEXT:
                yield from self._unwrapped(shown_parts(element, self.unread))

    def _runs_on(self, element: Element) -> bool:
        """Tell whether a paragraph's mark is deleted or hidden, or it is a large first letter."""
        properties = element.find(f"{W}pPr")
        frame = properties.find(f"{W}framePr") if properties is not None else None
        if value(frame, "dropCap") in {"drop", "margin"}:
            return True
        mark = properties.find(f"{W}rPr") if properties is not None else None
        if mark is not None:
            if any(mark.find(tag) is not None for tag in DELETIONS):
                return True
            if is_on(mark.find(f"{W}specVanish")):
                return False  # it only lets two styles stand on one line
        return self._styles.look(mark, self._styles.style_of(properties)).hidden

    def _paragraph(self, group: Sequence[Element], *, in_cell: bool) -> Iterator[Block]:
        found = Gathered()
        for element in group:
            self._runs.gather(element, found)
        properties = group[-1].find(f"{W}pPr")
        style = self._styles.meaning(found.style)
        counted = self._numbering.next_number(properties, found.style)
        text, *more = found.lines
        if style.is_contents or (found.in_contents and found.ends_in_page):
            self.unread.leave_out(CONTENTS_LINE, text)
        elif style.is_title and self.title is None and text:
            self.title = " ".join([text, *more])
        elif text:
            level = outline_level(properties) or style.level
            block = self._judged(text, style, level, counted, bold=found.bold and not in_cell)
            if not in_cell:
                self._note_place(block)
            self._caption = _text(block) if style.is_caption else self._caption
            self._leads = isinstance(block, ListItem) and text.endswith(":")
            yield block
            yield from map(Paragraph, more)
        elif counted and counted.label and (in_cell or _names_part(counted.label)):
            yield Paragraph(counted.label)
        yield from found.notes
        yield from found.others
        for box in found.boxes:
            yield from self._blocks(box)

    def _judged(
        self, text: str, style: ParagraphStyle, level: int, counted: Number | None, *, bold: bool
    ) -> Block:
        """Return what a paragraph is, by its style, its number and its type.

        Labels that are typed, and numbers that name a part ("Điều 3."), are left to `outlined`.
        """
        line = f"{counted.label} {text}" if counted and counted.label else text
        label = leading_label(line)
        ends = line.endswith(_SENTENCE_END)
        longest = _MAX_SENTENCE_HEADING if ends else _MAX_HEADING
        if level and len(line) <= longest and not (label and ends):
            number_alone = counted.label.rstrip(" .:") if counted else ""
            return Heading(line, level, label.text if label else number_alone)
        if label and (label.part or _CAPITAL_LABEL.fullmatch(label.text)):
            found = outlined([Paragraph(line)]) if label.part else ()
            return found[0] if len(found) == 1 else Paragraph(line)
        if counted and not counted.label:
            return ListItem(text, "", self._depth(counted))
        may_head = label is None or (label.text[0].isdigit() and not self._in_article)
        if bold and may_head and len(line) <= _MAX_BOLD_HEADING and not ends and not line.isupper():
            # Most office documents mark their headings with bold type and nothing else.
            depth = label.value.count(".") if label else 0
            return Heading(line, min(_BOLD_HEADING_LEVEL + depth, 6))
        if counted:
            return ListItem(text, counted.label, self._depth(counted))
        return ListItem(text) if style.is_list else Paragraph(line)

    def _note_place(self, block: Block) -> None:
        """Remember what part the blocks behind `block` stand in."""
        if not isinstance(block, Heading | Paragraph):
            return
        label = leading_label(block.text)
        part = label.part if label and not block.text[label.span[1] :][:1].islower() else ""
        if isinstance(block, Heading) or part:
            self._in_article = part == "dieu"
            self._lists.clear()

    def _depth(self, counted: Number) -> int:
        """Return how deep an item stands within the lists that are open.

        A list stands in another when it is indented further, or the item above it leads it in.
        """
        places = [one.place for one in self._lists]
        if counted.place in places:
            del self._lists[places.index(counted.place) + 1 :]
        else:
            while self._lists and not self._holds(self._lists[-1], counted):
                self._lists.pop()
            self._lists.append(counted)
        return len(self._lists) - 1

    def _holds(self, above: Number, below: Number) -> bool:
        """Tell whether a list that is open holds the one that begins."""
        (family, depth), (other, deeper) = above.place, below.place
        return depth < deeper if family == other else self._leads or above.indent < below.indent

    def _is_caption(self, block: Block) -> bool:
        if not isinstance(block, Heading | Paragraph):
            return False
        text = block.text
        return bool(text == self._caption or _CAPTION.match(text) or _UNIT.match(text))

    def _is_unit_of(self, caption: Block, block: Block) -> bool:
        is_unit = _UNIT.match(_text(block)) and not _UNIT.match(_text(caption))
        return bool(is_unit) and self._is_caption(caption)

    def _table(self, element: Element, caption: str) -> Iterator[Block]:
        """Yield a table; one that only places text on the page yields what its cells hold."""
        table = read_table(element, self)
        blocks = table_blocks(table.grid, caption)
        if not any(isinstance(block, Table) for block in blocks):
            blocks = [*([Paragraph(caption)] if caption else []), *table.contents]
        yield from blocks

    def cell_blocks(self, cell: Element) -> list[Block]:
        """Return what a cell holds."""
        return list(self._blocks(cell, in_cell=True))

    def is_bold(self, cell: Element) -> bool:
        """Tell whether all text of a cell is in bold type."""
        return self._runs.is_bold(cell)

    def heads_first_row(self, table: Element) -> bool:
        """Tell whether a table's style sets its first row in bold type."""
        return self._styles.heads_first_row(table)

    def leave_out(self, what: str, element: Element) -> None:
        """Note that an element is not read."""
        self.unread.leave_out(what, element)

    def _text_of_note(self, note: Element) -> str:
        return cell_text(self._blocks(note, in_cell=True))

    def _chunk(self, element: Element) -> Iterator[Block]:
        """Yield the blocks of a web page that stands in the document as a part of its own."""
        name, content = self._package.file_by_id(element.get(f"{R}id"))
        if name.lower().endswith((".html", ".htm", ".xhtml")):
            with suppress(ArticleError):
                yield from read_web_page(decode(content)).blocks
                return
        self.unread.note(CHUNK)


def _names_part(text: str) -> bool:
    label = leading_label(text)
    return label is not None and bool(label.part)


def _text(block: Block) -> str:
    return block.text if isinstance(block, Heading | Paragraph) else ""


def _is_page_number(block: Block) -> bool:
    return isinstance(block, Heading | Paragraph | ListItem) and bool(
        _PAGE_NUMBER.fullmatch(block.text)
    )


def _sections(body: Element) -> Iterator[tuple[list[Element], Element | None]]:
    """Yield the elements of each section with its properties."""
    elements: list[Element] = []
    for element in body:
        elements.append(element)
        properties = element.find(f"{W}pPr/{W}sectPr")
        if properties is not None:
            yield elements, properties
            elements = []
    yield elements, body.find(f"{W}sectPr")


def _notes(package: WordPackage, archive: OfficeArchive) -> Iterator[str]:
    for name in package.broken:
        yield f"Phần {name} bên trong tài liệu bị hỏng hoặc thiếu; tôi đọc phần còn lại."
    for kind in sorted(archive.external):
        if note := _EXTERNAL_NOTES.get(kind.lower()):
            yield note
    if archive.embeds_objects:
        yield "Có tệp nhúng bên trong; tôi chỉ đọc chữ của tài liệu, không mở tệp nhúng."
