"""What the bot says about the answer log: votes, gaps, statistics and exports."""

from __future__ import annotations

from bot.access.authorisation import Capability
from bot.features.answer_log.logged_answer import ChatKind, Reason, Vote
from bot.telegram.menus import MenuCommand

UP_BUTTON = "👍"
DOWN_BUTTON = "👎"
CHOSEN = "✓"
REASONS: dict[Reason, str] = {
    Reason.WRONG: "Sai",
    Reason.INCOMPLETE: "Thiếu",
    Reason.OFF_TOPIC: "Không đúng câu hỏi",
    Reason.UNCLEAR: "Khó hiểu",
}
SKIP_BUTTON = "Bỏ qua"
THANKS_UP = "Cảm ơn anh/chị! Mã câu trả lời: {answer_id}"
ASK_WHY = "Đã ghi 👎. Câu trả lời chưa tốt ở điểm nào? Mã câu trả lời: {answer_id}"
TAKEN_BACK = "Đã bỏ đánh giá của anh/chị."
ALREADY_COUNTED = "Đánh giá của anh/chị đã được ghi."
THANKS_REASON = "Cảm ơn anh/chị! Tôi đã chuyển góp ý cho biên tập viên. Mã: {answer_id}"
SKIPPED = "Vâng, cảm ơn anh/chị."
NOT_YOUR_VOTE = "Nút này dành cho người vừa bấm 👎. Anh/chị bấm 👎 trước rồi chọn lý do nhé."
ANSWER_GONE = "Câu trả lời này đã quá thời hạn lưu nên không đánh giá được nữa."
NOT_COUNTED = "Xin lỗi, lúc này tôi chưa ghi được đánh giá. Anh/chị thử lại sau ít phút giúp nhé."

PERIODS: dict[int, str] = {7: "7 ngày", 30: "30 ngày", 90: "90 ngày", 365: "1 năm"}
GAP_DAYS = (7, 30, 90)
STATISTICS_DAYS = (7, 30, 90, 365)
DEFAULT_DAYS = 30

GAPS_TITLE = "<b>Câu hỏi cần bổ sung tài liệu</b> · {period}"
GAPS_SUMMARY = "{asked} lượt hỏi, {groups} nội dung"
NO_GAPS = "Không có câu hỏi nào bị từ chối hoặc bị 👎 trong khoảng này. 🎉"
GAP_ASKED = "{asked} lần · {people} người · gần nhất {last}"
GAP_REFUSED = "từ chối {refused}"
GAP_DOWN = "👎 {down}"
GAP_ID = "mã {answer_id}"
HANDLED_BUTTON = "✅ {number}"
HANDLED_HINT = "Bấm ✅ và số thứ tự khi đã bổ sung tài liệu. Xem chi tiết: <code>/gaps mã</code>"
HANDLED = "Đã xử lý: {example}"
UNDO_BUTTON = "↩ Hoàn tác"
UNDONE = "Đã đưa lại vào danh sách."
GAP_CHANGED = "Danh sách đã thay đổi, tôi vừa tải lại."
EXPORT_BUTTON = "📊 Tải về"
UNKNOWN_ANSWER = (
    "Không có câu trả lời nào mang mã <code>{answer_id}</code>, hoặc đã quá thời hạn lưu."
)
BAD_ARGUMENT = (
    "Tôi chưa hiểu <code>{argument}</code>. Cách dùng: {usage} (số ngày từ 1 đến {most})."
)
GAPS_USAGE = "<code>/gaps</code>, <code>/gaps 90</code> hoặc <code>/gaps mã-câu-trả-lời</code>"
STATS_USAGE = "<code>/stats</code> hoặc <code>/stats 90</code>"
EXPORT_USAGE = "<code>/export</code> hoặc <code>/export 90</code>"
MOST_DAYS = 3660

ANSWER_TITLE = "<b>Câu trả lời {answer_id}</b> · {moment} · chỉ mục {kb_version}"
ANSWER_QUESTION = "❓ {question}"
ANSWER_ERASED = "(nội dung câu hỏi đã được xóa theo yêu cầu)"
ANSWER_REFUSED = "Đã từ chối trả lời (độ tin cậy {confidence})."
ANSWER_ANSWERED = "Đã trả lời (độ tin cậy {confidence}), trích:"
ANSWER_WRITTEN = "Mô hình ngôn ngữ diễn đạt: {written}"
ANSWER_VOTES = "👍 {up} · 👎 {down}"

