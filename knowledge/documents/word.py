"""Reads Word documents (.docx)."""

from __future__ import annotations

import re
from collections import defaultdict
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING

from knowledge.articles.article import Block, Heading, ListItem, Note, Paragraph, Table, lines_of
from knowledge.articles.encodings import decode, unicode_text
from knowledge.articles.grid import table_blocks
from knowledge.articles.html import read_web_page
from knowledge.articles.outline import outlined
from knowledge.articles.reading import DocumentFormat, LeftOut, Reading
from knowledge.documents.word_numbering import Number, WordNumbering, figure
from knowledge.documents.word_package import Element, R, W, WordPackage, is_on, number, value
from knowledge.documents.word_styles import Look, ParagraphStyle, WordStyles, outline_level
from knowledge.documents.word_symbols import shown, symbol
from knowledge.documents.word_tables import cell_text, read_table
from knowledge.entities.document_numbers import labelled_number
from knowledge.entities.labels import leading_label
from knowledge.errors import ArticleError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from knowledge.documents.archive import OfficeArchive

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}chart"
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_DIAGRAM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}relIds"
_PICTURES = (f"{_DRAWING}blip", "{urn:schemas-microsoft-com:vml}imagedata")
_BLOCKS = frozenset({f"{W}p", f"{W}tbl", f"{W}altChunk"})
_TEXTS = frozenset({f"{W}t", f"{W}delText", f"{_MATH}t"})
_WHITE = {
    f"{W}tab": "\t",
    f"{W}ptab": "\t",
    f"{W}br": "\n",
    f"{W}cr": "\n",
    f"{W}noBreakHyphen": "-",
}
_DELETED = frozenset({f"{W}del", f"{W}moveFrom"})
_NO_TEXT = frozenset(
    W + name for name in ("pPr", "rPr", "sectPr", "sdtPr", "sdtEndPr", "tblPr", "rt")
)
_NOTE_MARKS = {f"{W}footnoteReference": "footnote", f"{W}endnoteReference": "endnote"}
_RAISED = str.maketrans("0123456789+-()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾")
_RAISED_FIGURES = re.compile(r"[\d()+-]*\d[\d()+-]*")
_CAPTION = re.compile(r"(?:bảng|biểu|table)\s+(?:số\s+)?\d", re.IGNORECASE)
_PAGE_NUMBER = re.compile(
    r"\W*(?:(?:trang|page)\b)?[\W\d]*(?:(?:of|trên)\b)?[\W\d]*", re.IGNORECASE
)
_LINE_ENDS = re.compile(r"(?<=[.;:])\s*\n")
_CAPITAL_LABEL = re.compile(r"[A-ZĐ]+[.)]")
_MAX_BOLD_HEADING = 150
_MAX_HEADING = 300
_BOLD_HEADING_LEVEL = 4
_SENTENCE_END = (".", ";", ":", ",", "…")
_SAMPLES = 3
_SAMPLE_LENGTH = 60

_COMMENT = "bình luận"
_HIDDEN_TEXT = "đoạn chữ ẩn"
_DELETED_TEXT = "đoạn đã xóa (theo dõi thay đổi)"
_CONTENTS_LINE = "dòng mục lục"
_RUNNING = "đầu trang, chân trang lặp lại"
_PLACEHOLDER = "ô mẫu chưa điền"
_SIGN = "ký hiệu không có chữ tương ứng"
_CHUNK_UNREAD = "Có phần lấy từ tệp khác chèn vào tài liệu (altChunk) mà tôi không đọc được."
_CHART_UNREAD = "Có biểu đồ; tôi không đọc số liệu trong biểu đồ."
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
        if reader.pictures:
            raise ArticleError(
                "tài liệu chỉ có ảnh, không có chữ; hãy xuất ra PDF rồi gửi, tôi sẽ nhận dạng chữ"
            )
        raise ArticleError("tài liệu không có chữ nào; hãy bổ sung nội dung")
    return Reading(
        DocumentFormat.WORD,
        blocks,
        reader.title,
        file_title=package.title,
        notes=(*_notes(archive), *reader.notes()),
        left_out=tuple(reader.left_out()),
    )


