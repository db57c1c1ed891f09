"""Reads Excel workbooks (.xlsx)."""

from __future__ import annotations

import re
import zipfile
from typing import TYPE_CHECKING

from knowledge.articles.article import Block, Heading, Paragraph
from knowledge.articles.grid import table_blocks
from knowledge.articles.reading import DocumentFormat, LeftOut, Reading
from knowledge.documents.excel.formulas import counted
from knowledge.documents.excel.number_formats import shown_number
from knowledge.documents.excel.package import MAX_CELLS, MAX_COLUMNS, ExcelPackage, Sheet
from knowledge.documents.excel.sheet_areas import areas
from knowledge.errors import ArticleError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

_DEFAULT_NAME = re.compile(r"(?:sheet|trang tính|trang|bảng tính)\s*\d*", re.IGNORECASE)
_MAX_NAMED = 10
_MAX_SAMPLES, _MAX_SAMPLE = 3, 40

Place = tuple[int, int]


def read_spreadsheet(data: bytes) -> Reading:
    """Return a heading for each sheet and its tables and texts as Excel displays them.

    Formulas whose results the file does not hold are counted, or shown as unsolved; notes name
    them. Raises ArticleError when the workbook is damaged or nothing is in it.
    """
    # late: only office documents need lxml
    from lxml.etree import LxmlError  # type: ignore[import-untyped]  # noqa: PLC0415

    try:
        package = ExcelPackage(data)
        sheets = list(package.sheets())
        notes = [*_solve(data, package, sheets), *_notes(package, sheets)]
        title = package.title
    except (
        zipfile.BadZipFile,
        LxmlError,
        KeyError,
        ValueError,
        IndexError,
        StopIteration,
        OSError,
    ) as error:
        raise ArticleError("bảng tính bị hỏng; hãy mở bằng Excel, lưu lại rồi gửi lại") from error
    read = [sheet for sheet in sheets if sheet.cells or sheet.drawn]
    blocks: list[Block] = []
    for sheet in read:
        found = [block for grid in areas(sheet) for block in table_blocks(grid)]
        found += map(Paragraph, sheet.drawn)
        if found and not (len(read) == 1 and _DEFAULT_NAME.fullmatch(sheet.title)):
            blocks.append(Heading(sheet.title or "Trang", 2))
        blocks += found
    if not blocks:
        raise ArticleError("bảng tính không có dữ liệu nào; hãy bổ sung nội dung")
    return Reading(
        DocumentFormat.EXCEL,
        tuple(blocks),
        title,
        notes=tuple(notes),
        left_out=tuple(_left_out(sheets)),
    )


def _solve(data: bytes, package: ExcelPackage, sheets: list[Sheet]) -> list[str]:
    """Put into the sheets what their formulas without a stored result come to; return notes."""
    results = counted(data, ((s.name, *place) for s in sheets for place in s.unsolved))
    solved: dict[str, list[str]] = {}
    unsolved: dict[str, list[str]] = {}
    for sheet in sheets:
        for place, style in sheet.unsolved.items():
            result = results.get((sheet.name, *place))
            match result:
                case None:
                    shown = f"(công thức ô {_name(place)} chưa có kết quả)"
                case bool():
                    shown = "TRUE" if result else "FALSE"
                case str():
                    shown = " ".join(result.split())
                case _:
                    shown = shown_number(result, style.code, from_1904=package.from_1904)
            sheet.cells[place[0]][place[1]] = shown
            kind = unsolved if result is None else solved
            kind.setdefault(sheet.title, []).append(_name(place))
    notes = []
    if solved:
        notes.append(
            f"Ô {_listed(solved)} có công thức chưa có kết quả lưu trong tệp; tôi tự tính, hãy "
            "kiểm tra lại các số này."
        )
    if unsolved:
        notes.append(
            f"Ô {_listed(unsolved)} có công thức chưa có kết quả và tôi không tính được; hãy mở "
            "tệp bằng Excel, bấm Lưu rồi gửi lại."
        )
    return notes


def _notes(package: ExcelPackage, sheets: list[Sheet]) -> list[str]:
    notes = []
    if errors := {
        sheet.title: [f"{_name(place)} {error}" for place, error in sheet.errors.items()]
        for sheet in sheets
        if sheet.errors
    }:
        notes.append(f"Ô {_listed(errors)} có giá trị lỗi; hãy sửa trong Excel rồi gửi lại.")
    if package.is_cut:
        notes.append(
            f"Bảng tính quá dài; tôi chỉ đọc {MAX_CELLS} ô có dữ liệu đầu tiên. Hãy chia thành "
            "nhiều tệp nếu cần tất cả."
        )
    if package.is_wide:
        notes.append(f"Có dòng dài hơn {MAX_COLUMNS} cột; tôi chỉ lấy {MAX_COLUMNS} cột đầu.")
    if package.pictures:
        notes.append(f"Có {package.pictures} ảnh trong bảng tính; tôi không đọc chữ trong ảnh.")
    return notes


def _left_out(sheets: list[Sheet]) -> list[LeftOut]:
    hidden = [sheet.title for sheet in sheets if sheet.is_hidden]
    rows = [
        "; ".join(filter(None, texts.values()))
        for sheet in sheets
        for row, texts in sheet.cells.items()
        if row in sheet.hidden_rows
    ]
    columns: dict[tuple[str, int], str] = {}
    for sheet in sheets:
        for row, texts in sheet.cells.items():
            if row not in sheet.hidden_rows:
                for column in sheet.hidden_columns & texts.keys():
                    columns.setdefault((sheet.name, column), texts[column])
    comments = [comment for sheet in sheets for comment in sheet.comments]
    running = [line for sheet in sheets for line in sheet.running]
    veiled = sum(sheet.veiled for sheet in sheets)
    kinds: list[tuple[str, list[str]]] = [
        ("trang tính ẩn", hidden),
        ("hàng ẩn", rows),
        ("cột ẩn", list(columns.values())),
        ("bình luận", comments),
        ("dòng đầu trang, chân trang", running),
    ]
    found = [LeftOut(what, len(texts), _samples(texts)) for what, texts in kinds if texts]
    return [*found, LeftOut("ô ẩn bằng định dạng số", veiled)] if veiled else found


def _samples(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(
        text if len(text) <= _MAX_SAMPLE else f"{text[:_MAX_SAMPLE]}…"
        for text in list(texts)[:_MAX_SAMPLES]
    )


def _listed(places: Mapping[str, Sequence[str]]) -> str:
    """Return how people call cells, given by the titles of their sheets."""
    named: list[str] = []
    left = _MAX_NAMED
    for title, cells in places.items():
        if shown := cells[:left]:
            named.append(f"{', '.join(shown)} (trang “{title[:60]}”)")
        left -= len(shown)
    more = sum(map(len, places.values())) - _MAX_NAMED
    return "; ".join(named) + (f" và {more} ô khác" if more > 0 else "")


def _name(place: Place) -> str:
    """Return the name of a cell: "E9"."""
    letters, number = "", place[1]
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{place[0]}"
