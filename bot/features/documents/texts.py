"""What the bot says about documents. HTML where a text goes to a message."""

from __future__ import annotations

from bot.access.authorisation import Capability
from bot.telegram.menus import MenuCommand
from knowledge import Standing
from knowledge.documents.details import DetailField
from knowledge.documents.stored_document import HistoryAction

RECEIVED = "Đã nhận <b>{name}</b>."
RECEIVED_REPLACEMENT = "Đã nhận <b>{name}</b> để thay {document}."
AHEAD = "Đang chờ đọc, trước bạn còn {count} tệp …"
TURN_NOW = "Tôi đọc ngay đây …"
DOWNLOADING = "Tôi đang tải <b>{name}</b> từ Telegram …"
READING = "Tôi đang đọc <b>{name}</b> …"
COMPARING = "Tôi đọc xong <b>{name}</b>, đang so với kho …"
CANCELLED = "Đã hủy <b>{name}</b>, không đọc nữa."
CANCEL_TOO_LATE = "Tệp này đã đọc xong hoặc đã hủy rồi."
BUTTON_CANCEL = "✖️ Hủy, không đọc nữa"
QUEUE_FULL = (
    "Hàng chờ đọc đang đầy ({count} tệp) nên tôi chưa nhận <b>{name}</b>. Anh/chị gửi lại sau ít "
    "phút giúp."
)
TOO_MANY_ATTEMPTS = (
    "tôi đã đọc {count} lần mà lần nào trợ lý cũng dừng đột ngột; hãy chia nhỏ tài liệu rồi gửi lại"
)
BROKE = "có lỗi khi đọc; anh/chị gửi lại tệp, nếu vẫn lỗi thì báo quản trị"
NOT_READ = "Tôi không nhận được <b>{name}</b>: {reason}."
TOO_LARGE = (
    "tệp {size:.1f} MB, Telegram chỉ cho tôi tải tối đa {limit} MB; hãy chia thành nhiều tệp"
)
NOT_DOWNLOADED = "Tôi chưa tải được <b>{name}</b> từ Telegram ({reason}). Anh/chị gửi lại tệp giúp."
TOO_MANY_DRAFTS = (
    "Anh/chị đang có {count} tệp chờ đọc hoặc chờ quyết định, tối đa {limit}. Anh/chị bấm <b>Lưu "
    "vào kho</b> hoặc <b>Bỏ</b> ở các tệp trước rồi gửi lại <b>{name}</b>."
)

TITLE = "Tiêu đề"
SOURCE = "Nguồn"
PUBLISHED = "Ngày"
NUMBER = "Số, ký hiệu"
ISSUER = "Cơ quan ban hành"
SIGNER = "Người ký"
SUMMARY = "Trích yếu"
AMENDS = "Đối với văn bản khác"
UNKNOWN = "chưa có"
FILE = "Tệp"
CARD_HEAD = "📥 Đã đọc, chưa lưu"
REPLACES = "Thay cho {document}"
CONTENT = "Nội dung: {chunks} đoạn, {characters} ký tự, {headings} đề mục"
HEADINGS = "Đề mục"
MORE_HEADINGS = "… và {count} đề mục nữa"
DUPLICATES = "⚠️ Có thể trùng với"
DUPLICATE = "{share:.0%} – {title} ({article})"
SAME_FILE = "⚠️ Chính tệp này đã có trong kho: {document}, “{title}”{retired}."
SAME_FILE_RETIRED = " (đã gỡ; có thể khôi phục bằng /docs)"
PERSONAL_DATA = "⚠️ Có dữ liệu cá nhân – hãy chắc là được phép công khai"
PERSONAL = "{kind}: {count} chỗ, ví dụ {samples}"
PERSONAL_KINDS = {
    "phone": "số điện thoại",
    "citizen_id": "số CCCD/CMND",
    "email": "địa chỉ e-mail",
    "bank_account": "số tài khoản",
    "birth_date": "ngày sinh",
}
NOTES = "Lưu ý"
MORE_NOTES = "… và {count} lưu ý nữa (bấm Xem toàn văn)"
LEFT_OUT = "Không đưa vào"
CHANGES = "So với {document}: {changed} dòng đổi, {added} dòng thêm, {removed} dòng bỏ"
NO_CHANGES = "So với {document}: chữ không đổi"
OLD_LINE = "− {line}"
NEW_LINE = "+ {line}"
MORE_CHANGES = "… và {count} thay đổi nữa"
OFFERED = "Đã gõ tay ở {document}, bấm Sửa thông tin nếu muốn dùng lại:"
ENDS = (
    "⚠️ Văn bản này {verb} văn bản đang có trong kho: {document} “{title}”. Bấm “Lưu, gỡ "
    "{document}” nếu văn bản cũ không còn dùng."
)
PREVIEW = "Xem trước"
NOTE = "Chú thích {label}: {text}"
WHOLE_TEXT = "📖 {name} – trang {page}/{pages}"

