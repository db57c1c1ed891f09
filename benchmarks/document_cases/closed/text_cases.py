"""Markdown and plain text kept for measuring."""

from __future__ import annotations

import unicodedata

from benchmarks.document_cases.case import Case, Kind
from benchmarks.document_cases.page_files import tcvn3, viscii, vni, windows_1258

TABLE_MD = r"""Lịch bảo dưỡng
===

|Thiết bị|Chu kỳ|Đơn vị làm|
|:-:|--:|:--|
|Thang máy|3 tháng|`Công ty A`|
|Máy phát\|UPS|6 tháng|Tổ điện<br>nước|
|Điều hòa||Công ty *Bắc Á*|
||||
|Máy lọc nước|1 tháng|Tổ điện nước

Bảo dưỡng ngoài giờ hành chính.

1. Mã thiết bị:

   Mã | Phòng
   :--|:--
   M-01 | 402
   M-02 | 115
"""

HTML_TABLE_MD = """## Biểu phí giữ xe

<table>
<tr><th rowspan="2">Loại xe</th><th colspan="2">Giá vé</th></tr>
<tr><th>Ngày</th><th>Tháng</th></tr>
<tr><td>Xe máy</td><td>3.000</td><td>60.000</td></tr>
<tr><td>Ô tô</td><td>15.000</td><td>400.000</td></tr>
</table>

Vé mất <del>không đền</del> đền gấp đôi; xe **điện** tính như xe máy.<br>Gửi qua đêm: 10.000 đồng.
"""

NOTES_MD = """# Hỗ trợ nhà ở

| Đối tượng | Mức hỗ trợ |
|---|---|
| Cán bộ biệt phái | 1.500.000[^x] |
| Người mới tuyển | 800.000 |

Hỗ trợ chi trả từ ngày 05[^y] hằng tháng. Nhà công vụ rộng 30 m² trở lên không được hỗ trợ.

[^y]: Trùng ngày nghỉ thì chi trả vào ngày làm việc sau.
[^x]: Ở xã vùng cao là 1.900.000.

Người thôi việc hoàn trả phần chưa dùng.
"""

LISTS_MD = """# Quy trình thẩm định ##

### Bước 1: Nhận hồ sơ

4) Kiểm tra thành phần
5) Ghi sổ
   1. sổ đến
   2. sổ giao nhận

       Sổ giao nhận có chữ ký hai bên.

+ hồ sơ giấy
+ hồ sơ điện tử
    + tệp có chữ ký số
    + tệp quét

> Hồ sơ thiếu trả lại trong ngày.

***

2024\\. Là năm thí điểm.

- [x] Đã thẩm định giá
- [ ] Chưa thẩm định giá

![Sơ đồ phòng](so-do.png)
Xem <https://example.org/quy-trinh> và [biểu mẫu][1].

[1]: https://example.org/mau "Mẫu số 3"
"""

HIDDEN_MD = """Giờ mở cửa kho ấn chỉ: 7 giờ 45.

<!--
## Phần bỏ

| Tên | Số |
|---|---|
| két sắt | 44-18-07 |
-->

Ấn chỉ hỏng<!-- không hủy --> phải nộp lại.

<span style="display:none">Thủ kho dự phòng: bà Đào.</span>

<script>alert("Đổi mật khẩu")</script>

```
Mẫu ghi sổ: ngày <!-- ngày --> số lượng
```
"""

NUMBERED_TXT = """MỨC BỒI DƯỠNG LÀM THÊM GIỜ

1. Làm thêm ngày thường được tính bằng
150 phần trăm tiền lương giờ; làm thêm ngày nghỉ được tính bằng
200 phần trăm.

2. Tổng thời gian làm thêm không vượt quá
40 giờ trong một tháng
và 200 giờ trong một năm.

12 ngày phép năm được nghỉ nguyên lương.
07 giờ 30 là giờ bắt đầu làm việc mùa hè.

Người trực đêm được nghỉ bù:
01 ngày nếu trực ngày thường;
02 ngày nếu trực ngày lễ.
"""

