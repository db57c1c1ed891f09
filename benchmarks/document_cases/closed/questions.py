"""Minutes in Word, a regulation as PDF, a directory in Excel and a notice on the web."""

from __future__ import annotations

from openpyxl.styles import Alignment, Border, Font, Side

from benchmarks.document_cases.office_life import (
    SECTIONS,
    Centred,
    NewPage,
    Numbered,
    Plain,
    Table,
    TwoColumns,
    new_workbook,
    pdf_document,
    word_document,
    workbook_bytes,
)
from benchmarks.document_cases.question_set import Asked, QuestionSet, either_day


def _n(level: int, text: str) -> Numbered:
    return Numbered("minutes", level, text)


def minutes() -> bytes:
    """Return the minutes of a meeting about moving house, numbered by Word."""
    return word_document(
        (
            TwoColumns(
                ("UBND TỈNH LÀO CAI", "VĂN PHÒNG", "", "Số: 58/BB-VPUBND"),
                (
                    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
                    "Độc lập - Tự do - Hạnh phúc",
                    "",
                    "Lào Cai, ngày 09 tháng 9 năm 2026",
                ),
            ),
            Plain(""),
            Centred("BIÊN BẢN"),
            Centred("Họp về việc chuyển trụ sở làm việc sang khu hành chính mới"),
            Plain(""),
            _n(0, "THỜI GIAN, ĐỊA ĐIỂM"),
            _n(1, "Thời gian: từ 8 giờ 00 đến 10 giờ 45 ngày 09/9/2026."),
            _n(1, "Địa điểm: Phòng họp số 3, tầng 2, trụ sở Văn phòng."),
            _n(0, "THÀNH PHẦN"),
            _n(1, "Chủ trì: bà Phùng Thị Ngân, Phó Chánh Văn phòng."),
            _n(1, "Thư ký: ông Giàng A Tủa, chuyên viên Phòng Hành chính - Tổ chức."),
            _n(1, "Thành viên dự họp:"),
            _n(2, "Ông Cao Bá Lương, Trưởng phòng Quản trị - Tài vụ;"),
            _n(2, "Bà Đỗ Mai Chi, Trưởng phòng Hành chính - Tổ chức;"),
            _n(2, "Ông Lý Seo Dìn, Giám đốc Trung tâm Thông tin;"),
            _n(2, "Bà Tạ Hồng Vân, Trưởng phòng Kinh tế."),
            _n(1, "Vắng mặt: ông Mai Hữu Phúc, Trưởng phòng Ngoại vụ (đi công tác)."),
            _n(0, "NỘI DUNG THẢO LUẬN"),
            Plain(
                "Ông Cao Bá Lương báo cáo trụ sở mới có 46 phòng làm việc, đã nghiệm thu ngày"
                " 28/8/2026."
            ),
            Plain(
                "Ông Lý Seo Dìn đề nghị có đường truyền mạng dự phòng trước khi các phòng chuyển"
                " đến."
            ),
            _n(0, "KẾT LUẬN CỦA CHỦ TRÌ"),
            _n(1, "Chuyển trụ sở trong 5 ngày, từ ngày 10/10/2026 đến ngày 14/10/2026."),
            _n(
                1,
                "Phòng Quản trị - Tài vụ ký hợp đồng với đơn vị vận chuyển trước ngày 25/9/2026.",
            ),
            _n(
                1, "Trung tâm Thông tin lắp đường truyền mạng tại trụ sở mới trước ngày 05/10/2026."
            ),
            _n(
                1,
                "Phòng Hành chính - Tổ chức niêm phong hồ sơ và lập danh mục hồ sơ trước ngày"
                " 30/9/2026.",
            ),
            _n(
                1,
                "Kinh phí chuyển trụ sở không quá 185.000.000 đồng, lấy từ nguồn chi thường xuyên"
                " năm 2026.",
            ),
            _n(
                1,
                "Mỗi phòng cử một công chức làm đầu mối, gửi tên về Phòng Hành chính - Tổ chức"
                " trước ngày 15/9/2026.",
            ),
            _n(0, "PHÂN CÔNG NHIỆM VỤ"),
            Table(
                (
                    ("TT", "Nhiệm vụ", "Người phụ trách", "Đơn vị phối hợp", "Thời hạn"),
                    (
                        "1",
                        "Ký hợp đồng vận chuyển",
                        "Cao Bá Lương",
                        "Phòng Kinh tế",
                        "24/9/2026",
                    ),
                    ("2", "Mua thùng đựng hồ sơ", "^", "Phòng Ngoại vụ", "18/9/2026"),
                    (
                        "3",
                        "Lắp đường truyền mạng",
                        "Lý Seo Dìn",
                        "Viễn thông Lào Cai",
                        "04/10/2026",
                    ),
                    (
                        "4",
                        "Niêm phong hồ sơ",
                        "Đỗ Mai Chi",
                        "Các phòng chuyên môn",
                        "29/9/2026",
                    ),
                    (
                        "5",
                        "Thông báo địa chỉ mới",
                        "Giàng A Tủa",
                        "Trung tâm Thông tin",
                        "08/10/2026",
                    ),
                ),
            ),
            Plain(
                "Biên bản được đọc lại, 100% thành viên dự họp thống nhất. Cuộc họp kết thúc lúc 10"
                " giờ 45 cùng ngày."
            ),
            TwoColumns(
                ("THƯ KÝ", "(Đã ký)", "Giàng A Tủa"), ("CHỦ TRÌ", "(Đã ký)", "Phùng Thị Ngân")
            ),
        ),
        {"minutes": SECTIONS},
    )