BUTTON_EDIT = "✏️ Sửa thông tin"
BUTTON_READ = "📖 Xem toàn văn"
BUTTON_EDITED = "« Xong"
BUTTON_KEEP_AND_RETIRE = "✅ Lưu, gỡ {documents}"
BUTTON_OFFERED = "↩️ Dùng lại thông tin của bản cũ"
BUTTON_NUMBER = "✏️ Số, ký hiệu"
BUTTON_ISSUER = "✏️ Cơ quan"
BUTTON_SIGNER = "✏️ Người ký"
BUTTON_SUMMARY = "✏️ Trích yếu"
BUTTON_CLEAR = "🧹 Để trống"
BUTTON_FIRST = "« Đầu"
BUTTON_LAST = "Cuối »"
BUTTON_TITLE = "✏️ Tiêu đề"
BUTTON_SOURCE = "✏️ Nguồn"
BUTTON_PUBLISHED = "✏️ Ngày"
BUTTON_KEEP = "✅ Lưu vào kho"
BUTTON_DROP = "🗑 Bỏ"
BUTTON_BACK = "Thôi, giữ như cũ"

ASK_TITLE = "Anh/chị gõ tiêu đề mới cho <b>{name}</b>:"
ASK_SOURCE = (
    "Anh/chị gõ nguồn của <b>{name}</b>, ví dụ: <i>Quyết định số 12/QĐ-UBND của UBND tỉnh</i>"
)
ASK_PUBLISHED = "Anh/chị gõ ngày ban hành của <b>{name}</b>, ví dụ: <i>5/8/2024</i>, <i>hôm nay</i>"
ASK_NUMBER = "Anh/chị gõ số, ký hiệu của <b>{name}</b>, ví dụ: <i>45/QĐ-VPUBND</i>"
ASK_ISSUER = "Anh/chị gõ cơ quan ban hành <b>{name}</b>, ví dụ: <i>Văn phòng UBND tỉnh Lào Cai</i>"
ASK_SIGNER = "Anh/chị gõ người ký <b>{name}</b>, ví dụ: <i>Lê Văn An, Chánh Văn phòng</i>"
ASK_SUMMARY = "Anh/chị gõ trích yếu của <b>{name}</b>, ví dụ: <i>Về việc ban hành Quy chế</i>"
QUESTIONS = {
    DetailField.TITLE: ASK_TITLE,
    DetailField.SOURCE: ASK_SOURCE,
    DetailField.PUBLISHED: ASK_PUBLISHED,
    DetailField.NUMBER: ASK_NUMBER,
    DetailField.ISSUER: ASK_ISSUER,
    DetailField.SIGNER: ASK_SIGNER,
    DetailField.SUMMARY: ASK_SUMMARY,
}
KEPT_AS_IT_WAS = "Giữ như cũ."
STORED = "Đã lưu {document}: <b>{title}</b>."
STORED_REPLACING = "Đã lưu {document}: <b>{title}</b>, thay cho {replaced}."
RETIRED_TOO = "Đã gỡ {documents}."
DROPPED = "Đã bỏ <b>{name}</b>, không lưu gì."
DRAFT_GONE = "Tệp chờ này không còn (đã lưu, đã bỏ hoặc quá 24 giờ). Anh/chị gửi lại tệp giúp."
NOT_YOURS = "Nút này của người khác; anh/chị gửi tệp hoặc gõ /docs để có nút của mình."