@dataclass(slots=True)
class _Paragraph:
    """What a paragraph holds while it is gathered; `boxes` are the text boxes inside.

    `pieces` are texts with the font of each.
    """

    style: str = ""
    pieces: list[tuple[str, str]] = field(default_factory=list)
    bold: bool = True
    boxes: list[Element] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    others: list[Block] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    deleted: list[str] = field(default_factory=list)
    in_contents: bool = False

    def add(self, text: str, look: Look) -> None:
        """Add a run's text."""
        if look.hidden:
            self.hidden.append(text)
            return
        text = shown(text, look.font)
        if look.raised and _RAISED_FIGURES.fullmatch(text):
            text = text.translate(_RAISED)
        self.pieces.append((text, look.font))
        self.bold = self.bold and (look.bold or not text.strip())

    @property
    def lines(self) -> list[str]:
        """The text; runs of one font are decoded together.

        It is one line unless a sentence ends before a line break.
        """
        if len(self.pieces) == 1:
            text = unicode_text(*self.pieces[0])
        else:
            runs = groupby(self.pieces, itemgetter(1))
            text = "".join(unicode_text("".join(t for t, _ in run), font) for font, run in runs)
        parts = _LINE_ENDS.split(text) if "\n" in text else [text]
        return [line for part in parts if (line := " ".join(part.split()))] or [""]

    @property
    def ends_in_page(self) -> bool:
        """Whether it reads like a line of a table of contents."""
        text = "".join(text for text, _ in self.pieces)
        return "\t" in text and text.rstrip()[-1:].isdigit()


@dataclass(slots=True)
class _Field:
    """A field that is open; its code is not read, what it shows is."""

    code: str = ""
    shows: bool = False

    @property
    def is_contents(self) -> bool:
        """Whether it makes a table of contents."""
        return self.code.split()[:1] == ["TOC"]


