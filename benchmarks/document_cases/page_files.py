"""PDF files, scans and texts in old encodings, made byte by byte for the cases of pages."""

from __future__ import annotations

import io
import quopri
import re
import unicodedata
import zlib
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import matplotlib as mpl
from fontTools.ttLib import TTFont
from PIL import Image, ImageDraw, ImageFont
from pypdf import PdfReader, PdfWriter

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

A4 = (595.0, 842.0)
A4_ACROSS = (842.0, 595.0)
_FONTS = Path(mpl.get_data_path()) / "fonts" / "ttf"
_ID = "5f" * 16
_RAISED = re.compile(r"\^([^^]+)\^")

# --- old encodings ---------------------------------------------------------------------------

_LETTERS = "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵĂÂÊÔƠƯĐ"
_TCVN3 = "µ¸¶·¹¨»¾¼½Æ©ÇÊÈÉË®ÌÐÎÏÑªÒÕÓÔÖ×ÝØÜÞßãáâä«åèæçé¬êíëìîïóñòô\xadõøö÷ùúýûüþ¡¢£¤¥¦§"
_VNI = (
    "aø aù aû aõ aï aê aè aé aú aü aë aâ aà aá aå aã aä ñ eø eù eû eõ eï eâ eà eá eå eã eä "
    "ì í æ ó ò oø où oû oõ oï oâ oà oá oå oã oä ô ôø ôù ôû ôõ ôï uø uù uû uõ uï ö öø öù öû öõ öï "
    "yø yù yû yõ î AÊ AÂ EÂ OÂ Ô Ö Ñ"
).split()
_VISCII_HIGH = (
    "ẠẮẰẶẤẦẨẬẼẸẾỀỂỄỆỐỒỔỖỘỢỚỜỞỊỎỌỈỦŨỤỲÕắằặấầẩậẽẹếềểễệốồổỗỠƠộờởịỰỨỪỬơớƯÀÁÂÃẢĂẳẵÈÉÊẺÌÍĨỳĐứÒÓÔạỷừửÙÚỹỵÝỡư"
    "àáâãảăữẫèéêẻìíĩỉđựòóôõỏọụùúũủýợỮ"
)
_TO_TCVN3 = dict(zip(_LETTERS, _TCVN3, strict=True))
_TO_VNI = dict(zip(_LETTERS, _VNI, strict=True))
_TO_VISCII = {letter: 0x80 + n for n, letter in enumerate(_VISCII_HIGH)} | {
    "Ẳ": 0x02,
    "Ẵ": 0x05,
    "Ẫ": 0x06,
    "Ỷ": 0x14,
    "Ỹ": 0x19,
    "Ỵ": 0x1E,
}


def tcvn3(text: str) -> str:
    """Return a text as TCVN3 (ABC) code points, the way a font such as .VnTime shows it."""
    return "".join(_TO_TCVN3.get(letter, _TO_TCVN3.get(letter.lower(), letter)) for letter in text)


def vni(text: str) -> str:
    """Return a text as VNI code points; capitals with a tone take the capital's marks."""
    found = []
    for letter in text:
        known = _TO_VNI.get(letter)
        if known is None and letter.lower() in _TO_VNI:
            known = _TO_VNI[letter.lower()].upper()
        found.append(known or letter)
    return "".join(found)


def viscii(text: str) -> bytes:
    """Return a text as VISCII bytes."""
    return bytes(_TO_VISCII.get(letter, ord(letter) & 0x7F) for letter in text)


def windows_1258(text: str) -> bytes:
    """Return a text as Windows-1258 bytes: letters with their hat, then the tone on its own."""
    tones = "\u0300\u0301\u0303\u0309\u0323"
    found = bytearray()
    for letter in text:
        parts = unicodedata.normalize("NFD", letter)
        tone = "".join(part for part in parts if part in tones)
        rest = unicodedata.normalize("NFC", "".join(part for part in parts if part not in tones))
        found += (rest + tone).encode("cp1258")
    return bytes(found)


# --- web pages -------------------------------------------------------------------------------


def web_page(body: str, charset: str = "utf-8", encoding: str = "utf-8") -> bytes:
    """Return a page with its charset as declared and its bytes as they really are."""
    return (
        f'<!DOCTYPE html>\n<html lang="vi"><head><meta charset="{charset}"><title>Trang</title>'
        f"</head>\n<body>\n{body}\n</body></html>\n"
    ).encode(encoding)


