"""What the bot says about certificates of the learning path; HTML where it goes to Telegram."""

from __future__ import annotations

from bot.access.authorisation import Capability
from bot.telegram.menus import MenuCommand

OFFICE = "Văn phòng Ủy ban nhân dân tỉnh Lào Cai"
"""Who a new certificate is from; an old one keeps the name it was issued with."""

# On the certificate.
TITLE = "CHỨNG NHẬN"
BY_ASSISTANT = "Trợ lý của Văn phòng ghi nhận"
NAME_BY_CODE = "(tên hiện ra khi tra mã)"
ACHIEVEMENT = (
    "đã hoàn thành chặng làm quen: tìm hiểu lịch sử, truyền thống",
    "và nguyên tắc làm việc của Văn phòng",
)
RESULT = "Kết quả {score}  ·  {topics} chủ đề"
PLACE_AND_DAY = "Lào Cai, ngày {day:02d} tháng {month} năm {year}"
CODE_LABEL = "Mã chứng nhận"
HOW_TO_VERIFY = ("Để kiểm tra: quét mã hoặc gửi cho trợ lý", "/verify {code}")
NOT_A_DIPLOMA = "Do trợ lý cấp tự động; không thay văn bằng, chứng chỉ."
PDF_SUBJECT = "Chứng nhận hoàn thành chặng làm quen, mã {code}"

NAMELESS = "(không có tên)"
"""On the certificate of somebody whose name has no visible character."""
PERSONAL_DATA_TITLE = "Chứng nhận"

# In the chat.
COMMANDS = (
    MenuCommand(
        Capability.EARN_CERTIFICATE, "certificate", "Nhận chứng nhận hoàn thành chặng làm quen"
    ),
    MenuCommand(Capability.GREET, "verify", "Kiểm tra chứng nhận: /verify mã"),
)
CAPTION = (
    "🎓 Chúc mừng anh/chị đã hoàn thành chặng làm quen!\n"
    "Mã chứng nhận: <code>{code}</code>\n"
    "Ai cũng kiểm tra được: quét mã QR, hoặc gửi tôi <code>/verify {code}</code>"
)
PDF_CAPTION = "Bản PDF để in, khổ A4 ngang."
FILE_NAME = "chung-nhan-{code}"
NOT_YET = "Anh/chị chưa hoàn thành chặng làm quen. Còn lại {count} chủ đề:\n{topics}"
NOT_YET_MORE = "… và {count} chủ đề nữa"
NOT_YET_HINT = "Xong tất cả, tôi gửi chứng nhận ngay."
NOT_BEGUN = "Anh/chị chưa hoàn thành chặng làm quen nên chưa có chứng nhận."
DRAWING = "Tôi đang vẽ chứng nhận của anh/chị, xin đợi vài giây."
NOT_NOW = "Tôi chưa kiểm tra hay cấp chứng nhận được lúc này. Anh/chị báo người quản trị giúp nhé."
ALTERED = (
    "Chứng nhận của anh/chị trong sổ không còn khớp chữ ký. Anh/chị báo người quản trị giúp nhé."
)

NAME_NEEDED = (
    "🎓 Anh/chị đã hoàn thành chặng làm quen! Chứng nhận ghi họ tên do người quản trị xác nhận.\n"
    "Họ tên sẽ gửi xin xác nhận: <b>{name}</b>"
)
NAME_SEND = "✅ Xin xác nhận tên này"
NAME_WRITE = "✏️ Ghi họ tên khác"
NAME_FIX = "✏️ Xin sửa họ tên"
NAME_TITLE = "✏️ Họ tên trên chứng nhận"
NAME_PROMPT = (
    "Anh/chị trả lời tin này bằng họ tên đầy đủ, có dấu. Người quản trị sẽ xem và xác nhận."
)
NAME_PLACEHOLDER = "Nguyễn Văn A"
NAME_SENT = "Đã gửi họ tên <b>{name}</b> cho người quản trị. Có kết quả tôi sẽ nhắn ngay."
NAME_WAITS = "Họ tên <b>{name}</b> đang chờ người quản trị xác nhận. Có kết quả tôi sẽ nhắn ngay."
NAME_ALREADY_WAITS = "Họ tên anh/chị gửi trước đang chờ xác nhận."
NAME_IS_OVER = "Việc này đã có người xử lý hoặc không còn."
NAME_REQUEST = (
    "🎓 <b>{telegram}</b> (số Telegram <code>{id}</code>) xin ghi họ tên trên chứng nhận: "
    "<b>{name}</b>.\nTên hiện đã xác nhận: {before}.\n"
    "Chỉ xác nhận khi anh/chị biết đúng là người này."
)
NAME_CONFIRM = "✅ Xác nhận"
NAME_REFUSE = "❌ Không đúng"
NAME_DECIDED = "{request}\n\n{mark} {what} – {admin} xử lý."
NAME_WAS_CONFIRMED = "đã xác nhận"
NAME_WAS_REFUSED = "đã từ chối"
NAME_CONFIRMED = "Họ tên <b>{name}</b> đã được xác nhận."
NAME_REFUSED = (
    "Họ tên <b>{name}</b> chưa được xác nhận. Anh/chị liên hệ người quản trị, hoặc gõ "
    "/certificate để gửi họ tên khác."
)
NAME_DATA_TITLE = "Xin ghi họ tên trên chứng nhận"
GUEST_COMPLETED = (
    "Chứng nhận chỉ cấp cho người đã được nhận vào danh sách của cơ quan. Anh/chị xin liên kết mời "
    "từ người quản trị, rồi gõ /certificate; kết quả học vẫn giữ."
)

