"""What the bot says about drafted questions. HTML where a text goes to a message."""

from __future__ import annotations

from bot.access.authorisation import Capability
from bot.features.quizzes import DraftState
from bot.telegram.menus import MenuCommand
from knowledge.quiz.drafting.draft import DraftKind

COMMANDS = (
    MenuCommand(Capability.EDIT_QUIZZES, "drafts", "Duyệt câu hỏi trắc nghiệm soạn tự động"),
)

HEAD = "📝 Còn <b>{waiting}</b> câu chờ duyệt"
NONE_WAITING = (
    "📝 Không có câu nào chờ duyệt. Anh/chị bấm <b>Soạn thêm</b> để tôi soạn từ các bài đang dùng."
)
NUMBER = "Câu soạn {number} · {kind} · {difficulty}"
KINDS = {
    DraftKind.DATE: "hỏi ngày tháng",
    DraftKind.COUNT: "hỏi con số",
    DraftKind.DOCUMENT: "hỏi văn bản",
    DraftKind.NAME: "hỏi tên",
    DraftKind.LIST: "chọn nhiều phương án",
    DraftKind.CLOZE: "điền chỗ trống",
}
TOPIC = "Chủ đề: {topic}"
NO_TOPIC = "chưa có, anh/chị chọn khi duyệt"
UNKNOWN_TOPIC = "{topic} (không còn trong bộ câu hỏi)"
EXPLANATION = "Giải thích: {text}"
PASSAGE_GONE = "⚠️ Đoạn này không còn trong bản tài liệu đang dùng; câu được duyệt sẽ bị tạm ngừng."

BUTTON_APPROVE = "✅ Duyệt"
BUTTON_EDIT = "✏️ Sửa"
BUTTON_REJECT = "🗑 Bỏ"
BUTTON_LATER = "⏭ Để sau"
BUTTON_MORE = "🔄 Soạn thêm"
BUTTON_BACK = "« Quay lại"

APPROVED = "Đã duyệt câu {question_id}."
REJECTED = "Đã bỏ câu soạn {number}."
CHOOSE_TOPIC = "Câu này thuộc chủ đề nào? Bấm một chủ đề để duyệt luôn."
NO_TOPICS = (
    "Bộ câu hỏi chưa có chủ đề nào nên chưa duyệt được. Hãy thêm tệp chủ đề vào thư mục câu hỏi "
    "(QUIZZES_DIR) trước."
)
DRAFTING = "Tôi đang soạn …"
DRAFTED = "Đã soạn thêm {count} câu."
NOTHING_NEW = "Không soạn thêm được câu nào mới từ các bài đang dùng."
BUTTON_OLD = "Nút này đã cũ. Anh/chị gõ /drafts để xem các câu đang chờ."

EDIT_TITLE = "✏️ Sửa câu soạn {number}"
EDIT_HOW = (
    "Anh/chị chạm vào khung dưới để chép, sửa rồi gửi lại bằng cách <b>trả lời tin này</b>. Dấu * "
    "đứng trước phương án đúng, dấu - trước phương án sai."
)
EDIT_PLACEHOLDER = "Dán câu đã sửa vào đây"
EDITED = "Đã sửa câu soạn {number}."
NOT_EDITED = (
    "Chưa sửa câu soạn {number}: {reason}.\nCâu cũ vẫn giữ nguyên; anh/chị sửa rồi trả lời lại tin "
    "có khung."
)

LABEL_TEXT = "Câu hỏi"
LABEL_OPTIONS = "Phương án"
LABEL_EXPLANATION = "Giải thích"
LABEL_TOPIC = "Chủ đề"
LABEL_DIFFICULTY = "Độ khó"

LINE_WITHOUT_LABEL = (
    "dòng {line}: không rõ thuộc mục nào; mỗi mục bắt đầu bằng một trong các chữ {labels}"
)
LINE_NO_OPTION = "dòng {line}: phương án phải bắt đầu bằng dấu * (đúng) hoặc dấu - (sai)"
LINE_EMPTY_OPTION = "dòng {line}: phương án để trống"
LINE_TWICE = "dòng {line}: mục “{label}” có hai lần"
MISSING = "thiếu mục “{label}”"
BAD_TOPIC = "dòng {line}: không có chủ đề “{topic}”; các chủ đề: {topics}"
BAD_DIFFICULTY = "dòng {line}: độ khó phải là dễ, vừa hoặc khó, đang là “{difficulty}”"
TOO_LONG = "tin dài {characters} ký tự, tối đa {most}"

DONE = {
    DraftState.DRAFT: "đang chờ",
    DraftState.APPROVED: "duyệt câu hỏi",
    DraftState.REJECTED: "bỏ câu hỏi",
}
RETIRED = "ngừng dùng câu hỏi"
PERSONAL_DATA_TITLE = "Câu hỏi trắc nghiệm đã duyệt hoặc bỏ"