class _WordReader:
    """Walks the elements of a document in reading order."""

    def __init__(self, package: WordPackage) -> None:
        self._package = package
        self._styles = WordStyles(package)
        self._numbering = WordNumbering(package, self._styles)
        self._notes = _NoteParts(package)
        self._in_note = False
        self._fields: list[_Field] = []
        self._lists: list[tuple[int, int]] = []  # places of the lists that are open
        self._in_article = False
        self._left_out: defaultdict[str, list[str]] = defaultdict(list)
        self._counts: defaultdict[str, int] = defaultdict(int)
        self._unread: dict[str, None] = {}
        self._caption = ""
        self.title: str | None = None
        self.pictures = 0

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
            self.leave_out(_COMMENT, comment)

    def left_out(self) -> Iterator[LeftOut]:
        """Yield what was not read."""
        for what, count in self._counts.items():
            yield LeftOut(what, count, tuple(self._left_out[what]))

    def notes(self) -> Iterator[str]:
        """Yield what could not be read, in Vietnamese."""
        for name in self._package.broken:
            yield f"Phần {name} bên trong tài liệu bị hỏng hoặc thiếu; tôi đọc phần còn lại."
        yield from self._unread
        if self.pictures:
            yield f"Có {self.pictures} ảnh; chữ trong ảnh (nếu có) tôi không đọc."

    def leave_out(self, what: str, element: Element) -> None:
        """Note that an element is not read."""
        self._leave_out(what, " ".join(one.text or "" for one in element.iter(*_TEXTS)))

    def _leave_out(self, what: str, text: str) -> None:
        text = " ".join(unicode_text(text).split())
        if text:
            self._counts[what] += 1
            if len(self._left_out[what]) < _SAMPLES:
                self._left_out[what].append(text[:_SAMPLE_LENGTH])

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
                self._leave_out(_RUNNING, text)

    # --- blocks ---------------------------------------------------------------------------------

    def _blocks(self, elements: Iterable[Element], *, in_cell: bool = False) -> Iterator[Block]:
        """Yield the blocks that `elements` are; a table takes the caption that stands above it."""
        last: list[Block] = []
        for group in self._groups(elements):
            if group[0].tag == f"{W}p":
                if blocks := list(self._paragraph(group, in_cell=in_cell)):
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
            elif element.tag in _DELETED:
                self.leave_out(_DELETED_TEXT, element)
            elif element.tag not in _NO_TEXT:
                yield from self._unwrapped(self._shown_parts(element))

    def _shown_parts(self, element: Element) -> Iterable[Element]:
        """Return the children of a wrapper that are shown: one of several alternatives."""
        if element.tag == f"{_MC}AlternateContent":
            choice = element.find(f"{_MC}Choice")
            return element if choice is None else (choice,)
        if element.tag == f"{W}sdt" and is_on(element.find(f"{W}sdtPr/{W}showingPlcHdr")):
            self.leave_out(_PLACEHOLDER, element)
            return ()
        return list(element)

    def _runs_on(self, element: Element) -> bool:
        """Tell whether a paragraph's mark is deleted or hidden."""
        properties = element.find(f"{W}pPr")
        mark = properties.find(f"{W}rPr") if properties is not None else None
        if mark is not None:
            if any(mark.find(tag) is not None for tag in _DELETED):
                return True
            if is_on(mark.find(f"{W}specVanish")):
                return False  # it only lets two styles stand on one line
        return self._styles.look(mark, self._styles.style_of(properties)).hidden

    def _paragraph(self, group: Sequence[Element], *, in_cell: bool) -> Iterator[Block]:
        found = _Paragraph()
        for element in group:
            found.style = self._styles.style_of(element.find(f"{W}pPr"))
            for one in self._fields:
                one.shows = True  # codes end with their paragraph, even where the file is broken
            self._gather(element, found)
        self._leave_out(_HIDDEN_TEXT, "".join(found.hidden))
        self._leave_out(_DELETED_TEXT, "".join(found.deleted))
        properties = group[-1].find(f"{W}pPr")
        style = self._styles.meaning(found.style)
        counted = self._numbering.next_number(properties, found.style)
        text, *more = found.lines
        if style.is_contents or (found.in_contents and found.ends_in_page):
            self._leave_out(_CONTENTS_LINE, text)
        elif style.is_title and self.title is None and text:
            self.title = " ".join([text, *more])
        elif text:
            self._caption = text if style.is_caption else ""
            level = outline_level(properties) or style.level
            block = self._judged(text, style, level, counted, bold=found.bold and not in_cell)
            if not in_cell:
                self._note_place(block)
            yield block
            yield from map(Paragraph, more)
        elif in_cell and counted and counted.label:
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
        line = f"{counted.label}{counted.gap}{text}" if counted and counted.label else text
        label = leading_label(line)
        ends = line.endswith(_SENTENCE_END)
        if level and len(line) <= _MAX_HEADING and not (label and ends):
            number_alone = counted.label.rstrip(" .:") if counted else ""
            return Heading(line, level, label.text if label else number_alone)
        if label and (label.part or _CAPITAL_LABEL.fullmatch(label.text)):
            found = outlined([Paragraph(line)]) if label.part else ()
            return found[0] if len(found) == 1 else Paragraph(line)
        if counted and not counted.label:
            return ListItem(text, "", self._depth(counted.place))
        may_head = label is None or (label.text[0].isdigit() and not self._in_article)
        if bold and may_head and len(line) <= _MAX_BOLD_HEADING and not ends and not line.isupper():
            # Most office documents mark their headings with bold type and nothing else.
            depth = label.value.count(".") if label else 0
            return Heading(line, min(_BOLD_HEADING_LEVEL + depth, 6))
        if counted:
            return ListItem(text, counted.label, self._depth(counted.place))
        return ListItem(text) if style.is_list else Paragraph(line)

    def _note_place(self, block: Block) -> None:
        """Remember what part the blocks behind `block` stand in."""
        label = leading_label(block.text) if isinstance(block, Heading | Paragraph) else None
        part = label.part if label and not block.text[label.span[1] :][:1].islower() else ""
        if isinstance(block, Heading) or part:
            self._in_article = part == "dieu"
            self._lists.clear()

    def _depth(self, place: tuple[int, int]) -> int:
        """Return how deep an item stands within the lists that are open."""
        if place in self._lists:
            del self._lists[self._lists.index(place) + 1 :]
        else:
            above = (one for one in self._lists if one[0] != place[0] or one[1] < place[1])
            self._lists = [*above, place]
        return len(self._lists) - 1

    def _is_caption(self, block: Block) -> bool:
        if not isinstance(block, Heading | Paragraph):
            return False
        return bool(self._caption) or _CAPTION.match(block.text) is not None

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
        for paragraph in cell.iter(f"{W}p"):
            style = self._styles.style_of(paragraph.find(f"{W}pPr"))
            for run in paragraph.iter(f"{W}r"):
                has_text = any((one.text or "").strip() for one in run.iter(f"{W}t"))
                if has_text and not self._styles.look(run.find(f"{W}rPr"), style).bold:
                    return False
        return True

    def _chunk(self, element: Element) -> Iterator[Block]:
        """Yield the blocks of a web page that stands in the document as a part of its own."""
        name, content = self._package.file_by_id(element.get(f"{R}id"))
        if name.lower().endswith((".html", ".htm", ".xhtml")):
            with suppress(ArticleError):
                yield from read_web_page(decode(content)).blocks
                return
        self._unread[_CHUNK_UNREAD] = None

    # --- within a paragraph ---------------------------------------------------------------------

    def _gather(self, elements: Iterable[Element], into: _Paragraph) -> None:
        """Collect what `elements` hold; lxml lets no tree be deeper than 256 elements."""
        for child in elements:
            tag = child.tag
            if tag == f"{W}r":
                self._run(child, into)
            elif tag in _NO_TEXT:
                continue
            elif tag in _DELETED:
                into.deleted += [one.text or "" for one in child.iter(*_TEXTS)]
            elif tag == f"{W}txbxContent":
                into.boxes.append(child)
            elif tag == f"{_MATH}oMath":
                self._add(_formula(child), Look(), into)
            elif tag == _DIAGRAM:
                into.others += self._diagram(child)
            elif tag == _CHART:
                self._unread[_CHART_UNREAD] = None
            elif tag in _PICTURES:
                self.pictures += 1
            else:
                self._gather(self._shown_parts(child), into)

    def _run(self, run: Element, into: _Paragraph) -> None:
        look = self._styles.look(run.find(f"{W}rPr"), into.style)
        for child in run:
            tag = child.tag
            if tag == f"{W}t":
                self._add(child.text or "", look, into)
            elif tag in _WHITE:
                self._add(_WHITE[tag], look, into)
            elif tag == f"{W}fldChar":
                self._field(value(child, "fldCharType"))
            elif tag == f"{W}instrText":
                if self._fields and not self._fields[-1].shows:
                    self._fields[-1].code += child.text or ""
            elif tag == f"{W}sym":
                sign = symbol(value(child, "char"), value(child, "font"))
                self._add(sign, Look(bold=look.bold, hidden=look.hidden), into)
                self._leave_out(_SIGN, "" if sign else value(child, "font"))
            elif tag in _NOTE_MARKS:
                if not look.hidden and not self._in_note:
                    self._note(child, into)
                if value(child, "customMarkFollows") in {"1", "true", "on"}:
                    return  # what stands behind it in the run is the mark
            elif tag not in _NO_TEXT and len(child):
                self._gather((child,), into)

    def _add(self, text: str, look: Look, into: _Paragraph) -> None:
        if all(one.shows for one in self._fields):
            into.add(text, look)
            into.in_contents = into.in_contents or any(one.is_contents for one in self._fields)

    def _field(self, step: str) -> None:
        if step == "begin":
            self._fields.append(_Field())
        elif self._fields and step == "separate":
            self._fields[-1].shows = True
        elif self._fields and step == "end":
            self._fields.pop()

    def _note(self, mark: Element, into: _Paragraph) -> None:
        """Read the footnote or endnote that a mark stands for, once."""
        custom = "".join(one.text or "" for one in mark.itersiblings(f"{W}t")).strip()
        has_own = value(mark, "customMarkFollows") in {"1", "true", "on"}
        note, label = self._notes.take(mark, custom if has_own else "")
        if note is None:
            return
        fields, self._fields, self._in_note = self._fields, [], True
        text = cell_text(self._blocks(note, in_cell=True))
        self._fields, self._in_note = fields, False
        text = text.removeprefix(label if has_own else "").strip()
        if text:
            into.notes.append(Note(text, label))

    def _diagram(self, element: Element) -> Iterator[Block]:
        """Yield the texts of a diagram's shapes."""
        root = self._package.part_by_id(element.get(f"{R}dm"))
        for paragraph in root.iter(f"{_DRAWING}p") if root is not None else ():
            texts = "".join(one.text or "" for one in paragraph.iter(f"{_DRAWING}t"))
            if text := " ".join(unicode_text(texts).split()):
                yield Paragraph(text)


