"""What is said of passages and their sources."""

from __future__ import annotations

AUTHOR = "Tác giả"
MORE_ROWS = "▾ Còn {count} dòng"
ROWS = "dòng {first}–{last} / {total}"
NEAREST_TOPICS = "Tài liệu có những mục gần với câu hỏi, anh/chị bấm để xem:"
PUBLISHED = "Ngày đăng"
SOURCE = "Nguồn"
SOURCE_BUTTON = "📄 Nguồn"
SOURCE_GONE = "Tài liệu đã được cập nhật nên đoạn này không còn. Anh/chị hỏi lại câu hỏi giúp nhé."
