"""What is said about reloads and versions of the knowledge base.

HTML where a text goes to Telegram.
"""

from __future__ import annotations

from bot.access.authorisation import Capability
from bot.telegram.menus import MenuCommand

RELOAD_STARTED = "🔄 Đang cập nhật tài liệu. Trong lúc này tôi vẫn trả lời bằng bản đang dùng."
NOTHING_CHANGED = "✅ Tài liệu không có gì thay đổi; bản đang dùng vẫn là <b>{version}</b>."
PROMOTED = "✅ Đã chuyển sang bản <b>{version}</b> ({seconds} giây)."
WAITING = (
    "⚠️ Bản <b>{version}</b> đã lập xong nhưng có chỗ kém hơn bản đang dùng, nên tôi chưa chuyển. "
    "Anh/chị xem kết quả dưới đây rồi quyết định."
)
COUNTS = "Bài viết: thêm {added}, sửa {changed}, bỏ {removed}, giữ nguyên {unchanged}, lỗi {failed}"
ADDED = "➕ Thêm"
CHANGED = "✏️ Sửa"
REMOVED = "➖ Bỏ"
FAILED = "❌ Không đọc được"
AND_MORE = "… và {count} mục nữa"

NO_GOLDEN = "Chưa có tệp câu hỏi mẫu (golden.yaml) nên tôi chỉ so sánh được danh sách bài viết."
NOT_EXAMINED = "Bản này được đưa vào dùng mà không kiểm tra."
EXAM_COUNTS = (
    "Câu hỏi mẫu: đúng {right}/{total}; mất {lost}, thêm được {gained}, đổi câu trả lời {changed}"
)
LOST = "🔻 Mất câu trả lời đúng"
GAINED = "🔺 Nay trả lời đúng"
ANSWER_CHANGED = "🔁 Câu trả lời thay đổi"
WRONG = "❔ Chưa trả lời đúng"
BEFORE = "Trước"
AFTER = "Nay"

REASON_LOST = "{count} câu hỏi mẫu không còn được trả lời đúng"
REASON_FAILED = "{count} bài đang dùng nay không đọc được (tôi giữ nội dung cũ): {names}"
REASON_REMOVED = "{count} bài biến mất cùng lúc – thư mục bài viết có đầy đủ không?"
REASON_LIVE_CHANGED = "bản đang dùng đã được đổi trong lúc lập bản mới"
REASONS = "Lý do chưa chuyển"

USE_BUTTON = "✅ Dùng bản mới"
DISCARD_BUTTON = "🗑 Bỏ bản mới"
STILL_WAITS = (
    "Bản <b>{version}</b> đã lập xong nhưng chưa được dùng. Gõ /reload để kiểm tra lại rồi quyết "
    "định."
)
FOLDER_DIFFERS = (
    "📂 Thư mục bài viết có {count} bài khác với bản đang dùng. Gõ /reload khi anh/chị muốn cập "
    "nhật."
)
SET_ASIDE = (
    "Những thay đổi trong bản đó được <b>để riêng</b>: các lần lưu tài liệu khác không đưa chúng "
    "vào. Muốn dùng lại thì gõ /reload, hoặc sửa, thay tài liệu đó trong /docs."
)
RELOAD_CUT_OFF = "Lần cập nhật tài liệu chưa xong; bản đang dùng không đổi. Gõ /reload để làm lại."
USED = "✅ Đã chuyển sang bản <b>{version}</b>."
DISCARDED = "🗑 Đã bỏ bản <b>{version}</b>. Bản đang dùng không đổi.\n" + SET_ASIDE

VERSIONS = "Các bản tài liệu còn giữ"
NO_VERSIONS = "Chưa có bản tài liệu nào. Gõ /reload để lập."
VERSION_LINE = "{name}: {articles} bài, {chunks} đoạn, lập lúc {built}"
PROMOTED_AT = ", đưa vào dùng lúc {at}"
ACTIVE = "đang dùng"
PREVIOUS = "bản trước"
NOT_DECIDED = "chờ quyết định"
BACK_BUTTON = "↩️ Quay lại {version}"
ASK_ROLLBACK = (
    "Quay lại bản <b>{version}</b>? Từ lúc đó tôi trả lời theo bản này. Bài viết trong thư mục và "
    "kho tài liệu không bị sửa; những gì bản đang dùng khác bản này được để riêng đến khi anh/chị "
    "gõ /reload hoặc sửa, thay chúng."
)
CONFIRM_ROLLBACK = "↩️ Quay lại {version}"
CANCEL = "Thôi"
CANCELLED = "Đã thôi, bản đang dùng không đổi."
ROLLED_BACK = "↩️ Đã quay lại bản <b>{version}</b>."

COMMANDS = (
    MenuCommand(Capability.RELOAD, "reload", "Cập nhật tài liệu, có kiểm tra"),
    MenuCommand(Capability.RELOAD, "versions", "Các bản tài liệu còn giữ"),
    MenuCommand(Capability.RELOAD, "rollback", "Quay lại bản tài liệu trước"),
)
