"""What is said of answers that a language model writes."""

from __future__ import annotations

PERSONAL_DATA_TITLE = "Lượt dùng mô hình ngôn ngữ hôm nay"
