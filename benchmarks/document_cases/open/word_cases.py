"""Word documents, to be looked at while the readers are worked on."""

from __future__ import annotations

import unicodedata

from benchmarks.document_cases.case import Case, Kind
from benchmarks.document_cases.office_files import (
    Xml,
    cell,
    change,
    docx,
    field,
    flat_opc,
    fonts,
    headings,
    letterhead,
    level,
    note_mark,
    numbering,
    p,
    r,
    row,
    signature,
    start_at,
    strict,
    style,
    table,
    tcvn3,
    tcvn3_capitals,
    text_box,
    tracked,
    vni,
)

# --- numbering ----------------------------------------------------------------------------------


def _regulation() -> bytes:
    """Return chapters, articles, clauses and points, all numbered by Word."""
    levels = (
        level(0, "upperRoman", "Chương %1.", style="Heading1", after="space"),
        level(1, "decimal", "Điều %2.", style="Heading2", restart=0),
        level(2, "decimal", "%3."),
        level(3, "lowerLetter", "%4)"),
    )
    before = '<w:pPr><w:numPr><w:ilvl w:val="2"/><w:numId w:val="1"/></w:numPr></w:pPr>'
    old = f"<w:pPrChange {change(31)}>{before}</w:pPrChange>"
    body = (
        p("QUY CHẾ QUẢN LÝ XE Ô TÔ", align="center"),
        p("Quy định chung", style="Heading1"),
        p("Phạm vi điều chỉnh", style="Heading2"),
        p("Quy chế này quy định việc bố trí, sử dụng xe ô tô của Văn phòng."),
        p("Nguyên tắc sử dụng", style="Heading2"),
        p("Xe chỉ được dùng cho việc công.", num=(1, 2)),
        p("Lái xe giữ lệnh điều xe trong suốt chuyến đi.", num=(1, 2)),
        p("Sử dụng xe", style="Heading1"),
        p("Đăng ký xe", style="Heading2"),
        p("Phiếu đăng ký gửi Đội xe trước bốn giờ làm việc.", num=(1, 2)),
        Xml(p("Đăng ký gấp qua điện thoại trực.", props=old)),
        p("Phiếu đăng ký phải ghi rõ:", num=(1, 2)),
        p("Điểm đi, điểm đến;", num=(1, 3)),
        p("Số người đi cùng;", num=(1, 3)),
        p("Giờ xuất phát;", num=(1, 3)),
        p("Giờ dự kiến về;", num=(1, 3)),
        p("Họ tên người chịu trách nhiệm.", num=(1, 3)),
        p("Trả xe và giao chìa khóa", style="Heading2"),
        p("Xe về bãi trước 19 giờ.", num=(1, 2)),
        p("Tổ chức thực hiện", style="Heading1"),
        p("Hiệu lực", style="Heading2"),
    )
    return docx(body, styles=headings(1, 2), lists=numbering({0: levels}, {1: (0, "")}))


def _lists() -> bytes:
    """Return lists that start again, bullets, a paragraph whose number was taken off."""
    figures = (level(0, "decimal", "%1."), level(1, "lowerRoman", "(%2)"))
    zero = (level(0, "decimalZero", "Mã %1:", start=8),)
    letters = (level(0, "upperLetter", "%1.", style="Phan"),)
    marks = (level(0, "bullet", "\uf0b7"),)
    lists = numbering(
        {0: figures, 1: zero, 2: letters, 3: marks},
        {
            1: (0, ""),
            2: (0, start_at(0, 1)),
            3: (0, start_at(0, 5)),
            4: (1, ""),
            5: (2, ""),
            6: (3, ""),
        },
    )
    styles = style("Phan", num=(5, 0), outline=0) + style("PhanCon", based="Phan")
    body = (
        p("Chuẩn bị phòng họp trực tuyến", style="Phan"),
        p("Kiểm tra đường truyền.", num=(1, 0)),
        p("Thử âm thanh:", num=(1, 0)),
        p("micro của chủ tọa;", num=(1, 1)),
        p("micro của đại biểu;", num=(1, 1)),
        p("loa phòng phụ.", num=(1, 1)),
        p("Đoạn này không đánh số."),
        p("Ghi nhật ký vận hành.", num=(1, 0)),
        p("Sau cuộc họp", style="PhanCon"),
        p("Tắt thiết bị.", num=(2, 0)),
        p("Niêm phong tủ máy.", num=(2, 0)),
        p("Việc nối tiếp biên bản trước", style="Phan"),
        p("Thay ắc quy bộ lưu điện.", num=(3, 0)),
        p("Mua hai tay micro.", num=(3, 0)),
        p(
            "Ghi chú của tổ kỹ thuật",
            style="Phan",
            props='<w:numPr><w:ilvl w:val="0"/><w:numId w:val="0"/></w:numPr>',
        ),
        p("Phòng họp tầng hai", num=(4, 0)),
        p("Phòng họp tầng bốn", num=(4, 0)),
        p("Hội trường lớn", num=(4, 0)),
        p("dây mạng dự phòng", num=(6, 0)),
        p("Phụ lục hình ảnh", style="Phan"),
    )
    return docx(body, styles=styles, lists=lists)


