"""What is said of passages and their sources."""

from __future__ import annotations

AUTHOR = "Tác giả"
ALTERNATIVES = "Nếu anh/chị hỏi về mục khác, hãy chọn bên dưới:"
UNDERSTOOD = "Hiểu là: {question}"
MORE_ROWS = "▾ Còn {count} dòng"
ROWS = "dòng {first}–{last} / {total}"
NEAREST_TOPICS = "Có thể anh/chị hỏi về:"
NEAREST_IN_ENGLISH = "You may be asking about:"
PUBLISHED = "Ngày ban hành"
SOURCE = "Nguồn"
WRITTEN_BY_MODEL = (
    "Mô hình ngôn ngữ diễn đạt từ tài liệu dưới đây; bấm 📄 Nguồn để đối chiếu nguyên văn."
)
SOURCE_BUTTON = "📄 Nguồn"
SOURCE_GONE = "Tài liệu đã được cập nhật nên đoạn này không còn. Anh/chị hỏi lại câu hỏi giúp nhé."
