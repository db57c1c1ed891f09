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
from matplotlib import font_manager
from matplotlib.backends.backend_pdf import PdfPages
from matplotlib.figure import Figure
from PIL import Image, ImageDraw, ImageFont

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
