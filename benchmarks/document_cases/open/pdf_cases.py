"""PDF files: notes, tables, numbering, layout, scans, fonts without text, damaged files."""

from __future__ import annotations

from benchmarks.document_cases.case import Case, Kind
from benchmarks.document_cases.page_files import (
    A4_ACROSS,
    BOLD,
    ITALIC,
    NO_UNICODE,
    SERIF,
    SHIFTED,
    VNTIME,
    VNTIMEH,
    Cell,
    Sheet,
    broken_xref,
    encrypted,
    flow,
    pdf,
    scanned_sheet,
    stamp,
    wrap,
)


def footnotes() -> bytes:
    """Return marks after numbers and words, a square metre, the notes at the foot."""
    sheet = Sheet()
    sheet.centre(780, "QUY ĐỊNH MỨC KHOÁN NHIÊN LIỆU", 13, BOLD)
    y = sheet.paragraph(740, "Mức khoán xăng cho xe bán tải là 14^1^ lít trên 100 km đường nhựa.")
    y = sheet.paragraph(y, "Nhà để xe rộng 45 m^2^ đất, giao đội xe^2^ quản lý từ tháng 6.")
    sheet.paragraph(y, "Phụ cấp lưu động mỗi tháng là 350.000^3^ đồng cho một lái xe.")
    sheet.line(72, 150, 210, 150)
    notes = [
        "^1^ Xe đã chạy trên 300.000 km được cộng thêm 2 lít.",
        "^2^ Đội xe thuộc Phòng Quản trị, có bảy lái xe.",
        "^3^ Không áp dụng cho người đang nghỉ không lương.",
    ]
    sheet.lines(134, notes, size=9)
    return pdf(sheet)


STAFF = [
    ("1", "Tiếp nhận đơn thư\ncủa công dân", "Bộ phận Tiếp dân", "02 ngày"),
    ("2", "Phân loại đơn", "Ban Tiếp công dân", "05 ngày"),
    ("3", "Trình lãnh đạo\nphê duyệt xử lý", "Phòng Nội chính", "03 ngày"),
    ("4", "Gửi văn bản\nchuyển đơn", "Văn thư", "01 ngày"),
    ("5", "Lưu hồ sơ", "Tổ Lưu trữ", "15 ngày"),
    ("6", "Báo cáo kết quả", "Phòng Tổng hợp", "07 ngày"),
]


def table_over_pages() -> bytes:
    """Return a ruled table with STT and two-line cells whose header comes again on page 2."""
    head = ("STT", "Nội dung công việc", "Đơn vị thực hiện", "Thời hạn")
    widths = (35, 170, 140, 90)
    first, second = Sheet(), Sheet()
    first.centre(780, "BẢNG PHÂN CÔNG XỬ LÝ ĐƠN THƯ", 13, BOLD)
    y = first.paragraph(750, "Các đơn vị thực hiện theo bảng dưới đây.")
    first.lines(y - 6, [], 60)
    first.table(200, widths, [head, *STAFF[:3]])
    first.write(290, 40, "1", 10)
    y = second.table(790, widths, [head, *STAFF[3:]])
    second.paragraph(y - 30, "Bảng này thay cho bảng phân công năm trước.")
    second.write(290, 40, "2", 10)
    return pdf(first, second)


def merged_header() -> bytes:
    """Return a table with a header of two levels, a total merged over its first columns."""
    sheet = Sheet()
    sheet.centre(780, "DỰ TOÁN KINH PHÍ TẬP HUẤN", 13, BOLD)
    rows: list[list[str | Cell | None]] = [
        [
            Cell("TT", down=2),
            Cell("Lớp tập huấn", down=2),
            Cell("Số học viên", across=2),
            None,
            Cell("Kinh phí (triệu đồng)", down=2),
        ],
        [None, None, "Cấp tỉnh", "Cấp xã", None],
        ["1", "Kỹ năng soạn thảo", "42", "118", "96"],
        ["2", "An toàn thông tin", "25", "64", "71"],
        [Cell("Tổng cộng", across=2), None, "67", "182", "167"],
    ]
    sheet.table(740, (30, 150, 90, 90, 110), rows, heads=2)
    return pdf(sheet)