STATISTICS_TITLE = "Thống kê hỏi đáp"
OFFICE = "Văn phòng UBND tỉnh Lào Cai"
SPAN = "{first} – {last}"
NO_QUESTIONS = "Chưa có câu hỏi nào trong khoảng này."
CAPTION = (
    "<b>Hỏi đáp {period}</b> ({span})\n"
    "• {questions} câu hỏi, trả lời được {share}, từ chối {refused}\n"
    "• 👍 {up} · 👎 {down} · {people} người hỏi{people_note}\n"
    "• Thời gian trả lời: trung vị {p50}, p95 {p95}"
)
CAPTION_ARTICLE = "• Bài được trích nhiều nhất: {name} ({answers})"
PEOPLE_NOTE = " (từ {day})"
TILE_QUESTIONS = "câu hỏi"
TILE_SHARE = "trả lời được"
TILE_PEOPLE = "người hỏi"
TILE_LATENCY = "để trả lời"
TILE_LATENCY_NOTE = "p95: {p95}"
TILE_REFUSED_NOTE = "từ chối {refused}"
TILE_PER_DAY_NOTE = "{per_day} mỗi ngày"
TILE_VOTES = "hữu ích / chưa tốt"
TILE_VOTES_NOTE = "lượt đánh giá"
TILE_PEOPLE_NOTE = "từ {day}"
CHART_DAYS = "Câu hỏi theo ngày"
CHART_WEEKS = "Câu hỏi theo tuần"
LEGEND_ANSWERED = "trả lời được"
LEGEND_REFUSED = "từ chối"
LEGEND_DOWN = "đánh giá chưa tốt"
CHART_ARTICLES = "Bài viết được trích nhiều nhất"
CHART_TOPICS = "Mục được hỏi nhiều nhất"
NOTHING_YET = "chưa có"

EXPORT_CAPTION = "Lịch sử hỏi đáp {span}: {rows} câu. Người hỏi chỉ được đánh số, không nêu tên."
EXPORT_EMPTY = "Không có câu hỏi nào trong khoảng {span} còn được lưu."
EXPORT_CHOOSE = "Chọn khoảng thời gian cần tải lịch sử hỏi đáp:"
EXPORT_WORKING = "Đang xuất…"
EXPORT_TOO_LARGE = (
    "Tệp lớn hơn {megabytes} MB nên Telegram không nhận. Hãy chọn khoảng ngắn hơn, hoặc chạy "
    "<code>vanphong export</code> trên máy chủ."
)
SHEET = "Hỏi đáp"
COLUMNS = (
    "Mã",
    "Thời điểm",
    "Nơi hỏi",
    "Người hỏi",
    "Câu hỏi",
    "Hiểu là",
    "Kết quả",
    "Độ tin cậy",
    "Chỉ mục",
    "Mili giây",
    "Bài viết",
    "Mục",
    "Đoạn trích",
    "Mô hình diễn đạt",
    "👍",
    "👎",
    "Lý do 👎",
    "Đã xử lý lúc",
)
CHAT_KINDS: dict[ChatKind, str] = {ChatKind.PRIVATE: "riêng", ChatKind.GROUP: "nhóm"}
VOTES: dict[Vote, str] = {Vote.UP: "👍", Vote.DOWN: "👎"}
ANSWERED = "trả lời"
REFUSED = "từ chối"
PERSONAL_DATA_TITLE = "Câu hỏi và đánh giá"

COMMANDS = (
    MenuCommand(Capability.SEE_STATISTICS, "gaps", "Câu hỏi chưa trả lời được hoặc bị 👎"),
    MenuCommand(Capability.SEE_STATISTICS, "stats", "Thống kê hỏi đáp bằng hình"),
    MenuCommand(Capability.SEE_STATISTICS, "export", "Tải lịch sử hỏi đáp (XLSX, CSV)"),
)
