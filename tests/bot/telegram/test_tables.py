import html
import re
import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from bot.sandbox.html_parser import parse_html
from bot.telegram.formatting import utf16_units
from bot.telegram.tables import PHONE_CHARACTERS, table_view

CELL = st.text(alphabet="aệ <>&|\n😀1", max_size=40)
PEOPLE = (("STT", "Họ tên", "Chức vụ", "Từ"), ("1", "Ngô Thu Hà", "Trưởng phòng Tổng hợp", "2020"))


def test_a_narrow_table_stands_in_columns() -> None:
    (block,) = table_view(("Phòng", "Số máy"), [("Tổng hợp", "101"), ("Kinh tế", "")])
    assert block.html == ("<pre>Phòng     Số máy\n────────  ──────\nTổng hợp  101\nKinh tế</pre>")


def test_combining_marks_do_not_move_the_columns() -> None:
    apart = unicodedata.normalize("NFD", "Tổng hợp")
    (block,) = table_view((), [(apart, "101"), ("Một phòng", "102")])
    assert block.html == "<pre>Tổng hợp   101\nMột phòng  102</pre>"


def test_a_wide_table_is_a_list_of_its_rows() -> None:
    names, row = PEOPLE
    (block,) = table_view(names, [row, ("2", "Lý Seo <Chúng>", "Trưởng phòng Kinh tế", "")])
    assert block.html == (
        "<b>1. Ngô Thu Hà</b>\n  Chức vụ: Trưởng phòng Tổng hợp\n  Từ: 2020\n"
        "<b>2. Lý Seo &lt;Chúng&gt;</b>\n  Chức vụ: Trưởng phòng Kinh tế"
    )


def test_a_row_of_one_text_heads_those_below() -> None:
    names = ("Loại xe", "Đường bằng", "Đường núi")
    rows = [("Xe phục vụ lãnh đạo",) * 3, ("Xe 5 chỗ", "9", "11")]
    (narrow,) = table_view(names, rows)
    assert "\nXe phục vụ lãnh đạo\nXe 5 chỗ  9" in narrow.html
    (wide,) = table_view(("Loại xe công vụ của cơ quan", *names[1:]), rows)
    assert wide.html.startswith("<b>▪ Xe phục vụ lãnh đạo</b>\n<b>Xe 5 chỗ</b>\n  Đường bằng: 9")


def test_merged_cells_are_said_once_and_cells_without_a_name_stand_alone() -> None:
    long = "Tổng cộng toàn bộ các phòng, ban"
    (block,) = table_view((), [(long, long, "35"), ("Phòng Tổng hợp", "Ngô Thu Hà", "101")])
    assert block.html == (f"<b>{long}</b>\n  35\n<b>Phòng Tổng hợp</b>\n  Ngô Thu Hà\n  101")


def test_each_part_of_a_long_table_has_the_heads_of_the_columns() -> None:
    blocks = table_view(("Số", "Việc"), [(str(n), f"việc {n}") for n in range(1, 5_001)], 1_000)
    assert all(block.html.startswith("<pre>Số") for block in blocks)
    shown = [line for block in blocks for line in re.findall(r"việc \d+", block.html)]
    assert shown == [f"việc {n}" for n in range(1, 5_001)]


@given(
    st.lists(CELL, max_size=5),
    st.lists(st.lists(CELL, max_size=5), max_size=12),
    st.integers(120, 400),
)
def test_every_cell_is_shown_in_blocks_that_fit(
    columns: list[str], rows: list[list[str]], limit: int
) -> None:
    blocks = table_view(columns, rows, limit)
    shown = ""
    for block in blocks:
        text, _ = parse_html(block.html)
        assert block.units == utf16_units(html.unescape(re.sub(r"<[^>]*>", "", block.html)))
        assert block.units <= limit
        if block.html.startswith("<pre>"):
            assert all(len(line) <= PHONE_CHARACTERS for line in text.split("\n"))
        shown += text
    seen = "".join(shown.split())
    for row in rows:
        assert all("".join(cell.split()) in seen for cell in row)


def test_an_empty_table_is_nothing() -> None:
    assert table_view((), []) == []
    assert table_view((), [("", "")]) == []
