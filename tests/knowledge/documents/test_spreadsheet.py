import datetime as dt
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.styles import Font
from openpyxl.worksheet.table import Table as ExcelTable
from openpyxl.worksheet.worksheet import Worksheet

from knowledge.articles.article import Heading, Paragraph, Table
from knowledge.articles.reading import Reading
from knowledge.documents.excel.package import MAX_COLUMNS
from knowledge.documents.reader import read_document
from knowledge.errors import ArticleError
from tests.office_files import part, repacked, saved, staff_table, workbook

SHEET = "xl/worksheets/sheet1.xml"


def drawn(*rows: list[Any], name: str = "Bảng kê", merged: str = "") -> Worksheet:
    """The sheet of a new workbook, filled row by row."""
    sheet = openpyxl.Workbook().worksheets[0]
    sheet.title = name
    for row in rows:
        sheet.append(row)
    for place in merged.split():
        sheet.merge_cells(place)
    return sheet


def read(sheet: Worksheet) -> Reading:
    return read_document(saved(sheet.parent), "a.xlsx")


def lines(sheet: Worksheet) -> list[str]:
    return read(sheet).text.splitlines()[1:]


def test_a_sheet_is_a_heading_and_its_table_reads_row_by_row() -> None:
    reading = read_document(
        workbook({"Cán bộ": [["Danh sách cán bộ"], [], *staff_table()], "Trống": []}), "a.xlsx"
    )
    heading, table = reading.blocks
    assert heading == Heading("Cán bộ", 2)
    assert isinstance(table, Table)
    assert table.caption == "Danh sách cán bộ"
    assert table.columns == ("STT", "Họ và tên", "Chức vụ", "Ngày vào")
    assert reading.text.splitlines()[2:] == [
        "Họ và tên: Nguyễn Văn An; Chức vụ: Chánh Văn phòng; Ngày vào: 01/05/2020",
        "Họ và tên: Trần Thị Bình; Chức vụ: Phó Chánh Văn phòng",
    ]


@pytest.mark.parametrize("name", ["Sheet1", "Trang tính1", "sheet"])
def test_a_name_that_nobody_chose_is_no_heading(name: str) -> None:
    sheet = drawn(["Tên", "Số"], ["An", 5], name=name)
    assert [type(block) for block in read(sheet).blocks] == [Table]
    sheet.parent.create_sheet("Sheet2").append(["Chữ ở trang thứ hai"])
    assert [type(b) for b in read(sheet).blocks] == [Heading, Table, Heading, Paragraph]


@pytest.mark.parametrize(
    ("value", "number_format", "shown"),
    [
        (3.0, "General", "3"),
        (True, "General", "TRUE"),
        (12_345_678_901.25, "#,##0.00", "12.345.678.901,25"),
        (0.125, "0.0%", "12,5%"),
        (7, "00000", "00007"),
        ("007", "General", "007"),
        ("1.200", "#,##0", "1.200"),
        (dt.datetime.fromisoformat("2024-08-05"), "dd/mm/yyyy", "05/08/2024"),
        (dt.datetime.fromisoformat("2024-08-05T07:30"), "hh:mm dd/mm/yyyy", "07:30 05/08/2024"),
        (dt.datetime.fromisoformat("2024-08-05"), "mm/yyyy", "08/2024"),
        (dt.time(7, 30), "hh:mm", "07:30"),
        (dt.timedelta(hours=30), "[h]:mm", "30:00"),
        ("hai\ndòng", "General", "hai dòng"),
        ("Tổng hợp", '"Phòng "@', "Phòng Tổng hợp"),
        ("_x0041_", "General", "A"),
    ],
)
def test_values_read_as_displayed(value: object, number_format: str, shown: str) -> None:
    sheet = drawn(["STT", "Giá trị"], [1, value])
    sheet["B2"].number_format = number_format
    assert lines(sheet) == [f"Giá trị: {shown}"]