def printed_regulation() -> bytes:
    """Return the regulation of a web site's editors as a printed PDF with typed numbers."""
    head = (
        TwoColumns(
            ("UBND TỈNH LÀO CAI", "VĂN PHÒNG", "", "Số: 214/QĐ-VPUBND"),
            (
                "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
                "Độc lập - Tự do - Hạnh phúc",
                "",
                "Lào Cai, ngày 22 tháng 4 năm 2026",
            ),
        ),
        Centred("QUYẾT ĐỊNH"),
        Centred("Ban hành Quy chế biên tập Trang thông tin điện tử nội bộ"),
        Plain(""),
        Centred("CHÁNH VĂN PHÒNG ỦY BAN NHÂN DÂN TỈNH"),
        Plain("Theo đề nghị của Giám đốc Trung tâm Thông tin."),
        Centred("QUYẾT ĐỊNH:"),
    )
    body = (
        "Điều 1. Ban hành Quy chế biên tập Trang thông tin điện tử nội bộ kèm theo Quyết định này.",
        "Điều 2. Quyết định này có hiệu lực từ ngày 01/5/2026.",
        "Điều 3. Trưởng các đơn vị thuộc Văn phòng chịu trách nhiệm thi hành Quyết định này.",
    )
    rules = (
        "Điều 1. Phạm vi điều chỉnh",
        (
            "1. Quy chế này quy định việc gửi, biên tập, duyệt và trả nhuận bút tin, bài đăng trên"
            " Trang thông tin điện tử nội bộ."
        ),
        "2. Quy chế này không áp dụng với văn bản chỉ đạo, điều hành.",
        "Điều 2. Ban Biên tập",
        "1. Ban Biên tập có 7 thành viên, do một Phó Chánh Văn phòng làm Trưởng ban.",
        "2. Ban Biên tập họp thường kỳ vào ngày 25 hằng tháng.",
        "Điều 3. Yêu cầu với tin, bài",
        "1. Tin dài không quá 400 từ; bài dài không quá 1.200 từ.",
        "2. Ảnh kèm theo tin, bài phải:",
        "a) Có chú thích đầy đủ;",
        "b) Rộng ít nhất 1.600 điểm ảnh;",
        "c) Ghi tên người chụp.",
        "3. Tin, bài trích số liệu phải ghi nguồn của số liệu.",
        "Điều 4. Biên tập và duyệt",
        "1. Tin, bài gửi về Tổ Thư ký qua hệ thống quản lý văn bản.",
        (
            "2. Tổ Thư ký biên tập, kiểm tra số liệu, tên riêng của tin, bài trong thời hạn"
            " 2 ngày làm việc kể từ khi nhận được."
        ),
        "3. Trưởng Ban Biên tập duyệt đăng; khi vắng thì ủy quyền cho Phó Trưởng ban duyệt.",
        "4. Tin, bài không được đăng thì Tổ Thư ký trả lời người gửi, nêu rõ lý do.",
    )
    payment = (
        "Điều 5. Nhuận bút",
        "1. Nhuận bút được trả theo bảng tại Phụ lục.",
        "2. Nhuận bút được trả mỗi quý một lần, trong 10 ngày đầu của quý sau.",
        "3. Người viết là thành viên Ban Biên tập hưởng 70% mức nhuận bút.",
        "Điều 6. Gỡ tin, bài",
        "1. Tin, bài sai sự thật phải gỡ trong thời hạn 1 giờ kể từ khi phát hiện.",
        "2. Trưởng Ban Biên tập quyết định việc gỡ và đăng lời xin lỗi.",
    )
    return pdf_document(
        (
            *head,
            *(Plain(text) for text in body),
            TwoColumns(
                ("Nơi nhận:", "- Như Điều 3;", "- Lưu: VT, TTTT."),
                ("CHÁNH VĂN PHÒNG", "(Đã ký)", "Khổng Minh Tuệ"),
            ),
            NewPage(),
            Centred("QUY CHẾ"),
            Centred("Biên tập Trang thông tin điện tử nội bộ"),
            Centred("(Ban hành kèm theo Quyết định số 214/QĐ-VPUBND)"),
            Plain(""),
            Centred("Chương I"),
            Centred("QUY ĐỊNH CHUNG"),
            *_articles(rules[:6]),
            Centred("Chương II"),
            Centred("TIN, BÀI VÀ NHUẬN BÚT"),
            *_articles(rules[6:]),
            *_articles(payment),
            NewPage(),
            Centred("PHỤ LỤC"),
            Centred("MỨC NHUẬN BÚT TIN, BÀI"),
            Plain(""),
            Table(
                (
                    ("STT", "Thể loại", "Mức nhuận bút (đồng)", "Người chấm"),
                    ("1", "Tin vắn", "60.000", "Tổ Thư ký"),
                    ("2", "Tin ảnh", "90.000", "Tổ Thư ký"),
                    ("3", "Bài phản ánh", "350.000", "Phó Trưởng ban"),
                    ("4", "Phỏng vấn", "420.000", "Phó Trưởng ban"),
                    ("5", "Phóng sự", "650.000", "Trưởng ban"),
                ),
                widths=(1, 4, 4, 3),
            ),
        ),
        "Quy che bien tap",
    )


