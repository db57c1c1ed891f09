"""Takes from a page of a PDF its words with their places, its ruling lines and its pictures."""

from __future__ import annotations

import ctypes
import math
import re
from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

import pypdfium2.raw as pdfium  # type: ignore[import-untyped] # it has no types

from knowledge.articles.characters import tidy
from knowledge.articles.encodings import unicode_text
from knowledge.documents.pdf.page_text import Box, PageText, Word

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pypdfium2 import PdfPage

_WORD_GAP = 0.17  # of the size; narrower is between the letters of a word
_LEVEL = 10  # degrees; text askew by less was meant to be level
_SAME_LINE = 0.02  # of the size
_THIN = 3.0  # points; a filled shape that is thinner is a line
_MAX_RULINGS = 80_000
_MAX_DEPTH = 4
_MAX_ANNOTATIONS = 2_000
_FIELD_SIZE = 11.0
_COMMENTS = {
    pdfium.FPDF_ANNOT_TEXT,
    pdfium.FPDF_ANNOT_FREETEXT,
    pdfium.FPDF_ANNOT_HIGHLIGHT,
    pdfium.FPDF_ANNOT_UNDERLINE,
    pdfium.FPDF_ANNOT_SQUIGGLY,
    pdfium.FPDF_ANNOT_STRIKEOUT,
    pdfium.FPDF_ANNOT_STAMP,
    pdfium.FPDF_ANNOT_CARET,
}
_PALE = 245  # of 255: white text, or a white ground
_BOLD = re.compile(r"bold|black|heavy|[-,]bd\b", re.IGNORECASE)
_SUBSET = re.compile(r"^[A-Z]{6}\+")
_HYPHENS = str.maketrans(
    {"\x02": "-", "\ufffe": "-", "\u2010": "-", "\u2011": "-"}
    | dict.fromkeys("\uf0b7\uf0a7\uf076\uf0d8\uf0fc", "•")
)
_SOFT_HYPHEN = "\u00ad"


@dataclass(slots=True)
class _Style:
    """What the letters of one text object have in common."""

    turn: int | None  # 0, 90, 180, 270 degrees; None for slanting text
    size: float
    font: str
    bold: bool
    invisible: bool
    pale: bool
    gap: float = field(init=False)  # a wider one parts words

    def __post_init__(self) -> None:
        self.gap = _WORD_GAP * self.size


@dataclass(slots=True)
class _Piece:
    """A word as it is in the file: its place along its own line, the box of its first letter."""

    text: str
    style: _Style
    start: float
    end: float
    line: float
    box: Box  # as in the file: y grows upwards
    spaced: bool


def read_page_text(page: PdfPage) -> PageText:
    """Return what stands on `page`."""
    textpage = page.get_textpage()
    try:
        pieces = list(_pieces(textpage.raw))
    finally:
        textpage.close()
    turns = Counter[int]()
    for piece in pieces:
        if piece.style.turn is not None:
            turns[piece.style.turn] += len(piece.text)
    turn = turns.most_common(1)[0][0] if turns else 0
    frame = _Frame(turn, Box(*page.get_mediabox()))
    found = PageText(frame.width, frame.height)
    fills: list[Box] = []
    _collect_shapes(page.raw, frame, found, fills)
    _sort_pieces(pieces, frame, found, fills)
    _collect_annotations(page.raw, frame, found)
    return found


@dataclass(frozen=True, slots=True)
class _Frame:
    """Turns places of the file into places of a page whose text is level."""

    turn: int
    media: Box  # left, bottom, right, top

    @property
    def width(self) -> float:
        return self._across if self.turn % 180 == 0 else self._up

    @property
    def height(self) -> float:
        return self._up if self.turn % 180 == 0 else self._across

    @property
    def _across(self) -> float:
        return self.media.x1 - self.media.x0

    @property
    def _up(self) -> float:
        return self.media.bottom - self.media.top

    def point(self, x: float, y: float) -> tuple[float, float]:
        media = self.media
        match self.turn:
            case 0:
                return x - media.x0, media.bottom - y
            case 90:
                return y - media.top, x - media.x0
            case 180:
                return media.x1 - x, y - media.top
            case _:
                return media.bottom - y, media.x1 - x

    def box(self, left: float, bottom: float, right: float, top: float) -> Box:
        (a, b), (c, d) = self.point(left, bottom), self.point(right, top)
        return Box(min(a, c), min(b, d), max(a, c), max(b, d))


