"""What the reader reads at once."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.articles.chunk import UnitKind
from knowledge.articles.chunker import ChunkingSettings
from knowledge.retrieval.windows import MOST_CHARACTERS, MOST_UNITS, Window, lead_in, window_around
from tests.knowledge.small_corpus import chunks_of

PAGE = """## Chương I
### Điều 1. Họp
Văn phòng họp giao ban. Phòng họp số 2 ở tầng ba. Cuộc họp mở lúc 8 giờ. Chủ trì là An.

Người dự họp phải:

1. Đến đúng giờ. Tắt điện thoại.
2. Mang tài liệu.

Bảng 1. Số máy

| Phòng | Số máy |
|---|---|
| Hành chính | 231 |
| Tiếp dân | 232 |

Hết giờ thì về.
"""
ABOVE = "Tên bài › Chương I › Điều 1. Họp"


def around(markdown: str, words: str) -> Window:
    """The window around the first unit with those words."""
    return next(
        window_around(chunk, position)
        for chunk in chunks_of(markdown)
        for position, unit in enumerate(chunk.sentences)
        if words in unit.text
    )


@pytest.mark.parametrize(
    ("words", "text", "context"),
    [
        ("giao ban", "Văn phòng họp giao ban. Phòng họp số 2 ở tầng ba.", ABOVE),
        ("8 giờ", "Phòng họp số 2 ở tầng ba. Cuộc họp mở lúc 8 giờ. Chủ trì là An.", ABOVE),
        ("Đến", "1. Đến đúng giờ.", f"{ABOVE} › Người dự họp phải:"),
        ("Tắt", "Tắt điện thoại.", f"{ABOVE} › Người dự họp phải:"),
        ("Mang", "2. Mang tài liệu.", f"{ABOVE} › Người dự họp phải:"),
        ("Tiếp dân", "Phòng: Tiếp dân; Số máy: 232", f"{ABOVE} › Bảng 1. Số máy"),
        ("Hết giờ", "Hết giờ thì về.", ABOVE),
    ],
)  # fmt: skip
def test_a_unit_is_read_with_its_neighbours_but_an_item_or_a_row_alone(
    words: str, text: str, context: str
) -> None:
    window = around(PAGE, words)
    assert (window.text, window.context) == (text, context)


@pytest.mark.parametrize(
    ("before", "after", "units"),
    [(4, 4, 3), (149, 150, 3), (150, 150, 2), (300, 20, 2), (301, 20, 2), (301, 301, 1)],
)
def test_neighbours_are_read_as_far_as_there_is_room(before: int, after: int, units: int) -> None:
    long = [f"C{'a' * (length - 2)}." for length in (before, after)]
    window = around(f"{long[0]} Cuộc họp mở lúc 8 giờ nhé an. {long[1]}", "8 giờ")
    assert len(window.units) == units
    assert "8 giờ" in window.text


@pytest.mark.parametrize("title", ["a" * 90, "a" * 91, "Điều 3 " * 20])
def test_a_long_heading_and_a_long_lead_in_are_cut(title: str) -> None:
    lead = f"Người dự {'họp ' * 60}phải:"
    parts = around(f"## {title}\n\n{lead}\n\n- đến\n- ngồi", "ngồi").context.split(" › ")
    assert parts == ["Tên bài", title[:90], lead[:160]]


def test_the_nearest_two_headings_tell_where_a_window_stands() -> None:
    text = "# Phần một\n## Chương I\n### Mục 2\n\nCâu."
    assert around(text, "Câu").context == "Tên bài › Chương I › Mục 2"


LIST = """Người dự họp phải:

1. Mang:
   - giấy
   - bút
2. Đến đúng giờ.
10. Ngồi:

a) Đúng chỗ

b) Ngay ngắn

11. Ghi chép.

Phòng họp ở tầng ba.

- Có loa
"""


@pytest.mark.parametrize(
    ("words", "lead"),
    [
        ("Mang", "Người dự họp phải:"),
        ("giấy", "1. Mang:"),
        ("bút", "1. Mang:"),
        ("Đến", "Người dự họp phải:"),
        ("Ngay ngắn", "10. Ngồi:"),
        ("Ghi chép", "Người dự họp phải:"),
        ("Phòng họp", ""),
        ("Có loa", ""),
    ],
)
@pytest.mark.parametrize("limit", [60, 1600])
def test_an_item_is_led_in_by_the_line_above_its_own_list(
    words: str, lead: str, limit: int
) -> None:
    chunks = chunks_of(LIST, ChunkingSettings(min(limit, 700), limit))
    assert [
        lead_in(chunk, position)
        for chunk in chunks
        for position, unit in enumerate(chunk.sentences)
        if words in unit.text
    ] == [lead]


LINES = st.sampled_from(
    ["Một câu. Hai câu. Ba câu nữa. Bốn.", "Gồm:", "- mục. Câu sau.", "1. khoản", "   a) điểm",
     "## Mục", "", "| Tên | Số |\n|---|---|\n| An | 1 |\n| Bình | 2 |", "Dài " * 60, "Dài. " * 90]
)  # fmt: skip


@settings(deadline=None)  # what cuts long lines is slow to import
@given(st.lists(LINES, max_size=12).map("\n".join), st.sampled_from([60, 300, 1600]))
def test_a_window_is_copied_from_its_passage(text: str, limit: int) -> None:
    for chunk in chunks_of(text, ChunkingSettings(min(limit, 700), limit)):
        for position, unit in enumerate(chunk.sentences):
            window = window_around(chunk, position)
            assert unit in window.units
            assert len(window.units) <= MOST_UNITS
            assert window.text == chunk.text[window.start : window.end]
            assert all(window.start <= u.start and u.end <= window.end for u in window.units)
            length = window.units[-1].end - window.units[0].start
            assert len(window.units) == 1 or length <= MOST_CHARACTERS
            alone = [u for u in window.units if u.kind in {UnitKind.ITEM, UnitKind.ROW}]
            assert not alone or len(window.units) == 1
            assert "\n" not in window.context
