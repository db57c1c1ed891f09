"""Markdown and plain text: tables, notes, lists, numbered lines, old encodings."""

from __future__ import annotations

import unicodedata

from benchmarks.document_cases.case import Case, Kind
from benchmarks.document_cases.page_files import tcvn3

TABLE_MD = r"""# Danh bạ trực hè

Ca trực hè được chia như sau:

| STT | Họ tên          |  Ca   | Ghi chú              |
|----:|:----------------|:-----:|----------------------|
| 1   | **Thào Mí Sính** | Sáng | thay ca cho tổ xe    |
| 2   | Lưu Ngọc Ánh    | Chiều | mã cửa A\|7          |
| 3   | Phí Văn Đạo     | Đêm   |                      |

Loại thẻ | Màu | Nơi cấp
---|---|---
Thẻ khách | vàng | phòng bảo vệ
Thẻ nhà báo | đỏ | [phòng báo chí](https://example.org/bc)

Ca đêm được nghỉ bù một ngày.
"""

NOTES_MD = """# Tiền thưởng sáng kiến

Sáng kiến cấp cơ sở được thưởng 1.200.000[^1] đồng, cấp tỉnh gấp ba[^2] lần.

Hồ sơ nộp cho thư ký hội đồng.

[^1]: Nhóm tác giả chia đều.
[^2]: Áp dụng từ năm
    2024 trở đi.
"""

LISTS_MD = """Quy trình cấp máy tính
======================

Bước chuẩn bị
-------------

1. Lập *phiếu đề nghị* gửi [Trung tâm Thông tin](https://example.org/tttt)
1. Chờ duyệt
   - máy bàn: 3 ngày
   - máy xách tay: 5 ngày
1. Nhận máy và ký sổ `QT-09`

Người nghỉ việc phải:

* trả máy trong ngày cuối
* bàn giao **toàn bộ** mật khẩu

Máy hỏng do lỗi người dùng thì sửa_tự_túc, trừ trường hợp 2 * 24 giờ đầu.
"""

HIDDEN_MD = """---
title: Nội quy nhà tập
---

# Nội quy nhà tập

<!-- Nháp: mở cửa lúc 4 giờ 30 -->

Nhà tập mở cửa từ 5 giờ 30. <!-- mã khóa
là 9134 -->
Người dưới mười sáu tuổi <b>không</b> dùng máy tạ.

<div hidden>Máy chạy số hai sắp thanh lý.</div>

[//]: # (Ghi chú riêng: hỏi lại anh Tài)
"""

COUNTERS_MD = """# Báo cáo tháng Tư

Tổng số: 236

Trong tháng: 58

Đang online: 12 điểm cầu họp trực tuyến

- Lượt truy cập: 8.410
- Hôm nay: 31 hồ sơ
"""

NUMBERED_TXT = """QUY ĐỊNH GIẢI QUYẾT NGHỈ PHÉP

Thời hạn trả lời đơn nghỉ phép là
2 ngày làm việc đối với đơn dưới năm ngày và
4 ngày làm việc đối với đơn từ năm ngày trở lên.

3. Nghỉ phép phải báo trước một tuần.

Mức khoán tiền tàu xe:
450.000 đồng cho người có quê trong tỉnh;
1.100.000 đồng cho người có quê ngoài tỉnh.

20 người được nghỉ cùng lúc là nhiều nhất.
"""

HEADINGS_TXT = """CHƯƠNG II
QUẢN LÝ NHÀ CÔNG VỤ

Điều 8. Đối tượng được ở

1. Cán bộ được điều động từ địa phương khác đến, chưa có nhà ở tại thành
phố Lào Cai và có quyết định điều động còn hiệu lực trong thời gian ở
nhà công vụ.

2. Người ở phải nộp:
a) Tiền điện theo công tơ;
b) Tiền nước 60.000 đồng một tháng.

Điều 9. Trả nhà

Người hết thời gian điều động trả nhà trong vòng 45 ngày.

III. TỔ CHỨC THỰC HIỆN

Phòng Quản trị theo dõi việc thực hiện.
"""

