"""Makes real office files: Word, Excel, PDF with text, PDF of scans, and hostile ones."""

import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

import docx
import matplotlib as mpl
import openpyxl
import pypdf
import pypdfium2  # type: ignore[import-untyped] # it has no types
from matplotlib import font_manager
from matplotlib.backends.backend_pdf import PdfPages
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.textpath import TextPath
from PIL import Image, ImageDraw, ImageFont
from pypdf.annotations import Text
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    TextStringObject,
)

PARAGRAPH = (
    "Văn phòng Ủy ban nhân dân tỉnh là cơ quan chuyên môn, có chức năng tham mưu, giúp Chủ tịch về "
    "chương trình công tác của tỉnh và bảo đảm cung cấp thông tin phục vụ quản lý."
)


def word(paragraphs: Iterable[tuple[str, str]] = (("", PARAGRAPH),), title: str = "") -> bytes:
    """A .docx of paragraphs given as (style, text)."""
    document = docx.Document()
    document.core_properties.title = title
    for style, text in paragraphs:
        document.add_paragraph(text, style or None)
    return saved(document)


def saved(document: Any) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def workbook(sheets: Mapping[str, Sequence[Sequence[object]]]) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    return saved(book)


def text_pdf(pages: Sequence[Sequence[str]], title: str = "") -> bytes:
    """A PDF with a text layer: each page is its lines, top to bottom."""
    buffer = io.BytesIO()
    with (
        mpl.rc_context({"pdf.fonttype": 42}),
        PdfPages(buffer, metadata={"Title": title}) as pdf,
    ):
        for lines in pages:
            figure = Figure(figsize=(8.27, 11.69))
            for number, line in enumerate(lines):
                figure.text(0.08, 0.95 - number * 0.02, line, size=9, parse_math=False)
            pdf.savefig(figure)
    return buffer.getvalue()


def scanned_pdf(pages: Sequence[Sequence[str]]) -> bytes:
    """A PDF whose pages are pictures of text, as a scanner makes them."""
    font = ImageFont.truetype(font_manager.findfont("DejaVu Sans"), 40)
    images = []
    for lines in pages:
        image = Image.new("L", (1654, 2339), 250)
        pen = ImageDraw.Draw(image)
        for number, line in enumerate(lines):
            pen.text((120, 150 + 75 * number), line, font=font, fill=20)
        images.append(image)
    buffer = io.BytesIO()
    images[0].save(buffer, "PDF", save_all=True, append_images=images[1:], resolution=200)
    return buffer.getvalue()


def encrypted_pdf() -> bytes:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(text_pdf([[PARAGRAPH]])))
    writer.encrypt("mat khau", algorithm="RC4-128")
    return saved_pdf(writer)


def saved_pdf(writer: pypdf.PdfWriter) -> bytes:
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def repacked(data: bytes, changed: Mapping[str, bytes]) -> bytes:
    """The archive `data` with parts replaced or added."""
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            if name not in changed:
                new.writestr(name, old.read(name))
        for name, content in changed.items():
            new.writestr(name, content)
    return buffer.getvalue()


