"""What the bot says about the learning path; HTML."""

from __future__ import annotations

LESSON = "📖 <b>{title}</b>"
LESSON_EMPTY = "Bài đọc của chủ đề này không còn trong tài liệu. Anh/chị làm bài luôn nhé."

START_BUTTON = "🎓 Bắt đầu chặng làm quen"
INVITED = (
    "Anh/chị là nhân viên mới: mời đi hết <b>chặng làm quen</b> gồm các bài đọc ngắn và câu trắc "
    "nghiệm về Văn phòng. Học lúc nào cũng được, dừng giữa chừng vẫn giữ kết quả."
)
HOME = "🎓 <b>Chặng làm quen</b> · đã đạt {passed}/{total} chủ đề"
HOME_STEP = {"passed": "✅", "open": "▶️", "locked": "🔒"}
HOME_LINE = "{mark} {number}. {title}{best}"
HOME_BEST = " – {best}"
HOME_DEADLINE = "⏳ Hạn hoàn thành: {deadline}"
HOME_OVERDUE = "⏰ Đã quá hạn từ {deadline}. Anh/chị vẫn học tiếp được."
HOME_DONE = "🏅 Anh/chị đã hoàn thành chặng làm quen. Gõ /certificate để nhận chứng nhận."
HOME_RULE = "Mỗi chủ đề: một bài đọc, rồi {count} câu hỏi. Đạt từ {share} thì mở chủ đề sau."
HOME_EMPTY = "Hiện chưa có chủ đề nào để học. Anh/chị quay lại sau nhé."
TAKE_QUIZ_BUTTON = "📝 Làm bài ({count} câu)"
TOPIC_LOCKED = "Chủ đề này chưa mở. Anh/chị hoàn thành chủ đề trước đã nhé."
REMINDERS_OFF = "Đã tắt nhắc học. Gõ /learn để bật lại."
REMINDERS_ON = "Đã bật nhắc học, chỉ trong giờ làm việc và mỗi ngày nhiều nhất một lần."
GO_ON_BUTTON = "▶️ Học: {title}"
REMINDERS_OFF_BUTTON = "🔕 Tắt nhắc"
REMINDERS_ON_BUTTON = "🔔 Bật nhắc"
