"""What the bot says about cards of people's own, reviews and reminders; HTML."""

from __future__ import annotations

NOTHING_DUE_NEXT = "✅ Hiện không có câu nào cần ôn. Lần ôn tới: {when}."
NO_CARDS = (
    "Anh/chị chưa có câu nào để ôn. Làm /quiz, hoặc bấm “🗂 Ghi nhớ để ôn” dưới câu trả lời để "
    "có thẻ ôn."
)
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
