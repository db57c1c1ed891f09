"""What the bot says about the learning path; HTML."""

from __future__ import annotations

LESSON = "📖 <b>{title}</b>"
LESSON_EMPTY = "Bài đọc của chủ đề này không còn trong tài liệu. Anh/chị làm bài luôn nhé."