class _NoteParts:
    """The footnotes and endnotes of a document, numbered in the order of their marks."""

    def __init__(self, package: WordPackage) -> None:
        self._elements: dict[tuple[str, str], Element] = {}
        self._forms: dict[str, str] = {}
        self._counts: defaultdict[str, int] = defaultdict(int)
        settings = package.part("settings")
        section = package.body.find(f"{W}sectPr")
        for kind, default in (("footnote", "decimal"), ("endnote", "lowerRoman")):
            root = package.part(f"{kind}s")
            for note in root.iter(W + kind) if root is not None else ():
                if value(note, "type") in {"", "normal"}:
                    self._elements[kind, value(note, "id")] = note
            stated = [one.find(f"{W}{kind}Pr") for one in (section, settings) if one is not None]
            forms = [value(one.find(f"{W}numFmt")) for one in stated if one is not None]
            self._forms[kind] = next(filter(None, forms), default)
            begins = [value(one.find(f"{W}numStart")) for one in stated if one is not None]
            self._counts[kind] = number(next(filter(None, begins), "1")) - 1

    def take(self, mark: Element, own_label: str) -> tuple[Element | None, str]:
        """Return the note of a mark and its label; None when it is gone or was taken."""
        kind = _NOTE_MARKS[mark.tag]
        note = self._elements.pop((kind, value(mark, "id")), None)
        if own_label or note is None:
            return note, own_label
        self._counts[kind] += 1
        return note, figure(self._counts[kind], self._forms[kind])


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


def _formula(element: Element) -> str:
    """Return a formula on one line, fractions and powers with their signs."""
    name = element.tag.removeprefix(_MATH)
    if name == "t":
        return element.text or ""
    parts = [(child.tag.removeprefix(_MATH), _formula(child)) for child in element]
    named = {key: f"({text})" if len(text) > 1 else text for key, text in parts}
    match name:
        case "f":
            return f"{named.get('num', '')}/{named.get('den', '')}"
        case "sSup":
            return f"{named.get('e', '')}^{named.get('sup', '')}"
        case "rad":
            return f"√{named.get('e', '')}"
        case "d":
            return f"({''.join(text for _, text in parts)})"
        case _:
            return "".join(text for _, text in parts)


def _notes(archive: OfficeArchive) -> Iterator[str]:
    for kind in sorted(archive.external):
        if note := _EXTERNAL_NOTES.get(kind.lower()):
            yield note
    if archive.embeds_objects:
        yield "Có tệp nhúng bên trong; tôi chỉ đọc chữ của tài liệu, không mở tệp nhúng."
