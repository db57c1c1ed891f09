import pytest

from knowledge.articles.page_leftovers import is_leftover


@pytest.mark.parametrize(
    "line",
    [
        "1 2 ",
        "Thống kê truy cập",
        "  • Đang online: 13",
        "• Hôm nay: 456",
        "Tất cả: 1,302,059",
        "Đăng nhập",
        "Trang chủ »",
        "Trang 1/3",
        "--- * ---",
        "1 | 2 | 3 tiếp",
    ],
)
def test_leftovers(line: str) -> None:
    assert is_leftover(line)


@pytest.mark.parametrize(
    "line",
    [
        "",
        "Hôm nay: toàn cơ quan ra quân",
        "Đăng nhập hệ thống bằng tài khoản được cấp.",
        "Trang phục công sở",
        "Tất cả vì nhân dân phục vụ",
        "28/8",
        "2 thạo, 3 đúng, 3 không",
        "1945",
    ],
)
def test_text_is_never_taken_for_a_leftover(line: str) -> None:
    assert not is_leftover(line)
