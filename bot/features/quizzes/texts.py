"""What the bot says about the learning path, quizzes, reviews and reminders; HTML."""

from __future__ import annotations

from bot.access.authorisation import Capability
from bot.telegram.menus import MenuCommand

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
GO_ON_BUTTON = "▶️ Học: {title}"
REVIEW_BUTTON = "🔁 Ôn tập ({count})"
REMINDERS_OFF_BUTTON = "🔕 Tắt nhắc"
REMINDERS_ON_BUTTON = "🔔 Bật nhắc"
REMINDERS_OFF = "Đã tắt nhắc học. Gõ /learn để bật lại."
REMINDERS_ON = "Đã bật nhắc học, chỉ trong giờ làm việc và mỗi ngày nhiều nhất một lần."

TAKE_QUIZ_BUTTON = "📝 Làm bài ({count} câu)"
TOPIC_LOCKED = "Chủ đề này chưa mở. Anh/chị hoàn thành chủ đề trước đã nhé."
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

NOTHING_DUE = "✅ Hôm nay không có câu nào cần ôn."
NOTHING_DUE_NEXT = "✅ Hiện không có câu nào cần ôn. Lần ôn tới: {when}."
NO_CARDS = (
    "Anh/chị chưa có câu nào để ôn. Làm /quiz, hoặc bấm “🗂 Ghi nhớ để ôn” dưới câu trả lời để "
    "có thẻ ôn."
)
REVIEW_TITLE = "Ôn tập"
KEEP_BUTTON = "🗂 Ghi nhớ để ôn"
KEPT = "Đã thêm vào thẻ ôn của anh/chị. Gõ /review để ôn."
NOT_KEPT = "Không lưu được thẻ này: câu trả lời không còn hoặc số thẻ đã đủ."
OWN_CARD = "🗂 <b>Thẻ của anh/chị</b>\n{question}"
OWN_ANSWER = (
    "🗂 <b>{question}</b>\n<blockquote>{answer}</blockquote>\n📄 {source}\n\nAnh/chị nhớ đến đâu?"
)
SHOW_ANSWER_BUTTON = "👁 Xem đáp án"
DELETE_CARD_BUTTON = "🗑 Bỏ thẻ"
RATINGS = {1: "Quên", 2: "Khó", 3: "Nhớ", 4: "Dễ"}
CARD_DELETED = "Đã bỏ thẻ."
CARD_RATED = "🗂 {question}\n→ {rating}. Ôn lại: {when}."
CARD_GONE = "Thẻ này không còn."

REMINDER = "🔔 Chào {name}!"
REMINDER_DUE = "Hôm nay có {count} câu đến hạn ôn, mất chừng {minutes} phút."
REMINDER_PATH = "Chặng làm quen còn {left} chủ đề, hạn {deadline}."
REMINDER_OVERDUE = "Chặng làm quen đã quá hạn ({deadline}), còn {left} chủ đề."

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
