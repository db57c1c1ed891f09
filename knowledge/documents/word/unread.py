"""What is not read of a Word document, and what could not be."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from knowledge.articles.encodings import unicode_text
from knowledge.articles.reading import LeftOut
from knowledge.documents.word.package import MATH, Element, W

if TYPE_CHECKING:
    from collections.abc import Iterator

COMMENT = "bình luận"
HIDDEN = "đoạn chữ ẩn"
STRUCK = "đoạn bị gạch bỏ"
DELETED = "đoạn đã xóa (theo dõi thay đổi)"
CONTENTS_LINE = "dòng mục lục"
RUNNING_HEAD = "đầu trang, chân trang lặp lại"
PLACEHOLDER = "ô mẫu chưa điền"
SIGN = "ký hiệu không có chữ tương ứng"
CHUNK = "Có phần lấy từ tệp khác chèn vào tài liệu (altChunk) mà tôi không đọc được."
CHART = "Có biểu đồ; tôi không đọc số liệu trong biểu đồ."

_TEXTS = (f"{W}t", f"{W}delText", f"{MATH}t")
_SAMPLES = 3
_SAMPLE_LENGTH = 60


class Unread:
    """Counts what is left out of a document, and keeps notes of what could not be read."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.pictures = 0
        self._samples: defaultdict[str, list[str]] = defaultdict(list)
        self._counts: defaultdict[str, int] = defaultdict(int)
        self._notes: dict[str, None] = {}

    def leave_out(self, what: str, text: str | Element) -> None:
        """Count a text, or an element with its text, that is not read; nothing for an empty one."""
        if not isinstance(text, str):
            text = " ".join(one.text or "" for one in text.iter(*_TEXTS))
        if text := " ".join(unicode_text(text).split()):
            self._counts[what] += 1
            if len(self._samples[what]) < _SAMPLES:
                self._samples[what].append(text[:_SAMPLE_LENGTH])

    def note(self, what: str) -> None:
        """Note in Vietnamese what could not be read."""
        self._notes[what] = None

    def left_out(self) -> Iterator[LeftOut]:
        """Yield what was not read."""
        for what, count in self._counts.items():
            yield LeftOut(what, count, tuple(self._samples[what]))

    def notes(self) -> Iterator[str]:
        """Yield what could not be read."""
        yield from self._notes
        if self.pictures:
            yield f"Có {self.pictures} ảnh; chữ trong ảnh (nếu có) tôi không đọc."
