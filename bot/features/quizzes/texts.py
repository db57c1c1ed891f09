"""What the bot says about quizzes and their questions; HTML."""

from __future__ import annotations

from bot.access.authorisation import Capability
from bot.telegram.menus import MenuCommand

REVIEW_BUTTON = "🔁 Ôn tập ({count})"

TOPIC_GONE = "Chủ đề này không còn. Gõ /learn để xem các chủ đề hiện có."

QUESTION_NUMBER = "Câu {number}/{total}. "
PAUSE_BUTTON = "⏸ Tạm dừng"
PAUSED = (
    "⏸ Đã tạm dừng, kết quả được giữ nguyên. Anh/chị làm tiếp lúc nào cũng được, trên máy nào "
    "cũng được."
)
NOTHING_TO_PAUSE = "Không có bài nào đang làm."
CONTINUE_BUTTON = "▶️ Làm tiếp"
UNFINISHED = "Anh/chị đang làm dở bài “{title}” (đã xong {done}/{total} câu)."
ANOTHER_BUTTON = "🆕 Làm bài khác"
NOTHING_UNFINISHED = "Không còn bài nào đang làm dở. Gõ /quiz để làm bài mới."
EXPIRED = "⏱ Hết giờ cho câu này nên tính là sai. Bài được tạm dừng, anh/chị làm tiếp khi sẵn sàng."
WRONG = "❌ Chưa đúng. Đáp án: <b>{answer}</b>"
PARTLY = "➗ Đúng một phần. Đáp án đầy đủ: <b>{answer}</b>"
PASSAGE = "<blockquote>{quote}</blockquote>\n📄 {title}"
NOT_SENT = "Chưa gửi được câu hỏi này. Anh/chị bấm “Làm tiếp” để thử lại."

CHOOSE_TOPIC = "📝 Anh/chị muốn làm trắc nghiệm về chủ đề nào?"
MIXED = "Tổng hợp"
MIXED_BUTTON = "🎲 Tổng hợp"
UNKNOWN_TOPIC = "Không có chủ đề “{topic}”. Anh/chị chọn một chủ đề dưới đây:"
NO_QUESTIONS = "Hiện chưa có câu trắc nghiệm nào dùng được. Anh/chị quay lại sau nhé."

PASSED = "🎉 <b>Đạt!</b> “{title}”: đúng {right}/{total} câu ({share})."
FAILED = (
    "📚 “{title}”: đúng {right}/{total} câu ({share}). Cần {needed} để đạt, anh/chị đọc lại rồi "
    "làm lại nhé."
)
PRACTISED = "🏁 “{title}”: đúng {right}/{total} câu ({share})."
REVIEWED = "🔁 Ôn xong: nhớ {right}/{total} câu ({share})."
READ_AGAIN = "<b>Nên đọc lại:</b>"
READ_AGAIN_LINE = "• {question}"
NEXT_REVIEW = "Lần ôn tới: {when}."
NEXT_TOPIC_BUTTON = "➡️ Tiếp: {title}"
LESSON_BUTTON = "📖 Đọc lại bài"
AGAIN_BUTTON = "🔁 Làm lại"
OTHER_QUIZ_BUTTON = "📝 Bài khác"
HOME_BUTTON = "🎓 Chặng làm quen"
COMPLETED = (
    "🏅 <b>Chúc mừng {name}!</b> Anh/chị đã hoàn thành chặng làm quen với điểm trung bình {share}."
)
SESSION_EMPTY = "Các câu hỏi của bài này vừa được gỡ nên bài kết thúc, không tính điểm."

REVIEW_TITLE = "Ôn tập"

SUSPENDED = "⚠️ <b>Câu trắc nghiệm tạm ngừng</b> vì đoạn tài liệu gốc đã đổi hoặc không còn:"
SUSPENDED_LINE = "• <code>{id}</code> {question}\n  {reason}"
SUSPENDED_MORE = "… và {count} câu nữa."
RESUMED = "✅ Câu trắc nghiệm dùng lại được, vì đoạn tài liệu gốc đã có lại: {ids}."
BANK_PROBLEMS = "⚠️ <b>Tệp câu trắc nghiệm có lỗi</b>, các câu sau bị bỏ qua:"

RETIRED_BY_HAND = "ngừng dùng theo kết quả phân tích câu hỏi"

COMMANDS = (
    MenuCommand(Capability.LEARN, "learn", "Chặng làm quen của nhân viên mới"),
    MenuCommand(Capability.LEARN, "quiz", "Làm trắc nghiệm: /quiz chủ đề"),
    MenuCommand(Capability.LEARN, "review", "Ôn các câu đến hạn"),
    MenuCommand(Capability.LEARN, "progress", "Tiến độ học tập bằng hình"),
    MenuCommand(Capability.LEARN, "leaderboard", "Bảng xếp hạng, chỉ ai tự tham gia"),
)