def _typed() -> bytes:
    """Return numbers typed by hand, and lines that only begin with a number."""
    body = (
        p(r("Điều 6. ", bold=True), r("Trực ", bold=True), r("ngày lễ", bold=True)),
        p("1.\tMỗi ca trực có hai người."),
        p("2.", "\t", "Ca đêm được nghỉ bù ngày hôm sau."),
        p("a) Nghỉ bù không dồn sang tháng khác;"),
        p("b) Nghỉ bù do trưởng phòng xếp."),
        p(r("Điều 7. Thời gian giải quyết", bold=True)),
        p("Đơn xin nghỉ bù được trả lời trong:"),
        p("2 ngày làm việc đối với ca trực trong tuần;"),
        p("5 ngày làm việc đối với ca trực Tết."),
        p("12 suất ăn ca được cấp cho mỗi đợt trực Tết."),
    )
    return docx(body)


# --- notes --------------------------------------------------------------------------------------


def _footnotes() -> bytes:
    """Return marks right behind figures; the ids of the notes are not their numbers."""
    body = (
        p("Mức hỗ trợ thuê nhà là 900", note_mark(7), ".000 đồng một tháng."),
        p(
            "Hồ sơ được giữ 20",
            note_mark(3),
            " năm, sau đó giao Lưu trữ lịch sử",
            note_mark(5),
            ".",
        ),
        p("Kho có diện tích 120 m² và sức chứa 4", note_mark(9, "endnote"), " giá di động."),
        p("Mỗi giá rộng 2 m", r("2", up=True), ", cao 3", r("5", up=True), " mét."),
        p("Đoạn cuối không có chú thích."),
        p(r("5", up=True), " Giá ở tầng hầm cao hai mét."),
    )
    return docx(
        body,
        footnotes={
            3: "Hồ sơ kỷ luật giữ 50 năm.",
            5: "Từ năm 2026 giao Trung tâm Lưu trữ tỉnh.",
            7: "Không áp dụng cho người đã được bố trí nhà công vụ.",
        },
        endnotes={9: "Tính cả giá đặt tại hành lang tầng hầm."},
    )


def _notes_in_cells() -> bytes:
    """Return notes within a table's cells, one of them with a mark of its own."""
    star = r(Xml('<w:footnoteReference w:customMarkFollows="1" w:id="2"/><w:t>*</w:t>'), up=True)
    body = (
        p("Bảng 1. Mức chi tiếp khách"),
        table(
            row("STT", "Đối tượng", "Mức chi (đồng/suất)", header=True),
            ["1", "Khách trong tỉnh", cell(p("150.000", note_mark(1)))],
            ["2", cell(p("Khách quốc tế", star)), "400.000"],
            ["3", "Đại biểu hội nghị", "120.000"],
            columns=3,
        ),
        p("Mức chi trên đã gồm đồ uống", note_mark(3), "."),
    )
    return docx(
        body,
        footnotes={
            1: "khách ở vùng cao 180.000",
            2: Xml(p(r("*", up=True), " gồm cả phiên dịch")),
            3: "Trừ rượu mạnh.",
        },
    )


# --- not published ------------------------------------------------------------------------------


def _changes() -> bytes:
    """Return tracked deletions, insertions and moves, of a row and a paragraph's end too."""
    gone = f"<w:del {change(41)}/>"
    moved = f"<w:moveFrom {change(42)}/>"
    shown_again = f"<w:rPrChange {change(7)}><w:rPr><w:vanish/></w:rPr></w:rPrChange>"
    body = (
        p(
            "Báo cáo tháng nộp trước ngày ",
            tracked("del", "20", number=1),
            tracked("ins", "25", number=2),
            " hằng tháng.",
        ),
        p("Báo cáo quý gửi ", mark=gone),
        p("Phòng Kế hoạch tổng hợp."),
        p(tracked("moveFrom", "Số liệu chốt ngày 10 cuối quý.", number=3), mark=moved),
        p("Báo cáo năm do Chánh Văn phòng ký."),
        p(tracked("moveTo", "Số liệu chốt ngày 15 cuối quý.", number=4)),
        p(tracked("ins", "Nộp qua ", tracked("del", "bưu điện", number=5), "hệ thống.", number=6)),
        p(r("Chữ này vừa bỏ kiểu ẩn.", props=shown_again)),
        table(
            ["Loại báo cáo", "Hạn nộp"],
            ["Báo cáo tuần", "Thứ Năm"],
            row("Báo cáo đột xuất", "Trong 24 giờ", props=f"<w:del {change(43)}/>"),
            row("Báo cáo chuyên đề", "Trong 5 ngày", props=f"<w:ins {change(44)}/>"),
            columns=2,
        ),
    )
    return docx(body)