HEADINGS_TXT = """PHẦN II. NHIỆM VỤ TRỌNG TÂM

I. VỀ CẢI CÁCH HÀNH CHÍNH

1. Số hóa hồ sơ

1.1. Văn thư số hóa hồ sơ đến trong ngày, độ phân giải tối thiểu ba trăm
điểm, đặt tên tệp theo mã hồ sơ và gắn mã vạch ở góc trên bên phải của
trang đầu.

1.2. Hồ sơ mật không số hóa.

2. Họp trực tuyến

Mục 1. Phòng họp

Điều 15. Kỹ thuật
Tổ kỹ thuật thử đường truyền trước giờ họp 45 phút.
Khoản kinh phí phát sinh do Chánh Văn phòng duyệt.

a) Micro không dây có pin dự phòng
b) Máy chiếu dự phòng để tại phòng 210
- dây tín hiệu dài mười mét
"""

TABBED_TXT = (
    "Danh sách đăng ký khám sức khỏe\n\n"
    "TT\tHọ và tên\tĐơn vị\tBuổi khám\n"
    "1\tQuan Thị Nhài\tPhòng Kinh tế\tSáng 12/8\n"
    "2\tHoàng A Giàng\t\tChiều 12/8\n"
    "3\tTô Văn Khánh\tĐội xe\tSáng 13/8\n\n"
    "Nhịn ăn trước khi khám.\n"
)

SPACED_TXT = """PHÂN CÔNG PHÒNG LÀM VIỆC

  Phòng   Người sử dụng              Diện tích    Máy lẻ
  -----   ------------------------   ---------    ------
  201     Tráng Seo Vần              24 m2        401
  202     Nguyễn Thị Hồng Nhung      18 m2        402
  203                                30 m2        403
  204     Hạng A Phử                 18 m2        404

Phòng 203 dành cho khách.
"""

CANTEEN = """Nội quy bếp ăn tập thể

Nhân viên bếp đeo khẩu trang, rửa tay trước khi chế biến và lưu mẫu thức ăn trong một ngày đêm.
Thực phẩm nhập trước sáu giờ sáng, có hóa đơn và tem kiểm dịch của cơ sở cung cấp.
Người ngoài không được vào khu chế biến; khách tham quan phải mặc áo choàng.
Dụng cụ nấu ăn được khử trùng vào chiều thứ Sáu.
"""

MIXED_TXT = (
    "Điều 3. Sử dụng con dấu\n\nCon dấu do văn thư giữ, không mang ra khỏi cơ quan.\n\n"
    + tcvn3("Việc đóng dấu giáp lai thực hiện với văn bản từ hai tờ trở lên.")
    + "\n\n"
    + vni("Trường hợp mang con dấu đi công tác phải có lệnh bằng văn bản của người đứng đầu.")
    + "\n\nMất con dấu phải báo công an trong ngày.\n"
)

ODD_TXT = (
    "\ufeffN\u1ed9i quy ph\u2060\u00f2ng \u0111\u1ecdc\n\n"
    "\u0421hỉ \u0441án b\u1ed9 \u0441\u00f3 th\u1ebb \u0111\u01b0\u1ee3c v\u00e0o; "
    "kh\u00f4ng mang t\u00fa\u00adi x\u00e1ch, \u0111\u1ed3 u\u1ed1\u200bng.\u3000Gi\u1eef "
    "im\u202flặng, ph\u1ea1t 50.000\u00a0\u0111\u1ed3ng.\n\n"
    + unicodedata.normalize("NFD", "Sách tham khảo chỉ đọc tại chỗ, không photo quá mười trang.")
    + "\n\nTừ điển Nga – Việt («Словарь») để ở kệ số sáu.\n"
)

UNICODE_MD = """# Nhà khách và đối tác

Rượu Bắc Hà® và chè San Tuyết™ bán tại quầy 24½, giữ ở 18°C ± 2°C.

Ông François Lemaître và bà Zoë Muñoz ở phòng 207 – 209, trả 45 € một đêm (≈ 1.200.000 đ).

Xét nghiệm nước: asen < 10 µg/l, độ đục ≤ 2 NTU, diện tích mẫu 5 cm², theo § 4 «Quy chuẩn».
"""

