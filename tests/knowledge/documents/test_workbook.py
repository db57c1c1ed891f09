import datetime as dt
import io

import pytest
from openpyxl import load_workbook
from openpyxl.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from knowledge.documents.workbook import CELL_CHARACTERS, FORMULA_STARTS, workbook

MOMENT = dt.datetime(2026, 11, 24, 14, 5)  # noqa: DTZ001 -- as spreadsheets know it


def sheet_of(*values: object, editable: bool = False) -> Worksheet:
    """A sheet with one row."""
    data = workbook("Trang", ["Cột"] * len(values), [values], [20] * len(values), editable=editable)
    (sheet,) = load_workbook(io.BytesIO(data)).worksheets
    return sheet


def cell_of(value: object, *, editable: bool = False) -> Cell:
    return sheet_of(value, editable=editable)["A2"]


@pytest.mark.parametrize(
    ("value", "kept"),
    [
        ("28/8", "28/8"),
        ("=1+1", "=1+1"),
        ("_x0041_", "_x0041_"),
        ("a\x07b\n", "ab\n"),
        ("x" * (CELL_CHARACTERS + 1), "x" * CELL_CHARACTERS),
        (7, 7),
        (0.5, 0.5),
        (None, None),
        (MOMENT, MOMENT),
    ],
)
def test_values_come_back(value: object, kept: object) -> None:
    shown = cell_of(value).value
    assert (shown.replace("_x005F_", "_") if isinstance(shown, str) else shown) == kept


@pytest.mark.parametrize("start", FORMULA_STARTS)
def test_a_text_never_becomes_a_formula(start: str) -> None:
    cell = cell_of(f"{start}1+1")
    assert (cell.data_type, cell.quotePrefix) == ("s", True)
    assert not cell_of("1+1").quotePrefix


def test_moments_show_as_the_office_writes_them() -> None:
    assert cell_of(MOMENT).number_format == "dd/mm/yyyy hh:mm:ss"


@pytest.mark.parametrize(("editable", "number_format"), [(False, "General"), (True, "@")])
def test_texts_to_edit_stay_texts(number_format: str, *, editable: bool) -> None:
    cell = cell_of("28/8", editable=editable)
    assert cell.number_format == number_format
    assert bool(cell.alignment.wrap_text) is editable


def test_heads_are_bold_and_stay_in_sight() -> None:
    sheet = sheet_of("a", "b")
    assert sheet.title == "Trang"
    assert sheet.freeze_panes == "A2"
    assert [cell.font.bold for cell in sheet[1]] == [True, True]
    assert sheet.column_dimensions["B"].width == 20