def test_dates_of_old_macs_count_from_1904() -> None:
    sheet = drawn(["STT", "Ngày"], [1, 0])
    sheet["B2"].number_format = "dd/mm/yyyy"
    book = saved(sheet.parent)
    old = part(book, "xl/workbook.xml").replace(b"<sheets>", b"<workbookPr date1904='1'/><sheets>")
    old = old.replace(b"<workbookPr/>", b"").replace(b"<workbookPr />", b"")
    reading = read_document(repacked(book, {"xl/workbook.xml": old}), "a.xlsx")
    assert reading.text.endswith("Ngày: 01/01/1904")


@pytest.mark.parametrize(
    ("rows", "merged", "read_lines"),
    [
        (  # merged down and across
            [["Phòng", "Người", "Số", "Nơi"], ["Tổng hợp", "An", 101, "P.1"],
             [None, "Bình", 102, None], ["Tổng cộng", None, 203, None]],
            "A2:A3 D2:D3 A4:B4",
            ["Phòng: Tổng hợp; Người: An; Số: 101; Nơi: P.1",
             "Phòng: Tổng hợp; Người: Bình; Số: 102; Nơi: P.1", "Tổng cộng; Số: 203"],
        ),
        (  # a title over the table, two rows of heads
            [["DỰ TOÁN"], ["Nội dung", "Mức chi", None], [None, "Trong tỉnh", "Ngoài tỉnh"],
             ["Lưu trú", 200, 300]],
            "A1:C1 A2:A3 B2:C2",
            ["DỰ TOÁN",
             "Nội dung: Lưu trú; Mức chi – Trong tỉnh: 200; Mức chi – Ngoài tỉnh: 300"],
        ),
        (  # one below the other, each with its caption and head; a total after a blank row
            [["Bảng 1. Xe"], ["Biển số", "Loại"], ["24A-001", "Toyota"], [],
             ["Bảng 2. Phòng họp"], ["Phòng", "Tầng", "Chỗ"], ["A1", 1, 20], [], ["Tổng", None, 20],
             [], ["Ghi chú: tạm tính"]],
            "",
            ["Bảng 1. Xe", "Biển số: 24A-001; Loại: Toyota", "Bảng 2. Phòng họp",
             "Phòng: A1; Tầng: 1; Chỗ: 20", "Phòng: Tổng; Chỗ: 20", "Ghi chú: tạm tính"],
        ),
        (  # who signs, merged or not, is no row of the table
            [["TT", "Nội dung", "Số lượng", "Nơi"], [1, "Bàn", 5, "P.1"], [2, "Ghế", 7, "P.2"], [],
             ["Người lập", None, None, "Thủ trưởng"], ["Ngô Thu Hà", None, None, "Lý Seo Chúng"]],
            "A5:B5 A6:B6",
            ["Nội dung: Bàn; Số lượng: 5; Nơi: P.1", "Nội dung: Ghế; Số lượng: 7; Nơi: P.2",
             "Người lập: Ngô Thu Hà; Thủ trưởng: Lý Seo Chúng"],
        ),
        (  # side by side, of different lengths
            [["Bảng 1", None, None, "Bảng 2"], ["Phòng", "Số", None, "Xe", "Biển số"],
             ["Tổng hợp", 101, None, "Toyota", "24A-001"], ["Kinh tế", 102]],
            "",
            ["Bảng 1", "Phòng: Tổng hợp; Số: 101", "Phòng: Kinh tế; Số: 102", "Bảng 2",
             "Xe: Toyota; Biển số: 24A-001"],
        ),
        (  # a blank column that sets nothing apart, a blank row within a table
            [["Họ tên", None, "Chức vụ", "Đơn vị"], ["Ngô Thu Hà", None, "Trưởng", "Sở A"], [],
             ["Lý Seo Chúng", None, "Phó phòng", "Sở B"]],
            "",
            ["Họ tên: Ngô Thu Hà; Chức vụ: Trưởng; Đơn vị: Sở A",
             "Họ tên: Lý Seo Chúng; Chức vụ: Phó phòng; Đơn vị: Sở B"],
        ),
    ],
)  # fmt: skip
def test_a_sheet_may_hold_any_tables(
    rows: list[list[Any]], merged: str, read_lines: list[str]
) -> None:
    assert lines(drawn(*rows, merged=merged)) == read_lines