def _pieces(textpage: object) -> Iterator[_Piece]:  # noqa: PLR0915 -- one loop, for its speed
    """Yield the words in the order of the file.

    A long document has a million letters: what they share is asked once a text object.
    """
    get_unicode, get_box = pdfium.FPDFText_GetUnicode, pdfium.FPDFText_GetLooseCharBox
    rect = pdfium.FS_RECTF()
    at = ctypes.byref(rect)
    styles = _Styles(textpage)
    known: dict[int, str] = {}
    style = _Style(0, 1.0, "", bold=False, invisible=False, pale=False)
    sideways = False
    last = 0
    line = start = begun = end = 0.0
    text = ""
    box = Box(0, 0, 0, 0)
    spaced = True
    for index in range(pdfium.FPDFText_CountChars(textpage)):
        pointer = _text_object(textpage, index)
        if pointer is None:
            continue  # a space or line end that pdfium supposes
        code = get_unicode(textpage, index)
        letter = known.get(code) or known.setdefault(code, _letter(code))
        if letter == " ":
            if text:
                yield _Piece(text, style, start, end, line, box, spaced)
                text = ""
            spaced = True
            continue
        if pointer != last:
            last = pointer
            found, level = styles.of(index, pointer)
            if text and (found is not style or abs(level - line) > _SAME_LINE * style.size):
                yield _Piece(text, style, start, end, line, box, spaced)
                text = ""
                spaced = False
            style, line = found, level
            sideways = style.turn not in {0, None}
        get_box(textpage, index, at)
        begins, ends = _along(style.turn, rect) if sideways else (rect.left, rect.right)
        if text:
            gap = begins - end
            # a mark may be drawn over its letter, or one shape be both
            if gap > style.gap or (gap < -4 * style.gap and begins < begun):
                yield _Piece(text, style, start, end, line, box, spaced)
                text = ""
                spaced = True
            elif text == letter and begins - start < 0.1 * (end - start):
                continue  # the same letter in the same place, drawn twice to look bold
        if text:
            text += letter
        else:
            text, start = letter, begins
            box = Box(rect.left, rect.bottom, rect.right, rect.top)
        begun, end = begins, ends
    if text:
        yield _Piece(text, style, start, end, line, box, spaced)


# The functions of pdfium return pointers; as plain numbers they are compared in half the time.
_text_object = ctypes.CFUNCTYPE(ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int)(
    ctypes.cast(pdfium.FPDFText_GetTextObject, ctypes.c_void_p).value or 0
)
_font_of = ctypes.CFUNCTYPE(ctypes.c_void_p, ctypes.c_void_p)(
    ctypes.cast(pdfium.FPDFTextObj_GetFont, ctypes.c_void_p).value or 0
)


def _letter(code: int) -> str:
    if code == 0 or 0xD800 <= code < 0xE000 or code > 0x10FFFF:
        return "\ufffd"
    letter = chr(code).translate(_HYPHENS)
    return " " if letter.isspace() else letter


def _along(turn: int | None, rect: pdfium.FS_RECTF) -> tuple[float, float]:
    """Return where a letter begins and ends on the line of its text."""
    match turn:
        case 90:
            return rect.bottom, rect.top
        case 180:
            return -rect.right, -rect.left
        case _:
            return -rect.top, -rect.bottom