TABBED_TXT = (
    "Bảng phân công lái xe\r\n\r\n"
    "STT\tBiển số\tLái xe\tTuyến\r\n"
    "1\t24A-001.12\tNông Văn Tài\tSa Pa\r\n"
    "2\t24A-002.57\tĐặng Quốc Bình\tBắc Hà\r\n"
    "3\t24A-003.90\t\tDự phòng\r\n\r\n"
    "Xe dự phòng để tại sân sau.\r\n"
)

SPACED_TXT = """Giá suất ăn tại nhà ăn cơ quan

Loại suất        Giá (đồng)    Giờ phục vụ
Suất thường      35.000        11 giờ
Suất chay        30.000        11 giờ
Suất đặt riêng   60.000        theo hẹn

Phiếu ăn mua vào thứ Hai.
"""

SIX_LINES = """Nội quy sử dụng thang máy

Thang máy số một chỉ dành cho khách và người khuyết tật. Cán bộ ở các tầng dưới đi cầu thang bộ.
Khi thang dừng giữa chừng, bấm nút đỏ và chờ người trực, không tự ý cạy cửa.
Hàng hóa nặng trên ba trăm ki-lô-gam phải chuyển bằng thang số hai.
"""

MIXED_TXT = (
    "Nội quy vườn hoa\n\nKhông bẻ cành, hái hoa trong khuôn viên cơ quan.\n\n"
    + tcvn3(
        "Người chăm sóc vườn hoa được cấp bảo hộ lao động hai lần một năm, mỗi lần gồm quần áo, "
        "ủng và găng tay."
    )
    + "\n\nNước tưới lấy từ bể phía đông, không dùng nước máy.\n"
)

ODD_TXT = (
    "Quy định gửi đồ\u200b\n\n"
    "Tủ gửi đồ mở c\u00adửa từ 7\u00a0giờ; \u041cất \u0441hì\u0430 khóa phải đền "
    "80.000\u2009đồ\u200dng.\n\n"
    + unicodedata.normalize("NFD", "Người gửi đồ qua đêm báo với tổ bảo vệ trước giờ đóng cửa.")
    + "\n\nBảng hướng dẫn tiếng Nga: «Камера хранения».\n"
)

UNICODE_TXT = """Thông tin đoàn khách

Bà Hélène Gärtner và ông José Peña đến từ Besançon, ở khách sạn «Mường Hoa»®.

Nhiệt độ phòng trưng bày 21°C, ánh sáng 50 lux ± 5, bụi dưới 35 µg/m³; vé vào cửa £3 hoặc ¥500.

Bài phát biểu dài 1¼ giờ, xem § 7 và ¶ 2 của chương trình.
"""

DIRECTIVE = """ỦY BAN NHÂN DÂN
TỈNH LÀO CAI
-------
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
---------------
Số: 19/CT-UBND
Lào Cai, ngày 08 tháng 8 năm 2022

CHỈ THỊ
Về tăng cường phòng cháy trong trụ sở cơ quan

Thực hiện Công điện số 792/CĐ-TTg ngày 06 tháng 8 năm 2022, Chủ tịch Ủy ban nhân dân tỉnh yêu cầu:

1. Các cơ quan kiểm tra hệ thống điện trước ngày 30 tháng 9 năm 2022.

2. Mỗi tầng có ít nhất bốn bình chữa cháy.

Nơi nhận:
- Các sở, ban, ngành;
- Lưu: VT, NC2.

CHỦ TỊCH
(Đã ký)
Trần Bình Minh
"""


