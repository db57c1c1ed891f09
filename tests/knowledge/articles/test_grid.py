from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.articles.article import Block, Paragraph, Table, text_lines
from knowledge.articles.grid import Cell, Row, is_text, names_columns, table_blocks


def grid(drawn: str, *, heads: int = 0) -> list[Row]:
    """A grid as drawn: cells between "|", "<" continues the cell to the left, "^" the one above.

    The first `heads` rows are marked as heads.
    """
    rows: list[Row] = []
    for number, line in enumerate(drawn.strip().splitlines()):
        row: Row = []
        for column, text in enumerate(part.strip() for part in line.split("|")):
            match text:
                case "<":
                    row.append(Cell(row[-1].text, across=True, heads=number < heads))
                case "^":
                    row.append(Cell(rows[-1][column].text, down=True, heads=number < heads))
                case _:
                    row.append(Cell(text, heads=number < heads))
        rows.append(row)
    return rows


def lines(blocks: Sequence[Block]) -> list[str]:
    return list(text_lines(blocks))


@pytest.mark.parametrize(
    ("drawn", "columns"),
    [
        ("STT | Họ và tên\n1 | An\n2 | Bình", ("STT", "Họ và tên")),
        ("S.T.T | Đầu việc\n1 | Xe\n2 | Phòng", ("S.T.T", "Đầu việc")),
        # contrast to the cells below: values, codes, names of persons, sentences
        ("Khoản | Tiền\nXe | 500.000 đồng\nTổng | -", ("Khoản", "Tiền")),
        ("Bàn | Máy in\nPhòng A | 2 cái", ("Bàn", "Máy in")),
        ("Bàn | Máy\nA | P.201\nB | P.203", ("Bàn", "Máy")),
        ("Đầu mối | Ban\nNgô Thu Hà | Tổng hợp\nĐỗ Đức Long | Nội vụ", ("Đầu mối", "Ban")),
        ("Khâu | Bên làm\nTiếp nhận. | Văn thư\nTrình ký. | Phòng", ("Khâu", "Bên làm")),
        ("BAN | TRƯỞNG BAN | PHÓ\nNgân sách | ông A | ông B\nPháp chế | bà C | bà D",
         ("BAN", "TRƯỞNG BAN", "PHÓ")),
        # names that most tables use
        ("Đầu việc | Chủ trì | Ai\nxe | phòng A | phòng B", ("Đầu việc", "Chủ trì", "Ai")),
        ("Nội dung | Thời gian\nhọp | sáng", ("Nội dung", "Thời gian")),
        ("Noi dung | Thoi gian\nhop | sang", ("Noi dung", "Thoi gian")),
        ("Họ Và Tên | Chức Vụ\nNgô Thu Hà | Trưởng Phòng\nLý Seo Chúng | Phó Phòng",
         ("Họ Và Tên", "Chức Vụ")),
        # years and days are names, too
        ("Chỉ tiêu | 2023 | 2024\nThu | 100 | 200\nChi | 90 | 80", ("Chỉ tiêu", "2023", "2024")),
        ("Họ tên | 1 | 2 | 3\nAn | x | | x\nBình | | x | x", ("Họ tên", "1", "2", "3")),
        (" | Thứ Hai | Thứ Ba\nSáng | họp | tiếp dân\nChiều | đi | về", ("", "Thứ Hai", "Thứ Ba")),
        # none
        ("Ngô Thu Hà | Trưởng phòng | 101\nLý Seo Chúng | Phó phòng | 102", ()),
        ("Ngô Thu Hà | Trưởng phòng\nHồ Văn An | Phó phòng", ()),
        ("Ngô Thu Hà | 1985 | 2010\nLý Seo Chúng | 1990 | 2015", ()),
        ("1 | 2\n3 | 4", ()),
        ("xe | xe | xe\ncon | tải | khách", ()),
        ("0% | 0% | 0%\n5% | 4% | 0%", ()),
        # what is said in two columns of label and text
        ("Tên đơn vị | Văn phòng\nĐịa chỉ | Yên Bái\nĐiện thoại | 0216.3850.123", ()),
        ("Nội dung | Số tiền\nThu phí | 5\nChi khác | 3\nDự phòng | 2", ("Nội dung", "Số tiền")),
    ],
)  # fmt: skip
def test_a_head_is_found_by_its_form(drawn: str, columns: tuple[str, ...]) -> None:
    (table,) = table_blocks(grid(drawn))
    assert isinstance(table, Table)
    assert table.columns == columns
    assert len(table.rows) == len(grid(drawn)) - bool(columns)


@pytest.mark.parametrize(
    ("drawn", "columns", "rows"),
    [
        (  # spanning
            "Chức danh | Lưu trú | <\n^ | Trong tỉnh | Ngoài tỉnh\nChuyên viên | 5 | 8",
            ("Chức danh", "Lưu trú – Trong tỉnh", "Lưu trú – Ngoài tỉnh"),
            ["Chức danh: Chuyên viên; Lưu trú – Trong tỉnh: 5; Lưu trú – Ngoài tỉnh: 8"],
        ),
        (  # three levels
            ("STT | Đơn vị | Biên chế | < | <\n^ | ^ | Giao | Có mặt | <\n"
            "^ | ^ | ^ | Nam | Nữ\n1 | Sở A | 9 | 4 | 5"),
            ("STT", "Đơn vị", "Biên chế – Giao", "Biên chế – Có mặt – Nam",
             "Biên chế – Có mặt – Nữ"),
            [("Đơn vị: Sở A; Biên chế – Giao: 9; Biên chế – Có mặt – Nam: 4; "
             "Biên chế – Có mặt – Nữ: 5")],
        ),
        (  # two levels, nothing merged: what is not said is not invented
            "Chức danh | Lưu trú | \n | Trong tỉnh | Ngoài tỉnh\nChuyên viên | 5 | 8",
            ("Chức danh", "Lưu trú – Trong tỉnh", "Ngoài tỉnh"),
            ["Chức danh: Chuyên viên; Lưu trú – Trong tỉnh: 5; Ngoài tỉnh: 8"],
        ),
        (  # units
            "Loại | Giá | Thời gian\n | (đồng) | (ngày)\nXe | 5000 | 3",
            ("Loại", "Giá (đồng)", "Thời gian (ngày)"),
            ["Loại: Xe; Giá (đồng): 5000; Thời gian (ngày): 3"],
        ),
        (  # a row that counts the columns
            "STT | Loại | Mức\n(1) | (2) | (3)\n1 | Xe | 5",
            ("STT", "Loại", "Mức"), ["Loại: Xe; Mức: 5"],
        ),
        (
            "TT | Loại | Kế hoạch | Thực hiện | Tỷ lệ\nA | B | 1 | 2 | 3=2/1\n1 | Xe | 5 | 4 | 80%",
            ("TT", "Loại", "Kế hoạch", "Thực hiện", "Tỷ lệ"),
            ["Loại: Xe; Kế hoạch: 5; Thực hiện: 4; Tỷ lệ: 80%"],
        ),
        (  # figures that only look so
            "TT | Đến | Đi\n1 | 2 | 3\n2 | 5 | 4", ("TT", "Đến", "Đi"),
            ["Đến: 2; Đi: 3", "Đến: 5; Đi: 4"],
        ),
        (
            "Tháng | Đến | Đi\n1 | 45 | 30\n2 | 40 | 35", ("Tháng", "Đến", "Đi"),
            ["Tháng: 1; Đến: 45; Đi: 30", "Tháng: 2; Đến: 40; Đi: 35"],
        ),
        (  # the head again on the next page, groups, totals
            ("STT | Họ tên | Số\nI | PHÒNG A | \n1 | An | 5\nSTT | Họ tên | Số\nPHÒNG B | < | <\n"
            "1 | Bình | 6\nTổng cộng | < | 11"),
            ("STT", "Họ tên", "Số"),
            ["I. PHÒNG A", "Họ tên: An; Số: 5", "PHÒNG B", "Họ tên: Bình; Số: 6",
             "Tổng cộng; Số: 11"],
        ),
        (  # merged cells
            ("Thứ | Ngày | Việc | Nơi\nHai | 16/3 | Họp | P.201\n^ | ^ | Tiếp dân | <\n"
            "Ba | 17/3 | Nghỉ | "),
            ("Thứ", "Ngày", "Việc", "Nơi"),
            ["Thứ: Hai; Ngày: 16/3; Việc: Họp; Nơi: P.201",
             "Thứ: Hai; Ngày: 16/3; Việc: Tiếp dân; Nơi: Tiếp dân",
             "Thứ: Ba; Ngày: 17/3; Việc: Nghỉ"],
        ),
    ],
)  # fmt: skip
def test_rows_read_with_their_columns(
    drawn: str, columns: tuple[str, ...], rows: list[str]
) -> None:
    blocks = table_blocks(grid(drawn))
    assert [block.columns for block in blocks if isinstance(block, Table)] == [columns]
    assert lines(blocks) == rows


@pytest.mark.parametrize(
    ("drawn", "read"),
    [
        # lines above and below
        (
            ("DANH SÁCH | < | <\n(kèm Quyết định số 5) | | \nSTT | Tên | Số\n1 | An | 5\n"
            "Ghi chú: tạm tính | < | <"),
            ["# DANH SÁCH (kèm Quyết định số 5)", "Tên: An; Số: 5", "Ghi chú: tạm tính"],
        ),
        (
            ("Đơn vị: Sở A | | | Mẫu số 01\nMã: 5 | | | (kèm Thông tư)\nBẢNG KÊ | < | < | <\n"
            "TT | Tên | Số | Năm\n1 | An | 5 | 2020"),
            ["Đơn vị: Sở A", "Mẫu số 01", "Mã: 5", "(kèm Thông tư)", "# BẢNG KÊ",
             "Tên: An; Số: 5; Năm: 2020"],
        ),
        (
            ("Tên | Số | Nơi | Năm\nAn | 5 | P.1 | 2020\n | Yên Bái, ngày 5/8 | | \n"
            "Người lập | | | Thủ trưởng\nNgô Thu Hà | | | Lý Seo Chúng"),
            ["Tên: An; Số: 5; Nơi: P.1; Năm: 2020", "Yên Bái, ngày 5/8", "Người lập",
             "Thủ trưởng", "Ngô Thu Hà", "Lý Seo Chúng"],
        ),
        (
            "Tên | Số\nAn | 5\nLưu ý: | \n1. Gọi trước | ",
            ["Tên: An; Số: 5", "Lưu ý:", "1. Gọi trước"],
        ),
        (
            "I. Mục đích | \n | Phục vụ tốt.\nII. Yêu cầu | ",
            ["I. Mục đích", "Phục vụ tốt.", "II. Yêu cầu"],
        ),
        # letterheads
        (
            "UBND TỈNH | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSố: 12/BC | Yên Bái, ngày 5/8",
            ["UBND TỈNH", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Số: 12/BC", "Yên Bái, ngày 5/8"],
        ),
        (
            ("UBND TỈNH | | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSố: 12 | | Độc lập\n"
            "BÁO CÁO | < | <\nSTT | Tên | Số\n1 | An | 5"),
            ["UBND TỈNH", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Số: 12", "Độc lập", "# BÁO CÁO",
             "Tên: An; Số: 5"],
        ),
        # layout
        ("Nơi nhận: | CHÁNH VĂN PHÒNG", ["Nơi nhận:", "CHÁNH VĂN PHÒNG"]),
        ("Khách mời\nông A\nbà B", ["Khách mời", "ông A", "bà B"]),
        ("Họ và tên: | Ngô Thu Hà\nNăm sinh: | 1985", ["Họ và tên: Ngô Thu Hà", "Năm sinh: 1985"]),
        # a form that nobody filled in
        ("STT | Họ tên | Ký\n(1) | (2) | (3)\n | | ", ["STT; Họ tên; Ký"]),
    ],
)  # fmt: skip
def test_lines_around_a_table_stay(drawn: str, read: list[str]) -> None:
    blocks = table_blocks(grid(drawn))
    captions = [block.caption for block in blocks if isinstance(block, Table)]
    assert [f"# {line}" if line in captions else line for line in lines(blocks)] == read


def test_marked_heads_count_whatever_they_say() -> None:
    drawn = "Xanh | Đỏ\n^ | Nhạt\nông A | bà B\nông C | bà D"
    (table,) = table_blocks(grid(drawn, heads=2))
    assert isinstance(table, Table)
    assert table.columns == ("Xanh", "Đỏ – Nhạt")
    (table,) = table_blocks(grid("STT | Họ tên\n1 | An\n2 | Bình", heads=3))
    assert isinstance(table, Table)
    assert table.columns == ("STT", "Họ tên")  # all in bold says nothing


def test_a_caption_from_outside_wins() -> None:
    assert lines(table_blocks(grid("Ghép | <\nTên | Số\nAn | 5"), "Bảng 1")) == [
        "Ghép",
        "Bảng 1",
        "Tên: An; Số: 5",
    ]


@pytest.mark.parametrize(
    ("drawn", "sure"),
    [
        ("STT | Tên\n1 | An", True),
        ("Loại | Số\nXe | 5", True),
        ("Nội dung | Thời gian | Nơi\nhọp | sáng | đây", True),
        ("xe con | phòng A | ông B\nxe tải | phòng C | ông D", False),
        ("Ngô Thu Hà | Trưởng phòng\nLý Seo Chúng | Phó phòng", False),
        ("Tổng | 5", False),
        ("một cột\nthôi", False),
    ],
)
def test_a_grid_tells_whether_it_begins_a_table(drawn: str, *, sure: bool) -> None:
    assert names_columns(grid(drawn)) is sure


def test_a_grid_of_lines_is_text() -> None:
    assert is_text(grid("BÁO CÁO | <\nQuý I | "))
    assert not is_text(grid("Tên | Số\nAn | 5"))


WORDS = st.sampled_from(
    "Họ và tên|Số tiền|Ghi chú:|Ngô Thu Hà|1.500.000|50%|2024|2025|31/12/2025|P.201|phòng họp|"
    "Phòng Tổng hợp|TỔNG CỘNG|STT|một câu dài hơn sáu mươi chữ để đọc cho hết mà không bỏ chữ nào.|"
    "Quyết định số 12/QĐ-UBND|(kèm theo)|Đơn vị tính: đồng".split("|")
)


@st.composite
def grids(draw: st.DrawFn) -> list[Row]:
    """Grids with some empty places, merged cells and marked rows."""
    width, height = draw(st.integers(1, 5)), draw(st.integers(1, 7))
    rows: list[Row] = []
    for _ in range(height):
        heads = draw(st.booleans())
        row: Row = []
        for column in range(width):
            kind = draw(st.integers(0, 9))
            if kind == 0 and row and row[-1].text and not row[-1].down:
                row.append(Cell(row[-1].text, across=True, heads=heads))
            elif kind == 1 and rows and rows[-1][column].text and not rows[-1][column].across:
                row.append(Cell(rows[-1][column].text, down=True, heads=heads))
            else:
                row.append(Cell(draw(WORDS) if kind < 8 else "", heads=heads))
        rows.append(row)
    return rows


@given(grids())
def test_no_text_is_lost_and_none_is_invented(cells: list[Row]) -> None:
    written = {cell.text for row in cells for cell in row if cell.text}
    blocks = table_blocks(cells)
    read: list[str] = []
    for block in blocks:
        if isinstance(block, Table):
            read += [block.caption, *block.columns, *(text for row in block.rows for text in row)]
            assert all(len(row) == len(block.rows[0]) for row in block.rows)
            assert len(block.columns) in {0, len(block.rows[0])}
        else:
            assert isinstance(block, Paragraph)
            assert block.text
            read.append(block.text)
    assert all(any(text in shown for shown in read) for text in written)
    words = {word.strip(";.") for text in written for word in text.split()} | {"–", ""}
    assert {word.strip(";.") for shown in read for word in shown.split()} <= words