LETTER = """UBND TỈNH LÀO CAI\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
VĂN PHÒNG\tĐộc lập - Tự do - Hạnh phúc

Số: 1203/VPUBND-QT\tLào Cai, ngày 21 tháng 11 năm 2023
V/v đăng ký xe đi công tác

Kính gửi: Các phòng, ban, trung tâm.

Theo Thông báo số 340/TB-VP ngày 17 tháng 11 năm 2023, các đơn vị đăng ký xe trước mười sáu giờ
của ngày hôm trước. Công văn này thay Công văn số 88/VPUBND-QT ngày 05 tháng 02 năm 2021./.

Nơi nhận:\tKT. CHÁNH VĂN PHÒNG
- Như trên;\tPHÓ CHÁNH VĂN PHÒNG
- Lưu: VT, QT.


\tMã Thị Thanh Huyền
"""


CASES: tuple[Case, ...] = (
    Case(
        Kind.TABLES,
        "pipe tables: empty cells and rows, line breaks, a table in a list",
        "bao-duong.md",
        TABLE_MD.encode,
        has=(
            "Lịch bảo dưỡng",
            "Thiết bị: Thang máy; Chu kỳ: 3 tháng; Đơn vị làm: Công ty A",
            "Thiết bị: Máy phát|UPS; Chu kỳ: 6 tháng; Đơn vị làm: Tổ điện nước",
            "Thiết bị: Điều hòa; Đơn vị làm: Công ty Bắc Á",
            "Thiết bị: Máy lọc nước; Chu kỳ: 1 tháng; Đơn vị làm: Tổ điện nước",
            "Mã: M-02; Phòng: 115",
        ),
        lacks=("---", ":-", "<br>", "`"),
    ),
    Case(
        Kind.TABLES,
        "HTML table with merged header within Markdown",
        "phi-giu-xe.md",
        HTML_TABLE_MD.encode,
        has=(
            "Loại xe: Xe máy; Giá vé – Ngày: 3.000; Giá vé – Tháng: 60.000",
            "Loại xe: Ô tô; Giá vé – Ngày: 15.000; Giá vé – Tháng: 400.000",
            "đền gấp đôi; xe điện tính như xe máy.",
            "Gửi qua đêm: 10.000 đồng.",
        ),
        lacks=("<", "**", "không đền", "máy.Gửi"),
    ),
    Case(
        Kind.NOTES,
        "named footnotes in a table and after a figure, out of order",
        "nha-o.md",
        NOTES_MD.encode,
        has=(
            "Mức hỗ trợ: 1.500.000 (chú thích: Ở xã vùng cao là 1.900.000",
            "Hỗ trợ chi trả từ ngày 05 hằng tháng. Nhà công vụ rộng 30 m² trở lên",
            "Trùng ngày nghỉ thì chi trả vào ngày làm việc sau.",
        ),
        in_order=("Hỗ trợ chi trả từ ngày 05", "Trùng ngày nghỉ", "Người thôi việc hoàn trả"),
        lacks=("[^",),
    ),
    Case(
        Kind.STRUCTURE,
        "lists that begin at a number, nested lists, quotes, tasks, references",
        "tham-dinh.md",
        LISTS_MD.encode,
        has=(
            "Hồ sơ thiếu trả lại trong ngày.",
            "2024. Là năm thí điểm.",
            "Đã thẩm định giá",
            "biểu mẫu",
        ),
        in_order=(
            "Quy trình thẩm định",
            "Bước 1: Nhận hồ sơ",
            "Kiểm tra thành phần",
            "Ghi sổ",
            "1. sổ đến",
            "2. sổ giao nhận",
            "Sổ giao nhận có chữ ký hai bên.",
            "- hồ sơ giấy",
            "- tệp có chữ ký số",
            "- tệp quét",
        ),
        lacks=("##", "***", "> ", "![", "[1]", "Mẫu số 3"),
    ),
    Case(
        Kind.UNPUBLISHED,
        "comments over lines with a table, hidden span, script, comment in code",
        "an-chi.md",
        HIDDEN_MD.encode,
        has=("7 giờ 45", "Ấn chỉ hỏng phải nộp lại.", "Mẫu ghi sổ: ngày"),
        lacks=("44-18-07", "Phần bỏ", "không hủy", "bà Đào", "alert"),
    ),
    Case(
        Kind.LEFTOVERS,
        "figures that look like a web page's counters",
        "quy-hai.md",
        (
            "# Số liệu quý II\n\nTất cả: 1.904\n\nHôm qua: 12 lượt\n\n"
            "Đang truy cập: 40 tài khoản\n\n"
            "* Chia sẻ: 6 bản tin\n* Tìm kiếm: 233 lần\n* Số lượt xem: 17.020\n"
        ).encode,
        has=(
            "Tất cả: 1.904",
            "Hôm qua: 12 lượt",
            "Đang truy cập: 40 tài khoản",
            "- Chia sẻ: 6 bản tin",
            "- Tìm kiếm: 233 lần",
            "- Số lượt xem: 17.020",
        ),
    ),
    Case(
        Kind.NUMBERED_LINES,
        "sentences and broken lines that begin with numbers",
        "lam-them.txt",
        NUMBERED_TXT.encode,
        has=(
            (
                "1. Làm thêm ngày thường được tính bằng 150 phần trăm tiền lương giờ; làm thêm "
                "ngày nghỉ được tính bằng 200 phần trăm."
            ),
            "không vượt quá 40 giờ trong một tháng và 200 giờ trong một năm.",
            "12 ngày phép năm được nghỉ nguyên lương.",
            "02 ngày nếu trực ngày lễ.",
        ),
    ),
    Case(
        Kind.STRUCTURE,
        "parts, numbered sections, articles, lines broken at 70 letters",
        "nhiem-vu.txt",
        HEADINGS_TXT.encode,
        in_order=(
            "PHẦN II. NHIỆM VỤ TRỌNG TÂM",
            "I. VỀ CẢI CÁCH HÀNH CHÍNH",
            "1. Số hóa hồ sơ",
            (
                "1.1. Văn thư số hóa hồ sơ đến trong ngày, độ phân giải tối thiểu ba trăm điểm, "
                "đặt tên tệp theo mã hồ sơ và gắn mã vạch ở góc trên bên phải của trang đầu."
            ),
            "1.2. Hồ sơ mật không số hóa.",
            "2. Họp trực tuyến",
            "Mục 1. Phòng họp",
            "Điều 15. Kỹ thuật",
            "trước giờ họp 45 phút.",
            "Khoản kinh phí phát sinh do Chánh Văn phòng duyệt.",
            "a) Micro không dây có pin dự phòng",
            "b) Máy chiếu dự phòng để tại phòng 210",
            "- dây tín hiệu dài mười mét",
        ),
    ),
    Case(
        Kind.TABLES,
        "table by tabs with an empty cell",
        "kham-suc-khoe.txt",
        TABBED_TXT.encode,
        has=(
            "Họ và tên: Quan Thị Nhài; Đơn vị: Phòng Kinh tế; Buổi khám: Sáng 12/8",
            "Họ và tên: Hoàng A Giàng; Buổi khám: Chiều 12/8",
            "Nhịn ăn trước khi khám.",
        ),
        lacks=("TT:", "\t"),
    ),
    Case(
        Kind.TABLES,
        "table aligned by spaces with a line of dashes and an empty cell",
        "phong-lam-viec.txt",
        SPACED_TXT.encode,
        has=(
            "Phòng: 202; Người sử dụng: Nguyễn Thị Hồng Nhung; Diện tích: 18 m2; Máy lẻ: 402",
            "Phòng: 203; Diện tích: 30 m2; Máy lẻ: 403",
            "Phòng 203 dành cho khách.",
        ),
        lacks=("---",),
    ),
    Case(
        Kind.LEFTOVERS,
        "figures that look like a web page's counters",
        "cong-thong-tin.txt",
        (
            "BÁO CÁO QUẢN TRỊ CỔNG THÔNG TIN\n\nLượt truy cập: 98.111\n\nĐang online: 26\n\n"
            "Hôm qua: 1.377\n\nTổng cộng: 3.020.500\n\nBản quyền phần mềm: còn hạn đến năm 2027\n"
        ).encode,
        has=(
            "Lượt truy cập: 98.111",
            "Đang online: 26",
            "Hôm qua: 1.377",
            "Tổng cộng: 3.020.500",
            "Bản quyền phần mềm: còn hạn đến năm 2027",
        ),
    ),
    Case(
        Kind.ENCODINGS,
        "VNI bytes",
        "bep-an-1.txt",
        lambda: vni(CANTEEN).encode("latin-1"),
        has=(
            "Nhân viên bếp đeo khẩu trang, rửa tay trước khi chế biến",
            "khách tham quan phải mặc áo choàng.",
        ),
    ),
    Case(
        Kind.ENCODINGS,
        "VISCII bytes",
        "bep-an-2.txt",
        lambda: viscii(CANTEEN),
        has=("Thực phẩm nhập trước sáu giờ sáng, có hóa đơn và tem kiểm dịch",),
        may_refuse=True,
    ),
    Case(
        Kind.ENCODINGS,
        "Windows-1258 bytes",
        "bep-an-3.txt",
        lambda: windows_1258(CANTEEN),
        has=("Dụng cụ nấu ăn được khử trùng vào chiều thứ Sáu.", "lưu mẫu thức ăn trong một ngày"),
    ),
    Case(
        Kind.ENCODINGS,
        "UTF-16 without a mark at the beginning",
        "bep-an-4.txt",
        lambda: CANTEEN.encode("utf-16-le"),
        has=("Thực phẩm nhập trước sáu giờ sáng",),
        may_refuse=True,
    ),
    Case(
        Kind.ENCODINGS,
        "UTF-8 with one paragraph of TCVN3 and one of VNI",
        "con-dau.txt",
        MIXED_TXT.encode,
        has=(
            "Con dấu do văn thư giữ, không mang ra khỏi cơ quan.",
            "Việc đóng dấu giáp lai thực hiện với văn bản từ hai tờ trở lên.",
            "Trường hợp mang con dấu đi công tác phải có lệnh bằng văn bản của người đứng đầu.",
            "Mất con dấu phải báo công an trong ngày.",
        ),
    ),
    Case(
        Kind.ENCODINGS,
        "right Unicode with signs that old encodings use for letters",
        "doi-tac.md",
        UNICODE_MD.encode,
        has=(
            "Rượu Bắc Hà® và chè San Tuyết™ bán tại quầy 24½, giữ ở 18°C ± 2°C.",
            "Ông François Lemaître và bà Zoë Muñoz ở phòng 207 – 209, trả 45 € một đêm",
            "10 µg/l",
            "§ 4 «Quy chuẩn».",
        ),
    ),
    Case(
        Kind.LETTERHEAD,
        "letter whose two columns are set by tabs",
        "dang-ky-xe.txt",
        LETTER.encode,
        has=("các đơn vị đăng ký xe trước mười sáu giờ của ngày hôm trước.",),
        details={
            "number": "1203/VPUBND-QT",
            "published": "2023-11-21",
            "signer": "Mã Thị Thanh Huyền",
        },
    ),
    Case(
        Kind.CHARACTERS,
        "word joiners, wide and narrow spaces, Cyrillic look-alikes",
        "phong-doc.txt",
        ODD_TXT.encode,
        has=(
            "Nội quy phòng đọc",
            "Chỉ cán bộ có thẻ được vào; không mang túi xách, đồ uống.",
            "im lặng, phạt 50.000 đồng.",
            "Sách tham khảo chỉ đọc tại chỗ, không photo quá mười trang.",
            "Словарь",
        ),
        lacks=("\u200b", "\u2060", "\xad", "\ufeff"),
    ),
    Case(
        Kind.BAD_INPUT,
        "two footnotes that point at each other",
        "vong-chu-thich.md",
        (
            "# Giặt là\n\nKhăn trải bàn giặt hai tuần một lần[^a].\n\n"
            "[^a]: Trừ khăn phòng khánh tiết[^b].\n[^b]: Xem chú thích trước[^a].\n"
        ).encode,
        has=("Khăn trải bàn giặt hai tuần một lần", "Trừ khăn phòng khánh tiết"),
        lacks=("[^",),
    ),
    Case(
        Kind.BAD_INPUT,
        "four hundred thousand lines of one letter and a sentence",
        "dong-ngan.txt",
        lambda: b"a\n" * 400_000 + "Sổ này không dùng nữa.".encode(),
        has=("Sổ này không dùng nữa.",),
        may_refuse=True,
    ),
)