VERIFY_USAGE = (
    "Anh/chị gõ mã sau lệnh, ví dụ <code>/verify LC-7K2M-Q4XW-B9TD</code>. Mã ở dưới tờ chứng nhận."
)
VALID = (
    "✅ <b>Chứng nhận hợp lệ</b>\n"
    "Mã: <code>{code}</code>\n"
    "Cấp cho: <b>{name}</b>\n"
    "Ngày cấp: {day}\n"
    "Kết quả: {score}\n"
    "Nơi cấp: {office}\n\n"
    "<i>Do trợ lý cấp tự động khi hoàn thành chặng làm quen; không thay văn bằng, chứng "
    "chỉ.</i>"
)
VALID_UNCONFIRMED = (
    "✅ <b>Chứng nhận có trong sổ</b>, nhưng ⚠️ <b>tên chưa được xác nhận</b>: do người học tự ghi, "
    "ở bản cũ của trợ lý.\n"
    "Mã: <code>{code}</code>\n"
    "Tên tự ghi: {name}\n"
    "Ngày cấp: {day}\n"
    "Kết quả: {score}\n"
    "Nơi cấp: {office}"
)
UNKNOWN = (
    "❌ Không có chứng nhận mang mã <code>{code}</code>. Anh/chị so lại từng ký tự giúp; nếu vẫn "
    "vậy thì chứng nhận này không do Văn phòng cấp."
)
FORGED = (
    "⚠️ Mã <code>{code}</code>: dữ liệu đã bị sửa, chữ ký không khớp. <b>Chứng nhận này không có "
    "giá trị.</b> Anh/chị báo người quản trị giúp nhé."
)
REPLACED = (
    "🔁 Chứng nhận <code>{code}</code> đã được thay bằng tờ khác ngày {day} vì họ tên được sửa; tờ "
    "này không còn giá trị. Anh/chị hỏi người được cấp mã mới nhé."
)
REVOKED = "🚫 Chứng nhận <code>{code}</code> đã bị thu hồi ngày {day}, không còn giá trị."
ERASED = (
    "➖ Chứng nhận <code>{code}</code> từng được cấp; thông tin <b>đã xóa theo yêu cầu</b> của "
    "người được cấp ngày {day}, nên tôi không xác nhận được nữa."
)
MALFORMED = (
    "Đây không phải mã chứng nhận. Mã có dạng <code>LC-XXXX-XXXX-XXXX</code> gồm chữ cái không dấu "
    "và chữ số."
)
WAIT = "Anh/chị thử sai nhiều lần rồi. Mời anh/chị thử lại sau {minutes} phút."

# On the command line.
STATES = {
    "valid": "hợp lệ",
    "unknown": "không có",
    "forged": "bị sửa",
    "revoked": "đã thu hồi",
    "replaced": "đã thay bằng tờ khác",
    "erased": "đã xóa theo yêu cầu",
    "malformed": "không phải mã",
}
REVOKED_NOW = "Đã thu hồi chứng nhận {code}."
FORGIVEN = "Người này được nhận chứng nhận lại khi đủ điều kiện."
NOTHING_TO_FORGIVE = "Không có dấu thu hồi nào của người này."