class _Styles:
    """Knows the style of each text object of a page."""

    def __init__(self, textpage: object) -> None:
        self._textpage = textpage
        self._known: dict[tuple[object, ...], _Style] = {}
        self._matrix = pdfium.FS_MATRIX()
        self._colour = _colour()
        self._objects = pdfium.FPDF_PAGEOBJECT

    def of(self, index: int, address: int) -> tuple[_Style, float]:
        """Return the style of the text object at `address`, and the level of its baseline."""
        matrix = self._matrix
        pointer = ctypes.cast(address, self._objects)
        pdfium.FPDFText_GetMatrix(self._textpage, index, matrix)
        a, b, c, d = matrix.a, matrix.b, matrix.c, matrix.d
        size = pdfium.FPDFText_GetFontSize(self._textpage, index)
        mode = pdfium.FPDFTextObj_GetTextRenderMode(pointer)
        pale = _is_pale(pointer, self._colour)
        key = (_font_of(address), size, mode, pale, a, b, c, d)
        style = self._known.get(key)
        if style is None:
            font = _font_name(self._textpage, index)
            degrees = math.degrees(math.atan2(b, a)) % 360
            nearest = round(degrees / 90) * 90
            new = _Style(
                nearest % 360 if abs(degrees - nearest) <= _LEVEL else None,
                round(abs(size * math.hypot(c, d)), 2) or 1.0,
                font,
                bold=mode == pdfium.FPDF_TEXTRENDERMODE_FILL_STROKE or bool(_BOLD.search(font)),
                invisible=mode
                in {pdfium.FPDF_TEXTRENDERMODE_INVISIBLE, pdfium.FPDF_TEXTRENDERMODE_CLIP},
                pale=pale,
            )
            style = next((known for known in self._known.values() if known == new), new)
            self._known[key] = style
        return style, (matrix.e if style.turn in {90, 270} else matrix.f)


def _font_name(textpage: object, index: int) -> str:
    buffer = ctypes.create_string_buffer(128)
    flags = ctypes.c_int()
    pdfium.FPDFText_GetFontInfo(textpage, index, buffer, 128, flags)
    return _SUBSET.sub("", buffer.value.decode("utf-8", "replace"))


def _is_pale(pointer: object, colour: list[ctypes.c_uint]) -> bool:
    """Tell whether an object is filled with white, or with nothing."""
    red, green, blue, alpha = colour
    if not pdfium.FPDFPageObj_GetFillColor(pointer, red, green, blue, alpha):
        return False
    return min(red.value, green.value, blue.value) >= _PALE or alpha.value == 0


def _sort_pieces(
    pieces: Iterable[_Piece], frame: _Frame, found: PageText, fills: list[Box]
) -> None:
    """Turn pieces into words; leave out what cannot be seen and what slants over the page."""
    kept: list[tuple[_Piece, Word]] = []
    level = frame.turn == 0
    left, top = frame.media.x0, frame.media.bottom
    before: _Piece | None = None
    for piece in pieces:
        style = piece.style
        if style.turn is None:
            found.slanting.append(piece.text)
            continue
        if level and style.turn == 0:
            x0, x1, base = piece.start - left, piece.end - left, top - piece.line
        else:
            box = _place(piece, frame)
            x0, x1 = box.x0, box.x1
            if style.turn == frame.turn:
                base = _base(piece, frame)
            elif before is not None and before.style is style and before.line == piece.line:
                kept[-1][1].text += f" {piece.text}"  # of one upright line
                continue
            else:  # upright, as in a narrow head of a column
                before = piece
                base = (box.top + box.bottom) / 2 + 0.3 * style.size
        size = style.size
        word = Word(piece.text, x0, x1, base, size, style.bold, piece.spaced, style.font)
        if _is_hidden(word, style, found, fills):
            found.hidden.append(piece.text)
        else:
            kept.append((piece, word))
            found.invisible = found.invisible or style.invisible
    _decode(kept)
    found.words = [word for _, word in kept if word.text]


