"""Markdown: what is read as what."""

import pytest

from knowledge.articles.article import Block, Heading, ListItem, Note, Paragraph, Table
from knowledge.articles.reading import DocumentFormat
from knowledge.documents.reader import read_text


def blocks_of(text: str) -> list[Block]:
    text = f"---\ntitle: Tên bài\n---\n{text}"
    return list(read_text(text.encode(), DocumentFormat.MARKDOWN).blocks)


def P(*texts: str) -> list[Block]:  # noqa: N802 -- stands for a paragraph
    return [Paragraph(text) for text in texts]


def AB(*rows: tuple[str, ...], caption: str = "") -> list[Block]:  # noqa: N802
    return [Table(rows, ("Tên", "Số"), caption)]


CASES: list[tuple[str, list[Block]]] = [
    ("Kho <A> & B của <họ tên>.", P("Kho <A> & B của <họ tên>.")),
    ("Mở cửa <b>sớm</b><br>rồi đóng.", P("Mở cửa sớm", "rồi đóng.")),
    ("| Tên | Số |\n|:---|---:|\n| **An** | [1](x) |\n", AB(("An", "1"))),
    ("Tên | Số\n--- | ---\nAn | 1 \\| 2\nBình | 3", AB(("An", "1 | 2"), ("Bình", "3"))),
    ("Bảng 1. Số máy\n\n|Tên|Số|\n|-|-|\n|An|1|", AB(("An", "1"), caption="Bảng 1. Số máy")),
    ("Bảng 1. Số máy\n|Tên|Số|\n|-|-|\n|An|1|", AB(("An", "1"), caption="Bảng 1. Số máy")),
    ("|Tên|Số|\n|-|-|\n|An|1|2|\n|Bình|3|", [Table((("An", "1", "2"), ("Bình", "3", "")),
                                                ("Tên", "Số", ""))]),
    ("| Tên | Số |\n|-|\n| An | 1 |", AB(("An", "1"))),
    ("| STT | Tên |\n| 1 | An |\n| 2 | Bình |", [
        Table((("1", "An"), ("2", "Bình")), ("STT", "Tên"))]),
    ("```\n| a | b |\n| c | d |\n```", P("| a | b |", "| c | d |")),
    ("<table><tr><th>Tên<th>Số<tr><td>An<td>1</table>", AB(("An", "1"))),
    ("Giá[^1] vé[^a].\n\n[^a]: Ngày lễ\n    thì không.\n\n[^1]: Cả thuế.\n\nSau.", [
        *P("Giá vé."), Note("Cả thuế.", "1"), Note("Ngày lễ thì không.", "2"), *P("Sau.")]),
    ("[^1]: Cả thuế.\n\nGiá[^1].", [*P("Giá."), Note("Cả thuế.", "1")]),
    ("Giá.\n\n[^1]: Không ai trỏ tới.", P("Giá.", "Không ai trỏ tới.")),
    ("Vòng[^1].\n\n[^1]: Xem[^1].", [*P("Vòng."), Note("Xem.", "1")]),
    ("1. x\n3. y\n   - z\n   - t\n", [
        ListItem("x", "1."), ListItem("y", "3."), ListItem("z", level=1), ListItem("t", level=1)]),
    ("1. x\n1. y\n", [ListItem("x", "1."), ListItem("y", "2.")]),
    ("4) x\n5) y\n   tiếp", [ListItem("x", "4)"), ListItem("y tiếp", "5)")]),
    ("Gồm:\n• một\n• hai\na) ba", [
        *P("Gồm:"), ListItem("một"), ListItem("hai"), ListItem("ba", "a)", 1)]),
    ("Đầu\n\nTên\n===\n\nMục\n---\n\n## Nhỏ ##", [
        *P("Đầu"), Heading("Tên", 1), Heading("Mục", 2), Heading("Nhỏ", 2)]),
    ("```sh\nmột\n  hai\n```", P("một", "hai")),
    ("    thụt vào", P("thụt vào")),
    ("> trích\n> dẫn", P("trích dẫn")),
    ("*a* **b** `c` [d](http://x) ![e](f.png) \\*g\\*", P("a b c d e *g*")),
    ("dòng một\ndòng hai", P("dòng một dòng hai")),
    ("x <span style='color:red'>đỏ</span> H<sub>2</sub>O 5 < 6", P("x đỏ H2O 5 < 6")),
    ("***", []),
    ("Tổng số: 87", P("Tổng số: 87")),
]  # fmt: skip


@pytest.mark.parametrize(("text", "blocks"), CASES)
def test_markdown_becomes_blocks(text: str, blocks: list[Block]) -> None:
    assert blocks_of(text) == blocks


def test_what_is_not_shown_is_left_out_and_said() -> None:
    text = "# Tên\n\nĐầu.\n\n<!-- nháp:\n\nmật khẩu -->\n\n"
    text += "Giữa <!-- x --> và ~~cũ~~.\n\n<p hidden>Ẩn</p>"
    reading = read_text(text.encode(), DocumentFormat.MARKDOWN)
    assert reading.text == "Đầu.\nGiữa và ."
    assert [(x.what, x.count) for x in reading.left_out] == [
        ("bình luận trong mã trang", 2), ("đoạn bị gạch bỏ", 1), ("đoạn chữ ẩn", 1),
    ]  # fmt: skip


def test_a_page_copied_from_a_portal_loses_its_counters() -> None:
    text = "# Tên\n\nVăn phòng lớn mạnh.\n\nPhạm Vy\n\n1 2\n\n"
    text += (
        "Thống kê truy cập\n\n• Đang online: 13\n• Hôm nay: 456\n• Tất cả: 1,302,059\n\nĐăng nhập\n"
    )
    reading = read_text(text.encode(), DocumentFormat.MARKDOWN)
    assert reading.text == "Văn phòng lớn mạnh.\nPhạm Vy"
    assert [(x.what, x.count) for x in reading.left_out] == [("dòng rác của trang web", 6)]


def test_all_rows_of_a_long_table_are_read() -> None:
    rows = "".join(f"| {n} | Nguyễn Văn A |\n" for n in range(5_000))
    (table,) = blocks_of(f"| STT | Tên |\n|---|---|\n{rows}")
    assert isinstance(table, Table)
    assert len(table.rows) == 5_000