def long_line() -> bytes:
    """Return fifteen megabytes without one line feed."""
    sentence = "Cửa kho phía bắc chỉ mở khi có lệnh của thủ kho trưởng. "
    return (sentence * (15_000_000 // len(sentence.encode()))).encode()


CASES: tuple[Case, ...] = (
    Case(
        Kind.TABLES,
        "pipe tables: alignment, an escaped pipe, no outer pipes",
        "truc-he.md",
        TABLE_MD.encode,
        has=(
            "Họ tên: Thào Mí Sính; Ca: Sáng; Ghi chú: thay ca cho tổ xe",
            "Họ tên: Lưu Ngọc Ánh; Ca: Chiều; Ghi chú: mã cửa A|7",
            "Họ tên: Phí Văn Đạo; Ca: Đêm",
            "Loại thẻ: Thẻ nhà báo; Màu: đỏ; Nơi cấp: phòng báo chí",
            "Ca đêm được nghỉ bù một ngày.",
        ),
        lacks=("STT", "| ", "---", "**", "\\|"),
    ),
    Case(
        Kind.NOTES,
        "footnotes after a number and a word",
        "sang-kien.md",
        NOTES_MD.encode,
        in_order=(
            "được thưởng 1.200.000 đồng, cấp tỉnh gấp ba lần.",
            "Chú thích 1: Nhóm tác giả chia đều.",
            "Chú thích 2: Áp dụng từ năm 2024 trở đi.",
            "Hồ sơ nộp cho thư ký hội đồng.",
        ),
        lacks=("[^", "1.200.0001"),
    ),
    Case(
        Kind.STRUCTURE,
        "underlined headings, lists counted by the reader, emphasis, links",
        "cap-may-tinh.md",
        LISTS_MD.encode,
        has=("sửa_tự_túc, trừ trường hợp 2 * 24 giờ đầu",),
        in_order=(
            "Quy trình cấp máy tính",
            "Bước chuẩn bị",
            "1. Lập phiếu đề nghị gửi Trung tâm Thông tin",
            "2. Chờ duyệt",
            "- máy bàn: 3 ngày",
            "- máy xách tay: 5 ngày",
            "3. Nhận máy và ký sổ QT-09",
            "- trả máy trong ngày cuối",
            "- bàn giao toàn bộ mật khẩu",
        ),
        lacks=("](", "====", "----", "`"),
    ),
    Case(
        Kind.UNPUBLISHED,
        "front matter, comments over lines, HTML within",
        "nha-tap.md",
        HIDDEN_MD.encode,
        has=("Nhà tập mở cửa từ 5 giờ 30.", "Người dưới mười sáu tuổi không dùng máy tạ."),
        lacks=("4 giờ 30", "9134", "sắp thanh lý", "anh Tài", "<b>", "title:"),
        details={"title": "Nội quy nhà tập"},
    ),
    Case(
        Kind.LEFTOVERS,
        "figures that look like a web page's counters",
        "thang-tu.md",
        COUNTERS_MD.encode,
        has=(
            "Tổng số: 236",
            "Trong tháng: 58",
            "Đang online: 12 điểm cầu",
            "- Lượt truy cập: 8.410",
            "- Hôm nay: 31 hồ sơ",
        ),
    ),
    Case(
        Kind.NUMBERED_LINES,
        "sentences that begin with numbers",
        "nghi-phep.txt",
        NUMBERED_TXT.encode,
        has=(
            "Thời hạn trả lời đơn nghỉ phép là 2 ngày làm việc đối với đơn dưới năm ngày và 4 ngày",
            "3. Nghỉ phép phải báo trước một tuần.",
            "450.000 đồng cho người có quê trong tỉnh",
            "20 người được nghỉ cùng lúc là nhiều nhất.",
        ),
    ),
    Case(
        Kind.STRUCTURE,
        "headings, clauses, points, lines broken at 70 letters",
        "nha-cong-vu.txt",
        HEADINGS_TXT.encode,
        in_order=(
            "QUẢN LÝ NHÀ CÔNG VỤ",
            "Điều 8. Đối tượng được ở",
            (
                "chưa có nhà ở tại thành phố Lào Cai và có quyết định điều động còn hiệu lực trong "
                "thời gian ở nhà công vụ."
            ),
            "2. Người ở phải nộp:",
            "a) Tiền điện theo công tơ;",
            "b) Tiền nước 60.000 đồng một tháng.",
            "Điều 9. Trả nhà",
            "trong vòng 45 ngày",
            "III. TỔ CHỨC THỰC HIỆN",
            "Phòng Quản trị theo dõi việc thực hiện.",
        ),
    ),
    Case(
        Kind.TABLES,
        "table by tabs with an empty cell",
        "lai-xe.txt",
        TABBED_TXT.encode,
        has=(
            "Biển số: 24A-001.12; Lái xe: Nông Văn Tài; Tuyến: Sa Pa",
            "Biển số: 24A-003.90; Tuyến: Dự phòng",
            "Xe dự phòng để tại sân sau.",
        ),
        lacks=("STT", "\t"),
    ),
    Case(
        Kind.TABLES,
        "table aligned by spaces",
        "suat-an.txt",
        SPACED_TXT.encode,
        has=(
            "Loại suất: Suất chay; Giá (đồng): 30.000; Giờ phục vụ: 11 giờ",
            "Loại suất: Suất đặt riêng; Giá (đồng): 60.000; Giờ phục vụ: theo hẹn",
            "Phiếu ăn mua vào thứ Hai.",
        ),
    ),
    Case(
        Kind.LEFTOVERS,
        "figures that look like a web page's counters",
        "thang-nam.txt",
        (
            "BÁO CÁO MỘT CỬA\n\nTổng số: 512\n\nTrong tháng: 74\n\nTrực tuyến: 300\n\n"
            "Liên hệ: máy lẻ 118\n\nIn trang: 2 mặt\n"
        ).encode,
        has=(
            "Tổng số: 512",
            "Trong tháng: 74",
            "Trực tuyến: 300",
            "Liên hệ: máy lẻ 118",
            "In trang: 2 mặt",
        ),
    ),
    Case(
        Kind.ENCODINGS,
        "TCVN3 bytes",
        "thang-may.txt",
        lambda: tcvn3(SIX_LINES).encode("latin-1"),
        has=(
            "Thang máy số một chỉ dành cho khách và người khuyết tật.",
            "bấm nút đỏ và chờ người trực, không tự ý cạy cửa.",
        ),
    ),
    Case(
        Kind.ENCODINGS,
        "UTF-16 with a mark at the beginning",
        "thang-may-16.txt",
        lambda: SIX_LINES.encode("utf-16"),
        has=("bấm nút đỏ và chờ người trực, không tự ý cạy cửa.",),
    ),
    Case(
        Kind.ENCODINGS,
        "UTF-8 with one paragraph of TCVN3",
        "vuon-hoa.txt",
        MIXED_TXT.encode,
        has=(
            "Không bẻ cành, hái hoa trong khuôn viên cơ quan.",
            "được cấp bảo hộ lao động hai lần một năm, mỗi lần gồm quần áo, ủng và găng tay.",
            "Nước tưới lấy từ bể phía đông, không dùng nước máy.",
        ),
    ),
    Case(
        Kind.ENCODINGS,
        "right Unicode with signs that old encodings use for letters",
        "doan-khach.txt",
        UNICODE_TXT.encode,
        has=(
            "Bà Hélène Gärtner và ông José Peña đến từ Besançon, ở khách sạn «Mường Hoa»®.",
            "bụi dưới 35 µg/m³; vé vào cửa £3 hoặc ¥500.",
            "dài 1¼ giờ, xem § 7 và ¶ 2",
        ),
    ),
    Case(
        Kind.LETTERHEAD,
        "directive as legal portals export it",
        "chi-thi.txt",
        DIRECTIVE.encode,
        has=("kiểm tra hệ thống điện trước ngày 30 tháng 9 năm 2022", "ít nhất bốn bình chữa cháy"),
        details={
            "number": "19/CT-UBND",
            "published": "2022-08-08",
            "signer": "Trần Bình Minh",
        },
    ),
    Case(
        Kind.CHARACTERS,
        "invisible characters, Cyrillic look-alikes, tones of their own",
        "gui-do.txt",
        ODD_TXT.encode,
        has=(
            "Tủ gửi đồ mở cửa từ 7 giờ; Mất chìa khóa phải đền 80.000 đồng.",
            "Người gửi đồ qua đêm báo với tổ bảo vệ trước giờ đóng cửa.",
            "Камера хранения",
        ),
        lacks=("\u200b", "\u200d", "\xad"),
    ),
    Case(
        Kind.BAD_INPUT,
        "footnote that points at itself",
        "chu-thich-vong.md",
        (
            "# Thu gom pin\n\nPin cũ bỏ vào hộp ở sảnh[^1].\n\n"
            "[^1]: Hộp được đổ vào ngày mùng một[^1].\n"
        ).encode,
        has=("Pin cũ bỏ vào hộp ở sảnh", "Hộp được đổ vào ngày mùng một"),
        lacks=("[^",),
    ),
    Case(
        Kind.BAD_INPUT,
        "fifteen megabytes in one line",
        "cua-kho.txt",
        long_line,
        has=("Cửa kho phía bắc chỉ mở khi có lệnh của thủ kho trưởng.",),
        may_refuse=True,
    ),
)