def _is_hidden(word: Word, style: _Style, page: PageText, fills: list[Box]) -> bool:
    """Tell whether a word cannot be seen; that of a picture's text layer can, as the picture."""
    if not (-1 <= (word.x0 + word.x1) / 2 <= page.width + 1 and word.base >= 0):
        return True
    if word.base > page.height + word.size or word.size < 1:
        return True
    if not style.invisible and not style.pale:
        return False
    if any(picture.holds(word) for picture in page.pictures):
        return False
    return style.invisible or not any(fill.holds(word) for fill in fills)


def _place(piece: _Piece, frame: _Frame) -> Box:
    """Return the box of a whole piece on the page."""
    left, bottom, right, top = piece.box.x0, piece.box.top, piece.box.x1, piece.box.bottom
    match piece.style.turn:
        case 90:
            top = piece.end
        case 180:
            left = -piece.end
        case 270:
            bottom = -piece.end
        case _:
            right = piece.end
    return frame.box(left, bottom, right, top)


def _base(piece: _Piece, frame: _Frame) -> float:
    x, y = (0.0, piece.line) if frame.turn % 180 == 0 else (piece.line, 0.0)
    return frame.point(x, y)[1]


def _decode(kept: Iterable[tuple[_Piece, Word]]) -> None:
    """Bring the words to Unicode, all words of a font together."""
    fonts: dict[str, list[Word]] = {}
    for piece, word in kept:
        fonts.setdefault(piece.style.font, []).append(word)
    for font, words in fonts.items():
        texts = unicode_text("\n".join(word.text for word in words), font).split("\n")
        if len(texts) != len(words):
            texts = [unicode_text(word.text, font) for word in words]
        for word, text in zip(words, texts, strict=True):
            broken = word.text.endswith(_SOFT_HYPHEN) and text == word.text.rstrip(_SOFT_HYPHEN)
            word.text = text + _SOFT_HYPHEN if broken else text


def _collect_annotations(page: object, frame: _Frame, found: PageText) -> None:
    """Add what was filled into fields to the words, and collect comments."""
    for number in range(min(pdfium.FPDFPage_GetAnnotCount(page), _MAX_ANNOTATIONS)):
        annotation = pdfium.FPDFPage_GetAnnot(page, number)
        kind = pdfium.FPDFAnnot_GetSubtype(annotation)
        if kind == pdfium.FPDF_ANNOT_WIDGET:
            text = " ".join(_entry(annotation, b"V").split())
            rect = pdfium.FS_RECTF()
            if text and pdfium.FPDFAnnot_GetRect(annotation, rect):
                box = frame.box(rect.left, rect.bottom, rect.right, rect.top)
                size = max(1.0, min(_FIELD_SIZE, box.bottom - box.top))
                base = box.bottom - 0.25 * (box.bottom - box.top)
                found.words.append(Word(tidy(text), box.x0, box.x1, base, size))
        elif kind in _COMMENTS and (text := _entry(annotation, b"Contents").strip()):
            found.comments.append(tidy(text))
        pdfium.FPDFPage_CloseAnnot(annotation)


def _entry(annotation: object, key: bytes) -> str:
    """Return a text that an annotation holds."""
    length = pdfium.FPDFAnnot_GetStringValue(annotation, key, None, 0)
    buffer = ctypes.create_string_buffer(length + 2)
    text = ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort))
    pdfium.FPDFAnnot_GetStringValue(annotation, key, text, length)
    return buffer.raw[: max(0, length - 2)].decode("utf-16-le", "replace")


def _collect_shapes(page: object, frame: _Frame, found: PageText, fills: list[Box]) -> None:
    """Collect ruling lines, pictures and coloured grounds."""
    identity = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
    count, get = pdfium.FPDFPage_CountObjects(page), pdfium.FPDFPage_GetObject
    _walk([get(page, n) for n in range(count)], identity, frame, found, fills, 0)