def bare_table() -> bytes:
    """Return a table without lines, its words placed one by one."""
    sheet = Sheet()
    sheet.centre(780, "DANH BẠ CÁC ĐƠN VỊ", 13, BOLD)
    sheet.paragraph(750, "Số máy lẻ của các đơn vị như sau:")
    rows = [
        ("Đơn vị", "Phụ trách", "Phòng", "Máy lẻ"),
        ("Phòng Kinh tế", "Vàng Thị Mỷ", "305", "217"),
        ("Phòng Khoa giáo", "Đỗ Quang Huy", "306", "224"),
        ("Ban Tiếp công dân", "Lý Seo Páo", "101", "230"),
        ("Tổ Lễ tân", "Bùi Thu Trang", "102", "241"),
    ]
    y = sheet.table(720, (140, 140, 80, 80), rows, ruled=False, words=True)
    sheet.paragraph(y - 20, "Ngoài giờ hành chính gọi số trực 0214.")
    return pdf(sheet)


def regulation() -> bytes:
    """Return typed chapters, articles, clauses and points whose lines are broken by the page."""
    sheet = Sheet()
    sheet.centre(790, "Chương II", 12, BOLD)
    sheet.centre(772, "QUẢN LÝ TÀI SẢN CÔNG", 12, BOLD)
    y = sheet.paragraph(745, "Điều 6. Kiểm kê tài sản", face=BOLD)
    y = sheet.paragraph(
        y,
        "1. Phòng Quản trị tổ chức kiểm kê tài sản vào ngày làm việc cuối cùng của tháng "
        "12 hằng năm và báo cáo kết quả trước ngày 20 tháng 01 năm sau.",
    )
    y = sheet.paragraph(y, "2. Biên bản kiểm kê phải ghi rõ:")
    y = sheet.paragraph(y, "a) Tên và số hiệu của tài sản;")
    y = sheet.paragraph(y, "b) Nguyên giá, giá trị còn lại tại thời điểm kiểm kê;")
    y = sheet.paragraph(y, "Điều 7. Thanh lý tài sản", face=BOLD)
    sheet.paragraph(
        y,
        "Tài sản có nguyên giá dưới 50 triệu đồng do Chánh Văn phòng quyết định thanh lý theo "
        "quy định tại khoản 2 Điều 6 của Quy chế này.",
    )
    return pdf(sheet)


def lines_that_begin_with_numbers() -> bytes:
    """Return paragraphs whose lines begin with a number only because the line before is full."""
    sheet = Sheet()
    sheet.centre(780, "II. THỜI HẠN TRẢ KẾT QUẢ", 13, BOLD)
    y = sheet.lines(
        745,
        [
            "Hồ sơ cấp đổi giấy phép được trả kết quả trong thời hạn không quá",
            "12 ngày làm việc đối với hồ sơ nộp trực tiếp tại quầy và không quá",
            "8,5 ngày đối với hồ sơ gửi qua bưu chính, trừ hồ sơ của Điều",
            "9. Riêng hồ sơ nộp qua mạng được ưu tiên giải quyết trong vòng",
            "5 ngày làm việc kể từ khi nhận đủ giấy tờ hợp lệ.",
        ],
    )
    sheet.lines(
        y - 20,
        [
            "Tổng số hồ sơ: 87",
            "Trong tháng: 1.250 lượt",
            "Số lượt truy cập kho dữ liệu: 15.300",
        ],
    )
    return pdf(sheet)


def line_ends() -> bytes:
    """Return line ends inside a hyphenated word, a range of years and a document's number."""
    sheet = Sheet()
    sheet.lines(
        780,
        [
            "Kế hoạch chuyển đổi số giai đoạn 2024-",
            "2029 của Văn phòng giao Trung tâm Thông tin nâng cấp đường truyền inter-",
            "net và rà soát Quyết định số 318/QĐ-",
            "VPUBND về quy chế vận hành phần mềm dùng chung của cơ quan, gồm kinh tế -",
            "xã hội, nội chính và tiếp công dân.",
        ],
        size=11,
    )
    return pdf(sheet)