def mhtml(body: str) -> bytes:
    """Return a page as a browser saves it in one file: multipart, quoted-printable."""
    coded = quopri.encodestring(web_page(body)).replace(b"\n", b"\r\n")
    head = (
        'MIME-Version: 1.0\r\nContent-Type: multipart/related; type="text/html";\r\n'
        '\tboundary="----=_NextPart_01"\r\n\r\n------=_NextPart_01\r\n'
        'Content-Type: text/html; charset="utf-8"\r\n'
        "Content-Transfer-Encoding: quoted-printable\r\nContent-Location: file:///C:/t.htm\r\n\r\n"
    )
    tail = (
        "\r\n------=_NextPart_01\r\nContent-Type: text/css\r\n\r\np { margin: 0 }\r\n"
        "------=_NextPart_01--\r\n"
    )
    return head.encode() + coded + tail.encode()


# --- fonts of a PDF --------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Face:
    """A font of a PDF: its file, the name it bears, and what text its glyphs claim to be.

    `claims` is None for a font without a ToUnicode map.
    """

    file: str
    name: str
    claims: Callable[[str], str] | None = str

    @property
    def path(self) -> Path:
        """The font's file."""
        return _FONTS / f"{self.file}.ttf"


SERIF = Face("DejaVuSerif", "AAAAAA+TimesNewRoman")
BOLD = Face("DejaVuSerif-Bold", "AAAAAB+TimesNewRoman,Bold")
ITALIC = Face("DejaVuSerif-Italic", "AAAAAC+TimesNewRoman,Italic")
SANS = Face("DejaVuSans", "AAAAAD+Arial")
NO_UNICODE = replace(SERIF, name="AAAAAE+F1", claims=None)
VNTIME = replace(SERIF, name="AAAAAF+.VnTime", claims=tcvn3)
VNTIMEH = replace(BOLD, name="AAAAAG+.VnTimeH", claims=lambda text: tcvn3(text.lower()))
VNI_TIMES = replace(SERIF, name="AAAAAH+VNI-Times", claims=vni)
ALL_ONE = replace(SERIF, name="AAAAAI+F2", claims=lambda _: "a")


def shifted(letter: str) -> str:
    """Return another letter for a letter, as a subset font numbered by first use claims."""
    return chr(33 + (ord(letter) * 7 + 5) % 90)


SHIFTED = replace(SERIF, name="AAAAAJ+F3", claims=shifted)


@cache
def _font(path: Path) -> TTFont:
    return TTFont(path)


@cache
def _glyphs(path: Path) -> tuple[dict[int, str], dict[str, int], int]:
    font = _font(path)
    widths = {name: width for name, (width, _) in font["hmtx"].metrics.items()}
    return font.getBestCmap(), widths, font["head"].unitsPerEm


def _glyph(face: Face, letter: str) -> tuple[int, float]:
    cmap, widths, em = _glyphs(face.path)
    name = cmap[ord(letter)]
    return _font(face.path).getGlyphID(name), widths[name] / em


def width_of(text: str, size: float, face: Face = SERIF) -> float:
    """Return how wide a text is in points, its raised marks counted small."""
    total, raised = 0.0, False
    for part in _RAISED.split(text):
        total += sum(_glyph(face, letter)[1] for letter in part) * size * (0.6 if raised else 1)
        raised = not raised
    return total


# --- pages -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table: its text (lines by line feeds) and how far it spans."""

    text: str
    across: int = 1
    down: int = 1


