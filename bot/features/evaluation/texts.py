"""What `vanphong eval` calls its measures, in its tables and in its picture."""

from __future__ import annotations

from knowledge.evaluation.noise import Typing

TYPINGS = {
    Typing.TYPED: "Có dấu",
    Typing.WITHOUT_DIACRITICS: "Không dấu",
    Typing.PARTIAL_DIACRITICS: "Thiếu dấu",
    Typing.TYPOS: "Gõ sai 10 %",
    Typing.ABBREVIATIONS: "Viết tắt",
}

MEASURE = "Chỉ số"
TITLE = "{files}: {asked}, {documents} tài liệu, {seconds:.0f} giây, {model}"
QUESTIONS = "{questions} câu hỏi"
WITH_UNANSWERABLE = "{questions} câu hỏi và {unanswerable} câu không có đáp án"
HELD = "đã đọc thấy đáp án"
READER_ALONE = "riêng mô hình đọc"
CHOICE = "chọn đúng"
ANSWERED_RIGHT = "trả lời đúng"
ANSWERABLE_REFUSED = "từ chối nhầm câu có đáp án"
UNANSWERABLE_REFUSED = "từ chối câu không có đáp án"
SEPARATION = "tách được hai loại (AUC)"
RIGHT_SEPARATION = "tách đúng với sai (AUC)"
CALIBRATION_ERROR = "xác suất lệch (ECE)"

KINDS_TITLE = "Theo loại câu hỏi ({typing})"
KIND = "Loại"
KIND_QUESTIONS = "Số câu"
KIND_REFUSED = "từ chối nhầm"
KIND_UNANSWERABLE = "Không có đáp án"
KIND_UNANSWERABLE_REFUSED = "từ chối đúng"

CALIBRATION_TITLE = "Xác suất nêu ra và tỷ lệ đúng ({typing})"
BIN = "Xác suất"
BIN_QUESTIONS = "Số câu"
BIN_PROBABILITY = "trung bình"
BIN_RIGHT = "tỷ lệ đúng"

WORDING_RIGHT = "✓ Nguyên văn: cả {sentences} câu trong các câu trả lời đều có trong đoạn được dẫn."
WORDING_WRONG = (
    "✗ Nguyên văn: {unsupported} trong {sentences} câu trả lời không có trong đoạn được dẫn:"
)
PICTURE_WRITTEN = "Đã vẽ đường đánh đổi vào {file}."

OFF_TOPIC_TITLE = "{file}: hỏi {questions} câu ngoài chủ đề, bản {version}, {seconds:.0f} giây"
OFF_TOPIC_REFUSED = "Từ chối {refused} câu như đã gõ, {bare} khi gõ không dấu."
OFF_TOPIC_ANSWERED = "Đã trả lời {answered} câu; {shown} câu đầu:"

PICTURE_TITLE = "Đánh đổi giữa trả lời và từ chối"
PICTURE_SUBTITLE = "{files}: {questions} câu có đáp án, {unanswerable} câu không có đáp án"
PICTURE_CURVE = "Theo cách gõ"
PICTURE_SHARES = "Theo ngưỡng tin cậy (có dấu)"
PICTURE_THRESHOLD = "ngưỡng tin cậy"
PICTURE_OWN = "ngưỡng đang dùng: {threshold}"
PICTURE_NO_UNANSWERABLE = "Tệp này không có câu nào\nkhông có đáp án."