LEFT = (
    "Bản tin nội bộ tháng Mười đăng lịch tiếp công dân của lãnh đạo Văn phòng vào sáng thứ Tư "
    "tuần thứ hai. Công dân đăng ký tại phòng số 4 trước mười giờ và mang theo căn cước."
)
RIGHT = (
    "Thư viện cơ quan mở cửa cả ngày thứ Sáu cho cán bộ mượn sách pháp luật. Mỗi người được "
    "mượn ba cuốn trong hai tuần, quá hạn phải trả phí năm nghìn đồng một ngày."
)


def two_columns() -> bytes:
    """Return two columns drawn line by line across, a head and a page number."""
    sheet = Sheet()
    sheet.write(72, 810, "BẢN TIN VĂN PHÒNG – SỐ 10", 9, ITALIC)
    rows = (wrap(LEFT, 215, 11), wrap(RIGHT, 215, 11))
    y = 770.0
    for n in range(max(map(len, rows))):
        for x, lines in zip((60, 320), rows, strict=True):
            if n < len(lines):
                sheet.write(x, y, lines[n], 11)
        y -= 15
    sheet.write(270, 35, "Trang 1/4", 9)
    return pdf(sheet)


DUTY = (
    ("Điều 1. Người trực", BOLD),
    ("1. Mỗi ca trực có hai người, do Phòng Quản trị phân công trước ngày 25 hằng tháng.", SERIF),
    (
        (
            "2. Người trực có mặt trước giờ giao ca mười phút, kiểm tra điện, nước, phương tiện "
            "chữa cháy và ghi tình trạng vào sổ trực. Khi có việc bất thường, người trực báo ngay "
            "cho lãnh đạo trực và gọi lực lượng bảo vệ của khu nhà."
        ),
        SERIF,
    ),
    (
        (
            "3. Người trực không rời vị trí khi chưa có người thay. Trường hợp ốm đau đột xuất, "
            "trưởng ca được gọi người dự phòng theo danh sách treo tại phòng trực."
        ),
        SERIF,
    ),
    ("Điều 2. Giao ca", BOLD),
    (
        (
            "1. Người trực ca đêm bàn giao sổ cho ca ngày trong vòng 20 phút và ghi rõ việc còn "
            "lại, số chìa khóa đã nhận, số phương tiện còn trong sân và tên khách còn ở lại trong "
            "khu nhà công vụ."
        ),
        SERIF,
    ),
    (
        (
            "2. Sổ trực được giữ tại phòng bảo vệ trong năm năm; hết thời hạn, sổ được chuyển cho "
            "kho lưu trữ của cơ quan theo biên bản giao nhận có chữ ký của hai bên."
        ),
        SERIF,
    ),
    (
        (
            "3. Camera trước cổng lưu hình trong ba mươi ngày; việc trích xuất hình do Chánh Văn "
            "phòng cho phép bằng văn bản."
        ),
        SERIF,
    ),
)


def running_heads() -> bytes:
    """Return pages with a head, "Trang 1/3" and sentences over the pages' ends."""

    def furnish(sheet: Sheet, number: int) -> None:
        sheet.write(50, 282, "Quy chế trực cơ quan", 10, ITALIC)
        sheet.write(320, 282, f"Trang {number}/3", 10, ITALIC)

    return pdf(*flow(DUTY, furnish, (420, 310)))


SENTENCES = [
    "Thông báo lịch cắt điện để bảo dưỡng trạm biến áp",
    "Điện được cắt từ 13 giờ đến 17 giờ ngày thứ Bảy tuần này.",
    "Các phòng tắt máy tính và rút phích cắm trước khi về.",
    "Người trực liên hệ đội điện nước khi cần mở cửa nhà xe.",
    "Máy phát điện dự phòng chỉ cấp cho phòng máy chủ.",
]


