"""Lines that a web page leaves behind when an article is taken or copied from it."""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING

from knowledge.articles.reading import LeftOut

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

_LIVE_LABELS = (
    "đang online|đang truy cập|đang trực tuyến|số người (?:đang )?online|người online|"
    "số người đang truy cập|khách (?:đang )?(?:online|trực tuyến)"
)
_COUNTER_LABELS = (
    f"{_LIVE_LABELS}|trực tuyến|hôm nay|hôm qua|trong tuần|tuần này|tuần trước|trong tháng|"
    "tháng này|tháng trước|trong năm|năm nay|tất cả|tổng số|tổng cộng|tổng lượt truy cập|"
    "tổng số lượt truy cập|tổng truy cập|lượt truy cập|số lượt truy cập|lượt xem|số lượt xem|"
    "lượt đọc|khách|thành viên"
)
_NAVIGATION = (
    "đăng nhập|đăng ký|đăng xuất|trang chủ|liên kết website|liên kết web|tìm kiếm|"
    "in (?:trang|bài|bài viết)(?: này)?|bản in|gửi email|chia sẻ|chia sẻ facebook|zalo|facebook|"
    "twitter|về đầu trang|lên đầu trang|quay lại|trở về|xem thêm|xem tiếp|các tin khác|"
    "tin liên quan|bài viết liên quan|tin cùng chuyên mục|bình luận|gửi bình luận|menu|sitemap|"
    "sơ đồ trang|rss|english|tiếng việt"
)
_PAGE_NUMBERS = r"(?:trang )?\d{1,3}(?:[ |]+\d{1,3})+(?:\s*(?:tiếp|sau|cuối|»|>|\.\.\.|…))*"


def _whole_line(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"[\s•·*\-–|»«<>]*(?:{pattern})[\s:|»«<>]*", re.IGNORECASE)


_COUNT = r"\s*:?\s*\d[\d.,\s]*"
_COUNTER = _whole_line(f"(?:{_COUNTER_LABELS}){_COUNT}")
_LIVE = _whole_line(f"(?:{_LIVE_LABELS}){_COUNT}")
_TODAY = _whole_line(f"(?:hôm nay|hôm qua){_COUNT}")
_COUNTERS_HEAD = _whole_line("thống kê (?:lượt )?truy cập|bộ đếm truy cập|lượt truy cập")
_LINK = _whole_line(_NAVIGATION)
_HOME = _whole_line("trang chủ|home")
_OTHER = _whole_line(rf"{_PAGE_NUMBERS}|trang \d{{1,4}}(?:\s*/\s*\d{{1,4}})?|[\W_]*")
_LONGEST = 120
_SAMPLES = 3


def leftover_lines(lines: Sequence[str], links: Sequence[Sequence[str]] = ()) -> set[int]:
    """Return which of a web page's lines are certainly no part of its text.

    `links` are the texts of the links that make up each whole line, where that is known. Links that
    are words of navigation go, and so does a menu: links in a row with "Trang chủ" among them.
    Other lines go only around a counter of the visitors who are on the page just now, or were
    today; a total or a number anywhere else is text.
    """
    links = links or [()] * len(lines)
    gone = {n for n, texts in enumerate(links) if texts and all(_is(_LINK, text) for text in texts)}
    for row in _rows(range(len(lines)), lambda n: bool(links[n])):
        texts = [text for n in row for text in links[n]]
        if len(texts) > 1 and any(_is(_HOME, text) for text in texts):
            gone.update(row)
    for row in _rows(range(len(lines)), lambda n: n in gone or _may_be_left(lines[n])):
        gone.update(row[_first_of_counters([lines[n] for n in row]) :])
    return gone


def left_out_lines(lines: Iterable[str]) -> tuple[LeftOut, ...]:
    """Return what to say of lines that were taken for leftovers; nothing if there are none."""
    texts = [" ".join(line.split()) for line in lines]
    if not texts:
        return ()
    return (LeftOut("dòng rác của trang web", len(texts), tuple(texts[:_SAMPLES])),)


def _rows(numbers: Iterable[int], holds: Callable[[int], bool]) -> list[list[int]]:
    return [list(row) for held, row in groupby(numbers, holds) if held]


def _may_be_left(line: str) -> bool:
    patterns = (_COUNTER, _COUNTERS_HEAD, _LINK, _OTHER)
    return any(_is(pattern, line) for pattern in patterns)


def _is(pattern: re.Pattern[str], line: str) -> bool:
    return len(line) <= _LONGEST and pattern.fullmatch(line) is not None


def _first_of_counters(row: Sequence[str]) -> int:
    """Return where in a row of possible leftovers the block of a visitor counter begins.

    A total right above the block is no part of it; links and page numbers there are.
    """
    heads = [n for n, line in enumerate(row) if _COUNTERS_HEAD.fullmatch(line)]
    live = [n for n, line in enumerate(row) if _LIVE.fullmatch(line)]
    today = any(_TODAY.fullmatch(line) for line in row)
    if len([line for line in row if _COUNTER.fullmatch(line)]) < 2 or not (
        live or (heads and today)
    ):
        return len(row)
    first = min(heads + live)
    while first and not _COUNTER.fullmatch(row[first - 1]):
        first -= 1
    return first
