import datetime as dt

import openpyxl
import pytest

from knowledge.documents.reader import read_document
from knowledge.documents.spreadsheet import MAX_COLUMNS, MAX_ROWS
from knowledge.errors import ArticleError
from tests.office_files import saved, staff_table, workbook


def test_a_sheet_is_a_heading_and_a_row_a_line() -> None:
    reading = read_document(
        workbook({"Cán bộ": [["Danh sách cán bộ"], [], *staff_table()], "Trống": []}), "a.xlsx"
    )
    assert [(b.kind.value, b.text) for b in reading.blocks] == [
        ("heading", "Cán bộ"),
        ("paragraph", "Danh sách cán bộ"),
        (
            "list_item",
            "Họ và tên: Nguyễn Văn An; Chức vụ: Chánh Văn phòng; Ngày vào: 01/05/2020",
        ),
        ("list_item", "Họ và tên: Trần Thị Bình; Chức vụ: Phó Chánh Văn phòng"),
        ("heading", "Trống"),
    ]


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (3.0, "3"),
        (2.5, "2,5"),
        (True, "Có"),
        (dt.datetime.fromisoformat("2024-08-05"), "05/08/2024"),
        (dt.datetime.fromisoformat("2024-08-05T07:30"), "07:30 05/08/2024"),
        (dt.time(7, 30), "07:30"),
        ("hai\ndòng", "hai dòng"),
    ],
)
def test_values_read_as_people_write_them(value: object, shown: str) -> None:
    reading = read_document(workbook({"A": [["Cột một", "Cột hai"], ["x", value]]}), "a.xlsx")
    assert reading.blocks[-1].text == f"Cột một: x; Cột hai: {shown}"


def test_ten_thousand_rows_are_cut_with_a_note() -> None:
    rows = [["Tên", "Số nhà"], *([f"Hộ {n}", n] for n in range(10_000))]
    reading = read_document(workbook({"Hộ": rows}), "a.xlsx")
    assert len(reading.blocks) == MAX_ROWS + 1
    assert "10000 dòng" in reading.notes[0]
    assert f"chỉ lấy {MAX_ROWS} dòng" in reading.notes[0]


def test_a_cell_in_the_last_row_and_column_costs_nothing() -> None:
    book = openpyxl.Workbook()
    book.worksheets[0]["A1"] = "Đầu tiên là dòng này"
    book.worksheets[0]["XFD1048576"] = "cuối"
    reading = read_document(saved(book), "a.xlsx")
    assert [block.text for block in reading.blocks[1:]] == ["Đầu tiên là dòng này"]
    assert "quá dài" in reading.notes[0]


def test_wide_rows_and_hidden_sheets_are_said() -> None:
    book = openpyxl.Workbook()
    book.worksheets[0].append([f"c{n}" for n in range(MAX_COLUMNS + 10)])
    book.worksheets[0].append(list(range(MAX_COLUMNS + 10)))
    hidden = book.create_sheet("Lương")
    hidden.append(["mật"])
    hidden.sheet_state = "hidden"
    reading = read_document(saved(book), "a.xlsx")
    assert all("mật" not in block.text for block in reading.blocks)
    assert ["trang tính ẩn" in note or "cột đầu" in note for note in reading.notes] == [True, True]


def test_an_empty_workbook_is_refused() -> None:
    with pytest.raises(ArticleError, match="không có dữ liệu"):
        read_document(workbook({"A": [[]]}), "a.xlsx")