def without_unicode() -> bytes:
    """Return text in a font that does not say which letters its glyphs are."""
    sheet = Sheet()
    sheet.lines(770, SENTENCES, size=13, face=NO_UNICODE)
    return pdf(sheet)


def wrong_unicode() -> bytes:
    """Return text in a font whose glyphs claim to be other letters, under a readable title."""
    sheet = Sheet()
    sheet.lines(770, SENTENCES, size=13, face=SHIFTED)
    return pdf(sheet)


SCANNED = [
    "THÔNG BÁO",
    "Về việc sử dụng phòng họp tầng ba",
    "",
    "Phòng họp tầng ba chỉ dành cho cuộc họp trên hai mươi người.",
    "Đơn vị có nhu cầu đăng ký với Tổ Lễ tân trước một ngày.",
    "Sau cuộc họp, đơn vị sử dụng tắt điều hòa và khóa cửa.",
    "Không mang đồ ăn vào phòng họp trong mọi trường hợp.",
    "Thông báo này có hiệu lực từ ngày ký.",
]
ENGLISH_LAYER = [
    "THONG BAO",
    "Vé viéc sir dung phong hop tang ba",
    "",
    "Phéng hop tang ba chi danh cho cuéc hop trén hai muoi ngudi.",
    "Don vi cé nhu cau dang ky voi T6 LE tan trudc mot ngay.",
    "Sau cudéc hop, don vi str dung tat diéu hoa va khéa cira.",
    "Khong mang dé an vao phong hop trong moi truéng hop.",
    "Théng bao nay cé hiéu luc tir ngay ky.",
]


def english_layer() -> bytes:
    """Return a scan with the invisible text that English OCR made of it."""
    sheet = scanned_sheet(SCANNED)
    for n, line in enumerate(ENGLISH_LAYER):
        if line:
            sheet.write(62, 842 - 81 - n * 25, line, 13, mode=3)
    return pdf(sheet)


def across_page() -> bytes:
    """Return an upright page and a landscape annex whose page is turned by /Rotate."""
    first = Sheet()
    first.paragraph(780, "Lịch trực Tết kèm theo Kế hoạch này được in ngang ở trang sau.")
    rows = [
        ("Ngày", "Lãnh đạo trực", "Văn thư", "Lái xe", "Bảo vệ"),
        ("28 Tết", "Phạm Tuấn Kiệt", "Hà Thị Nga", "Lê Văn Sáu", "Giàng A Lử"),
        ("29 Tết", "Hoàng Thị Bích", "Mai Thu Yến", "Trần Đình Quý", "Chảo Láo Tả"),
        ("Mùng 1", "Ngô Đức Thịnh", "Hà Thị Nga", "Phùng Văn Bảy", "Giàng A Lử"),
    ]
    flat = Sheet(A4_ACROSS)
    flat.table(540, (90, 160, 150, 150, 150), rows, size=12)
    turned = Sheet(rotate=90, parts=["q 0 1 -1 0 595 0 cm"], used=flat.used, faces=flat.faces)
    turned.parts += [*flat.parts, "Q"]
    return pdf(first, turned)


def old_font() -> bytes:
    """Return text in .VnTime and .VnTimeH whose letters claim to be TCVN3 codes."""
    sheet = Sheet()
    sheet.centre(780, "QUY CHẾ SỬ DỤNG XE CÔNG", 13, VNTIMEH)
    y = sheet.paragraph(
        745,
        "Xe công chỉ phục vụ việc chung; lái xe phải ghi nhật trình sau mỗi chuyến đi và nộp cho "
        "Phòng Quản trị trước ngày mùng năm hằng tháng.",
        face=VNTIME,
    )
    sheet.paragraph(y, "Định mức là mười ba lít cho một trăm ki-lô-mét.", face=VNTIME)
    return pdf(sheet)