_Matrix = tuple[float, float, float, float, float, float]


def _walk(  # noqa: PLR0913, PLR0917 -- one step of a recursion
    objects: list[object],
    outer: _Matrix,
    frame: _Frame,
    found: PageText,
    fills: list[Box],
    depth: int,
) -> None:
    for item in objects:
        kind = pdfium.FPDFPageObj_GetType(item)
        if kind == pdfium.FPDF_PAGEOBJ_TEXT:
            continue
        matrix = _times(_matrix(item), outer)
        if kind == pdfium.FPDF_PAGEOBJ_PATH:
            found.paths += 1
            if len(found.rulings) < _MAX_RULINGS:
                _collect_path(item, matrix, frame, found, fills)
        elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            corners = [_apply(matrix, x, y) for x, y in ((0, 0), (0, 1), (1, 0), (1, 1))]
            xs, ys = zip(*corners, strict=True)
            found.pictures.append(frame.box(min(xs), min(ys), max(xs), max(ys)))
        elif kind == pdfium.FPDF_PAGEOBJ_SHADING:
            fills.append(Box(0, 0, frame.width, frame.height))  # where it ends is not told
        elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < _MAX_DEPTH:
            count = pdfium.FPDFFormObj_CountObjects(item)
            inner = [pdfium.FPDFFormObj_GetObject(item, n) for n in range(count)]
            _walk(inner, matrix, frame, found, fills, depth + 1)


def _matrix(item: object) -> _Matrix:
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFPageObj_GetMatrix(item, matrix)
    return matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f


def _times(inner: _Matrix, outer: _Matrix) -> _Matrix:
    a, b, c, d, e, f = inner
    g, h, i, j, k, m = outer
    return (
        a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j,
        e * g + f * i + k, e * h + f * j + m,
    )  # fmt: skip


def _apply(matrix: _Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _collect_path(
    item: object, matrix: _Matrix, frame: _Frame, found: PageText, fills: list[Box]
) -> None:
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(item, fill, stroke)
    for points, curved in _subpaths(item, matrix, frame):
        xs, ys = zip(*points, strict=True)
        box = Box(min(xs), min(ys), max(xs), max(ys))
        wide, high = box.x1 - box.x0, box.bottom - box.top
        if fill.value and min(wide, high) > _THIN and not _is_pale(item, _colour()):
            fills.append(box)
        if curved:
            continue
        if stroke.value:
            for (x0, y0), (x1, y1) in pairwise(points):
                if abs(y1 - y0) < 1 or abs(x1 - x0) < 1:
                    line = Box(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
                    found.rulings.append(line)
        elif fill.value and min(wide, high) <= _THIN < max(wide, high):
            if wide > high:
                middle = (box.top + box.bottom) / 2
                found.rulings.append(Box(box.x0, middle, box.x1, middle))
            else:
                middle = (box.x0 + box.x1) / 2
                found.rulings.append(Box(middle, box.top, middle, box.bottom))


def _colour() -> list[ctypes.c_uint]:
    return [ctypes.c_uint() for _ in range(4)]


def _subpaths(
    item: object, matrix: _Matrix, frame: _Frame
) -> Iterator[tuple[list[tuple[float, float]], bool]]:
    """Yield the points of each part of a path, and whether it is curved."""
    points: list[tuple[float, float]] = []
    curved = False
    x, y = ctypes.c_float(), ctypes.c_float()
    for number in range(min(pdfium.FPDFPath_CountSegments(item), _MAX_RULINGS)):
        segment = pdfium.FPDFPath_GetPathSegment(item, number)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            if len(points) > 1:
                yield points, curved
            points, curved = [], False
        curved = curved or kind == pdfium.FPDF_SEGMENT_BEZIERTO
        points.append(frame.point(*_apply(matrix, x.value, y.value)))
        if pdfium.FPDFPathSegment_GetClose(segment):
            points.append(points[0])
    if len(points) > 1:
        yield points, curved
