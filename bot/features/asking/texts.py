"""What the bot says about asking, in Vietnamese; HTML where a text goes to Telegram."""

from __future__ import annotations

from bot.access.authorisation import Capability
from bot.telegram.menus import MenuCommand
from knowledge.conversation.intent import Intent

WELCOME = (
    "Chào anh/chị! Tôi là trợ lý của <b>Văn phòng UBND tỉnh Lào Cai</b>.\n\n"
    "Anh/chị hỏi về lịch sử, truyền thống, chức năng của Văn phòng hay nguyên tắc "
    "“2 thạo, 3 đúng, 3 không”, tôi trả lời bằng chính câu chữ trong tài liệu, kèm nguồn. "
    "Gõ không dấu cũng được.\n\n"
    "Điều tài liệu không nêu, tôi sẽ nói là không nêu."
)
WELCOME_TRY = "Mời anh/chị thử một câu:"
HELP = (
    "<b>Cách hỏi</b>\n"
    "• Gõ câu hỏi như nhắn tin bình thường, có dấu hay không dấu đều được.\n"
    "• Trong nhóm: nhắc tên tôi hoặc gõ <code>/ask</code> rồi đến câu hỏi; trả lời một câu hỏi "
    "bằng <code>/ask</code> cũng được.\n"
    "• Trong bất cứ cuộc chat nào: gõ tên tôi (@…) rồi câu hỏi, chọn một câu trả lời để gửi.\n"
    "• Bấm <b>📄 Nguồn</b> dưới câu trả lời để xem nguyên văn đoạn tài liệu.\n\n"
    "<b>Lệnh</b>\n{commands}\n\n"
    "{words}"
)
HELP_EXTRACTED = (
    "Câu trả lời được trích nguyên văn từ tài liệu của Văn phòng; tôi không tự viết thêm."
)
HELP_WRITTEN = (
    "Câu trả lời được trích nguyên văn từ tài liệu của Văn phòng, hoặc do mô hình ngôn ngữ diễn "
    "đạt từ tài liệu (có ghi rõ dưới câu trả lời). Câu hỏi và đoạn tài liệu tìm được được gửi tới "
    "mô hình đó; anh/chị đừng gửi điều riêng tư."
)
ASK_USAGE = (
    "Anh/chị gõ câu hỏi ngay sau lệnh, ví dụ:\n"
    "<code>/ask Ngày truyền thống Văn phòng là ngày nào?</code>"
)
GROUP_USAGE = (
    "Anh/chị gõ câu hỏi ngay sau tên tôi, ví dụ: "
    "<code>@{bot} Ngày truyền thống Văn phòng là ngày nào?</code>"
)
INTRODUCTION = (
    "Chào cả nhóm! Tôi là trợ lý của <b>Văn phòng UBND tỉnh Lào Cai</b>, trả lời bằng câu chữ "
    "trong tài liệu, kèm nguồn.\n\n"
    "<b>Hỏi tôi trong nhóm</b>\n"
    "• Nhắc tên tôi: <code>@{bot} Ngày truyền thống Văn phòng là ngày nào?</code>\n"
    "• Trả lời câu hỏi của người khác bằng <code>@{bot}</code>, hoặc trả lời tin của tôi để hỏi "
    "tiếp.\n\n"
    "<b>Lệnh trong nhóm</b>\n{commands}"
)
SEES_LITTLE = (
    "Nhóm để chế độ riêng tư với bot: tôi chỉ nhận lệnh, tin nhắc tên tôi và tin trả lời tôi. "
    "Nếu nhắc tên mà tôi im lặng, anh/chị dùng <code>/ask</code>, hoặc cho tôi làm quản trị viên "
    "của nhóm."
)
SEES_ALL = "Tôi nhận mọi tin trong nhóm, nhưng chỉ trả lời và lưu lại những tin hỏi tôi."
STAFF_ONLY = "Tôi chỉ trả lời cán bộ của cơ quan đã được mời hoặc được duyệt."
NOT_IN_GROUPS = (
    "Trong nhóm tôi chỉ nhận các lệnh {commands}. Việc khác anh/chị mở chat riêng với tôi nhé."
)
PRIVATE_CHAT_BUTTON = "💬 Mở chat riêng"
NEW = "Vâng, ta bắt đầu chuyện mới. Anh/chị hỏi nhé."
GREETING = "Chào anh/chị! Anh/chị muốn hỏi gì về Văn phòng? Ví dụ: “2 thạo, 3 đúng, 3 không là gì?”"
THANKS = "Rất vui được giúp anh/chị. Anh/chị cần gì cứ hỏi tiếp nhé."
ABOUT_ME = (
    "Tôi là trợ lý tự động của Văn phòng UBND tỉnh Lào Cai, trả lời bằng câu chữ trích từ tài liệu "
    "của Văn phòng. Gõ /help để xem cách hỏi."
)
SMALL_TALK = {
    Intent.GREETING: GREETING,
    Intent.GOODBYE: "Tạm biệt anh/chị. Khi nào cần, anh/chị cứ nhắn tôi nhé.",
    Intent.THANKS: THANKS,
    Intent.PRAISE: "Cảm ơn anh/chị! Anh/chị cần gì cứ hỏi tiếp nhé.",
    Intent.EMOJI_ONLY: "Cảm ơn anh/chị!",
    Intent.COMPLAINT: (
        "Tôi xin lỗi vì chưa giúp được anh/chị. Anh/chị hỏi lại bằng câu đầy đủ hơn giúp tôi, "
        "hoặc bấm 👎 dưới câu trả lời chưa đúng để tôi được sửa."
    ),
    Intent.INSULT: (
        "Tôi xin lỗi nếu đã làm anh/chị bực mình. Anh/chị cho tôi biết điều cần tìm, tôi tra lại."
    ),
    Intent.YES: "Vâng ạ. Anh/chị cần gì cứ hỏi tiếp nhé.",
    Intent.NO: "Vâng, không sao ạ. Khi nào cần, anh/chị cứ hỏi tôi.",
    Intent.WHO_ARE_YOU: ABOUT_ME,
    Intent.PERSON: (
        "Anh/chị nhắn riêng cho tôi “cho gặp người phụ trách” nhé: ở đó tôi chuyển câu hỏi hay tin "
        "nhắn của anh/chị tới biên tập viên."
    ),
}
COMPLAINT_ON_ANSWER = (
    "Tôi xin lỗi vì câu trả lời chưa đúng ý. Anh/chị bấm 👎 và cho biết vì sao, tôi ghi lại để "
    "sửa; hoặc hỏi lại bằng câu đầy đủ hơn."
)
DOCUMENTS = "Tôi trả lời từ {count} tài liệu:"
DOCUMENT = "{number}. {title}{details}"
DOCUMENT_DETAILS = " <i>({details})</i>"
LIST_GONE = "Danh sách này đã cũ. Anh/chị gõ “có những tài liệu nào” để xem lại."
TOPICS = "Về “{topic}”, tài liệu có:"
NOTHING_ASKED = (
    "Anh/chị chưa hỏi câu nào, hoặc đã lâu nên tôi không còn nhớ. Anh/chị gõ câu hỏi nhé."
)
NO_SOURCE = "Câu vừa rồi không có nguồn: tài liệu không nêu điều anh/chị hỏi."
NO_MORE = "Tài liệu không viết gì thêm về điều này. Anh/chị hỏi câu khác nhé."
IN_PRIVATE = "Việc này chỉ làm được khi nhắn riêng cho tôi: /{command}."
TERMINAL_HELP = (
    "Gõ câu hỏi như nhắn tin bình thường, có dấu hay không dấu đều được; hỏi “nguồn đâu” để xem "
    "đoạn tài liệu, gõ 'thoát' để dừng. Các việc khác: vanphong --help."
)
TERMINAL_DOCUMENTS = "Gõ vanphong docs list để xem kho tài liệu."
TERMINAL_COMMAND = "Việc này làm trong Telegram, bằng lệnh /{command}."
STICKER = "Cảm ơn anh/chị! Anh/chị cần gì cứ gõ câu hỏi nhé."
NOT_TEXT = "Tôi chỉ đọc được chữ. Anh/chị gõ câu hỏi giúp nhé."
PHOTO = "Tôi chưa đọc được ảnh. Anh/chị gõ câu hỏi giúp nhé."
PHOTO_TO_EDITOR = (
    "Ảnh chưa đọc được; tài liệu xin gửi dạng tệp .docx, .pdf, .xlsx, .md, .txt hoặc .html."
)
_VOICE = "Tôi chưa nghe được tin thoại. Anh/chị gõ câu hỏi giúp nhé."
_VIDEO = "Tôi chưa xem được video. Anh/chị gõ câu hỏi giúp nhé."
OTHER_KINDS = {
    "photo": PHOTO,
    "voice": _VOICE,
    "audio": _VOICE,
    "video_note": _VIDEO,
    "animation": "Ảnh động vui quá! Anh/chị cần hỏi gì cứ gõ bằng chữ nhé.",
    "video": _VIDEO,
    "sticker": STICKER,
    "location": "Tôi chưa dùng được vị trí. Anh/chị gõ câu hỏi về Văn phòng nhé.",
    "contact": "Tôi không lưu danh bạ. Anh/chị gõ câu hỏi về Văn phòng nhé.",
    "poll": "Tôi chưa bình chọn được. Anh/chị gõ câu hỏi giúp nhé.",
    "dice": "May rủi thì tôi không đoán được. Anh/chị gõ câu hỏi về Văn phòng nhé.",
}
"""What is said to a message that is no text, by the field of Message that it comes in."""
VOICE_TOO_LONG = "Tin thoại dài quá; tôi nghe được tối đa {most} phút. Anh/chị hỏi ngắn hơn nhé."
VOICE_NOT_HEARD = "Tôi chưa nghe ra câu hỏi. Anh/chị nói lại hoặc gõ bằng chữ giúp nhé."
INLINE_MORE = "… Câu trả lời còn dài, anh/chị hỏi riêng tôi để xem hết."
UNKNOWN_COMMAND = "Tôi chưa có lệnh này. Gõ /help để xem các lệnh, hoặc gõ thẳng câu hỏi."
NEXT_QUESTION = "👉 {question}"
SUGGESTION_GONE = (
    "Nút này đã cũ: tài liệu đã được cập nhật từ khi có nút. Anh/chị gõ câu hỏi giúp nhé."
)