def plain(*texts: str) -> bytes:
    """Return one page of paragraphs."""
    sheet, y = Sheet(), 780.0
    for text in texts:
        y = sheet.paragraph(y, text)
    return pdf(sheet)


def wrapped_in_junk() -> bytes:
    """Return a PDF after a mail gateway's line and before a page's HTML."""
    data = plain("Kho lưu trữ mở cửa từ 8 giờ đến 11 giờ các ngày thứ Ba.")
    before = b"X-Scan: clean; gateway=mail\r\n\r\n"
    return before + data + b"\r\n<html><body><p>T\xe1\xba\xa3i xu\xe1\xbb\x91ng</p></body></html>\n"


def invisible_text() -> bytes:
    """Return a page with invisible text over nothing."""
    sheet = Sheet()
    y = sheet.paragraph(780, "Tiền ăn giữa ca của bảo vệ là 30.000 đồng một ca.")
    sheet.write(72, y - 40, "Tiền ăn giữa ca thực chi là 95.000 đồng một ca.", mode=3)
    return pdf(sheet)


def blank_between() -> bytes:
    """Return a text page, a blank page and a scanned page."""
    first = Sheet()
    first.paragraph(780, "Phụ lục kèm theo gồm một trang quét ở cuối tệp này.")
    return pdf(first, Sheet(), scanned_sheet(SCANNED))


