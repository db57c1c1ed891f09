"""The parts of an Excel package (ECMA-376): its sheets with what their cells display.

Read here and not by openpyxl, which either skips merged cells and hidden rows or keeps all cells
as objects, and which refuses workbooks for details of colours that don't matter for the text.
"""

from __future__ import annotations

import datetime as dt
import io
import math
import posixpath
import re
import zipfile
from dataclasses import dataclass, field
from functools import cache, cached_property, lru_cache
from typing import TYPE_CHECKING, Any

from knowledge.articles.encodings import unicode_text
from knowledge.documents.excel.number_formats import GENERAL, format_code, shown_number, shown_text

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_CELLS = 500_000
"""Filled cells that are read of a workbook; the rest is left out with a note."""
MAX_COLUMNS = 200

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_PACKAGE = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_DRAWN = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})")
_PRINT_CODE = re.compile(r'&(?:"[^"]*"|K[0-9A-F]{6}|[0-9]+|.)')
_OFF = ("0", "false")

Element = Any  # lxml has no types


@dataclass(frozen=True, slots=True)
class Style:
    """How a cell is written: its number format, its font, and whether it heads a column."""

    code: str = GENERAL
    font: str = ""
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Range:
    """A rectangle of cells, both ends included; rows and columns count from 1."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(slots=True)
class Sheet:
    """What a sheet holds; `cells` by row and column, as displayed.

    `bold` are cells in bold type, `unsolved` those whose formula has no stored result with their
    styles, `errors` those with an error value, `veiled` how many a number format hides.
    """

    name: str
    is_hidden: bool
    cells: dict[int, dict[int, str]] = field(default_factory=dict)
    bold: set[tuple[int, int]] = field(default_factory=set)
    unsolved: dict[tuple[int, int], Style] = field(default_factory=dict)
    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    veiled: int = 0
    merged: list[Range] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    heads: list[Range] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)
    drawn: list[str] = field(default_factory=list)
    running: list[str] = field(default_factory=list)

    @property
    def title(self) -> str:
        """Its name in Unicode."""
        return " ".join(unicode_text(self.name).split())


class ExcelPackage:
    """An opened workbook; `is_cut` and `is_wide` tell, after its sheets, that a limit cut them."""

    def __init__(self, data: bytes) -> None:
        """Open the archive; raises like zipfile, lxml and the look-ups of a dictionary."""
        self._archive = zipfile.ZipFile(io.BytesIO(data))
        self._names = {name.replace("\\", "/").lower(): name for name in self._archive.namelist()}
        start = self._relations("").values()
        self._book = next(t for kind, t in start if kind == "officeDocument")
        self._tree = self._xml(self._book)
        self._left = MAX_CELLS
        self._known: dict[tuple[str, str], str] = {}  # texts by font, in Unicode
        self.is_cut = False
        self.is_wide = False

    @property
    def title(self) -> str | None:
        """The title that its properties state."""
        for kind, target in self._relations("").values():
            if kind == "core-properties" and target.lower() in self._names:
                found = self._xml(target).find("{http://purl.org/dc/elements/1.1/}title")
                return " ".join((found.text or "").split()) or None if found is not None else None
        return None

    @property
    def pictures(self) -> int:
        """How many pictures it holds."""
        return sum(name.startswith("xl/media/") for name in self._names)

    @cached_property
    def from_1904(self) -> bool:
        """Whether its dates count from 1904."""
        properties = self._tree.find(f"{_MAIN}workbookPr")
        return properties is not None and _is_on(properties, "date1904")

    @cached_property
    def _recounts(self) -> bool:
        """Whether the file says itself that its stored results are out of date."""
        counting = self._tree.find(f"{_MAIN}calcPr")
        return counting is not None and _is_on(counting, "fullCalcOnLoad")

    def sheets(self) -> Iterator[Sheet]:
        """Yield the sheets in their order; hidden ones with nothing read."""
        relations = self._relations(self._book)
        for element in self._tree.iterfind(f"{_MAIN}sheets/{_MAIN}sheet"):
            kind, target = relations.get(element.get(_RELATION, ""), ("", ""))
            if kind != "worksheet":
                continue  # a chart or a macro sheet
            hidden = element.get("state", "visible") != "visible"
            sheet = Sheet(element.get("name", ""), hidden)
            if not sheet.is_hidden:
                self._read(sheet, target)
            yield sheet

    def _read(self, sheet: Sheet, target: str) -> None:
        row_number = 0
        for element in self._elements(target, ["row", "col", "mergeCell", "headerFooter"]):
            match element.tag.removeprefix(_MAIN):
                case "row":
                    row_number = int(element.get("r") or row_number + 1)
                    self._row(sheet, element, row_number)
                case "col":
                    if _is_on(element, "hidden") or element.get("width") == "0":
                        last = min(int(element.get("max", 0)), MAX_COLUMNS)
                        sheet.hidden_columns.update(range(int(element.get("min", 1)), last + 1))
                case "mergeCell":
                    if found := _range(element.get("ref", "")):
                        sheet.merged.append(found)
                case _:
                    sheet.running += _running_lines(element)
        for kind, part in self._relations(target).values():
            if part.lower() in self._names:
                self._read_beside(sheet, kind, part)

    def _elements(self, part: str, names: list[str]) -> Iterator[Element]:
        """Yield the elements of a part with these names, and forget each when it was used."""
        # late: only office documents need lxml
        from lxml import etree  # type: ignore[import-untyped]  # noqa: PLC0415

        tags = [f"{_MAIN}{name}" for name in names]
        with self._archive.open(self._names[part.lower()]) as stream:
            for _, element in etree.iterparse(stream, tag=tags, **_SAFE):
                yield element
                element.clear()
                while element.getprevious() is not None:
                    del element.getparent()[0]

    def _row(self, sheet: Sheet, row: Element, number: int) -> None:
        if _is_on(row, "hidden") or row.get("ht") == "0":
            sheet.hidden_rows.add(number)
        if self._left <= 0:
            self.is_cut = self.is_cut or row.find(f"{_MAIN}c/{_MAIN}v") is not None
            return
        column = 0
        cells: dict[int, str] = {}
        for element in row.iterchildren(f"{_MAIN}c"):
            place = _REFERENCE.fullmatch(element.get("r", ""))
            column = _column(place[1]) if place else column + 1
            text = self._cell(sheet, element, (number, column))
            if not text and (number, column) not in sheet.unsolved:
                continue
            if column > MAX_COLUMNS:
                self.is_wide = True
                sheet.unsolved.pop((number, column), None)
            elif self._left <= 0:
                self.is_cut = True
                sheet.unsolved.pop((number, column), None)
            else:
                self._left -= 1
                cells[column] = text
        if cells:
            sheet.cells[number] = cells

    def _cell(self, sheet: Sheet, element: Element, place: tuple[int, int]) -> str:
        """Return what a cell displays, and note on the sheet what is particular about it."""
        kind = element.get("t", "n")
        stored = element.findtext(f"{_MAIN}v")
        style = self._style(element.get("s"))
        if element.find(f"{_MAIN}f") is not None:
            without = stored is None or (not stored and kind != "str")
            if without or (self._recounts and kind not in {"str", "e"}):
                sheet.unsolved[place] = style
                return ""
        if kind == "inlineStr":
            runs = _runs(element.find(f"{_MAIN}is"))
        elif stored is None:
            return ""
        elif kind == "s":
            runs = self._strings[int(stored)]
        else:
            runs = ((stored, ""),)
        if kind in {"s", "str", "inlineStr"}:
            whole = "".join(self._unicode(text, font or style.font) for text, font in runs)
            text = _one_line(shown_text(whole, style.code))
            hides = bool(_one_line(whole)) and not text
        else:
            if kind == "e":
                sheet.errors[place] = stored
            text = self.shown(stored, kind, style)
            hides = not text
        sheet.veiled += hides
        if text and style.bold:
            sheet.bold.add(place)
        return text

    def shown(self, stored: str, kind: str, style: Style) -> str:
        """Return a stored value that is no text as its style displays it."""
        match kind:
            case "b":
                return "TRUE" if stored == "1" else "FALSE"
            case "e":
                return stored
            case "d":  # a date in ISO 8601, as strict packages may have it
                number = _serial(stored)
                return stored if number is None else shown_number(number, style.code)
            case _:
                number = float(stored)
                if not math.isfinite(number):
                    return stored
                return shown_number(number, style.code, from_1904=self.from_1904)

    def _read_beside(self, sheet: Sheet, kind: str, part: str) -> None:
        """Take what other parts say about a sheet: tables, comments, text boxes."""
        if kind == "table":
            table = self._xml(part)
            found = _range(table.get("ref", ""))
            if found and table.get("headerRowCount", "1") == "1":
                sheet.heads.append(Range(found.top, found.left, found.top, found.right))
        elif kind == "comments":
            for comment in self._xml(part).iter(f"{_MAIN}comment"):
                text = "".join(text for text, _ in _runs(comment.find(f"{_MAIN}text")))
                sheet.comments.append(_one_line(unicode_text(text)))
        elif kind == "drawing":
            for paragraph in self._xml(part).iter(f"{_DRAWN}p"):
                text = "".join(run.text or "" for run in paragraph.iter(f"{_DRAWN}t"))
                sheet.drawn += [line] if (line := _one_line(unicode_text(text))) else []

    @cached_property
    def _strings(self) -> list[tuple[tuple[str, str], ...]]:
        """The workbook's shared texts, each as runs of text and font."""
        for kind, target in self._relations(self._book).values():
            if kind == "sharedStrings" and target.lower() in self._names:
                return [_runs(item) for item in self._elements(target, ["si"])]
        return []

    def _unicode(self, text: str, font: str) -> str:
        """Return a text in Unicode; columns repeat what they say, so that much is known already."""
        known = self._known.get((text, font))
        if known is None:
            known = self._known[text, font] = unicode_text(text, font)
        return known

    def _style(self, number: str | None) -> Style:
        styles = self._styles
        place = int(number or 0)
        return styles[place] if place < len(styles) else Style()

    @cached_property
    def _styles(self) -> list[Style]:
        part = next((t for kind, t in self._relations(self._book).values() if kind == "styles"), "")
        if part.lower() not in self._names:
            return []
        tree = self._xml(part)
        codes = {
            int(item.get("numFmtId", 0)): item.get("formatCode", "")
            for item in tree.iterfind(f"{_MAIN}numFmts/{_MAIN}numFmt")
        }
        fonts = [
            (_value(font.find(f"{_MAIN}name")), (bold := font.find(f"{_MAIN}b")) is not None
             and bold.get("val", "1") not in _OFF)
            for font in tree.iterfind(f"{_MAIN}fonts/{_MAIN}font")
        ]  # fmt: skip
        styles = []
        for item in tree.iterfind(f"{_MAIN}cellXfs/{_MAIN}xf"):
            font = int(item.get("fontId", 0))
            name, bold = fonts[font] if font < len(fonts) else ("", False)
            styles.append(Style(format_code(int(item.get("numFmtId", 0)), codes), name, bold))
        return styles

    @lru_cache(maxsize=64)  # noqa: B019 -- lives as long as the process that reads one document
    def _relations(self, part: str) -> dict[str, tuple[str, str]]:
        """Return the parts that `part` names: their kinds and names by id."""
        folder, name = posixpath.split(part)
        own = posixpath.join(folder, "_rels", f"{name}.rels")
        if own.lower() not in self._names:
            return {}
        return {
            item.get("Id", ""): (
                item.get("Type", "").rpartition("/")[2],
                posixpath.normpath(posixpath.join("/", folder, item.get("Target", "")))[1:],
            )
            for item in self._xml(own).iter(f"{_PACKAGE}Relationship")
            if item.get("TargetMode") != "External"
        }

    def _xml(self, part: str) -> Element:
        from lxml import etree  # noqa: PLC0415

        data = self._archive.read(self._names[part.lower()])
        return etree.fromstring(data, etree.XMLParser(**_SAFE))


