"""What the bot says about questions for the editors. HTML where a text goes to a message."""

from __future__ import annotations

from bot.access.authorisation import Capability
from bot.features.answer_log import Reason
from bot.features.forwarded_questions.entry import EntryKind
from bot.telegram.menus import MenuCommand

COMMANDS = (MenuCommand(Capability.ANSWER_FORWARDED, "inbox", "Câu hỏi được chuyển đến"),)

FORWARD_BUTTON = "📨 Chuyển câu hỏi cho người phụ trách"
PERSON_WANTED = (
    "Anh/chị có thể gửi câu vừa hỏi, hoặc viết tin cho người phụ trách. Biên tập viên trả lời thì "
    "tôi nhắn anh/chị ngay."
)
LAST_BUTTON = "📨 Gửi câu vừa hỏi"
WRITE_BUTTON = "✍️ Viết tin nhắn"
CONSENT = (
    "❓ <i>{question}</i>\n\nCâu hỏi và tên của anh/chị sẽ được gửi tới biên tập viên. Đồng ý?"
)
SEND_BUTTON = "Gửi"
CANCEL_BUTTON = "Thôi"
CANCELLED = "Vâng, tôi không gửi."
SENT = (
    "✅ Đã chuyển tới biên tập viên (số {number}):\n<i>{question}</i>\n\n"
    "Có câu trả lời tôi nhắn anh/chị ngay."
)
WRITE_TITLE = "✍️ Tin nhắn gửi người phụ trách"
WRITE_PROMPT = (
    "Anh/chị viết nội dung bằng cách <b>trả lời tin này</b>. Nội dung và tên của anh/chị sẽ được "
    "gửi tới biên tập viên."
)
WRITE_PLACEHOLDER = "Nội dung gửi người phụ trách"
QUESTION_GONE = "Câu hỏi này không còn được lưu. Anh/chị hỏi lại rồi bấm chuyển giúp nhé."
NO_QUESTION = "Anh/chị chưa hỏi câu nào còn được lưu. Anh/chị bấm “Viết tin nhắn” nhé."
BUTTON_OLD = "Nút này đã cũ. Anh/chị gõ /inbox để xem danh sách."

NEWS = "📨 <b>Câu hỏi được chuyển đến</b> · số {number}\nTừ: {name}\n\n❓ {question}"
TITLE = "📨 <b>Câu hỏi được chuyển đến</b> · {count} mục"
EMPTY = "📨 Không có câu hỏi hay góp ý nào đang chờ."
HINT = "Bấm số để mở, trả lời hoặc đánh dấu đã xong."
LINE = "{number}. {mark} {question}\n    {whom} · {moment}"
MARKS = {EntryKind.QUESTION: "❓", EntryKind.FEEDBACK: "👎"}
KINDS = {EntryKind.QUESTION: "câu hỏi", EntryKind.FEEDBACK: "góp ý"}
REASONS: dict[Reason, str] = {
    Reason.WRONG: "sai",
    Reason.INCOMPLETE: "thiếu",
    Reason.OFF_TOPIC: "không đúng câu hỏi",
    Reason.UNCLEAR: "khó hiểu",
}
QUESTION_CARD = "❓ <b>Câu hỏi số {number}</b> · {moment}\nTừ: {name}\n\n{question}"
FEEDBACK_CARD = (
    "👎 <b>Góp ý số {number}</b> · {moment}\nLý do: {reason}\n\n❓ {question}\n\n"
    "Đã trả lời:\n<blockquote expandable>{told}</blockquote>"
)
REFUSED = "(từ chối trả lời)"
ANONYMOUS = "người góp ý"
ERASED_QUESTION = "(nội dung câu hỏi đã được xóa)"
ANSWER_BUTTON = "✍️ Trả lời"
DONE_BUTTON = "✅ Xong"
BACK_BUTTON = "◀ Danh sách"
ANSWER_TITLE = "✍️ Trả lời mục số {number}"
ANSWER_PROMPT = (
    "<i>{question}</i>\n\nAnh/chị viết câu trả lời bằng cách <b>trả lời tin này</b>; tôi gửi tới "
    "người hỏi, ghi là của {role}."
)
ANSWER_PLACEHOLDER = "Câu trả lời gửi người hỏi"
ANSWERED = "✅ Đã gửi câu trả lời mục số {number} tới người hỏi."
NOT_REACHED = (
    "Đã ghi câu trả lời mục số {number}, nhưng chưa nhắn được cho người hỏi: họ đã chặn tôi hoặc "
    "chưa nhắn riêng với tôi."
)
REPLY = (
    "📬 <b>{role} trả lời câu hỏi của anh/chị</b>\n<blockquote>{question}</blockquote>\n\n{reply}"
)
DONE = "Đã đánh dấu xong mục số {number}."
DONE_TOLD = "Biên tập viên đã xem câu hỏi của anh/chị:\n<blockquote>{question}</blockquote>"

PERSONAL_DATA_TITLE = "Câu hỏi đã chuyển cho biên tập viên"
