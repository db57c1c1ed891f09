"""What the bot says about people, roles, invitations, the audit log and personal data."""

from __future__ import annotations

from bot.access.audit import AuditAction
from bot.access.authorisation import Capability
from bot.access.marks import MarkKind
from bot.features.people.invitations import InvitationState
from bot.telegram.menus import MenuCommand
from bot.telegram.texts import ROLES

JOIN_SENT = "Đã gửi yêu cầu tham gia. Khi có người duyệt, tôi sẽ nhắn cho anh/chị."
JOIN_REQUEST = "🙋 <b>{name}</b> xin tham gia.\nSố Telegram: <code>{id}</code>{username}"
JOIN_APPROVE_STAFF = "✅ Cán bộ"
JOIN_APPROVE_NEWCOMER = "🌱 Nhân viên mới"
JOIN_REFUSE = "❌ Từ chối"
JOIN_DECIDED = "{request}\n\n{mark} {what} – {admin} xử lý."
JOIN_APPROVED = "đã nhận làm {role}"
JOIN_REFUSED = "đã từ chối"
JOIN_DECISIONS = {None: "đang chờ", "approved": "được duyệt", "refused": "bị từ chối"}
JOIN_WELCOME = (
    "Yêu cầu của anh/chị đã được duyệt: anh/chị là <b>{role}</b>. Mời anh/chị đặt câu hỏi."
)
JOIN_SORRY = "Yêu cầu tham gia của anh/chị chưa được chấp nhận. Anh/chị liên hệ người quản trị nhé."
INVITED = "Chào mừng anh/chị! Vai trò của anh/chị: <b>{role}</b>. Mời anh/chị đặt câu hỏi."

PEOPLE = "<b>Danh sách ({count} người)</b> – trang {page}/{pages}\nBấm vào một người để đổi quyền."
PEOPLE_NONE = "Chưa có ai trong danh sách. Tạo liên kết mời: /invite"
PERSON = (
    "<b>{name}</b>{username}\nSố Telegram: <code>{id}</code>\nVai trò: <b>{role}</b>\n"
    "Họ tên đã xác nhận: {official}\n"
    "Tham gia: {joined}"
)
PERSON_REMOVE = "🗑 Xóa khỏi danh sách"
PERSON_REMOVE_ASK = (
    "Xóa <b>{name}</b> khỏi danh sách? Người này mất mọi quyền ngay, và không vào lại được bằng "
    "liên kết cũ đã dùng."
)
PERSON_REMOVE_YES = "🗑 Xóa"
PERSON_REMOVED = "Đã xóa <b>{name}</b> khỏi danh sách."
PERSON_GONE = "Người này không còn trong danh sách."
ROLE_SET = "Đã đổi vai trò thành {role}."
YOUR_ROLE_CHANGED = "Vai trò của anh/chị vừa được đổi thành <b>{role}</b>."
YOU_WERE_REMOVED = "Anh/chị vừa được đưa ra khỏi danh sách của trợ lý."
BACK = "◀ Danh sách"
CANCEL = "Thôi"
CANCELLED = "Đã bỏ qua, không có gì thay đổi."

INVITE_ROLE = "<b>Tạo liên kết mời</b>\nNgười được mời sẽ là:"
INVITE_DAYS = "Vai trò: <b>{role}</b>. Liên kết có hiệu lực trong:"
INVITE_USES = "Vai trò: <b>{role}</b>, hiệu lực {days} ngày. Dùng được mấy lần?"
INVITE_DAYS_BUTTON = "{days} ngày"
INVITE_USES_BUTTON = "{uses} lần"
INVITE_LIST = "📋 Các lời mời"
INVITE_LINK = (
    "Liên kết mời số {id}: <b>{role}</b>, {uses} lần, đến {expires}.\n\n{link}\n\n"
    "Liên kết chỉ hiện một lần; anh/chị chép và gửi ngay. Thu hồi: /invite."
)
INVITE_NAME_BUTTON = "✏️ Ghi họ tên người được mời"
INVITE_NAME_TITLE = "✏️ Họ tên người được mời, lời mời số {id}"
INVITE_NAME_PROMPT = (
    "Anh/chị trả lời tin này bằng họ tên đầy đủ. Người ấy vào bằng liên kết thì chứng nhận ghi tên "
    "này."
)
INVITE_NAME_PLACEHOLDER = "Nguyễn Văn A"
INVITE_NAMED = "Đã ghi họ tên cho lời mời số {id}."
ADMITTED_GUESTS = (
    "Từ nay trợ lý chỉ phục vụ người đã được nhận (ACCESS=approval, vì có ADMIN_IDS). {count} "
    "người đã hỏi hay học trong {days} ngày qua được giữ lại. Xem và đổi quyền: /people. Muốn mở "
    "cho mọi người như trước: đặt ACCESS=open."
)