def _articles(texts: tuple[str, ...]) -> tuple[Plain, ...]:
    return tuple(Plain(text, bold=text.startswith("Điều")) for text in texts)


def directory() -> bytes:
    """Return a workbook with a directory under two header rows, and leaders by term."""
    book = new_workbook("Danh bạ", "Đảng ủy các nhiệm kỳ")
    sheet = book["Danh bạ"]
    rows = (
        ("DANH BẠ CÁC ĐƠN VỊ THUỘC VĂN PHÒNG", None, None, None, None, None),
        (None,) * 6,
        ("STT", "Đơn vị", "Trưởng đơn vị", None, "Khu nhà", "Số biên chế"),
        (None, None, "Họ và tên", "Máy lẻ", None, None),
        (1, "Phòng Nội chính", "Vi Thị Lụa", 21, "Nhà A1", 9),
        (2, "Phòng Kinh tế", "Bùi Thế Hoàn", 27, None, 14),
        (3, "Phòng Ngoại vụ", "Sa Văn Khiêm", 34, None, 8),
        (4, "Ban Tiếp công dân", "Hà Kim Oanh", 45, "Nhà A2", 6),
        (5, "Trung tâm Thông tin", "Lò Quang Hiệu", 52, None, 17),
        ("Tổng cộng", None, None, None, None, 54),
    )
    for row in rows:
        sheet.append(row)
    for area in ("A1:F1", "A3:A4", "B3:B4", "C3:D3", "E3:E4", "F3:F4", "E5:E7", "E8:E9", "A10:E10"):
        sheet.merge_cells(area)
    for number in range(5, 10):
        sheet.cell(number, 4).number_format = "000"
    terms = book["Đảng ủy các nhiệm kỳ"]
    for term in (
        ("BÍ THƯ, PHÓ BÍ THƯ ĐẢNG ỦY QUA CÁC NHIỆM KỲ", None, None, None),
        ("Nhiệm kỳ", "Bí thư", "Phó Bí thư", "Số đảng viên đầu nhiệm kỳ"),
        ("2005 - 2010", "Chu Văn Ngoãn", "Trần Đình Sửu", 58),
        ("2010 - 2015", "Trần Đình Sửu", "Lương Thị Bưởi", 67),
        ("2015 - 2020", "Lương Thị Bưởi", "Phàn Tả Mẩy", 83),
        ("2020 - 2025", "Đào Hữu Lễ", "Phàn Tả Mẩy", 96),
        ("2025 - 2030", "Phàn Tả Mẩy", "Ngọ Thị Thắm", 104),
    ):
        terms.append(term)
    terms.merge_cells("A1:D1")
    thin = Side(style="thin")
    for place, first, last in ((sheet, 3, 10), (terms, 2, 7)):
        place["A1"].font = Font(bold=True, size=14)
        for cells in place.iter_rows(min_row=first, max_row=last):
            for cell in cells:
                cell.border = Border(left=thin, right=thin, top=thin, bottom=thin)
                cell.alignment = Alignment(vertical="center", wrap_text=True)
        for column, width in zip("ABCDEF", (14, 24, 22, 18, 12, 14), strict=True):
            place.column_dimensions[column].width = width
    for cell in (*sheet[3], *sheet[4], *terms[2]):
        cell.font = Font(bold=True)
    return workbook_bytes(book)