@dataclass(slots=True)
class Sheet:
    """A page of a PDF that is being drawn; y counts from the foot, as in a PDF."""

    size: tuple[float, float] = A4
    rotate: int = 0
    parts: list[str] = field(default_factory=list)
    used: dict[Face, dict[str, None]] = field(default_factory=dict)
    images: list[bytes] = field(default_factory=list)
    faces: list[Face] = field(default_factory=list)

    def write(  # noqa: PLR0913 - a pen's settings
        self,
        x: float,
        y: float,
        text: str,
        size: float = 12,
        face: Face = SERIF,
        *,
        mode: int = 0,
        words: bool = False,
        matrix: str = "1 0 0 1",
    ) -> float:
        """Write one line (`^1^` is raised and small); return where it ends.

        With `words` each word is placed on its own, without spaces in the text.
        """
        raised = False
        for part in _RAISED.split(text):
            height, up = (size * 0.6, size * 0.38) if raised else (size, 0.0)
            pieces = re.findall(r"\S+|\s+", part) if words else [part]
            for piece in pieces:
                if piece and not (words and piece.isspace()):
                    self._show(x, y + up, piece, height, face, mode, matrix)
                x += width_of(piece, height, face)
            raised = not raised
        return x

    def _show(  # noqa: PLR0913, PLR0917 - a pen's settings
        self, x: float, y: float, text: str, size: float, face: Face, mode: int, matrix: str
    ) -> None:
        if face not in self.faces:
            self.faces.append(face)
        self.used.setdefault(face, {}).update(dict.fromkeys(text))
        codes = "".join(f"{_glyph(face, letter)[0]:04x}" for letter in text)
        name = f"/F{self.faces.index(face)}"
        self.parts.append(
            f"BT {name} {size:.2f} Tf {mode} Tr {matrix} {x:.2f} {y:.2f} Tm <{codes}> Tj ET"
        )

    def centre(self, y: float, text: str, size: float = 12, face: Face = SERIF) -> None:
        """Write one line in the middle of the page."""
        self.write((self.size[0] - width_of(text, size, face)) / 2, y, text, size, face)

    def lines(  # noqa: PLR0913, PLR0917 - a pen's settings
        self,
        y: float,
        texts: Iterable[str],
        x: float = 72,
        size: float = 12,
        face: Face = SERIF,
        step: float = 1.5,
    ) -> float:
        """Write lines one below the other; return the next line's y."""
        for text in texts:
            self.write(x, y, text, size, face)
            y -= size * step
        return y

    def paragraph(  # noqa: PLR0913, PLR0917 - a pen's settings
        self,
        y: float,
        text: str,
        x: float = 72,
        width: float = 450,
        size: float = 12,
        face: Face = SERIF,
        indent: float = 28,
    ) -> float:
        """Write a paragraph with its first line indented; return the next paragraph's y."""
        first = True
        for line in wrap(text, width, size, face, indent):
            self.write(x + (indent if first else 0), y, line, size, face)
            first = False
            y -= size * 1.4
        return y - size * 0.5

    def line(self, x0: float, y0: float, x1: float, y1: float) -> None:
        """Draw a ruling line."""
        self.parts.append(f"0.7 w {x0:.1f} {y0:.1f} m {x1:.1f} {y1:.1f} l S")

    def table(  # noqa: PLR0913 - a pen's settings
        self,
        y: float,
        widths: Sequence[float],
        rows: Sequence[Sequence[str | Cell | None]],
        x: float = 60,
        size: float = 10,
        *,
        ruled: bool = True,
        heads: int = 1,
        words: bool = False,
    ) -> float:
        """Draw a table (None where a cell above or beside reaches over); return the y below."""
        edges = [x]
        for width in widths:
            edges.append(edges[-1] + width)
        tops = [y]
        for row in rows:
            depth = max(
                len(_cell_lines(cell, edges[n + cell.across] - edges[n], size))
                for n, cell in enumerate(_cells(row))
                if cell is not None and cell.down == 1
            )
            tops.append(tops[-1] - depth * size * 1.25 - 6)
        for r, row in enumerate(rows):
            face = BOLD if r < heads else SERIF
            for n, cell in enumerate(_cells(row)):
                if cell is None:
                    continue
                right, low = edges[n + cell.across], tops[r + cell.down]
                if ruled:
                    self.parts.append(
                        f"0.7 w {edges[n]:.1f} {low:.1f} {right - edges[n]:.1f} "
                        f"{tops[r] - low:.1f} re S"
                    )
                at = tops[r] - size - 2
                for text in _cell_lines(cell, right - edges[n], size, face):
                    self.write(edges[n] + 4, at, text, size, face, words=words)
                    at -= size * 1.25
        return tops[-1]

    def picture(self, jpeg: bytes, x: float, y: float, width: float, height: float) -> None:
        """Put a JPEG picture on the page."""
        self.images.append(jpeg)
        self.parts.append(
            f"q {width:.1f} 0 0 {height:.1f} {x:.1f} {y:.1f} cm /I{len(self.images) - 1} Do Q"
        )


def _cells(row: Sequence[str | Cell | None]) -> list[Cell | None]:
    return [Cell(cell) if isinstance(cell, str) else cell for cell in row]


def _cell_lines(cell: Cell, width: float, size: float, face: Face = BOLD) -> list[str]:
    return [
        line
        for text in cell.text.split("\n")
        for line in (wrap(text, width - 8, size, face) or [""])
    ]