def test_heads_are_what_the_workbook_marks() -> None:
    rows = [["Xanh", "Đỏ"], ["ông A", "bà B"], ["ông C", "bà D"]]
    assert lines(drawn(*rows)) == ["Xanh; Đỏ", "ông A; bà B", "ông C; bà D"]
    marked = ["Xanh: ông A; Đỏ: bà B", "Xanh: ông C; Đỏ: bà D"]
    bold = drawn(*rows)
    bold["A1"].font = bold["B1"].font = Font(bold=True)
    assert lines(bold) == marked
    table = drawn(*rows)
    table.add_table(ExcelTable(displayName="T", ref="A1:B3"))
    assert lines(table) == marked


def test_formulas_without_a_result_are_counted_and_said() -> None:
    sheet = drawn(["Khoản", "Tiền"], ["Xe", 1500], ["Phòng", 2000.5], ["Tổng", "=SUM(B2:B3)"])
    sheet["B4"].number_format = "#,##0.0"
    reading = read(sheet)
    assert reading.text.endswith("Khoản: Tổng; Tiền: 3.500,5")
    assert "Ô B4 (trang “Bảng kê”) có công thức" in reading.notes[0]


@pytest.mark.parametrize(
    "formula",
    [
        "=TODAY()",
        "=A2&TEXT(5,0)",
        '=IFERROR(TODAY(),"")',
        "=1/0",
        "=B4",
        "=LẠ(2)",
        "=[2]Khác!A1",
        "=SUM(",
        '=WEBSERVICE("http://x/")',
    ],
)
def test_a_row_does_not_look_complete_without_its_formula(formula: str) -> None:
    reading = read(drawn(["Khoản", "Tiền"], ["Xe", 5], ["Phòng", 7], ["Tổng", formula]))
    assert reading.text.endswith("Khoản: Tổng; Tiền: (công thức ô B4 chưa có kết quả)")
    assert "Ô B4 (trang “Bảng kê”) có công thức chưa có kết quả và tôi không" in reading.notes[-1]


def with_results(cells: str, *, counts_anew: bool = False) -> bytes:
    """A workbook as Excel saves it, with the row `cells` as written in its file."""
    rows = drawn(["Khoản", "Tiền"], ["Xe", 5], ["Nhà", 7])
    rows["A2"].number_format = "dd/mm/yyyy hh:mm"  # style 1
    book = saved(rows.parent)
    sheet = part(book, SHEET).replace(b"</sheetData>", f"<row>{cells}</row></sheetData>".encode())
    workbook_part = part(book, "xl/workbook.xml")
    if not counts_anew:
        workbook_part = workbook_part.replace(b'fullCalcOnLoad="1"', b"")
    return repacked(book, {SHEET: sheet, "xl/workbook.xml": workbook_part})


@pytest.mark.parametrize(
    ("cell", "shown", "note"),
    [
        ("<c><f>TODAY()</f><v>7</v></c>", "; Tiền: 7", ""),
        ('<c t="str"><f>A2</f><v>chữ</v></c>', "; Tiền: chữ", ""),
        ('<c t="str"><f>""</f><v></v></c>', "", ""),
        ('<c t="b"><f>A2=1</f><v>0</v></c>', "; Tiền: FALSE", ""),
        ('<c t="e"><f>1/0</f><v>#DIV/0!</v></c>', "; Tiền: #DIV/0!", "B4 #DIV/0! (trang"),
        ('<c t="d" s="1"><v>2024-08-05T07:30:00</v></c>', "; Tiền: 05/08/2024 07:30", ""),
        ('<c t="d"><v>hôm qua</v></c>', "; Tiền: hôm qua", ""),
    ],
)
def test_stored_results_count(cell: str, shown: str, note: str) -> None:
    label = '<c t="inlineStr"><is><t>Tổng</t></is></c>'
    reading = read_document(with_results(label + cell), "a.xlsx")
    assert reading.text.splitlines()[-1] == f"Khoản: Tổng{shown}"
    assert note in "".join(reading.notes)
    assert bool(reading.notes) is bool(note)