_NOTICE = """<!DOCTYPE html>
<html lang="vi">
<head>
<meta charset="utf-8">
<title>Thông báo khám sức khỏe định kỳ năm 2026 - Văn phòng UBND tỉnh Lào Cai</title>
<style>.menu { color: #c00 }</style>
<script>var xem = 1204;</script>
</head>
<body>
<header>
<div class="banner">CỔNG THÔNG TIN NỘI BỘ</div>
<nav class="menu"><ul>
<li><a href="/">Trang chủ</a></li><li><a href="/tin">Tin tức</a></li>
<li><a href="/vb">Văn bản</a></li>
</ul></nav>
</header>
<main>
<div class="breadcrumb"><a href="/">Trang chủ</a> &raquo; <a href="/tb">Thông báo</a></div>
<article>
<h1>Thông báo khám sức khỏe định kỳ năm 2026</h1>
<p class="date">Số: 91/TB-VPUBND, ngày 17/8/2026</p>
<p>V&#259;n ph&ograve;ng t&#7893; ch&#7913;c kh&aacute;m s&#7913;c kh&#7887;e
&#273;&#7883;nh k&#7923; cho c&ocirc;ng ch&#7913;c, vi&ecirc;n ch&#7913;c
v&agrave; ng&#432;&#7901;i lao &#273;&#7897;ng nh&#432; sau:</p>
<h2>1. Địa điểm</h2>
<p>Khoa Khám bệnh theo yêu cầu, tầng 1, Bệnh viện Đa khoa tỉnh.</p>
<h2>2. Lịch khám</h2>
<table border="1">
<thead>
<tr><th rowspan="2">STT</th><th rowspan="2">Đơn vị</th><th colspan="2">Thời gian</th>
<th rowspan="2">Số người</th></tr>
<tr><th>Ngày</th><th>Giờ</th></tr>
</thead>
<tbody>
<tr><td>1</td><td>Phòng Tổng hợp</td><td rowspan="2">07/9/2026</td><td>7 giờ 30</td><td>12</td></tr>
<tr><td>2</td><td>Phòng Quản trị - Tài vụ</td><td>9 giờ 00</td><td>19</td></tr>
<tr><td>3</td><td>Phòng Kinh tế</td><td rowspan="2">08/9/2026</td><td>7 giờ 30</td><td>14</td></tr>
<tr><td>4</td><td>Ban Tiếp công dân</td><td>9 giờ 00</td><td>6</td></tr>
<tr><td>5</td><td>Trung tâm Thông tin</td><td>09/9/2026</td><td>8 giờ 00</td><td>17</td></tr>
</tbody>
</table>
<h2>3. Lưu ý</h2>
<ul>
<li>Nhịn ăn sáng trước khi lấy máu.</li>
<li>Mang theo thẻ bảo hiểm y tế và căn cước.</li>
<li>Người không đi khám theo lịch được khám bù ngày 14/9/2026.</li>
</ul>
<p>Mọi vướng mắc liên hệ bà Lù Thị Sen, Phòng Hành chính - Tổ chức, máy lẻ 118.</p>
</article>
<div class="share"><a href="#fb">Chia sẻ Facebook</a> |
<a href="#zalo">Chia sẻ Zalo</a> |
<a href="#in">In trang</a></div>
</main>
<aside><h3>Tin liên quan</h3><ul><li><a href="/tin/7">Lịch nghỉ lễ Quốc khánh</a></li></ul></aside>
<footer>Bản quyền thuộc Văn phòng UBND tỉnh. Lượt truy cập: 48.291</footer>
</body>
</html>
"""


def notice() -> bytes:
    """Return the page of a notice with its menu, its share buttons and a table."""
    return _NOTICE.encode()


