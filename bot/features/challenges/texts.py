"""What the bot says about group challenges."""

from __future__ import annotations

from bot.access.authorisation import Capability
from bot.telegram.menus import MenuCommand

COMMANDS = (
    MenuCommand(
        Capability.LEARN,
        "challenge",
        "Thử thách cả nhóm: /challenge chủ đề",
        in_private=False,
        in_groups=True,
    ),
)

ONLY_IN_GROUPS = (
    "Thử thách dành cho nhóm: anh/chị thêm tôi vào nhóm rồi gõ <code>/challenge</code> ở đó nhé."
)
NOTHING_TO_ASK = "Chưa có câu hỏi nào để thử thách. Anh/chị nhờ biên tập viên bổ sung giúp nhé."
CHOOSE = "Anh/chị chọn chủ đề của thử thách ({questions} câu, mỗi câu {seconds} giây):"
UNKNOWN_TOPIC = "Tôi chưa rõ chủ đề <code>{topic}</code>. {choose}"
ALL_TOPICS = "Tổng hợp"
ALL_BUTTON = "🎲 Tổng hợp"
TOPIC_BUTTON = "{number}. {title}"
BEGINS = (
    "🏁 <b>Thử thách: {title}</b>\n"
    "{questions} câu, mỗi câu {seconds} giây. Cả nhóm cùng trả lời ngay trong nhóm; đúng nhiều "
    "nhất rồi nhanh nhất thì thắng."
)
STOP_BUTTON = "⏹ Dừng"
NOT_YOURS_TO_STOP = (
    "Chỉ người mở thử thách, quản trị viên của nhóm hoặc biên tập viên dừng được thử thách này."
)
STOPPED = "Đã dừng thử thách."
TOPIC_GONE = "Chủ đề này không còn câu hỏi. Anh/chị gõ lại /challenge nhé."
OVER_ALREADY = "Thử thách này đã kết thúc."


RESULT = "🏆 <b>Kết quả thử thách: {title}</b>"
RESULT_STOPPED = "⏹ <b>Thử thách dừng sau {asked}/{planned} câu: {title}</b>"
RESULT_FAILED = (
    "⚠️ <b>Thử thách dừng sau {asked}/{planned} câu: {title}</b>\n"
    "Xin lỗi cả nhóm, tôi không gửi tiếp được câu hỏi. Kết quả đến lúc này:"
)
NOBODY = "Chưa có ai trả lời."
MEDALS = {1: "🥇", 2: "🥈", 3: "🥉"}
PLACE = "{place}."
RANKED = "{mark} {name} – <b>{right}/{asked}</b> · {seconds} giây"
RANKED_NONE = "{mark} {name} – <b>0/{asked}</b>"
MORE = "… và {count} người nữa"

PERSONAL_DATA_TITLE = "Thử thách trong nhóm"
