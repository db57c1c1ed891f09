"""Lines that a web page leaves behind when an article is copied from it."""

from __future__ import annotations

import re

# A line goes only when the whole of it is such a leftover, so that no sentence can be lost.
_COUNTER_LABELS = (
    "đang online|đang truy cập|đang trực tuyến|trực tuyến|hôm nay|hôm qua|trong tuần|tuần này|"
    "tuần trước|trong tháng|tháng này|tháng trước|trong năm|tất cả|tổng số|tổng cộng|"
    "tổng lượt truy cập|tổng số lượt truy cập|tổng truy cập|lượt truy cập|số lượt truy cập|"
    "lượt xem|số lượt xem|lượt đọc|số người online|khách"
)
_NAVIGATION = (
    "đăng nhập|đăng ký|đăng xuất|trang chủ|thống kê truy cập|liên kết website|liên kết web|"
    "tìm kiếm|in bài viết|in trang|bản in|gửi email|chia sẻ|chia sẻ facebook|zalo|facebook|"
    "twitter|về đầu trang|lên đầu trang|quay lại|trở về|xem thêm|xem tiếp|các tin khác|"
    "tin liên quan|bài viết liên quan|tin cùng chuyên mục|bình luận|gửi bình luận|menu|sitemap|"
    "sơ đồ trang|rss|english|tiếng việt"
)
_PAGE_NUMBERS = r"(?:trang )?\d{1,3}(?:[ |]+\d{1,3})+(?:\s*(?:tiếp|sau|cuối|»|>|\.\.\.|…))*"
_LEFTOVER = re.compile(
    r"[\s•·*\-–|»«<>]*(?:"
    rf"(?:{_COUNTER_LABELS})\s*:?\s*[\d.,\s]+|(?:{_NAVIGATION})|{_PAGE_NUMBERS}"
    r"|trang \d{1,4}(?:\s*/\s*\d{1,4})?|[\W_]+"
    r")[\s:|»«<>]*",
    re.IGNORECASE,
)


def is_leftover(line: str) -> bool:
    """Tell whether `line` holds nothing but a visit counter, page numbers or a navigation link."""
    return bool(line.strip()) and _LEFTOVER.fullmatch(line.strip()) is not None