SUGGESTED_QUESTIONS: dict[str, str] = {
    "ngay": "Ngày truyền thống Văn phòng là ngày nào?",
    "nguyentac": "“2 thạo, 3 đúng, 3 không” gồm những gì?",
    "chucnang": "Chức năng của Văn phòng là gì?",
    "truyenthong": "Truyền thống tốt đẹp của Văn phòng là gì?",
    "thanhlap": "Văn phòng thành lập ngày nào?",
}

WELCOME_CLOSED = "Chào anh/chị! Tôi là trợ lý của <b>Văn phòng UBND tỉnh Lào Cai</b>.\n\n{text}"

WELCOME_ROLE = "Anh/chị là <b>{role}</b>. Gõ /help để xem các lệnh dành riêng cho anh/chị."

HELP_ROLE = "<b>Dành cho {role}</b>"

HELP_SEND_FILE = (
    "Thêm tài liệu: gửi tôi tệp .docx, .pdf, .xlsx, .md, .txt hoặc .html (tối đa 20 MB)."
)

COMMANDS = (
    MenuCommand(Capability.GREET, "start", "Lời chào và câu hỏi gợi ý"),
    MenuCommand(Capability.ASK, "ask", "Hỏi một câu: /ask câu hỏi", in_groups=True),
    MenuCommand(Capability.ASK, "new", "Bắt đầu chuyện mới, quên câu vừa hỏi", in_groups=True),
    MenuCommand(Capability.GREET, "help", "Cách hỏi và các lệnh"),
)