def test_a_stored_error_is_shown_where_the_workbook_asks_to_be_counted_anew() -> None:
    cells = '<c t="inlineStr"><is><t>Tổng</t></is></c><c t="e"><f>NA()</f><v>#REF!</v></c>'
    reading = read_document(with_results(cells, counts_anew=True), "a.xlsx")
    assert reading.text.endswith("Khoản: Tổng; Tiền: #REF!")
    (note,) = reading.notes
    assert note.startswith("Ô B4 #REF! (trang “Bảng kê”) có giá trị lỗi")


def test_what_is_hidden_is_left_out_and_counted() -> None:
    sheet = drawn(["STT", "Tên", "Lương", "Phòng", "Mã"], *([n, f"Ông {n}", 500 + n, f"P.{n}", 9]
                  for n in range(1, 5)))  # fmt: skip
    sheet.row_dimensions[3].hidden = True
    sheet.column_dimensions["C"].hidden = True
    for row in range(2, 6):
        sheet[f"E{row}"].number_format = ";;;"
    sheet["B2"].comment = Comment("xem lại chức vụ", "HT")
    sheet.oddHeader.center.text = "Tài liệu nội bộ"
    sheet.oddFooter.center.text = "Trang &P/&N"
    sheet.oddFooter.right.text = "&P"
    hidden = sheet.parent.create_sheet("Nháp")
    hidden.append(["bí mật"])
    hidden.sheet_state = "veryHidden"
    reading = read(sheet)
    assert reading.text.splitlines()[1:] == [f"Tên: Ông {n}; Phòng: P.{n}" for n in (1, 3, 4)]
    assert [str(left) for left in reading.left_out] == [
        "1 trang tính ẩn (“Nháp”)",
        "1 hàng ẩn (“2; Ông 2; 502; P.2”)",
        "1 cột ẩn (“Lương”)",
        "1 bình luận (“xem lại chức vụ”)",
        "1 dòng đầu trang, chân trang (“Tài liệu nội bộ”)",
        "4 ô ẩn bằng định dạng số",
    ]


def test_a_merged_cell_shows_its_text_though_its_first_row_is_hidden() -> None:
    sheet = drawn(["Phòng", "Số"], ["Tổng hợp", 101], [None, 102], [None, 103], merged="A2:A4")
    sheet.row_dimensions[2].hidden = True
    assert lines(sheet) == ["Phòng: Tổng hợp; Số: 102", "Phòng: Tổng hợp; Số: 103"]


@pytest.mark.parametrize("font", [".VnTime", "Calibri"])
def test_old_fonts_become_unicode_cell_by_cell(font: str) -> None:
    sheet = drawn(
        ["Thñ tôc", "Thời hạn"], ["CÊp giÊy phÐp x©y dùng cña c¸c c¬ quan", "15 ngày làm việc"]
    )
    for name in ("A1", "A2"):
        sheet[name].font = Font(name=font)
    assert lines(sheet) == [
        "Thủ tục: Cấp giấy phép xây dựng của các cơ quan; Thời hạn: 15 ngày làm việc"
    ]


def test_a_text_of_several_fonts_is_read_run_by_run() -> None:
    runs = CellRichText(
        TextBlock(InlineFont(rFont=".VnTime"), "Thêi h¹n gi¶i quyÕt: "),
        TextBlock(InlineFont(rFont="Arial", b=True), "15 ngày "),
        TextBlock(InlineFont(rFont="Arial"), "làm việc"),
    )
    sheet = drawn(["STT", "Nội dung"], [1, runs])
    assert lines(sheet) == ["Nội dung: Thời hạn giải quyết: 15 ngày làm việc"]


def changed(sheet: Worksheet, xml: Callable[[bytes], bytes]) -> Reading:
    book = saved(sheet.parent)
    return read_document(repacked(book, {SHEET: xml(part(book, SHEET))}), "a.xlsx")


def test_five_thousand_rows_are_read_whole() -> None:
    rows = [["Tên", "Số nhà"], *([f"Hộ {n}", n] for n in range(6_000))]
    reading = read_document(workbook({"Hộ": rows}), "a.xlsx")
    assert reading.text.endswith("Tên: Hộ 5999; Số nhà: 5999")
    assert len(reading.text.splitlines()) == 6_001
    assert not reading.notes


