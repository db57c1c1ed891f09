"""What the bot says on every feature's behalf, in Vietnamese; HTML where a text is a message."""

from __future__ import annotations

from bot.access.roles import Role

ROLES = {
    Role.STRANGER: "khách",
    Role.PENDING: "đang chờ duyệt",
    Role.NEWCOMER: "nhân viên mới",
    Role.STAFF: "cán bộ",
    Role.EDITOR: "biên tập viên",
    Role.ADMIN: "quản trị viên",
}

DENIED = "Việc này cần quyền {role}. Anh/chị cần thì nhờ người quản trị giúp nhé."
DENIED_CLOSED = (
    "Trợ lý chỉ phục vụ cán bộ của cơ quan. Anh/chị xin liên kết mời từ người quản trị nhé."
)
DENIED_GUEST = (
    "Việc này chỉ dành cho người đã được nhận vào danh sách của cơ quan. Anh/chị xin liên kết mời "
    "từ người quản trị nhé."
)
DENIED_APPROVAL = "Trợ lý chỉ phục vụ cán bộ của cơ quan. Anh/chị bấm nút dưới đây để xin tham gia."
DENIED_APPROVAL_BUTTON = (
    "Trợ lý chỉ phục vụ cán bộ của cơ quan. Anh/chị gõ /start rồi bấm “Xin tham gia” nhé."
)
DENIED_PENDING = "Yêu cầu tham gia của anh/chị đang chờ duyệt. Có kết quả tôi sẽ nhắn ngay."
NOT_YOUR_BUTTON = "Nút này dành cho người khác. Anh/chị gõ lệnh của mình nhé."
BUTTON_NOT_HERE = {
    "PRIVATE": "Nút này chỉ dùng trong chat riêng với tôi. Anh/chị mở chat riêng giúp nhé.",
    "GROUPS": "Nút này chỉ dùng trong nhóm.",
}
BUTTON_OLD = "Nút này đã cũ. Anh/chị gõ lại lệnh giúp nhé."
SLOW_DOWN = (
    "Anh/chị gửi hơi nhanh nên tôi xin bỏ qua các tin vừa rồi. Anh/chị chờ một chút rồi gửi lại "
    "giúp nhé."
)
JOIN_BUTTON = "🙋 Xin tham gia"
INLINE_CLOSED = "Trợ lý chỉ phục vụ cán bộ của cơ quan"
PREVIOUS = "◀"
NEXT = "▶"
APOLOGY = (
    "Xin lỗi anh/chị, tôi vừa gặp lỗi khi xử lý tin nhắn này. Anh/chị thử lại giúp; nếu vẫn lỗi, "
    "gửi mã <code>{reference}</code> cho người quản trị."
)
APOLOGY_FAULT = (
    "Xin lỗi anh/chị, {fault} nên việc vừa rồi chưa làm được; những gì đã lưu không mất. Anh/chị "
    "thử lại sau ít phút; nếu vẫn vậy, gửi mã <code>{reference}</code> cho người quản trị."
)
FAULT_FULL = "máy chủ của trợ lý đã đầy đĩa"
FAULT_READ_ONLY = "máy chủ của trợ lý đang không ghi được dữ liệu"
FAULT_BUSY = "cơ sở dữ liệu của trợ lý đang bận"
FAULT_DATABASE = "cơ sở dữ liệu của trợ lý đang gặp lỗi"
FAULT_DOCUMENTS = "kho tài liệu của trợ lý đang gặp lỗi"
APOLOGY_PLAIN = "Xin lỗi, tôi vừa gặp lỗi. Mã lỗi: {reference}"
WAITING_UPDATES_TITLE = "Tin nhắn đang chờ xử lý"
PROGRESS = "{started}\n\n{stage}: {done}/{total}{remaining}"
REMAINING = " (còn khoảng {time})"

DESCRIPTION = (
    "Trợ lý của Văn phòng UBND tỉnh Lào Cai: hỏi về lịch sử, truyền thống, chức năng của Văn phòng "
    "và nguyên tắc “2 thạo, 3 đúng, 3 không”. Trả lời bằng nguyên văn tài liệu, kèm nguồn."
)
SHORT_DESCRIPTION = "Hỏi đáp về Văn phòng UBND tỉnh Lào Cai, trả lời kèm nguồn."
FINISHED = "🔁 Việc bị ngắt giữa chừng khi tôi dừng, nay đã xem lại:\n{line}"