def part(data: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(name)


def archive(parts: Mapping[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for name, content in parts.items():
            new.writestr(name, content)
    return buffer.getvalue()


def macro_document() -> bytes:
    """What Word saves as .docm."""
    data = word()
    types = part(data, "[Content_Types].xml").replace(
        b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
        b"application/vnd.ms-word.document.macroEnabled.main+xml",
    )
    return repacked(data, {"[Content_Types].xml": types, "word/vbaProject.bin": b"\xd0\xcf"})


def remote_template_document(address: str) -> bytes:
    """A .docx that tells Word to load its template from `address`."""
    data = word()
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate"
    relations = part(data, "word/_rels/document.xml.rels").replace(
        b"</Relationships>",
        (
            f'<Relationship Id="rX" Type="{kind}" Target="{address}" TargetMode="External"/>'
            "</Relationships>"
        ).encode(),
    )
    return repacked(data, {"word/_rels/document.xml.rels": relations})


def entity_bomb() -> bytes:
    """A .docx whose text grows by entities ("billion laughs")."""
    data = word()
    entities = "".join(
        f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' if n else '<!ENTITY a0 "ha">' for n in range(10)
    )
    body = part(data, "word/document.xml").split(b"?>", 1)[1]
    bomb = f'<?xml version="1.0"?><!DOCTYPE d [{entities}]>'.encode() + body
    return repacked(data, {"word/document.xml": bomb})


def staff_table() -> list[list[object]]:
    return [
        ["STT", "Họ và tên", "Chức vụ", "Ngày vào"],
        [1, "Nguyễn Văn An", "Chánh Văn phòng", date(2020, 5, 1)],
        [2, "Trần Thị Bình", "Phó Chánh Văn phòng", None],
    ]


class Pen:
    """Draws on a page; places are points from its left and its top."""

    def __init__(self, width: float = 595, height: float = 842) -> None:
        self.size = (width, height)
        self.figure = Figure(figsize=(width / 72, height / 72))

    def write(self, x: float, y: float, text: str, size: float = 11, **style: Any) -> float:
        """Write on the baseline `y`; return where the text ends."""
        width, height = self.size
        place = (x / width, 1 - y / height)
        self.figure.text(*place, text, size=size, va="baseline", parse_math=False, **style)
        return x + float(TextPath((0, 0), text, size=size).get_extents().x1)

    def lines(self, x: float, y: float, *texts: str, size: float = 11, **style: Any) -> None:
        for number, text in enumerate(texts):
            self.write(x, y + 1.4 * size * number, text, size, **style)

    def rule(self, x0: float, y0: float, x1: float, y1: float) -> None:
        width, height = self.size
        ends = ([x0 / width, x1 / width], [1 - y0 / height, 1 - y1 / height])
        self.figure.add_artist(Line2D(*ends, color="black", linewidth=0.7))

    def table(
        self, x: float, y: float, widths: Sequence[float], rows: Sequence[Sequence[str]]
    ) -> float:
        """Draw a table of ruled cells with lines of text; an empty row of cells is as high."""
        edges = [x]
        for width in widths:
            edges.append(edges[-1] + width)
        for row in rows:
            height = 8 + 14 * max(cell.count("\n") + 1 for cell in row)
            for edge, cell in zip(edges, row, strict=False):
                self.lines(edge + 4, y + 14, *filter(None, cell.split("\n")), size=10)
            self.rule(edges[0], y, edges[-1], y)
            for edge in edges:
                self.rule(edge, y, edge, y + height)
            y += height
        self.rule(edges[0], y, edges[-1], y)
        return y


def drawn_pdf(*pens: Pen) -> bytes:
    """A PDF of pages that were drawn."""
    buffer = io.BytesIO()
    with mpl.rc_context({"pdf.fonttype": 42}), PdfPages(buffer) as pdf:
        for pen in pens:
            pdf.savefig(pen.figure)
    return buffer.getvalue()


def turned_scan(lines: Sequence[str], degrees: float) -> bytes:
    """A scan that lies turned on the page, against the clock."""
    font = ImageFont.truetype(font_manager.findfont("DejaVu Sans"), 40)
    image = Image.new("L", (1654, 2339), 250)
    pen = ImageDraw.Draw(image)
    for number, line in enumerate(lines):
        pen.text((120, 300 + 75 * number), line, font=font, fill=20)
    buffer = io.BytesIO()
    turned = image.rotate(degrees, expand=True, fillcolor=250)
    turned.save(buffer, "PDF", resolution=200)
    return buffer.getvalue()


def scan_of(data: bytes) -> bytes:
    """A scan of the first page of a PDF."""
    image = pypdfium2.PdfDocument(data)[0].render(scale=200 / 72, grayscale=True).to_pil()
    buffer = io.BytesIO()
    image.save(buffer, "PDF", resolution=200)
    return buffer.getvalue()


def over(scan: bytes, layer: bytes) -> bytes:
    """The page of `scan` laid over the page of `layer`, as some scanners write it."""
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(layer))
    page = pypdf.PdfReader(io.BytesIO(scan)).pages[0]
    ratio = float(writer.pages[0].mediabox.width) / float(page.mediabox.width)
    writer.pages[0].merge_transformed_page(page, pypdf.Transformation().scale(ratio))
    return saved_pdf(writer)


def photograph_pdf() -> bytes:
    """A PDF of one page that is a picture without any letters."""
    image = Image.new("L", (1654, 2339), 250)
    pen = ImageDraw.Draw(image)
    for place in range(200, 1400, 90):
        pen.ellipse((place, 1.3 * place, place + 300, 1.3 * place + 400), outline=30, width=9)
    buffer = io.BytesIO()
    image.save(buffer, "PDF", resolution=200)
    return buffer.getvalue()


def annotated(data: bytes, comment: str, field: str) -> bytes:
    """The same PDF with a comment, and a field that was filled in, on its first page."""
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(data))
    writer.add_annotation(0, Text(text=comment, rect=(400, 700, 420, 720)))
    widget = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Annot"),
            NameObject("/Subtype"): NameObject("/Widget"),
            NameObject("/FT"): NameObject("/Tx"),
            NameObject("/T"): TextStringObject("o1"),
            NameObject("/V"): TextStringObject(field),
            NameObject("/Rect"): ArrayObject(FloatObject(n) for n in (60, 600, 300, 616)),
        }
    )
    writer.add_annotation(0, widget)
    return saved_pdf(writer)


def put_together(*files: bytes) -> bytes:
    """One PDF of the pages of several."""
    writer = pypdf.PdfWriter()
    for data in files:
        writer.append(io.BytesIO(data))
    return saved_pdf(writer)


def invisible(data: bytes) -> bytes:
    """The same PDF with its text in rendering mode 3."""
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(data))
    for page in writer.pages:
        contents = page.get_contents()
        assert contents is not None
        contents.set_data(contents.get_data().replace(b"BT\n", b"BT\n3 Tr\n"))
        page.replace_contents(contents)
    return saved_pdf(writer)