INVITES = "<b>Các lời mời ({count})</b> – trang {page}/{pages}"
INVITES_NONE = "Chưa có lời mời nào."
INVITE_LINE = "#{id} {role}: đã dùng {used}/{uses}, đến {expires} – {state}"
INVITE_STATES = {
    InvitationState.OPEN: "còn hiệu lực",
    InvitationState.EXPIRED: "hết hạn",
    InvitationState.REVOKED: "đã thu hồi",
    InvitationState.USED_UP: "hết lượt",
}
INVITE_REVOKE = "🚫 Thu hồi #{id}"
INVITE_REVOKED = "Đã thu hồi lời mời số {id}."
INVITE_NEW = "➕ Lời mời mới"

AUDIT = "<b>Nhật ký quản trị ({count} dòng)</b> – trang {page}/{pages}"
AUDIT_NONE = "Nhật ký quản trị chưa có gì."
AUDIT_DENIED = "⛔"
AUDIT_ERASED = "người đã xóa dữ liệu (số {number})"
AUDIT_CHANNELS = {"cli": "dòng lệnh", "settings": "cấu hình", "telegram": "Telegram"}
AUDIT_XLSX = "⬇ XLSX"
AUDIT_CSV = "⬇ CSV"
AUDIT_TOO_LARGE = (
    "Tệp lớn hơn {megabytes} MB nên Telegram không nhận. Hãy chạy "
    "<code>vanphong audit --export TỆP</code> trên máy chủ."
)
AUDIT_COLUMNS = ("Số", "Lúc", "Qua", "Ai", "Việc", "Bị từ chối", "Với ai", "Với gì", "Chi tiết")
YES = "có"
NO = "không"
AUDIT_ACTIONS: dict[str, str] = {
    AuditAction.DENIED: "bị từ chối quyền",
    AuditAction.SET_ROLE: "đổi vai trò",
    AuditAction.REMOVE: "xóa khỏi danh sách",
    AuditAction.FORGET: "xóa dữ liệu cá nhân",
    AuditAction.EXPORT_DATA: "xem dữ liệu cá nhân",
    AuditAction.CONFIRM_NAME: "xác nhận họ tên",
    AuditAction.REFUSE_NAME: "từ chối họ tên",
    AuditAction.REQUEST_TO_JOIN: "xin tham gia",
    AuditAction.APPROVE: "duyệt tham gia",
    AuditAction.REFUSE: "từ chối tham gia",
    AuditAction.CREATE_INVITATION: "tạo lời mời",
    AuditAction.NAME_INVITATION: "ghi họ tên người được mời",
    AuditAction.REVOKE_INVITATION: "thu hồi lời mời",
    AuditAction.USE_INVITATION: "dùng lời mời",
    AuditAction.EXPORT_AUDIT: "tải nhật ký",
    AuditAction.PURGE_AUDIT: "xóa nhật ký quá hạn",
    AuditAction.RELOAD: "cập nhật tài liệu",
    AuditAction.PROMOTE: "dùng bản tài liệu mới",
    AuditAction.DISCARD: "bỏ bản tài liệu mới",
    AuditAction.ROLL_BACK: "quay lại bản tài liệu cũ",
    AuditAction.STORE_DOCUMENT: "lưu tài liệu",
    AuditAction.RETIRE_DOCUMENT: "gỡ tài liệu",
    AuditAction.RESTORE_DOCUMENT: "khôi phục tài liệu",
    AuditAction.EDIT_DOCUMENT: "sửa thông tin tài liệu",
    AuditAction.DOWNLOAD_DOCUMENT: "tải bản gốc tài liệu",
    AuditAction.EXPORT_ANSWER_LOG: "tải lịch sử hỏi đáp",
    AuditAction.CLOSE_GAP: "đánh dấu đã xử lý câu hỏi",
    AuditAction.REOPEN_GAP: "đưa câu hỏi trở lại danh sách",
    AuditAction.ANSWER_FORWARDED: "trả lời câu hỏi được chuyển đến",
    AuditAction.CLOSE_FORWARDED: "đánh dấu xong câu hỏi được chuyển đến",
    AuditAction.APPROVE_QUESTION: "duyệt câu trắc nghiệm",
    AuditAction.CHANGE_QUESTION: "sửa câu trắc nghiệm",
    AuditAction.REJECT_QUESTION: "bỏ câu trắc nghiệm nháp",
    AuditAction.RETIRE_QUESTION: "ngừng dùng câu trắc nghiệm",
    AuditAction.RESTORE_QUESTION: "dùng lại câu trắc nghiệm",
    AuditAction.IMPORT_QUESTIONS: "nhập câu trắc nghiệm từ tệp",
    AuditAction.EXPORT_QUESTIONS: "tải bộ câu trắc nghiệm",
    AuditAction.EXPORT_LEARNERS: "tải bảng theo dõi học tập",
    AuditAction.SET_DEADLINE: "đổi hạn học tập",
    AuditAction.ISSUE_CERTIFICATE: "nhận chứng nhận",
    AuditAction.REPLACE_CERTIFICATE: "thay chứng nhận theo họ tên đúng",
    AuditAction.REVOKE_CERTIFICATE: "thu hồi chứng nhận",
    AuditAction.BACK_UP: "sao lưu dữ liệu",
    AuditAction.RESTORE_BACKUP: "phục hồi bản sao lưu",
    AuditAction.FORGIVE_CERTIFICATE: "cho cấp lại chứng nhận",
}

