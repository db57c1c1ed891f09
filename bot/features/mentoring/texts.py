"""What the bot says to mentors about who learns how."""

from __future__ import annotations

from bot.access.authorisation import Capability
from bot.features.onboarding import Concern, LearnerState
from bot.telegram.menus import MenuCommand

TITLE = "Theo dõi học tập"
OFFICE = "Văn phòng UBND tỉnh Lào Cai"
SUBTITLE = "{office}  ·  {day}"
PAGE = "trang {page}/{pages}"
COUNTS = (
    "{learners} người  ·  hoàn thành {completed}  ·  có nguy cơ {at_risk}  ·  quá hạn {overdue}"
)
NO_LEARNERS = "Chưa có ai trong chặng làm quen."
NO_TOPICS = "Chưa có chủ đề nào."
COLUMN_DEADLINE = "Hạn"
COMPLETED = "xong"
NO_DEADLINE = "–"
FAILED_TIMES = "{count}×"
LEGEND_PASSED = "đạt (từ {mark})"
LEGEND_TRIED = "chưa đạt"
LEGEND_NONE = "chưa làm"
LEGEND_OVERDUE = "quá hạn"
LEGEND_AT_RISK = "có nguy cơ"
LEGEND_DONE = "hoàn thành"
MORE_TOPICS = "{count} chủ đề cuối: xem bảng XLSX"

MARKS: dict[LearnerState, str] = {
    LearnerState.OVERDUE: "⏰",
    LearnerState.AT_RISK: "⚠️",
    LearnerState.ON_WAY: "▫️",
    LearnerState.DONE: "🎓",
}
CAPTION = (
    "<b>Theo dõi học tập</b> · {learners} người\n"
    "🎓 {completed} hoàn thành · ⚠️ {at_risk} có nguy cơ · ⏰ {overdue} quá hạn"
)
LINE = "{mark} {number}. {name} · {passed}/{topics}{score}"
HINT = "Bấm số thứ tự để xem từng người."

CONCERNS: dict[Concern, str] = {
    Concern.OVERDUE: "đã quá hạn mà chưa xong",
    Concern.PACE: "chậm so với hạn",
    Concern.IDLE: "5 ngày làm việc không học",
    Concern.FAILED: "có chủ đề trượt từ 3 lần",
}
DETAIL = "<b>{name}</b>{department} · {mark} {state}"
DETAIL_CONCERN = "{mark} {concern}"
DETAIL_PATH = "• Chặng làm quen: {passed}/{topics} chủ đề{score}"
DETAIL_NEXT = "• Đang ở: {topic}{best}{failures}"
DETAIL_FAILURES = ", trượt {count} lần"
DETAIL_BEST = " (tốt nhất {best})"
DETAIL_ENROLLED = "• Bắt đầu: {day}"
DETAIL_DEADLINE = "• Hạn: {day}"
DETAIL_NO_DEADLINE = "• Chưa có hạn"
DETAIL_COMPLETED = "• Hoàn thành: {day}"
DETAIL_ACTIVE = "• Học gần nhất: {day}; chuỗi {streak} ngày; cần ôn {due} câu"
DETAIL_NEVER = "• Chưa trả lời câu nào"
LEARNER_GONE = "Người này không còn trong chặng làm quen."
BACK_BUTTON = "◀ Danh sách"
EXPORT_BUTTON = "📥 XLSX"
DEADLINE_BUTTON = "⏳ Hạn +{days} ngày"
DEADLINE_SET = "Đã đặt hạn: {day}."
DEADLINE_TOLD = "Hạn hoàn thành chặng làm quen của anh/chị: <b>{day}</b>."
EXPORT_CAPTION = "Theo dõi học tập {day}: {learners} người."

SHEET = "Theo dõi học tập"
COLUMNS = (
    "Họ tên",
    "Phòng",
    "Tình trạng",
    "Lý do",
    "Chủ đề đạt",
    "Tổng chủ đề",
    "Điểm trung bình",
    "Bắt đầu",
    "Hạn",
    "Hoàn thành",
    "Học gần nhất",
    "Chuỗi ngày",
    "Cần ôn",
    "Đã trả lời",
    "Trả lời đúng",
)
SCORE_COLUMN = "Điểm: {topic}"
MEMORY_COLUMN = "Ghi nhớ: {topic}"
STATES: dict[LearnerState, str] = {
    LearnerState.OVERDUE: "quá hạn",
    LearnerState.AT_RISK: "có nguy cơ",
    LearnerState.ON_WAY: "đang học",
    LearnerState.DONE: "hoàn thành",
}

COMMANDS = (
    MenuCommand(Capability.SEE_LEARNERS, "cohort", "Nhân viên mới học tới đâu"),
    MenuCommand(Capability.SEE_LEARNERS, "items", "Chất lượng từng câu trắc nghiệm"),
)