def _hidden() -> bytes:
    """Return hidden text set on runs and by styles, comments, the codes of fields."""
    styles = (
        style("GiauDi", kind="character", run="<w:vanish/>")
        + style("DoanAn", run="<w:vanish/>")
        + headings(1)
    )
    entry = Xml(
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        r'<w:r><w:instrText xml:space="preserve"> TOC \o "1-3" \h \z \u </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )
    body = (
        p(entry, "Tiếp công dân\t", field(r"PAGEREF _Toc99 \h", "2")),
        Xml('<w:p><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'),
        p("Tiếp công dân", style="Heading1"),
        p("Lãnh đạo tiếp dân ngày 15 hằng tháng", r(" (bản nháp: ngày 18)", hidden=True), "."),
        p("Phòng tiếp dân ở tầng 1", r(" mật khẩu 7788", style="GiauDi"), ", nhà B."),
        p("Ghi nhớ nội bộ: hỏi lại anh Dũng.", style="DoanAn"),
        p(
            "Người đi cùng ",
            Xml('<w:commentRangeStart w:id="0"/>'),
            "không quá bốn người",
            Xml('<w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r>'),
            r(", kể cả người đại diện.", style="GiauDi", props='<w:vanish w:val="0"/>'),
        ),
        p("Xem lịch tại ", field('HYPERLINK "http://lich.vi-du.vn/a?b=1"', "trang lịch tuần"), "."),
        p("Ngày in: ", field(r'SAVEDATE \@ "dd/MM/yyyy"', "08/09/2025")),
    )
    return docx(body, styles=styles, comments=["Nên ghi là năm người?"])


# --- tables -------------------------------------------------------------------------------------


def _three_rows() -> bytes:
    """Return a header of three rows that repeats, a caption, groups, a total over two columns."""
    down = cell(merge="continue")
    body = (
        p("Bảng 2. Định mức nhiên liệu năm 2025 (lít/100 km)"),
        table(
            row(
                cell("STT", merge="restart"),
                cell("Loại xe", merge="restart"),
                cell("Định mức", span=4),
                header=True,
            ),
            row(down, down, cell("Đường bằng", span=2), cell("Đường núi", span=2), header=True),
            row(down, down, "Mùa khô", "Mùa mưa", "Mùa khô", "Mùa mưa", header=True),
            row(cell("Xe phục vụ lãnh đạo", span=6)),
            ["1", "Xe 5 chỗ", "9", "10", "12", "13"],
            ["2", "Xe 7 chỗ", "11", "12", "14", "16"],
            row(cell("Xe phục vụ chung", span=6)),
            ["3", "Xe 16 chỗ", "15", "", "18", "21"],
            row(cell("Cộng", span=2), "35", "38", "44", "50"),
            columns=6,
        ),
        p("Ghi chú: xe trên 10 năm được cộng thêm một lít."),
    )
    return docx(body)


def _plain_tables() -> bytes:
    """Return a table without header, cells merged downwards, a table within a layout table."""
    inner = table(
        ["Tủ", "Người giữ chìa khóa"],
        ["Tủ A", "Giàng Seo Phử"],
        ["Tủ B", "Hoàng Thị Vân"],
        columns=2,
    )
    body = (
        p("Phòng trực và điện thoại"),
        table(
            ["P.201", "Vàng A Sáng", "0214.111.201"],
            ["P.305", "Đỗ Thị Mai", "0214.111.305"],
            ["P.417", "Lù Văn Pao", "0214.111.417"],
            columns=3,
            bold=False,
        ),
        p("Lịch trực chữa cháy"),
        table(
            ["Đội", "Ca", "Người trực"],
            [cell("Đội 1", merge="restart"), "Sáng", "Phàn Văn Tú"],
            [cell(merge="continue"), "Chiều", "Tẩn Láo Tả"],
            [cell("Đội 2", merge="restart"), "Sáng", cell("Ma Văn Hợp", merge="restart")],
            [cell(merge="continue"), "Chiều", cell(merge="continue")],
            columns=3,
        ),
        p("Chìa khóa kho"),
        table(
            [cell(Xml(p("Kho chính ở nhà C:") + inner + p())), cell("Kho phụ mở thứ Hai.")],
            columns=2,
            borders=False,
        ),
    )
    return docx(body)


# --- old encodings ------------------------------------------------------------------------------


def _tcvn3_runs() -> bytes:
    """Return single runs in .VnTime among Unicode, capitals in .VnTimeH, Unicode within .VnTime."""
    old = ".VnTime"
    body = (
        p(r(tcvn3_capitals("ỦY BAN NHÂN DÂN TỈNH"), font=".VnTimeH", bold=True)),
        p(
            "Ngày hội việc làm ",
            r(tcvn3("được tổ chức tại sân vận động"), font=old),
            " thị xã Sa Pa.",
        ),
        p(r(tcvn3("Người đến dự không phải mua vé."), font=old)),
        p(r(tcvn3("Đỗ xe: bãi số hai."), font=old)),
        p(r("Xe buýt chạy từ 6 giờ, mỗi chuyến cách nhau nửa giờ.", font=old)),
        p("Nhiệt độ 35°C, khổ giấy 21×29 cm, ½ ngày, 5 µg chì, cỡ ±2 mm."),
        p("Khách mời: ông François Müller (Besançon), bà Zoë Brontë."),
        table(
            ["Nội dung", cell(p(r(tcvn3("Người phụ trách"), font=old)))],
            [cell(p(r(tcvn3("Dẫn chương trình"), font=old))), "Nông Thị Huyền"],
            ["Âm thanh", cell(p(r(tcvn3("Lý Ngọc Sương"), font=old)))],
            columns=2,
        ),
    )
    return docx(body)


def _vni_styles() -> bytes:
    """Return VNI set by styles and on a run, with correct names beside it."""
    styles = style("ThanBai", run=fonts("VNI-Times")) + style("ThanBaiCon", based="ThanBai")
    body = (
        p(vni("Căn tin phục vụ bữa trưa từ 11 giờ đến 13 giờ."), style="ThanBai"),
        p(vni("Phiếu ăn mua trước một ngày ở quầy số ba."), style="ThanBaiCon"),
        p("Riêng thứ Sáu ", r(vni("nghỉ bán buổi tối"), font="VNI-Helve"), " để dọn kho."),
        p(r("Đoạn này gõ Unicode nên giữ nguyên.", font="Times New Roman"), style="ThanBai"),
        p("Bếp trưởng từng học ở Orléans, thầy dạy là ông Noël Gaëtan Aîné."),
        p(vni("QUẢN LÝ CĂN TIN: ĐẶNG THỊ THƯỞNG"), style="ThanBai"),
    )
    return docx(body, styles=styles)


def _tcvn3_theme() -> bytes:
    """Return TCVN3 through the theme's font, with Unicode in fonts of its own."""
    new = "Times New Roman"
    body = (
        p(tcvn3("Lịch phun thuốc muỗi ở các khu nhà công vụ.")),
        p(tcvn3("Khu A phun "), r("sáng thứ Ba", font=new), tcvn3(", khu B phun chiều thứ Tư.")),
        p(r("Trẻ nhỏ ở trong nhà ba giờ sau khi phun.", font=new)),
        p(r(tcvn3("Đóng kín cửa bếp."), font=".VnArial")),
        table(
            [tcvn3("Khu nhà"), tcvn3("Tổ trưởng")],
            ["A", cell(p(r("Mã Thị Đào", font=new)))],
            ["B", tcvn3("Sẩn Văn Ước")],
            columns=2,
        ),
    )
    theme = '<w:rFonts w:asciiTheme="minorHAnsi" w:hAnsiTheme="minorHAnsi"/>'
    return docx(body, defaults=theme, theme=".VnTime")


def _all_right() -> bytes:
    """Return correct Unicode set in old fonts, and foreign names that look like old text."""
    body = (
        p(r("Tuần lễ áo dài mở từ thứ Hai đến hết thứ Bảy.", font=".VnTime")),
        p(r("Đã có mười đội ghi tên.", font="VNI-Times")),
        p(r("ỦY BAN TỔ CHỨC", font=".VnTimeH")),
        p("Giám khảo: Frédéric Lefèvre, Jürgen Größ, Núria Peñón, Åse Bjørk."),
        p("Sàn dài 12×6 m, nhiệt độ 26 °C, ¾ ghế đã đặt, sai số ±1 µm, § 3."),
        p("Tiệc ở quán “L'Hôtel à côté”, món crème brûlée và jalapeño."),
    )
    return docx(body)


# --- containers and characters ------------------------------------------------------------------


def _strict() -> bytes:
    """Return a strict document with numbering, a note and a table."""
    levels = (level(0, "decimal", "Mục %1.", style="Heading1"),)
    body = (
        p("Mượn tài liệu", style="Heading1"),
        p("Người mượn ký sổ", note_mark(1), " và trả trong bảy ngày."),
        p("Gia hạn", style="Heading1"),
        table(["Loại", "Gia hạn"], ["Sách", "hai lần"], ["Bản đồ", "một lần"], columns=2),
    )
    return strict(
        docx(
            body,
            styles=headings(1),
            lists=numbering({0: levels}, {1: (0, "")}),
            footnotes={1: "Sổ đặt ở quầy thủ thư."},
        )
    )


def _other_main_part() -> bytes:
    """Return a main part named document2.xml with text in controls, boxes and smart tags."""
    control = Xml(
        '<w:sdt><w:sdtPr><w:alias w:val="Ngay"/></w:sdtPr><w:sdtContent>'
        f"{p('Ngày kiểm kê: 30 tháng 11 năm 2025.')}</w:sdtContent></w:sdt>"
    )
    inline = Xml(
        "<w:sdt><w:sdtPr/><w:sdtContent>" + r("tổ trưởng Sùng A Lềnh") + "</w:sdtContent></w:sdt>"
    )
    tag = Xml('<w:smartTag w:uri="urn:x" w:element="place">' + r("kho Bắc Cường") + "</w:smartTag>")
    simple = Xml(r'<w:fldSimple w:instr=" DOCPROPERTY Ky ">' + r("quý IV") + "</w:fldSimple>")
    rows = Xml("<w:sdt><w:sdtPr/><w:sdtContent>" + row("Máy in", "14") + "</w:sdtContent></w:sdt>")
    body = (
        p("Biên bản kiểm kê ", simple),
        control,
        p("Người kiểm kê là ", inline, " tại ", tag, "."),
        table(["Thiết bị", "Số lượng"], ["Máy tính", "52"], rows, columns=2),
        p(text_box(p("Máy hỏng xếp riêng ở gầm cầu thang.") + p("Không mang ra khỏi cơ quan."))),
        p("Hết biên bản."),
    )
    return docx(body, main="document2.xml")


def _characters() -> bytes:
    """Return soft hyphens, zero widths, NBSP, Cyrillic letters, decomposed letters, a Latin eth."""
    soft = r(Xml("<w:t>compu</w:t><w:softHyphen/><w:t>ter</w:t>"))
    hyphen = r(Xml("<w:noBreakHyphen/>"))
    body = (
        p("Điều\u00a04. Phòng\u00a0đọc mở cửa lúc 7\u00a0giờ 30."),
        p("Thẻ đọc có g\u00adiá trị sáu thá\u00adng."),
        p("Bạn\u200b đọc\u2060 gửi túi ở t\u200bủ số\ufeff chín."),
        p("B\u0430n quản lý tr\u0430\u043e chì\u0430 khóa \u0441h\u043e tổ trực."),
        p(unicodedata.normalize("NFD", "Người dưới mười lăm tuổi vào phòng thiếu nhi.")),
        p("\u00d0ọc giả nước ngoài dùng hộ chiếu; sách Nga «Война и мир» ở giá 3."),
        p("Theo Công văn số 77", hyphen, "CV/TV, máy tính (", soft, ") đặt ở góc phòng."),
    )
    return docx(body)


def _flat() -> bytes:
    """Return one XML file instead of a package."""
    levels = (level(0, "decimal", "%1)"),)
    body = (
        p("Nội quy nhà xe", align="center"),
        p("Dắt xe qua cổng chắn.", num=(1, 0)),
        p("Gửi xe qua đêm báo bảo vệ.", num=(1, 0)),
        table(["Loại xe", "Giá vé"], ["Xe đạp", "1.000"], ["Xe máy", "3.000"], columns=2),
    )
    return flat_opc(docx(body, lists=numbering({0: levels}, {1: (0, "")})))


def _chunk() -> bytes:
    """Return a document with a page of HTML as a chunk of its own."""
    page = (
        "<html><head><meta charset='utf-8'><title>x</title></head><body><p>Thư viện đóng cửa"
        " từ 28 tháng Chạp.</p><script>var khoa = 1;</script></body></html>"
    )
    body = (
        p("Thông báo nghỉ Tết của thư viện."),
        Xml('<w:altChunk r:id="rIdXpage"/>'),
        p("Mở lại mùng 7 tháng Giêng."),
    )
    return docx(body, parts={"page.html": (page, "text/html", "aFChunk")})


# --- letterhead ---------------------------------------------------------------------------------


def _decision() -> bytes:
    """Return a decision with its letterhead in a table and another decision that it replaces."""
    body = (
        letterhead(
            "ỦY BAN NHÂN DÂN",
            "TỈNH LÀO CAI",
            "Số: 318/QĐ-UBND",
            "Lào Cai, ngày 14 tháng 3 năm 2025",
        ),
        p(r("QUYẾT ĐỊNH", bold=True), align="center"),
        p(r("Về việc ban hành Quy chế quản lý nhà khách của tỉnh", bold=True), align="center"),
        p("Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015;"),
        p("Căn cứ Quyết định số 45/2019/QĐ-UBND ngày 20/12/2019 của Ủy ban nhân dân tỉnh;"),
        p(r("QUYẾT ĐỊNH:", bold=True), align="center"),
        p(r("Điều 1.", bold=True), " Ban hành kèm theo Quyết định này Quy chế quản lý nhà khách."),
        p(
            r("Điều 2.", bold=True),
            " Quyết định này có hiệu lực từ ngày 01/4/2025 và thay thế Quyết định số"
            " 102/QĐ-UBND ngày 09/02/2016.",
        ),
        signature(
            ["Như Điều 3;", "Lưu: VT, TH."],
            "TM. ỦY BAN NHÂN DÂN",
            "KT. CHỦ TỊCH",
            "PHÓ CHỦ TỊCH",
            "",
            "Hoàng Quốc Bảo",
        ),
    )
    return docx(body)


def _plan() -> bytes:
    """Return a plan whose number is in the header of its first page."""
    head = letterhead(
        "UBND TỈNH LÀO CAI",
        "VĂN PHÒNG",
        "Số: 57/KH-VP",
        "Lào Cai, ngày 05 tháng 01 năm 2026",
    )
    body = (
        p(r("KẾ HOẠCH", bold=True), align="center"),
        p(r("Số hóa hồ sơ lưu trữ giai đoạn 2026 - 2028", bold=True), align="center"),
        p("Thực hiện Kế hoạch số 900/KH-UBND ngày 12/11/2025, Văn phòng đặt ra các việc sau."),
        p("Năm 2026 số hóa 40.000 trang."),
        signature(["Lưu: VT."], "CHÁNH VĂN PHÒNG", "(Đã ký)", "Lù Thị Phương Thảo"),
    )
    page = p("Trang ", field("PAGE", "3"), align="center")
    return docx(body, headers={"first": head + p(), "default": page})


# --- bad input ----------------------------------------------------------------------------------


def _loop() -> bytes:
    """Return a footnote whose text bears its own mark."""
    body = (p("Giấy mời gửi trước ba ngày", note_mark(1), "."), p("Xe đón ở cổng số hai."))
    own = Xml(p(r(Xml("<w:footnoteRef/>"), up=True), " Trừ cuộc họp gấp", note_mark(1), "."))
    return docx(body, footnotes={1: own})


def _broken_numbering() -> bytes:
    """Return a document whose numbering.xml ends in the middle."""
    lists = numbering({0: (level(0, "decimal", "%1."),)}, {1: (0, "")})
    body = (p("Tưới cây trước 8 giờ.", num=(1, 0)), p("Khóa van nước sân sau.", num=(1, 0)))
    return docx(body, lists=lists[: len(lists) // 2])


def _long_table() -> bytes:
    """Return five thousand rows; the last ones count as much as the first."""
    rows = [["STT", "Mã hồ sơ", "Người nộp", "Kệ"]]
    rows += [[str(n), f"LC-{n:05d}", f"Công dân số {n}", f"K{n % 37}"] for n in range(1, 5001)]
    return docx((p("Bảng kê hồ sơ một cửa"), table(*rows, columns=4), p("Cuối bảng kê.")))


def _nested() -> bytes:
    """Return a table in a table in a table, and so on."""
    inner = table(["Trong cùng", "Két số 88"], columns=2, bold=False)
    for depth in range(5, 0, -1):
        both = cell(Xml(p(f"Tầng {depth}") + inner + p())), f"Ngăn {depth}"
        inner = table(both, columns=2, bold=False)
    return docx((inner, p("Sau các bảng.")))


CASES: tuple[Case, ...] = (
    Case(
        Kind.STRUCTURE,
        "chapters, articles, clauses and points numbered by Word",
        "quy-che-xe.docx",
        _regulation,
        has=(
            "Chương I. Quy định chung",
            "Chương II. Sử dụng xe",
            "Chương III. Tổ chức thực hiện",
            "Điều 1. Phạm vi điều chỉnh",
            "d) Giờ dự kiến về;",
            "e) Họ tên người chịu trách nhiệm.",
        ),
        in_order=(
            "Điều 2. Nguyên tắc sử dụng",
            "1. Xe chỉ được dùng cho việc công.",
            "2. Lái xe giữ lệnh",
            "Điều 3. Đăng ký xe",
            "1. Phiếu đăng ký gửi Đội xe",
            "Đăng ký gấp qua điện thoại",
            "2. Phiếu đăng ký phải ghi rõ",
            "a) Điểm đi, điểm đến;",
            "Điều 4. Trả xe và giao chìa khóa",
            "1. Xe về bãi trước 19 giờ.",
            "Điều 5. Hiệu lực",
        ),
        lacks=("2. Đăng ký gấp", "đ) Giờ dự kiến"),
    ),
    Case(
        Kind.STRUCTURE,
        "lists that start again, numbering by styles and taken off",
        "phong-hop.docx",
        _lists,
        has=(
            "Mã 08: Phòng họp tầng hai",
            "Mã 10: Hội trường lớn",
            "(iii) loa phòng phụ.",
            "- dây mạng dự phòng",
        ),
        in_order=(
            "A. Chuẩn bị phòng họp trực tuyến",
            "2. Thử âm thanh:",
            "(i) micro của chủ tọa;",
            "3. Ghi nhật ký vận hành.",
            "B. Sau cuộc họp",
            "1. Tắt thiết bị.",
            "2. Niêm phong tủ máy.",
            "C. Việc nối tiếp biên bản trước",
            "5. Thay ắc quy bộ lưu điện.",
            "6. Mua hai tay micro.",
            "Ghi chú của tổ kỹ thuật",
            "D. Phụ lục hình ảnh",
        ),
        lacks=("D. Ghi chú của tổ", "4. Tắt thiết bị", "\uf0b7"),
    ),
    Case(
        Kind.NUMBERED_LINES,
        "typed numbers and lines that begin with a number",
        "truc-le.docx",
        _typed,
        has=(
            "2. Ca đêm được nghỉ bù ngày hôm sau.",
            "2 ngày làm việc đối với ca trực trong tuần",
            "12 suất ăn ca được cấp",
        ),
        in_order=(
            "Điều 6. Trực ngày lễ",
            "1. Mỗi ca trực có hai người.",
            "b) Nghỉ bù do trưởng phòng xếp.",
            "Điều 7. Thời gian giải quyết",
            "trả lời trong:",
            "5 ngày làm việc đối với ca trực Tết.",
        ),
    ),
    Case(
        Kind.NOTES,
        "marks behind figures, footnotes and an endnote",
        "ho-tro-nha.docx",
        _footnotes,
        has=(
            "là 900.000 đồng một tháng.",
            "được giữ 20 năm, sau đó giao Lưu trữ lịch sử.",
            "120 m² và sức chứa 4 giá di động.",
            "Chú thích 1: Không áp dụng cho người đã được bố trí nhà công vụ.",
            "Chú thích 2: Hồ sơ kỷ luật giữ 50 năm.",
            "Tính cả giá đặt tại hành lang tầng hầm.",
        ),
        in_order=(
            "Mức hỗ trợ thuê nhà",
            "Không áp dụng cho người",
            "Hồ sơ được giữ 20",
            "Hồ sơ kỷ luật",
            "Từ năm 2026 giao Trung tâm",
            "Kho có diện tích",
            "Tính cả giá đặt",
            "Đoạn cuối không có chú thích.",
        ),
        lacks=("9001", "9007", "202 năm", "203 năm", "4i", "41 giá", "35 mét", "2 m,"),
    ),
    Case(
        Kind.NOTES,
        "notes in a table's cells",
        "tiep-khach.docx",
        _notes_in_cells,
        has=(
            "Mức chi (đồng/suất): 150.000 (chú thích: khách ở vùng cao 180.000)",
            "Đối tượng: Khách trong tỉnh",
            "gồm cả phiên dịch",
            "Mức chi (đồng/suất): 400.000",
            "đã gồm đồ uống.",
            "Trừ rượu mạnh.",
        ),
        in_order=("Bảng 1. Mức chi tiếp khách", "Khách trong tỉnh", "Đại biểu hội nghị"),
        lacks=("150.0001", "quốc tế*", "STT: 1"),
    ),
    Case(
        Kind.UNPUBLISHED,
        "tracked changes",
        "bao-cao.docx",
        _changes,
        has=(
            "nộp trước ngày 25 hằng tháng",
            "Báo cáo quý gửi Phòng Kế hoạch tổng hợp.",
            "Nộp qua hệ thống.",
            "Chữ này vừa bỏ kiểu ẩn.",
            "Loại báo cáo: Báo cáo chuyên đề; Hạn nộp: Trong 5 ngày",
        ),
        in_order=("Báo cáo năm do Chánh Văn phòng ký.", "Số liệu chốt ngày 15 cuối quý."),
        lacks=("20", "ngày 10 cuối quý", "bưu điện", "đột xuất", "24 giờ"),
        told=("đã xóa",),
    ),
    Case(
        Kind.UNPUBLISHED,
        "hidden text, comments, codes of fields",
        "tiep-dan.docx",
        _hidden,
        has=(
            "Lãnh đạo tiếp dân ngày 15 hằng tháng.",
            "ở tầng 1, nhà B.",
            "không quá bốn người, kể cả người đại diện.",
            "Xem lịch tại trang lịch tuần",
            "Ngày in: 08/09/2025",
        ),
        lacks=(
            "ngày 18",
            "7788",
            "anh Dũng",
            "năm người",
            "PAGEREF",
            "TOC",
            "HYPERLINK",
            "SAVEDATE",
        ),
        told=("bình luận", "chữ ẩn"),
    ),
    Case(
        Kind.TABLES,
        "a header of three rows, groups and a total",
        "dinh-muc.docx",
        _three_rows,
        has=(
            "Loại xe: Xe 7 chỗ; Định mức – Đường bằng – Mùa khô: 11; Định mức – Đường bằng – Mùa",
            "Mùa mưa: 12; Định mức – Đường núi – Mùa khô: 14; Định mức – Đường núi – Mùa mưa: 16",
            "Định mức – Đường bằng – Mùa khô: 15; Định mức – Đường núi – Mùa khô: 18",
            "Cộng; Định mức – Đường bằng – Mùa khô: 35",
            "Định mức – Đường núi – Mùa mưa: 50",
        ),
        in_order=(
            "Bảng 2. Định mức nhiên liệu năm 2025",
            "Xe phục vụ lãnh đạo",
            "Xe 5 chỗ",
            "Xe phục vụ chung",
            "Xe 16 chỗ",
            "xe trên 10 năm được cộng thêm một lít",
        ),
        lacks=("STT: 1", "|", "Loại xe – Loại xe", ": Xe phục vụ chung", "Đường bằng: 11"),
    ),
    Case(
        Kind.TABLES,
        "a table without header, cells merged downwards, a table in a layout table",
        "phong-truc.docx",
        _plain_tables,
        has=(
            "P.201; Vàng A Sáng; 0214.111.201",
            "P.417; Lù Văn Pao; 0214.111.417",
            "Đội: Đội 1; Ca: Chiều; Người trực: Tẩn Láo Tả",
            "Đội: Đội 2; Ca: Chiều; Người trực: Ma Văn Hợp",
            "Tủ: Tủ B; Người giữ chìa khóa: Hoàng Thị Vân",
            "Kho phụ mở thứ Hai.",
        ),
        lacks=("P.201: P.305", "Vàng A Sáng: ", "Đội: Đội 1; Ca: Đội 1"),
    ),
    Case(
        Kind.ENCODINGS,
        "TCVN3 on single runs among Unicode",
        "ngay-hoi.docx",
        _tcvn3_runs,
        has=(
            "ỦY BAN NHÂN DÂN TỈNH",
            "Ngày hội việc làm được tổ chức tại sân vận động thị xã Sa Pa.",
            "Người đến dự không phải mua vé.",
            "Đỗ xe: bãi số hai.",
            "Xe buýt chạy từ 6 giờ, mỗi chuyến cách nhau nửa giờ.",
            "Nhiệt độ 35°C, khổ giấy 21×29 cm, ½ ngày, 5 µg chì, cỡ ±2 mm.",
            "ông François Müller (Besançon), bà Zoë Brontë.",
            "Nội dung: Dẫn chương trình; Người phụ trách: Nông Thị Huyền",
            "Người phụ trách: Lý Ngọc Sương",
        ),
    ),
    Case(
        Kind.ENCODINGS,
        "VNI by styles and on a run",
        "can-tin.docx",
        _vni_styles,
        has=(
            "Căn tin phục vụ bữa trưa từ 11 giờ đến 13 giờ.",
            "Phiếu ăn mua trước một ngày ở quầy số ba.",
            "Riêng thứ Sáu nghỉ bán buổi tối để dọn kho.",
            "Đoạn này gõ Unicode nên giữ nguyên.",
            "học ở Orléans, thầy dạy là ông Noël Gaëtan Aîné.",
            "QUẢN LÝ CĂN TIN: ĐẶNG THỊ THƯỞNG",
        ),
    ),
    Case(
        Kind.ENCODINGS,
        "TCVN3 through the theme",
        "phun-thuoc.docx",
        _tcvn3_theme,
        has=(
            "Lịch phun thuốc muỗi ở các khu nhà công vụ.",
            "Khu A phun sáng thứ Ba, khu B phun chiều thứ Tư.",
            "Trẻ nhỏ ở trong nhà ba giờ sau khi phun.",
            "Đóng kín cửa bếp.",
            "Khu nhà: A; Tổ trưởng: Mã Thị Đào",
            "Khu nhà: B; Tổ trưởng: Sẩn Văn Ước",
        ),
    ),
    Case(
        Kind.ENCODINGS,
        "correct Unicode in old fonts, names that look like old text",
        "ao-dai.docx",
        _all_right,
        has=(
            "Tuần lễ áo dài mở từ thứ Hai đến hết thứ Bảy.",
            "Đã có mười đội ghi tên.",
            "ỦY BAN TỔ CHỨC",
            "Frédéric Lefèvre, Jürgen Größ, Núria Peñón, Åse Bjørk.",
            "Sàn dài 12×6 m, nhiệt độ 26 °C, ¾ ghế đã đặt, sai số ±1 µm, § 3.",
            "L'Hôtel à côté”, món crème brûlée và jalapeño.",
        ),
    ),
    Case(
        Kind.CONTAINERS,
        "strict OOXML",
        "muon-tai-lieu.docx",
        _strict,
        has=(
            "Mục 1. Mượn tài liệu",
            "Người mượn ký sổ và trả trong bảy ngày.",
            "Sổ đặt ở quầy thủ thư.",
            "Mục 2. Gia hạn",
            "Loại: Bản đồ; Gia hạn: một lần",
        ),
    ),
    Case(
        Kind.CONTAINERS,
        "another main part, content controls, a text box",
        "kiem-ke.docx",
        _other_main_part,
        has=(
            "Biên bản kiểm kê quý IV",
            "Người kiểm kê là tổ trưởng Sùng A Lềnh tại kho Bắc Cường.",
            "Thiết bị: Máy in; Số lượng: 14",
            "Không mang ra khỏi cơ quan.",
        ),
        in_order=(
            "Ngày kiểm kê: 30 tháng 11 năm 2025.",
            "Máy hỏng xếp riêng ở gầm cầu thang.",
            "Hết biên bản.",
        ),
        lacks=("DOCPROPERTY",),
    ),
    Case(
        Kind.CONTAINERS,
        "flat OPC",
        "noi-quy-nha-xe.docx",
        _flat,
        has=("1) Dắt xe qua cổng chắn.", "2) Gửi xe qua đêm", "Loại xe: Xe máy; Giá vé: 3.000"),
        lacks=("<w:", "pkg:"),
        may_refuse=True,
    ),
    Case(
        Kind.CONTAINERS,
        "a chunk of HTML",
        "nghi-tet.docx",
        _chunk,
        has=("Thông báo nghỉ Tết của thư viện.", "Thư viện đóng cửa từ 28 tháng Chạp."),
        in_order=("Thông báo nghỉ Tết", "28 tháng Chạp", "Mở lại mùng 7 tháng Giêng."),
        lacks=("khoa = 1", "<p>"),
        may_refuse=True,
    ),
    Case(
        Kind.CHARACTERS,
        "invisible, look-alike and decomposed letters",
        "phong-doc.docx",
        _characters,
        has=(
            "Điều 4. Phòng đọc mở cửa lúc 7 giờ 30.",
            "Thẻ đọc có giá trị sáu tháng.",
            "Bạn đọc gửi túi ở tủ số chín.",
            "Ban quản lý trao chìa khóa cho tổ trực.",
            "Người dưới mười lăm tuổi vào phòng thiếu nhi.",
            "Đọc giả nước ngoài dùng hộ chiếu; sách Nga «Война и мир» ở giá 3.",
            "số 77-CV/TV, máy tính (computer) đặt ở góc phòng.",
        ),
        lacks=("\u00ad", "\u200b", "\u2060", "\ufeff", "\u00a0"),
    ),
    Case(
        Kind.LETTERHEAD,
        "a decision that replaces another",
        "quyet-dinh.docx",
        _decision,
        has=("thay thế Quyết định số 102/QĐ-UBND", "Điều 1. Ban hành kèm theo"),
        details={
            "number": "318/QĐ-UBND",
            "published": "2025-03-14",
            "signer": "Hoàng Quốc Bảo",
        },
    ),
    Case(
        Kind.LETTERHEAD,
        "a plan whose letterhead is in the first page's header",
        "ke-hoach.docx",
        _plan,
        has=("57/KH-VP", "Năm 2026 số hóa 40.000 trang."),
        lacks=("Trang 3",),
        details={
            "number": "57/KH-VP",
            "published": "2026-01-05",
            "signer": "Lù Thị Phương Thảo",
            "summary": "Số hóa hồ sơ lưu trữ giai đoạn 2026 - 2028",
        },
    ),
    Case(
        Kind.BAD_INPUT,
        "a footnote with its own mark",
        "giay-moi.docx",
        _loop,
        has=("Giấy mời gửi trước ba ngày.", "Trừ cuộc họp gấp", "Xe đón ở cổng số hai."),
    ),
    Case(
        Kind.BAD_INPUT,
        "numbering.xml cut off",
        "tuoi-cay.docx",
        _broken_numbering,
        has=("Tưới cây trước 8 giờ.", "Khóa van nước sân sau."),
        may_refuse=True,
    ),
    Case(
        Kind.BAD_INPUT,
        "a table of 5,000 rows",
        "bang-ke.docx",
        _long_table,
        has=(
            "Mã hồ sơ: LC-00001; Người nộp: Công dân số 1; Kệ: K1",
            "Mã hồ sơ: LC-02718; Người nộp: Công dân số 2718; Kệ: K17",
            "Mã hồ sơ: LC-05000; Người nộp: Công dân số 5000; Kệ: K5",
        ),
        in_order=("Bảng kê hồ sơ một cửa", "LC-05000", "Cuối bảng kê."),
    ),
    Case(
        Kind.BAD_INPUT,
        "tables nested more than five deep",
        "long-nhau.docx",
        _nested,
        has=("Két số 88", "Ngăn 1", "Tầng 5", "Sau các bảng."),
    ),
)