_MINUTES = QuestionSet(
    "minutes, Word",
    (("Bien ban hop chuyen tru so.docx", minutes),),
    (
        Asked("Cuộc họp chuyển trụ sở do ai chủ trì?", ("Phùng Thị Ngân",)),
        Asked("thu ky cuoc hop la ai", ("Giàng A Tủa",)),
        Asked(
            "ai du hop chuyen tru so",
            ("Cao Bá Lương", "Đỗ Mai Chi", "Lý Seo Dìn", "Tạ Hồng Vân"),
        ),
        Asked("Ai vắng mặt trong cuộc họp chuyển trụ sở?", ("Mai Hữu Phúc",), ("Lý Seo Dìn",)),
        Asked("hop chuyen tru so o dau", ("Phòng họp số 3",)),
        Asked("Trụ sở mới có bao nhiêu phòng làm việc?", ("46",)),
        Asked(
            "chuyen tru so tu ngay nao den ngay nao",
            (either_day(10, 10, 2026), either_day(14, 10, 2026)),
        ),
        Asked("kinh phi chuyen tru so toi da bn", ("185.000.000",)),
        Asked("Đơn vị nào ký hợp đồng với đơn vị vận chuyển?", ("Phòng Quản trị - Tài vụ",)),
        Asked(
            "Trung tâm Thông tin được giao việc gì trong kết luận của chủ trì?",
            ("đường truyền mạng",),
        ),
        Asked(
            "cac phong gui ten dau moi truoc ngay nao",
            ("đầu mối", either_day(15, 9, 2026)),
        ),
        Asked(
            "kết luận của chủ trì cuộc họp gồm những gì",
            (
                either_day(14, 10, 2026),
                "đơn vị vận chuyển",
                "đường truyền mạng",
                "niêm phong hồ sơ",
                "185.000.000",
                "đầu mối",
            ),
        ),
        Asked(
            "ai phụ trách mua thùng đựng hồ sơ",
            ("Cao Bá Lương",),
            ("Lý Seo Dìn", "Đỗ Mai Chi"),
        ),
        Asked(
            "han mua thung dung ho so la ngay nao",
            (either_day(18, 9, 2026),),
            ("24/9/2026", "04/10/2026", "29/9/2026", "08/10/2026"),
        ),
        Asked(
            "Đơn vị nào phối hợp lắp đường truyền mạng?",
            ("Viễn thông Lào Cai",),
            ("Các phòng chuyên môn",),
        ),
        Asked("ong giang a tua phai lam gi", ("Thông báo địa chỉ mới",)),
        Asked(
            "bảng phân công nhiệm vụ",
            (
                "Ký hợp đồng vận chuyển",
                "Mua thùng đựng hồ sơ",
                "Lắp đường truyền mạng",
                "Niêm phong hồ sơ",
                "Thông báo địa chỉ mới",
                "Viễn thông Lào Cai",
                "24/9/2026",
                "18/9/2026",
                "04/10/2026",
                "29/9/2026",
                "08/10/2026",
            ),
        ),
        Asked("Đơn vị nào trúng thầu vận chuyển trụ sở?", refused=True),
        Asked("trụ sở mới có mấy thang máy", refused=True),
        Asked("thung dung ho so gia bao nhieu mot cai", refused=True),
    ),
)

_PRINTED = QuestionSet(
    "regulation, PDF",
    (("Quy che bien tap trang tin.pdf", printed_regulation),),
    (
        Asked(
            "Khoản 3 Điều 4 quy định gì?",
            ("duyệt đăng", "ủy quyền cho Phó Trưởng ban"),
            ("2 ngày làm việc", "nêu rõ lý do"),
        ),
        Asked("dieu 6 noi gi", ("1 giờ", "lời xin lỗi"), ("70%",)),
        Asked(
            "điểm b khoản 2 điều 3",
            ("1.600 điểm ảnh",),
            ("tên người chụp", "ghi nguồn của số liệu"),
        ),
        Asked("ban bien tap co may nguoi", ("7 thành viên",)),
        Asked("Một bài được dài tối đa bao nhiêu từ?", ("1.200 từ",)),
        Asked("to thu ky bien tap tin bai trong may ngay", ("2 ngày làm việc",)),
        Asked("Người viết là thành viên Ban Biên tập hưởng bao nhiêu nhuận bút?", ("70%",)),
        Asked(
            "nhuan but phong su bn tien",
            ("650.000",),
            ("60.000", "90.000", "350.000", "420.000"),
        ),
        Asked(
            "bảng mức nhuận bút",
            (
                "Tin vắn",
                "60.000",
                "Tin ảnh",
                "90.000",
                "Bài phản ánh",
                "350.000",
                "Phỏng vấn",
                "420.000",
                "Phóng sự",
                "650.000",
            ),
        ),
        Asked("ai kí quyết định ban hành quy chế biên tập", ("Khổng Minh Tuệ",)),
        Asked(
            "quy che bien tap so may ban hanh ngay nao",
            ("214/QĐ-VPUBND", either_day(22, 4, 2026)),
        ),
        Asked("Trang thông tin điện tử nội bộ có bao nhiêu lượt truy cập?", refused=True),
    ),
)

