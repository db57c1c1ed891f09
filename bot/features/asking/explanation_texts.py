"""What is said of why a question was answered as it was."""

from __future__ import annotations

WHY_BUTTON = "🔎 Vì sao?"
WHY_GONE = "Câu hỏi này không còn được lưu nên không giải thích được. Anh/chị hỏi lại câu hỏi nhé."
WHY_TITLE = "Vì sao có câu trả lời này (hỏi lại trên bản {version})"

QUESTION = "Câu hỏi được hiểu là"
PASSAGES = "Đoạn tìm được (điểm)"
READ = "Văn bản đã đọc"
WEIGHED = "Tín hiệu (cộng vào bao nhiêu)"
VERDICT = "Kết luận"

NOTHING = "không có"
PASSAGE = "{score}  {name}"
READ_HEAD = "{probability} trả lời được, đoạn in đậm chắc {stretch}: {title}"
READ_HEAD_NO_STRETCH = "{probability} trả lời được, không chỉ ra đoạn nào: {title}"
CONSIDERED_HEAD = "điểm {score}, không có mô hình đọc: {title}"
ADDED = "{added}  {name} ({value})"
INTERCEPT = "{added}  mức khởi đầu"
SUM = "= {sum}  tổng, đổi ra xác suất {probability}"

ANSWERED = "Xác suất {probability}, ngưỡng {threshold} → trả lời."
REFUSED = "Xác suất {probability}, ngưỡng {threshold} → từ chối."
BY_LABEL = "Câu hỏi gọi tên một phần của tài liệu → trả lời thẳng phần đó, không xét xác suất."
SEVERAL_BY_LABEL = (
    "Câu hỏi gọi tên một phần mà nhiều tài liệu cùng có → mời chọn tài liệu, không xét xác suất."
)
CURATED = "Văn phòng đã soạn sẵn câu trả lời cho câu hỏi này → trả lời theo đó, không xét xác suất."
NONE_BY_LABEL = "Câu hỏi gọi tên một phần mà không tài liệu nào có → từ chối."

FEATURES: dict[str, str] = {
    "logit": "mô hình đọc tin văn bản đầu trả lời được",
    "stretch": "mô hình đọc chắc về đoạn trả lời",
    "rank": "thứ hạng của đoạn, tính từ 0",
    "lead": "điểm của đoạn so với đoạn cao nhất",
    "similarity": "câu gần nghĩa với câu hỏi",
    "coverage": "phần câu hỏi có trong câu",
    "context_coverage": "phần câu hỏi có trong văn bản và tiêu đề",
    "passage_coverage": "phần câu hỏi có trong cả đoạn",
    "ahead": "văn bản đầu hơn văn bản kế tiếp",
    "highest": "mức tin cao nhất của mô hình đọc",
    "some": "mức tin rằng có văn bản nào đó trả lời được",
    "missing_numbers": "số hoặc số hiệu được hỏi mà đoạn không có",
}
"""What adds to the verdict, in words; a feature without a word shows its name."""