def test_ten_thousand_merged_cells_are_carried() -> None:
    rows = "".join(
        f'<row r="{n}"><c r="A{n}"><v>{n}</v></c><c r="B{n}"><v>{n}</v></c></row>'
        for n in range(2, 20_002)
    )
    merged = "".join(f'<mergeCell ref="A{n}:A{n + 1}"/>' for n in range(2, 20_002, 2))
    whole = f"{rows}</sheetData><mergeCells>{merged}</mergeCells>".encode()
    reading = changed(drawn(["Phòng", "Số"]), lambda xml: xml.replace(b"</sheetData>", whole))
    assert reading.text.endswith("Phòng: 20000; Số: 20000\nPhòng: 20000; Số: 20001")
    assert len(reading.text.splitlines()) == 20_001


def test_blank_rows_and_columns_without_end_cost_little() -> None:
    cell = '<c r="{0}{1}"><v>{1}</v></c>'
    rows = [(n, "".join(cell.format(letter, n) for letter in "ACEGI")) for n in range(2, 6_000, 2)]
    whole = "".join(f'<row r="{n}">{cells}</row>' for n, cells in rows).encode() + b"</sheetData>"
    reading = changed(drawn(["Phòng"]), lambda xml: xml.replace(b"</sheetData>", whole))
    assert reading.text.endswith("5998")


def test_a_merged_cell_over_the_whole_sheet_costs_nothing() -> None:
    whole = b'</sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    reading = changed(
        drawn(["Chỉ một dòng này"], ["che", "khuất"]),
        lambda xml: xml.replace(b"</sheetData>", whole),
    )
    assert "Chỉ một dòng này" in reading.text


def test_too_many_cells_are_cut_with_a_note(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("knowledge.documents.excel.package.MAX_CELLS", 10)
    reading = read(drawn(["Tên", "Số"], *([f"Hộ {n}", n] for n in range(20))))
    assert reading.text.endswith("Tên: Hộ 3; Số: 3")
    assert "quá dài" in reading.notes[0]


def test_a_cell_in_the_last_row_and_column_costs_nothing() -> None:
    sheet = drawn(["Đầu tiên là dòng này"])
    sheet["XFD1048576"] = "cuối"
    sheet["A1048576"] = "dòng cuối"
    reading = read(sheet)
    assert reading.text.splitlines()[1:] == ["Đầu tiên là dòng này", "dòng cuối"]
    assert f"{MAX_COLUMNS} cột đầu" in reading.notes[0]


def test_pictures_are_said_and_text_boxes_read() -> None:
    book = saved(drawn(["Tên", "Số"], ["An", 5]).parent)
    drawing = (
        '<d:wsDr xmlns:d="x" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
        "<a:p><a:r><a:t>Chữ trong </a:t></a:r><a:r><a:t>khung</a:t></a:r></a:p></d:wsDr>"
    )
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        'relationships/drawing" Target="../drawings/drawing1.xml"/></Relationships>'
    )
    parts = {
        "xl/worksheets/_rels/sheet1.xml.rels": relations.encode(),
        "xl/drawings/drawing1.xml": drawing.encode(),
        "xl/media/image1.png": b"\x89PNG",
    }
    reading = read_document(repacked(book, parts), "a.xlsx")
    assert reading.blocks[-1] == Paragraph("Chữ trong khung")
    assert "1 ảnh" in reading.notes[0]


@pytest.mark.parametrize(
    "broken",
    [
        {"xl/workbook.xml": b"<workbook"},
        {"xl/styles.xml": b"\x00"},
        {SHEET: b"<worksheet><sheetData>"},
        {"xl/_rels/workbook.xml.rels": b"<Relationships/>"},
        {"_rels/.rels": b"<Relationships/>"},
    ],
)
def test_a_damaged_workbook_is_refused(broken: dict[str, bytes]) -> None:
    with pytest.raises(ArticleError, match=r"hỏng|không có dữ liệu"):
        read_document(repacked(workbook({"A": [["chữ"]]}), broken), "a.xlsx")


def test_an_empty_workbook_is_refused() -> None:
    with pytest.raises(ArticleError, match="không có dữ liệu"):
        read_document(workbook({"A": [[]]}), "a.xlsx")