_SAFE = {"resolve_entities": False, "no_network": True}


def _runs(item: Element) -> tuple[tuple[str, str], ...]:
    """Return the runs of a text with their fonts, without the phonetic ones."""
    if item is None:
        return ()
    runs = []
    for child in item:
        if child.tag == f"{_MAIN}t":
            runs.append((_unescaped(child.text or ""), ""))
        elif child.tag == f"{_MAIN}r":
            text = _unescaped(child.findtext(f"{_MAIN}t") or "")
            font = _value(child.find(f"{_MAIN}rPr/{_MAIN}rFont"))
            if runs and runs[-1][1] == font:
                runs[-1] = (runs[-1][0] + text, font)
            else:
                runs.append((text, font))
    return tuple(runs)


def _unescaped(text: str) -> str:
    """Write out the characters that a file writes as _xHHHH_."""
    if "_x" not in text:
        return text
    return re.sub(r"_x([0-9A-Fa-f]{4})_", lambda match: chr(int(match[1], 16)), text)


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _value(element: Element | None) -> str:
    return str(element.get("val") or "") if element is not None else ""


def _running_lines(element: Element) -> list[str]:
    """Return what a sheet prints on top and at the bottom of each page, without page numbers."""
    parts = [part for e in element for part in re.split(r"&[LCR]", e.text or "")]
    texts = [_PRINT_CODE.sub(" ", part) for part in parts if not re.search(r"&[PN]", part)]
    return [line for text in texts if (line := _one_line(unicode_text(text)))]


def _serial(moment: str) -> float | None:
    """Return a moment in ISO 8601 as days since 30/12/1899."""
    try:
        if moment[2:3] == ":":
            moment = f"1899-12-30T{moment}"
        found = dt.datetime.fromisoformat(moment).replace(tzinfo=None)
    except ValueError:
        return None
    return (found - dt.datetime(1899, 12, 30)) / dt.timedelta(days=1)  # noqa: DTZ001 -- of no time zone


def _is_on(element: Element, name: str) -> bool:
    return element.get(name, "0") not in _OFF


def _range(reference: str) -> Range | None:
    ends = [_REFERENCE.fullmatch(end) for end in reference.upper().split(":")]
    if not ends or any(end is None for end in ends):
        return None
    rows = [int(end[2]) for end in ends if end]
    columns = [_column(end[1]) for end in ends if end]
    return Range(min(rows), min(columns), max(rows), max(columns))


@cache
def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