LIST_HEAD = "📚 Kho tài liệu: {counts}"
LIST_EMPTY = (
    "Kho chưa có tài liệu nào. Anh/chị gửi cho tôi tệp .docx, .pdf, .xlsx, .md, .txt hoặc .html "
    "(tối đa 20 MB) để thêm."
)
LIST_PAGE = "Trang {page}/{pages}. Bấm một tài liệu để xem."
STANDINGS = {
    Standing.IN_USE: "đang dùng",
    Standing.WAITING: "chờ quyết định bản mới",
    Standing.SET_ASIDE: "để riêng",
    Standing.NOT_YET: "chưa vào bản đang dùng",
    Standing.RETIRED: "đã gỡ",
    Standing.STILL_USED: "đã gỡ, bản đang dùng vẫn còn",
}
"""Where a document stands, as the live version tells; README.vi.md says what follows."""
STANDING_HINTS = {
    Standing.WAITING: "Bấm nút dưới báo cáo của lần cập nhật, hoặc gõ /reload để kiểm tra lại.",
    Standing.SET_ASIDE: (
        "Bản có thay đổi này đã bị bỏ. Muốn dùng thì sửa, thay tài liệu hoặc gõ /reload."
    ),
    Standing.NOT_YET: "Tôi chưa trả lời theo nội dung này. Gõ /reload nếu không thấy báo cáo nào.",
    Standing.STILL_USED: "Tôi vẫn trả lời theo tài liệu này cho đến khi có bản mới.",
}
STANDING_MARKS = {
    Standing.WAITING: "⏳",
    Standing.SET_ASIDE: "⏸",
    Standing.NOT_YET: "⏳",
    Standing.RETIRED: "🚫",
    Standing.STILL_USED: "🚫",
}
STATE = "Trạng thái"
ADDED = "Thêm lúc {when}, bởi {who}"
COMMAND_LINE = "dòng lệnh ({user})"
CHANGED = "Sửa lúc {when}, bởi {who}"
BUTTON_REPLACE = "🔁 Thay"
BUTTON_RETIRE = "🚫 Gỡ"
BUTTON_RESTORE = "♻️ Khôi phục"
BUTTON_DOWNLOAD = "⬇️ Bản gốc"
BUTTON_LIST = "« Danh sách"
BUTTON_PREVIOUS = "‹ Trước"
BUTTON_NEXT = "Sau ›"
SEND_REPLACEMENT = (
    "Anh/chị gửi tệp mới để thay {document} <b>{title}</b> (trong 1 giờ tới). "
    "Tệp cũ được giữ lại và có thể khôi phục."
)
RETIRED = "Đã gỡ {document}."
RESTORED = "Đã khôi phục {document}."
EDITED = "Đã sửa thông tin của {document}."

COMMANDS = (
    MenuCommand(
        Capability.EDIT_DOCUMENTS, "docs", "Kho tài liệu: xem, sửa, thay, gỡ, khôi phục, tải về"
    ),
)

DONE = {
    HistoryAction.ADDED: "lưu tài liệu",
    HistoryAction.RETIRED: "gỡ tài liệu",
    HistoryAction.RESTORED: "khôi phục tài liệu",
    HistoryAction.EDITED: "sửa thông tin tài liệu",
}
PERSONAL_DATA_TITLE = "Kho tài liệu"