def wrap(text: str, width: float, size: float, face: Face = SERIF, indent: float = 0) -> list[str]:
    """Return a text's lines; a break may also be asked for by a line feed."""
    found: list[str] = []
    for forced in text.split("\n"):
        line = ""
        for word in forced.split(" "):
            room = width - (indent if not found else 0)
            if line and width_of(f"{line} {word}", size, face) > room:
                found.append(line)
                line = word
            else:
                line = f"{line} {word}" if line else word
        if line:
            found.append(line)
    return found


def flow(
    texts: Sequence[tuple[str, Face]],
    furnish: Callable[[Sheet, int], None],
    size: tuple[float, float] = (420, 595),
) -> list[Sheet]:
    """Return small pages full of paragraphs; `furnish` writes each page's head and foot."""
    sheets: list[Sheet] = []
    y = 0.0
    for text, face in texts:
        for n, line in enumerate(wrap(text, size[0] - 100, 12, face, 24)):
            if not sheets or y < 64:
                sheets.append(Sheet(size))
                furnish(sheets[-1], len(sheets))
                y = size[1] - 64
            sheets[-1].write(74 if n == 0 else 50, y, line, 12, face)
            y -= 17
        y -= 5
    return sheets


def stamp(sheet: Sheet, text: str) -> None:
    """Write large pale letters slanting over the page, under what is written later."""
    sheet.parts.append("0.85 g")
    for n, letter in enumerate(text):
        if letter != " ":
            at = 150 + n * 42
            sheet.write(at, at + 180, letter, 60, BOLD, matrix="0.707 0.707 -0.707 0.707")
    sheet.parts.append("0 g")


# --- the file --------------------------------------------------------------------------------


def _stream(data: bytes, entries: str = "") -> bytes:
    packed = zlib.compress(data, 6)
    head = f"<< /Length {len(packed)} /Filter /FlateDecode {entries} >>\nstream\n".encode()
    return head + packed + b"\nendstream"


@cache
def _font_file(path: Path) -> bytes:
    data = path.read_bytes()
    return _stream(data, f"/Length1 {len(data)}")


def _to_unicode(face: Face, letters: Iterable[str]) -> bytes:
    assert face.claims is not None
    rows = {
        _glyph(face, letter)[0]: face.claims(letter).encode("utf-16-be").hex() for letter in letters
    }
    chars = list(rows.items())
    blocks = []
    for start in range(0, len(chars), 100):
        part = chars[start : start + 100]
        body = "\n".join(f"<{glyph:04x}> <{text}>" for glyph, text in part)
        blocks.append(f"{len(part)} beginbfchar\n{body}\nendbfchar")
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def "
        "/CMapType 2 def 1 begincodespacerange <0000> <ffff> endcodespacerange\n"
        + "\n".join(blocks)
        + "\nendcmap CMapName currentdict /CMap defineresource pop end end"
    ).encode()


def pdf(*sheets: Sheet, title: str | None = None) -> bytes:
    """Return a PDF file of pages."""
    objects: list[bytes] = [b"", b""]

    def add(body: bytes | str) -> int:
        objects.append(body.encode("latin-1") if isinstance(body, str) else body)
        return len(objects)

    letters: dict[Face, dict[str, None]] = {}
    for sheet in sheets:
        for face, used in sheet.used.items():
            letters.setdefault(face, {}).update(used)
    fonts, files = {}, {}
    for face, used in letters.items():
        if face.path not in files:
            files[face.path] = add(_font_file(face.path))
        widths = " ".join(
            f"{glyph} [{width * 1000:.0f}]" for glyph, width in (_glyph(face, c) for c in used)
        )
        name = face.name.replace(",", "#2C")
        described = add(
            f"<< /Type /FontDescriptor /FontName /{name} /Flags 4 /FontBBox [-700 -400 2000 1200] "
            f"/ItalicAngle 0 /Ascent 930 /Descent -240 /CapHeight 730 /StemV 80 "
            f"/FontFile2 {files[face.path]} 0 R >>"
        )
        below = add(
            f"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /{name} /CIDToGIDMap /Identity "
            f"/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> "
            f"/DW 600 /W [{widths}] /FontDescriptor {described} 0 R >>"
        )
        mapped = ""
        if face.claims is not None:
            mapped = f"/ToUnicode {add(_stream(_to_unicode(face, used)))} 0 R"
        fonts[face] = add(
            f"<< /Type /Font /Subtype /Type0 /BaseFont /{name} /Encoding /Identity-H "
            f"/DescendantFonts [{below} 0 R] {mapped} >>"
        )
    kids = []
    pictures: dict[bytes, int] = {}
    for sheet in sheets:
        for jpeg in sheet.images:
            if jpeg not in pictures:
                pictures[jpeg] = add(_picture(jpeg))
        resources = " ".join(f"/F{n} {fonts[face]} 0 R" for n, face in enumerate(sheet.faces))
        shown = " ".join(f"/I{n} {pictures[jpeg]} 0 R" for n, jpeg in enumerate(sheet.images))
        content = add(_stream("\n".join(sheet.parts).encode("latin-1")))
        width, height = sheet.size
        kids.append(
            add(
                f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {width:.0f} {height:.0f}] "
                f"/Rotate {sheet.rotate} /Contents {content} 0 R "
                f"/Resources << /Font << {resources} >> /XObject << {shown} >> >> >>"
            )
        )
    info = ""
    if title is not None:
        coded = (b"\xfe\xff" + title.encode("utf-16-be")).hex()
        info = f"/Info {add(f'<< /Title <{coded}> >>')} 0 R"
    objects[0] = b"<< /Type /Catalog /Pages 2 0 R >>"
    listed = " ".join(f"{kid} 0 R" for kid in kids)
    objects[1] = f"<< /Type /Pages /Kids [{listed}] /Count {len(kids)} >>".encode()
    return assemble(objects, info)


