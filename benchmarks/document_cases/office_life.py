"""Makes office documents as they really look: letterhead, numbering, tables, signatures.

A document is a sequence of parts, which `word_document` lays out with Word's automatic numbering
and footnotes, and `pdf_document` as a printed page with typed numbers.
"""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

import matplotlib as mpl
import openpyxl
from docx import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part as PackagePart
from docx.oxml import parse_xml
from docx.shared import Pt
from matplotlib.backends.backend_pdf import PdfPages
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from PIL import ImageFont

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docx.document import Document as WordDocument
    from docx.table import _Cell
    from docx.text.paragraph import Paragraph
    from openpyxl import Workbook

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_DAY = dt.datetime(2026, 11, 2, 9, tzinfo=dt.UTC)


@dataclass(frozen=True, slots=True)
class TwoColumns:
    """Lines side by side without borders: a letterhead, or the signature beside "Nơi nhận"."""

    left: tuple[str, ...]
    right: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Centred:
    """A bold line in the middle: the kind of document, its subject."""

    text: str


@dataclass(frozen=True, slots=True)
class Plain:
    """A paragraph; its numbers, if any, are typed. `^[…]` sets a footnote in Word."""

    text: str
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Numbered:
    """A paragraph that the scheme called `scheme` numbers by itself, at `level` from 0."""

    scheme: str
    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table; an empty cell belongs to the one above ("^") or on its left ("<")."""

    rows: tuple[tuple[str, ...], ...]
    header_rows: int = 1
    widths: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class NewPage:
    """Where a page ends."""


Part = TwoColumns | Centred | Plain | Numbered | Table | NewPage

ARTICLES = (("decimal", "Điều %1."), ("decimal", "%2."), ("lowerLetter", "%3)"))
"""The levels of a decision: điều, khoản, điểm."""
CHAPTERS = (
    ("upperRoman", "Chương %1."),
    ("decimal", "Điều %2."),
    ("decimal", "%3."),
    ("lowerLetter", "%4)"),
)
"""The levels of a regulation; its articles are counted through."""
SECTIONS = (("upperRoman", "%1."), ("decimal", "%2."), ("bullet", "-"))
"""The levels of minutes."""


def word_document(parts: Sequence[Part], schemes: dict[str, tuple[tuple[str, str], ...]]) -> bytes:
    """Return the parts as a .docx; `schemes` are the levels (format, text) of each numbering."""
    document = Document()
    style = document.styles["Normal"]
    style.font.name = "Times New Roman"
    style.font.size = Pt(13)
    numbers = _add_numbering(document, schemes)
    footnotes: list[str] = []
    for part in parts:
        match part:
            case TwoColumns(left, right):
                table = document.add_table(rows=1, cols=2)
                for cell, lines in zip(table.rows[0].cells, (left, right), strict=True):
                    _fill(cell, lines, footnotes, centred=True)
            case Centred(text):
                paragraph = document.add_paragraph()
                paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
                paragraph.add_run(text).bold = True
            case Plain(text, bold):
                _write(document.add_paragraph(), text, footnotes, bold=bold)
            case Numbered(scheme, level, text):
                paragraph = document.add_paragraph()
                _number(paragraph, numbers[scheme], level)
                heading = schemes[scheme][level][1].startswith(("Điều", "Chương", "%1."))
                _write(paragraph, text, footnotes, bold=heading)
            case Table():
                _add_table(document, part, footnotes)
            case NewPage():
                document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
    _add_footnotes(document, footnotes)
    document.core_properties.created = document.core_properties.modified = _DAY
    buffer = io.BytesIO()
    document.save(buffer)
    return _timeless(buffer.getvalue())


def _add_numbering(
    document: WordDocument, schemes: dict[str, tuple[tuple[str, str], ...]]
) -> dict[str, int]:
    numbering = document.part.numbering_part.element
    first = next(child for child in numbering if child.tag == f"{{{_W}}}num")
    numbers = {}
    for number, (name, levels) in enumerate(schemes.items(), 71):
        xml = "".join(
            f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
            + ('<w:lvlRestart w:val="0"/>' if level and text.startswith("Điều") else "")
            + f'<w:suff w:val="space"/><w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/></w:lvl>'
            for level, (form, text) in enumerate(levels)
        )
        first.addprevious(
            parse_xml(
                f'<w:abstractNum xmlns:w="{_W}" w:abstractNumId="{number}">'
                f'<w:multiLevelType w:val="multilevel"/>{xml}</w:abstractNum>'
            )
        )
        numbering.append(
            parse_xml(
                f'<w:num xmlns:w="{_W}" w:numId="{number}"><w:abstractNumId w:val="{number}"/>'
                "</w:num>"
            )
        )
        numbers[name] = number
    return numbers


def _number(paragraph: Paragraph, number: int, level: int) -> None:
    element = paragraph._p  # noqa: SLF001 -- python-docx has no numbering of its own
    properties = element.get_or_add_pPr().get_or_add_numPr()
    properties.get_or_add_ilvl().val = level
    properties.get_or_add_numId().val = number


def _write(
    paragraph: Paragraph, text: str, footnotes: list[str], *, bold: bool | None = None
) -> None:
    """Write a text with its footnotes; each mark is put where `^[…]` stands."""
    for plain, note in re.findall(r"([^^]*)(?:\^\[([^]]*)\])?", text):
        if plain:
            paragraph.add_run(plain).bold = bold
        if note:
            footnotes.append(note)
            run = paragraph.add_run()
            run.font.superscript = True
            mark = parse_xml(f'<w:footnoteReference xmlns:w="{_W}" w:id="{len(footnotes)}"/>')
            run._r.append(mark)  # noqa: SLF001 -- nor footnotes


def _fill(
    cell: _Cell, lines: Sequence[str], footnotes: list[str], *, centred: bool = False
) -> None:
    for number, line in enumerate(lines):
        paragraph = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
        if centred:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        _write(paragraph, line, footnotes, bold=True if line.isupper() else None)


def _add_table(document: WordDocument, part: Table, footnotes: list[str]) -> None:
    columns = len(part.rows[0])
    table = document.add_table(rows=len(part.rows), cols=columns, style="Table Grid")
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    for top, left, bottom, right in _areas(part.rows):
        text = part.rows[top][left]
        cell = table.cell(top, left).merge(table.cell(bottom, right))
        if text:
            _write(cell.paragraphs[0], text, footnotes, bold=top < part.header_rows or None)


def _areas(rows: Sequence[Sequence[str]]) -> list[tuple[int, int, int, int]]:
    """Return the cells as (top, left, bottom, right), merged where "^" and "<" say so."""
    areas = []
    for top, row in enumerate(rows):
        for left, text in enumerate(row):
            if text in {"^", "<"}:
                continue
            right = left
            while right + 1 < len(row) and row[right + 1] == "<":
                right += 1
            bottom = top
            while bottom + 1 < len(rows) and rows[bottom + 1][left] == "^":
                bottom += 1
            areas.append((top, left, bottom, right))
    return areas


def _add_footnotes(document: WordDocument, footnotes: Sequence[str]) -> None:
    if not footnotes:
        return
    mark = '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteRef/></w:r>'
    own = (
        f'<w:footnote w:type="{kind}" w:id="{number}"><w:p><w:r><w:{tag}/></w:r></w:p></w:footnote>'
        for kind, number, tag in (
            ("separator", -1, "separator"),
            ("continuationSeparator", 0, "continuationSeparator"),
        )
    )
    notes = (
        f'<w:footnote w:id="{number}"><w:p>{mark}<w:r><w:t xml:space="preserve"> {escape(text)}'
        "</w:t></w:r></w:p></w:footnote>"
        for number, text in enumerate(footnotes, 1)
    )
    xml = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        f'<w:footnotes xmlns:w="{_W}">{"".join(own)}{"".join(notes)}</w:footnotes>'
    )
    part = PackagePart(
        PackURI("/word/footnotes.xml"),
        "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml",
        xml.encode(),
        document.part.package,
    )
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)


def _timeless(data: bytes) -> bytes:
    """Return an Office file whose bytes don't tell when it was made."""
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            content = old.read(name)
            if name == "docProps/core.xml":
                content = re.sub(
                    rb"\d{4}-\d\d-\d\dT[\d:]+Z",
                    _DAY.strftime("%Y-%m-%dT%H:%M:%SZ").encode(),
                    content,
                )
            info = zipfile.ZipInfo(name, (2026, 11, 2, 9, 0, 0))
            new.writestr(info, content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def workbook_bytes(book: Workbook) -> bytes:
    """Return the workbook as a .xlsx that is the same each time."""
    buffer = io.BytesIO()
    book.save(buffer)
    return _timeless(buffer.getvalue())


def new_workbook(*sheets: str) -> Workbook:
    """Return a workbook with empty sheets of these names."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name in sheets:
        book.create_sheet(name)
    return book


_WIDTH, _HEIGHT = 595.0, 842.0  # points of a page of A4
_LEFT, _RIGHT, _TOP, _BOTTOM = 85.0, 540.0, 60.0, 780.0
_SIZE, _LINE = 11.0, 16.0
_CENTRES = (190.0, 430.0)
_FONTS = Path(mpl.get_data_path()) / "fonts" / "ttf"


def pdf_document(parts: Sequence[Part], title: str) -> bytes:
    """Return the parts as a PDF of A4 pages, numbered at the top from the second on."""
    printer = _Printer()
    for part in parts:
        printer.put(part)
    buffer = io.BytesIO()
    with (
        mpl.rc_context({"pdf.fonttype": 42}),
        PdfPages(buffer, metadata={"Title": title, "CreationDate": None}) as pages,
    ):
        for figure in printer.pages:
            pages.savefig(figure)
    return buffer.getvalue()


class _Printer:
    """Sets parts below each other on pages, with lines broken where the column ends."""

    def __init__(self) -> None:
        self.pages: list[Figure] = []
        self._y = 0.0
        self._new_page()

    def put(self, part: Part) -> None:
        match part:
            case TwoColumns(left, right):
                top = self._y
                for centre, lines in zip(_CENTRES, (left, right), strict=True):
                    self._y = top
                    for line in lines:
                        self._text(centre, line, bold=line.isupper(), centred=True)
                        self._y += _LINE
                self._y = top + _LINE * (max(len(left), len(right)) + 1)
            case Centred(text):
                self._room(_LINE)
                self._text((_LEFT + _RIGHT) / 2, text, bold=True, centred=True)
                self._y += _LINE
            case Plain(text, bold):
                self._paragraph(text, bold=bold)
            case Table():
                self._table(part)
            case NewPage():
                self._new_page()
            case Numbered():
                raise TypeError("a printed page has typed numbers: use Plain")

    def _new_page(self) -> None:
        self.pages.append(Figure(figsize=(_WIDTH / 72, _HEIGHT / 72)))
        self._y = _TOP
        if len(self.pages) > 1:
            self._y = _TOP - 25
            self._text((_LEFT + _RIGHT) / 2, str(len(self.pages)), centred=True)
            self._y = _TOP

    def _room(self, height: float) -> None:
        if self._y + height > _BOTTOM:
            self._new_page()

    def _paragraph(self, text: str, *, bold: bool) -> None:
        indent = 28.0
        for number, line in enumerate(_broken(text, _RIGHT - _LEFT, bold=bold, indent=indent)):
            self._room(_LINE)
            self._text(_LEFT + (0 if number else indent), line, bold=bold)
            self._y += _LINE
        self._y += 5

    def _table(self, part: Table) -> None:
        edges = [_LEFT]
        for width in part.widths:
            edges.append(edges[-1] + width * (_RIGHT - _LEFT) / sum(part.widths))
        areas = _areas(part.rows)
        lines = {
            (top, left): _broken(
                part.rows[top][left],
                edges[right + 1] - edges[left] - 8,
                bold=top < part.header_rows,
            )
            for top, left, _, right in areas
        }
        heights = [
            max(len(lines[top, left]) for top, left, bottom, _ in areas if top == bottom == row)
            * _LINE
            + 6
            for row in range(len(part.rows))
        ]
        self._room(sum(heights))
        tops = [self._y]
        for height in heights:
            tops.append(tops[-1] + height)
        for top, left, bottom, right in areas:
            self._box(edges[left], tops[top], edges[right + 1], tops[bottom + 1])
            self._y = tops[top] + 4
            for line in lines[top, left]:
                self._text(edges[left] + 4, line, bold=top < part.header_rows)
                self._y += _LINE
        self._y = tops[-1] + 12

    def _text(self, x: float, text: str, *, bold: bool = False, centred: bool = False) -> None:
        self.pages[-1].text(
            x / _WIDTH,
            1 - (self._y + _SIZE) / _HEIGHT,
            text,
            size=_SIZE,
            family="DejaVu Serif",
            weight="bold" if bold else "normal",
            ha="center" if centred else "left",
            va="baseline",
            parse_math=False,
        )

    def _box(self, left: float, top: float, right: float, bottom: float) -> None:
        across = [x / _WIDTH for x in (left, right, right, left, left)]
        down = [1 - y / _HEIGHT for y in (top, top, bottom, bottom, top)]
        self.pages[-1].add_artist(Line2D(across, down, linewidth=0.6, color="black"))


def _broken(text: str, width: float, *, bold: bool, indent: float = 0.0) -> list[str]:
    """Return the text in lines that fit the width; the first is indented."""
    name = "DejaVuSerif-Bold.ttf" if bold else "DejaVuSerif.ttf"
    font = ImageFont.truetype(str(_FONTS / name), 100)
    lines: list[str] = []
    for word in text.split():
        room = width - (indent if len(lines) <= 1 else 0)
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and font.getlength(longer) * _SIZE / 100 <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines
