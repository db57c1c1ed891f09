"""Tables of Word documents, cell by cell."""

import time

import pytest

from knowledge.articles.article import Block, Heading, ListItem, Note, Paragraph, Table
from tests.knowledge.documents.word_files import cell, font, lines, p, r, read, row, style, table

BOLD = "<w:b/>"
DOWN = '<w:vMerge w:val="restart"/>'
ON = "<w:vMerge/>"
GRID = style(
    "Luoi",
    '<w:tblStylePr w:type="firstRow"><w:rPr><w:b/></w:rPr></w:tblStylePr>',
    kind="table",
)


def wide(columns: int) -> str:
    return f'<w:gridSpan w:val="{columns}"/>'


@pytest.mark.parametrize(
    ("tables", "expected"),
    [
        pytest.param(
            table(
                row(cell("Xe", DOWN), cell("Định mức", wide(2)), props="<w:tblHeader/>"),
                row(cell("", ON), "Phố", "Núi", props="<w:tblHeader/>"),
                ["Xe A", "9", "12"],
                [cell("Cả hai", DOWN), "1", "2"],
                [cell("", ON), "3", "4"],
            ),
            [
                Table(
                    (("Xe A", "9", "12"), ("Cả hai", "1", "2"), ("Cả hai", "3", "4")),
                    ("Xe", "Định mức – Phố", "Định mức – Núi"),
                )
            ],
            id="cells merged down and across, a head of two rows",
        ),
        pytest.param(
            table(
                [p(r("Đội xe", BOLD)), p(r("Đội trưởng", BOLD))],
                ["Một", "Lù Văn Pao"],
                ["Hai", "Vàng A Sáng"],
            ),
            [Table((("Một", "Lù Văn Pao"), ("Hai", "Vàng A Sáng")), ("Đội xe", "Đội trưởng"))],
            id="a head in bold type",
        ),
        pytest.param(
            table(["Đội xe", "Đội trưởng"], ["Một", "Lù Văn Pao"], ["Hai", "Vàng A Sáng"]).replace(
                "<w:tbl>",
                '<w:tbl><w:tblPr><w:tblStyle w:val="Luoi"/><w:tblLook w:val="04A0"/></w:tblPr>',
            ),
            [Table((("Một", "Lù Văn Pao"), ("Hai", "Vàng A Sáng")), ("Đội xe", "Đội trưởng"))],
            id="a head by the table's style",
        ),
        pytest.param(
            p("Bảng 3. Giá vé") + table(["Loại", "Giá"], ["Xe", "1.000"], ["Ô tô", "3.000"]),
            [Table((("Xe", "1.000"), ("Ô tô", "3.000")), ("Loại", "Giá"), "Bảng 3. Giá vé")],
            id="a caption by its words",
        ),
        pytest.param(
            p("Bảng 3 nêu giá vé.") + table(["Loại", "Giá"], ["Xe", "1.000"], ["Ô tô", "3.000"]),
            [
                Paragraph("Bảng 3 nêu giá vé."),
                Table((("Xe", "1.000"), ("Ô tô", "3.000")), ("Loại", "Giá")),
            ],
            id="a sentence on a table is no caption",
        ),
        pytest.param(
            p("Giá vé", style="Caption")
            + p("ĐVT: đồng")
            + table(["Loại", "Giá"], ["Xe", "1.000"], ["Ô tô", "3.000"]),
            [Table((("Xe", "1.000"), ("Ô tô", "3.000")), ("Loại", "Giá"), "Giá vé (ĐVT: đồng)")],
            id="a styled caption with its unit",
        ),
        pytest.param(
            p("Bảng 3. Giá vé")
            + p("(Đơn vị tính: đồng)")
            + table(["Loại", "Giá"], ["Xe", "1.000"], ["Ô tô", "3.000"]),
            [
                Table(
                    (("Xe", "1.000"), ("Ô tô", "3.000")),
                    ("Loại", "Giá"),
                    "Bảng 3. Giá vé (Đơn vị tính: đồng)",
                )
            ],
            id="a caption with its unit",
        ),
        pytest.param(
            p("Giá vé", style="Caption")
            + p()
            + table(["Loại", "Giá"], ["Xe", "1.000"], ["Ô tô", "3.000"]),
            [Table((("Xe", "1.000"), ("Ô tô", "3.000")), ("Loại", "Giá"), "Giá vé")],
            id="a caption by its style",
        ),
        pytest.param(
            table(
                row(cell("Tên"), cell("Số"), cell("Máy")),
                row("A", "1", "101", props='<w:gridBefore w:val="0"/>'),
                row("2", "102", props='<w:gridBefore w:val="1"/>'),
            ),
            [Table((("A", "1", "101"), ("", "2", "102")), ("Tên", "Số", "Máy"))],
            id="a row that begins later",
        ),
        pytest.param(
            table(
                row("Việc", "Ai", props="<w:tblHeader/>"),
                "<w:sdt><w:sdtContent>" + row("In", "An") + "</w:sdtContent></w:sdt>",
                ["Gửi", ""],
                row("Họp", "<w:sdt><w:sdtContent>" + cell("Bình") + "</w:sdtContent></w:sdt>"),
            )
            .replace("<w:tc><w:tcPr></w:tcPr><w:sdt>", "<w:sdt>")
            .replace("</w:sdtContent></w:sdt></w:tc>", "</w:sdtContent></w:sdt>"),
            [Table((("In", "An"), ("Gửi", ""), ("Họp", "Bình")), ("Việc", "Ai"))],
            id="rows and cells in content controls",
        ),
        pytest.param(
            table(
                row("Kho", "Chìa khóa", props="<w:tblHeader/>"),
                [
                    "A",
                    p("Hai tủ:")
                    + table(["Tủ", "Người giữ", "Ca"], ["1", "An", "Một"], ["2", "Tư", "Hai"]),
                ],
                ["B", "Không"],
            ),
            [
                Table(
                    (
                        (
                            "A",
                            "Hai tủ: Tủ: 1; Người giữ: An; Ca: Một; Tủ: 2; Người giữ: Tư; Ca: Hai",
                        ),
                        ("B", "Không"),
                    ),
                    ("Kho", "Chìa khóa"),
                )
            ],
            id="a table in a cell",
        ),
        pytest.param(
            table(
                [p("Nơi nhận:") + p("- Như trên;"), p(r("CHÁNH", BOLD)) + p("(Đã ký)") + p("Lan")]
            ),
            [
                Paragraph("Nơi nhận:"),
                ListItem("Như trên;"),
                Paragraph("CHÁNH"),
                Paragraph("(Đã ký)"),
                Paragraph("Lan"),
            ],
            id="a row that only places text",
        ),
        pytest.param(
            table(
                [
                    p("Điều 1. Một")
                    + table(["Tên", "Tuổi"], ["An", "30"], ["Bình", "40"])
                    + p("Hết.")
                ]
            ),
            [
                Heading("Điều 1. Một", 5, "Điều 1"),
                Table((("An", "30"), ("Bình", "40")), ("Tên", "Tuổi")),
                Paragraph("Hết."),
            ],
            id="a frame around everything",
        ),
    ],
)
def test_tables(tables: str, expected: list[Block]) -> None:
    found = read(p("Mở đầu.") + tables, styles=style("Caption") + GRID)
    assert list(found.blocks[1:]) == expected


def test_notes_of_cells_stand_in_brackets_and_a_captions_note_behind_the_table() -> None:
    mark = r('<w:footnoteReference w:id="{}"/>')
    notes = "".join(
        f'<w:footnote w:id="{n}">{p(text)}</w:footnote>'
        for n, text in ((4, "đã gồm thuế"), (5, "giá năm 2026"))
    )
    found = read(
        p("Bảng 1. Giá", mark.format(5))
        + table(["Loại", "Giá"], ["Vé", p("5.000", mark.format(4))], ["Thẻ", "9.000"]),
        footnotes=notes,
    )
    assert found.blocks == (
        Table(
            (("Vé", "5.000 (chú thích: đã gồm thuế)"), ("Thẻ", "9.000")),
            ("Loại", "Giá"),
            "Bảng 1. Giá",
        ),
        Note("giá năm 2026", "1"),
    )


def test_cells_are_decoded_by_their_font() -> None:
    old = p(r("Lý Ngäc S­¬ng", font(".VnTime")))
    found = lines(p("Mở đầu.") + table(["Số", "Tên"], ["1", old], ["2", "An"]))
    assert found[1] == "Số: 1; Tên: Lý Ngọc Sương"


def test_ten_thousand_merged_cells_and_five_thousand_rows_are_read_whole() -> None:
    rows = [row("Mã", "Người nộp", "Kệ")]
    for number in range(5_000):
        merge = DOWN if number % 50 == 0 else ON
        rows.append(
            row(cell(f"Nhóm {number // 50}", merge), f"Số {number}", cell(f"K{number}", merge))
        )
    begun = time.perf_counter()
    (found,) = read(table(*rows)).blocks
    assert time.perf_counter() - begun < 20
    assert isinstance(found, Table)
    assert len(found.rows) == 5_000
    assert found.rows[-1] == ("Nhóm 99", "Số 4999", "K4950")


def test_tables_nested_deep_are_read_in_order() -> None:
    inner = p("Trong cùng")
    for depth in range(30):
        inner = table([inner, f"Ngăn {depth}"])
    expected = ["Mở đầu.", "Trong cùng", *(f"Ngăn {depth}" for depth in range(30))]
    assert lines(p("Mở đầu.") + inner) == expected