def letterhead() -> bytes:
    """Return a decision with its letterhead in two columns and its signature block."""
    sheet = Sheet()
    for x, y, text, face in (
        (70, 800, "ỦY BAN NHÂN DÂN", BOLD),
        (100, 784, "TỈNH LÀO CAI", BOLD),
        (255, 800, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", BOLD),
        (315, 784, "Độc lập - Tự do - Hạnh phúc", BOLD),
        (80, 755, "Số: 2146/QĐ-UBND", BOLD),
        (320, 755, "Lào Cai, ngày 03 tháng 10 năm 2023", ITALIC),
    ):
        sheet.write(x, y, text, 11, face)
    sheet.line(110, 778, 180, 778)
    sheet.centre(720, "QUYẾT ĐỊNH", 13, BOLD)
    sheet.centre(703, "Về việc ban hành Quy chế quản lý nhà công vụ", 12, BOLD)
    sheet.centre(675, "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH", 12, BOLD)
    y = sheet.paragraph(
        650, "Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015;", face=ITALIC
    )
    y = sheet.paragraph(
        y, "Theo đề nghị tại Tờ trình số 77/TTr-VP ngày 15 tháng 9 năm 2023.", face=ITALIC
    )
    sheet.centre(y - 5, "QUYẾT ĐỊNH:", 12, BOLD)
    y = sheet.paragraph(
        y - 30, "Điều 1. Ban hành kèm theo Quyết định này Quy chế quản lý nhà công vụ của tỉnh."
    )
    y = sheet.paragraph(y, "Điều 2. Quyết định này có hiệu lực từ ngày 15 tháng 10 năm 2023.")
    sheet.lines(y - 10, ["Nơi nhận:"], size=10, face=BOLD)
    sheet.lines(y - 25, ["- Như Điều 2;", "- Lưu: VT, NC."], size=9)
    for down, text in ((10, "TM. ỦY BAN NHÂN DÂN"), (26, "CHỦ TỊCH"), (100, "Giàng Seo Phong")):
        sheet.write(330 if down == 10 else 365, y - down, text, 11, BOLD)
    return pdf(sheet)


def watermark() -> bytes:
    """Return a page with large slanting letters drawn through its lines."""
    sheet = Sheet()
    stamp(sheet, "BẢN THẢO")
    y = sheet.paragraph(
        520,
        "Khách đến làm việc được hướng dẫn gửi xe tại sân sau, nhận thẻ khách ở phòng bảo vệ và "
        "trả lại thẻ trước khi ra về; thẻ mất phải báo ngay cho đội bảo vệ.",
    )
    sheet.paragraph(y, "Khách ở lại quá 18 giờ phải có người của cơ quan đi cùng.")
    return pdf(sheet)


def many_pages() -> bytes:
    """Return three thousand pages."""
    sheet = Sheet()
    sheet.paragraph(780, "Sổ theo dõi văn bản đến được chốt vào cuối mỗi ngày làm việc.")
    return pdf(*[sheet] * 3000)


_NO_TITLE = ("14 lít trên 100 km", "350.000 đồng cho một lái xe", "đội xe quản lý từ tháng 6")

CASES: tuple[Case, ...] = (
    Case(
        Kind.NOTES,
        "raised marks after numbers and words, notes at the foot",
        "muc-khoan.pdf",
        footnotes,
        has=_NO_TITLE,
        in_order=(
            "14 lít trên 100 km",
            "Chú thích 1: Xe đã chạy trên 300.000 km",
            "Nhà để xe rộng 45 m",
            "Chú thích 2: Đội xe thuộc Phòng Quản trị",
            "350.000 đồng",
            "Chú thích 3: Không áp dụng",
        ),
        lacks=("141", "xe2", "350.0003", "45 m đất"),
    ),
    Case(
        Kind.TABLES,
        "ruled table with STT over a page break",
        "phan-cong.pdf",
        table_over_pages,
        has=(
            (
                "Nội dung công việc: Tiếp nhận đơn thư của công dân; "
                "Đơn vị thực hiện: Bộ phận Tiếp dân; Thời hạn: 02 ngày"
            ),
            (
                "Nội dung công việc: Gửi văn bản chuyển đơn; Đơn vị thực hiện: Văn thư; "
                "Thời hạn: 01 ngày"
            ),
            "Đơn vị thực hiện: Phòng Tổng hợp; Thời hạn: 07 ngày",
            "Bảng này thay cho bảng phân công năm trước.",
        ),
        lacks=("STT", "|", "Thời hạn: Thời hạn"),
    ),
    Case(
        Kind.TABLES,
        "ruled table with a header of two levels and a merged total",
        "du-toan.pdf",
        merged_header,
        has=(
            "Lớp tập huấn: Kỹ năng soạn thảo",
            "Số học viên – Cấp tỉnh: 42; Số học viên – Cấp xã: 118",
            "Số học viên – Cấp xã: 64; Kinh phí (triệu đồng): 71",
            "Tổng cộng; Số học viên – Cấp tỉnh: 67; Số học viên – Cấp xã: 182",
        ),
        lacks=("TT:",),
    ),
    Case(
        Kind.TABLES,
        "table without lines, words placed one by one",
        "danh-ba.pdf",
        bare_table,
        has=(
            "Đơn vị: Phòng Kinh tế; Phụ trách: Vàng Thị Mỷ; Phòng: 305; Máy lẻ: 217",
            "Đơn vị: Tổ Lễ tân; Phụ trách: Bùi Thu Trang; Phòng: 102; Máy lẻ: 241",
            "Ngoài giờ hành chính gọi số trực 0214.",
        ),
    ),
    Case(
        Kind.STRUCTURE,
        "typed articles, clauses and points with broken lines",
        "quan-ly-tai-san.pdf",
        regulation,
        has=(
            "vào ngày làm việc cuối cùng của tháng 12 hằng năm và báo cáo kết quả",
            "theo quy định tại khoản 2 Điều 6 của Quy chế này.",
        ),
        in_order=(
            "QUẢN LÝ TÀI SẢN CÔNG",
            "Điều 6. Kiểm kê tài sản",
            "1. Phòng Quản trị tổ chức kiểm kê",
            "2. Biên bản kiểm kê phải ghi rõ:",
            "a) Tên và số hiệu của tài sản;",
            "b) Nguyên giá, giá trị còn lại",
            "Điều 7. Thanh lý tài sản",
            "Tài sản có nguyên giá dưới 50 triệu đồng",
        ),
    ),
    Case(
        Kind.NUMBERED_LINES,
        "lines that begin with numbers by the line's end",
        "thoi-han.pdf",
        lines_that_begin_with_numbers,
        has=(
            "trong thời hạn không quá 12 ngày làm việc đối với hồ sơ nộp trực tiếp",
            "và không quá 8,5 ngày đối với hồ sơ gửi qua bưu chính, trừ hồ sơ của Điều 9.",
            "được ưu tiên giải quyết trong vòng 5 ngày làm việc",
            "II. THỜI HẠN TRẢ KẾT QUẢ",
        ),
    ),
    Case(
        Kind.LEFTOVERS,
        "figures that look like a web page's counters",
        "ho-so-thang.pdf",
        lines_that_begin_with_numbers,
        has=("Tổng số hồ sơ: 87", "Trong tháng: 1.250 lượt", "truy cập kho dữ liệu: 15.300"),
    ),
    Case(
        Kind.LAYOUT,
        "line ends after a hyphen",
        "chuyen-doi-so.pdf",
        line_ends,
        has=(
            "giai đoạn 2024-2029 của Văn phòng",
            "đường truyền internet và rà soát",
            "Quyết định số 318/QĐ-VPUBND về quy chế",
            "gồm kinh tế - xã hội, nội chính",
        ),
    ),
    Case(
        Kind.LAYOUT,
        "two columns drawn line by line across",
        "ban-tin.pdf",
        two_columns,
        has=(
            "vào sáng thứ Tư tuần thứ hai. Công dân đăng ký tại phòng số 4",
            "mở cửa cả ngày thứ Sáu cho cán bộ mượn sách pháp luật.",
        ),
        in_order=("mang theo căn cước.", "Thư viện cơ quan mở cửa"),
        lacks=("Trang 1/4",),
    ),
    Case(
        Kind.LAYOUT,
        "running head, page numbers, a sentence over the page's end",
        "truc-co-quan.pdf",
        running_heads,
        has=(
            "trưởng ca được gọi người dự phòng theo danh sách treo tại phòng trực.",
            "biên bản giao nhận có chữ ký của hai bên.",
            "3. Camera trước cổng lưu hình trong ba mươi ngày",
        ),
        in_order=("Điều 1. Người trực", "Điều 2. Giao ca", "2. Sổ trực được giữ"),
        lacks=("Trang 1/3", "Trang 2/3", "Trang 3/3"),
    ),
    Case(
        Kind.LAYOUT,
        "landscape annex turned by the page's rotation",
        "lich-truc.pdf",
        across_page,
        has=(
            "in ngang ở trang sau.",
            (
                "Ngày: 29 Tết; Lãnh đạo trực: Hoàng Thị Bích; Văn thư: Mai Thu Yến; "
                "Lái xe: Trần Đình Quý; Bảo vệ: Chảo Láo Tả"
            ),
            "Ngày: Mùng 1; Lãnh đạo trực: Ngô Đức Thịnh",
        ),
    ),
    Case(
        Kind.LAYOUT,
        "slanting watermark through the lines",
        "khach-den.pdf",
        watermark,
        has=(
            "nhận thẻ khách ở phòng bảo vệ và trả lại thẻ trước khi ra về",
            "Khách ở lại quá 18 giờ phải có người của cơ quan đi cùng.",
        ),
    ),
    Case(
        Kind.NO_TEXT,
        "font without a map to letters",
        "cat-dien.pdf",
        without_unicode,
        has=("từ 13 giờ đến 17 giờ ngày thứ Bảy", "chỉ cấp cho phòng máy chủ"),
        may_refuse=True,
    ),
    Case(
        Kind.NO_TEXT,
        "font whose glyphs claim to be other letters",
        "cat-dien-2.pdf",
        wrong_unicode,
        has=("từ 13 giờ đến 17 giờ ngày thứ Bảy", "chỉ cấp cho phòng máy chủ"),
        may_refuse=True,
    ),
    Case(
        Kind.NO_TEXT,
        "scan under the text that English OCR made",
        "phong-hop.pdf",
        english_layer,
        has=("chỉ dành cho cuộc họp trên hai mươi người", "trước một ngày"),
        lacks=("cuéc", "ngudi", "hiéu luc"),
        may_refuse=True,
    ),
    Case(
        Kind.NO_TEXT,
        "scan turned by 90 degrees",
        "phong-hop-ngang.pdf",
        lambda: pdf(scanned_sheet(SCANNED, turn=90)),
        has=("chỉ dành cho cuộc họp trên hai mươi người", "tắt điều hòa và khóa cửa"),
        may_refuse=True,
    ),
    Case(
        Kind.NO_TEXT,
        "upright scan whose page is turned by /Rotate 180",
        "phong-hop-nguoc.pdf",
        lambda: pdf(scanned_sheet(SCANNED, rotate=180)),
        has=("chỉ dành cho cuộc họp trên hai mươi người", "tắt điều hòa và khóa cửa"),
        may_refuse=True,
    ),
    Case(
        Kind.NO_TEXT,
        "scan slightly askew",
        "phong-hop-lech.pdf",
        lambda: pdf(scanned_sheet(SCANNED, turn=1.5)),
        has=("chỉ dành cho cuộc họp trên hai mươi người", "tắt điều hòa và khóa cửa"),
        may_refuse=True,
    ),
    Case(
        Kind.NO_TEXT,
        "text page, blank page, scanned page",
        "phu-luc.pdf",
        blank_between,
        has=("Phụ lục kèm theo gồm một trang quét", "tắt điều hòa và khóa cửa"),
        may_refuse=True,
    ),
    Case(
        Kind.ENCODINGS,
        "TCVN3 in .VnTime and .VnTimeH",
        "xe-cong.pdf",
        old_font,
        has=(
            "QUY CHẾ SỬ DỤNG XE CÔNG",
            "lái xe phải ghi nhật trình sau mỗi chuyến đi và nộp cho Phòng Quản trị",
            "Định mức là mười ba lít",
        ),
    ),
    Case(
        Kind.CONTAINERS,
        "junk before the header, HTML after the end",
        "kho-luu-tru.pdf",
        wrapped_in_junk,
        has=("Kho lưu trữ mở cửa từ 8 giờ đến 11 giờ các ngày thứ Ba.",),
        lacks=("X-Scan", "Tải xuống"),
    ),
    Case(
        Kind.CONTAINERS,
        "wrong places in the table of objects",
        "don-xin-nghi.pdf",
        lambda: broken_xref(plain("Đơn xin nghỉ phép gửi trước ba ngày cho trưởng phòng.")),
        has=("Đơn xin nghỉ phép gửi trước ba ngày cho trưởng phòng.",),
        may_refuse=True,
    ),
    Case(
        Kind.CONTAINERS,
        "file locked by a password",
        "luong.pdf",
        lambda: encrypted(plain("Bảng lương tháng Chín."), "mo-khoa", "chu-so-huu"),
        refused="mật khẩu",
    ),
    Case(
        Kind.UNPUBLISHED,
        "invisible text over nothing",
        "tien-an.pdf",
        invisible_text,
        has=("30.000 đồng một ca",),
        lacks=("95.000",),
        told=("chữ ẩn",),
    ),
    Case(
        Kind.LETTERHEAD,
        "decision with a letterhead in two columns",
        "nha-cong-vu.pdf",
        letterhead,
        has=(
            "Điều 1. Ban hành kèm theo Quyết định này Quy chế quản lý nhà công vụ của tỉnh.",
            "Quyết định này có hiệu lực từ ngày 15 tháng 10 năm 2023.",
        ),
        lacks=("NHÂN DÂN CỘNG HÒA",),
        details={
            "number": "2146/QĐ-UBND",
            "published": "2023-10-03",
            "signer": "Giàng Seo Phong",
        },
    ),
    Case(
        Kind.BAD_INPUT,
        "three thousand pages",
        "so-van-ban.pdf",
        many_pages,
        has=("được chốt vào cuối mỗi ngày làm việc",),
        may_refuse=True,
    ),
)