def assemble(objects: Sequence[bytes], info: str = "") -> bytes:
    """Return a PDF of numbered objects, the first of them its catalog."""
    data = bytearray(b"%PDF-1.5\n%\xe2\xe3\xcf\xd3\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(data))
        data += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    table = len(data)
    data += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    data += b"".join(f"{place:010d} 00000 n \n".encode() for place in places)
    data += (
        f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R {info} /ID [<{_ID}> <{_ID}>] >>\n"
        f"startxref\n{table}\n%%EOF\n"
    ).encode()
    return bytes(data)


def _picture(jpeg: bytes) -> bytes:
    with Image.open(io.BytesIO(jpeg)) as image:
        width, height = image.size
    head = (
        f"<< /Type /XObject /Subtype /Image /Width {width} /Height {height} "
        f"/ColorSpace /DeviceGray /BitsPerComponent 8 /Filter /DCTDecode /Length {len(jpeg)} >>"
    )
    return head.encode() + b"\nstream\n" + jpeg + b"\nendstream"


def broken_xref(data: bytes) -> bytes:
    """Return the file with every place in its table of objects wrong."""
    return re.sub(rb"(\d{10}) 00000 n", lambda at: b"%010d 00000 n" % (int(at[1]) + 37), data)


def encrypted(data: bytes, user: str, owner: str) -> bytes:
    """Return the file encrypted with passwords."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(data)))
    writer.encrypt(user, owner, algorithm="RC4-128")
    made = io.BytesIO()
    writer.write(made)
    changed = re.search(rb"/ID\s*\[\s*<\w+>\s*<(\w+)>", made.getvalue())  # drawn by chance
    return made.getvalue() if changed is None else made.getvalue().replace(changed[1], _ID.encode())


# --- scans -----------------------------------------------------------------------------------


def scan(lines: Sequence[str], *, turn: float = 0, size: int = 30) -> bytes:
    """Return a scanned A4 page as a grey JPEG (150 dpi) turned by degrees against the clock."""
    paper = Image.new("L", (1240, 1754), 250)
    draw = ImageDraw.Draw(paper)
    font = ImageFont.truetype(str(SERIF.path), size)
    y = 140
    for line in lines:
        draw.text((130, y), line, font=font, fill=25)
        y += int(size * 1.75)
    if turn:
        right_angle = turn % 90 == 0
        paper = paper.rotate(
            turn, expand=right_angle, fillcolor=250, resample=Image.Resampling.BICUBIC
        )
    made = io.BytesIO()
    paper.save(made, "JPEG", quality=80, dpi=(150, 150))
    return made.getvalue()


def scanned_sheet(lines: Sequence[str], *, turn: float = 0, rotate: int = 0) -> Sheet:
    """Return a page that is nothing but a scan, its image turned, its page rotated."""
    jpeg = scan(lines, turn=turn)
    across = turn % 180 == 90
    sheet = Sheet(A4_ACROSS if across else A4, rotate)
    sheet.picture(jpeg, 0, 0, *sheet.size)
    return sheet
