"""What the bot says about the quality of quiz questions."""

from __future__ import annotations

from knowledge.quiz.item_analysis import ItemWeakness

TITLE = "<b>Chất lượng câu hỏi</b> · {questions} câu, {weak} câu cần xem lại (trang {page}/{pages})"
NONE = "Chưa có câu hỏi nào."
LINE = "{number}. {mark} {question}\n    {figures}"
FIGURES = "{attempts} lượt · đúng {facility} · phân biệt {discrimination}"
NO_FIGURES = "chưa có lượt trả lời nào"
MARK_WEAK = "⚠️"
MARK_GOOD = "✅"
MARK_FEW = "▫️"
MARK_RETIRED = "🗄"
HINT = "Bấm số thứ tự để xem từng câu."
WEAKNESSES: dict[ItemWeakness, str] = {
    ItemWeakness.TOO_EASY: "quá dễ (đúng trên 95%)",
    ItemWeakness.TOO_HARD: "quá khó (đúng dưới 30%)",
    ItemWeakness.LIKE_GUESSING: "không hơn đoán mò",
    ItemWeakness.NEGATIVE_DISCRIMINATION: "phân biệt âm: người giỏi lại hay sai, xem lại đáp án",
    ItemWeakness.WEAK_DISCRIMINATION: "phân biệt yếu (dưới 20)",
    ItemWeakness.IDLE_DISTRACTOR: "có phương án không ai chọn",
}
DETAIL = "<b>{question}</b>\n<i>{topic} · {question_id}</i>"
RETIRED = "🗄 Đang ngừng dùng."
WEAKNESS = "⚠️ {weakness}"
FACILITY = "• Chỉ số dễ (tỷ lệ điểm): {facility}, độ lệch {deviation}, đoán mò {guess}"
DISCRIMINATION = "• Chỉ số phân biệt: {discrimination}; hiệu suất phân biệt: {efficiency}"
OPTIONS = "<b>Phương án đã chọn</b> ({attempts} lượt)"
OPTION = "{mark} {share} {option}{never}"
NEVER = " – <i>không ai chọn</i>"
FEW_FACILITY = "ℹ️ Mới {attempts} lượt, cần {least} lượt để tin chỉ số dễ."
FEW_DISCRIMINATION = "ℹ️ Mới {attempts} lượt so sánh được, cần {least} để tin chỉ số phân biệt."
FEW_DISTRACTORS = "ℹ️ Mới {attempts} lượt, cần {least} để kết luận phương án không ai chọn."
RETIRE_BUTTON = "🗄 Ngừng dùng"
RESTORE_BUTTON = "♻️ Dùng lại"
BACK_BUTTON = "◀ Danh sách"
RETIRE_DONE = "Đã ngừng dùng câu này."
RESTORE_DONE = "Câu này được dùng lại."
GONE = "Câu hỏi này không còn trong bộ câu hỏi."
UNKNOWN = "–"
