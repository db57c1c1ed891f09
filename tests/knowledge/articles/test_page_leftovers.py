import pytest

from knowledge.articles.web.leftovers import leftover_lines

COUNTERS = ["Thống kê truy cập", "  • Đang online: 13", "• Hôm nay: 456", "Tất cả: 1,302,059"]


@pytest.mark.parametrize(
    "lines",
    [
        COUNTERS,
        ["1 2 ", "", *COUNTERS, "Đăng nhập"],
        ["Trang 1/3", "--- * ---", "1 | 2 | 3 tiếp", *COUNTERS],
        ["Đang truy cập: 3", "Tổng cộng: 1.302.059"],
        ["Thống kê truy cập", "Hôm nay: 12", "Trong tháng: 1.250"],
    ],
)
def test_a_counter_of_visitors_goes_with_what_stands_around_it(lines: list[str]) -> None:
    text = ["Văn phòng họp thứ hai.", *lines, "Trụ sở ở phường Yên Bái."]
    assert leftover_lines(text) == set(range(1, len(lines) + 1))


@pytest.mark.parametrize(
    "lines",
    [
        ["Công chức: 45", "Tổng số: 87"],
        ["Trong tuần: 310 văn bản", "Trong tháng: 1.250", "Trong năm: 15.300"],
        ["Tổng lượt truy cập: 1.250", "Trong năm: 15.300"],
        ["Thống kê truy cập", "Trong tháng: 1.250", "Trong năm: 15.300"],
        ["Hôm nay: toàn cơ quan ra quân"],
        ["Các nút trên trang:", "Trang chủ", "Đăng nhập", "Tìm kiếm"],
        ["Đăng nhập hệ thống bằng tài khoản được cấp."],
        ["Trang phục công sở", "28/8", "1945", "1 2", "Trang 1/3"],
        ["2 thạo, 3 đúng, 3 không", "Đăng ký"],
    ],
)
def test_text_is_never_taken_for_a_leftover(lines: list[str]) -> None:
    assert not leftover_lines(lines)


def test_a_total_above_the_counter_stays() -> None:
    assert leftover_lines(["Tổng cộng: 420", *COUNTERS]) == {1, 2, 3, 4}


@pytest.mark.parametrize(
    ("lines", "gone"),
    [
        (["Trang chủ", "Giới thiệu", "Văn bản"], {0, 1, 2}),
        (["Quyết định số 5", "Xem thêm"], {1}),
        (["Quyết định số 5", "Quyết định số 6"], set()),
    ],
)
def test_links_of_navigation_go(lines: list[str], gone: set[int]) -> None:
    assert leftover_lines(lines, [[line] for line in lines]) == gone
    assert not leftover_lines(lines)