_DIRECTORY = QuestionSet(
    "directory and leaders, Excel",
    (("Danh ba va Dang uy.xlsx", directory),),
    (
        Asked(
            "Trưởng phòng Nội chính là ai?",
            ("Vi Thị Lụa",),
            ("Bùi Thế Hoàn", "Sa Văn Khiêm", "Hà Kim Oanh", "Lò Quang Hiệu"),
        ),
        Asked("may le phong ngoai vu so may", ("034",), ("021", "027", "045", "052")),
        Asked("Ban Tiếp công dân ở khu nhà nào?", ("Nhà A2",), ("Nhà A1",)),
        Asked("phong kinh te o nha nao", ("Nhà A1",), ("Nhà A2",)),
        Asked("phong kinh te co bao nhieu bien che", ("14",), ("17",)),
        Asked(
            "danh bạ các đơn vị",
            (
                "Vi Thị Lụa",
                "021",
                "Bùi Thế Hoàn",
                "027",
                "Sa Văn Khiêm",
                "034",
                "Hà Kim Oanh",
                "045",
                "Lò Quang Hiệu",
                "052",
            ),
        ),
        Asked("Tổng cộng có bao nhiêu biên chế?", ("54",)),
        Asked(
            "bi thu dang uy nhiem ky 2025 - 2030 la ai",
            ("Phàn Tả Mẩy",),
            ("Đào Hữu Lễ", "Lương Thị Bưởi"),
        ),
        Asked("Năm 2013 ai là Bí thư Đảng ủy?", ("Trần Đình Sửu",), ("Chu Văn Ngoãn",)),
        Asked(
            "danh sách bí thư đảng ủy qua các nhiệm kỳ",
            (
                "Chu Văn Ngoãn",
                "Trần Đình Sửu",
                "Lương Thị Bưởi",
                "Đào Hữu Lễ",
                "Phàn Tả Mẩy",
            ),
        ),
        Asked("dau nhiem ky 2020-2025 co bao nhieu dang vien", ("96",), ("83", "104")),
        Asked("Địa chỉ thư điện tử của Phòng Kinh tế là gì?", refused=True),
    ),
)

_PAGE = QuestionSet(
    "notice, web page",
    (("thong-bao-kham-suc-khoe.html", notice),),
    (
        Asked("Khám sức khỏe định kỳ ở đâu?", ("Bệnh viện Đa khoa tỉnh",)),
        Asked(
            "phong quan tri tai vu kham suc khoe ngay nao may gio",
            (either_day(7, 9, 2026), "9 giờ 00|9 giờ|9h00|09:00"),
            ("08/9/2026", "09/9/2026"),
        ),
        Asked(
            "Ban Tiếp công dân khám sức khỏe ngày nào?",
            (either_day(8, 9, 2026),),
            ("07/9/2026", "09/9/2026"),
        ),
        Asked("trung tam thong tin co bao nhieu nguoi kham suc khoe", ("17",), ("19", "14")),
        Asked(
            "lịch khám sức khỏe của các đơn vị",
            (
                "Phòng Tổng hợp",
                "Phòng Quản trị - Tài vụ",
                "Phòng Kinh tế",
                "Ban Tiếp công dân",
                "Trung tâm Thông tin",
                "07/9/2026",
                "08/9/2026",
                "09/9/2026",
            ),
        ),
        Asked("di kham suc khoe mang theo giay to gi", ("thẻ bảo hiểm y tế", "căn cước")),
        Asked("không khám đúng lịch thì khám bù hôm nào", (either_day(14, 9, 2026),)),
        Asked("kham suc khoe het bao nhieu tien mot nguoi", refused=True),
    ),
)

SETS: tuple[QuestionSet, ...] = (_MINUTES, _PRINTED, _DIRECTORY, _PAGE)