AUDIT_DETAILS: dict[str, str] = {
    "bytes": "số byte",
    "made": "bản lúc",
    "before": "từ",
    "after": "thành",
    "role": "vai trò",
    "capability": "việc",
    "why": "lý do",
    "reason": "lý do",
    "uses": "số lần",
    "days": "số ngày",
    "promoted": "đã chuyển",
    "replaceable": "được cấp lại",
    "questions": "số câu hỏi",
    "entries": "số dòng",
    "learners": "số người",
    "added": "thêm",
    "replaced": "thay",
    "replaces": "thay cho",
    "times": "số lần trong một giờ",
    "times_of_all": "số lần trong một giờ, của nhiều người lạ",
}
"""What the details of an entry are called; a detail without a word shows its name."""

AUDIT_VALUES: dict[str, str] = {
    **{role.value: word for role, word in ROLES.items()},
    Capability.GREET.value: "xem giới thiệu",
    Capability.JOIN.value: "xin tham gia",
    Capability.OWN_DATA.value: "xem dữ liệu của mình",
    Capability.ASK.value: "hỏi",
    Capability.LEARN.value: "học",
    Capability.EARN_CERTIFICATE.value: "nhận chứng nhận",
    Capability.EDIT_DOCUMENTS.value: "sửa tài liệu",
    Capability.EDIT_QUIZZES.value: "sửa câu trắc nghiệm",
    Capability.SEE_LEARNERS.value: "xem việc học của người khác",
    Capability.SEE_REASONS.value: "xem vì sao trả lời như vậy",
    Capability.RELOAD.value: "cập nhật tài liệu",
    Capability.ANSWER_FORWARDED.value: "trả lời câu hỏi được chuyển đến",
    Capability.SEE_STATISTICS.value: "xem thống kê",
    Capability.MANAGE_PEOPLE.value: "quản lý người dùng",
    Capability.SEE_AUDIT.value: "xem nhật ký",
    "True": "có",
    "False": "chưa",
    "role": "chưa đủ quyền",
    "not_your_button": "nút của người khác",
    "expired": "hết hạn",
    "revoked": "đã thu hồi",
    "used_up": "đã dùng hết",
    "used_by_you": "đã dùng lời mời này",
    "unknown": "không có lời mời này",
    "not_needed": "đã có quyền này",
    "articles_changed": "tệp bài viết thay đổi",
}
"""The values of details in words; others show as they are."""

MY_DATA = "Đây là tất cả những gì tôi lưu về anh/chị. Muốn xóa: /forgetme"
MY_DATA_TITLE = "Dữ liệu của anh/chị tại trợ lý Văn phòng UBND tỉnh Lào Cai"
MY_DATA_NOTHING = "(không có gì)"
FORGET_ASK = (
    "Xóa <b>toàn bộ dữ liệu</b> của anh/chị? Anh/chị sẽ mất vai trò hiện có và không vào lại được "
    "bằng liên kết mời đã dùng; số liệu thống kê không ghi tên và dấu không ghi tên của việc bị từ "
    "chối, bị thu hồi hay hạn mức đã dùng vẫn được giữ. Không hoàn lại được."
)
FORGET_YES = "🗑 Xóa dữ liệu của tôi"
FORGOTTEN = "Đã xóa toàn bộ dữ liệu của anh/chị."
FORGOTTEN_NOTHING = "Tôi không lưu dữ liệu nào của anh/chị."
MARKS = {
    MarkKind.JOIN_REQUEST: "đã xin tham gia; một ngày xin một lần",
    MarkKind.CERTIFICATE_REVOKED: "chứng nhận đã bị thu hồi, không cấp lại",
    MarkKind.FORWARDED_QUESTION: "câu hỏi gửi biên tập viên chưa được trả lời",
    MarkKind.FORWARDED_FEEDBACK: "góp ý gửi biên tập viên chưa xử lý xong",
    MarkKind.MODEL_USE: "lượt mô hình ngôn ngữ viết câu trả lời hôm nay",
}

COMMANDS = (
    MenuCommand(Capability.OWN_DATA, "mydata", "Xem dữ liệu bot lưu về anh/chị"),
    MenuCommand(Capability.OWN_DATA, "forgetme", "Xóa dữ liệu bot lưu về anh/chị"),
    MenuCommand(Capability.MANAGE_PEOPLE, "people", "Danh sách và vai trò"),
    MenuCommand(Capability.MANAGE_PEOPLE, "invite", "Tạo và thu hồi lời mời"),
    MenuCommand(Capability.SEE_AUDIT, "audit", "Nhật ký quản trị"),
)
