"""Word documents for measuring only."""

from __future__ import annotations

import unicodedata

from benchmarks.document_cases.case import Case, Kind
from benchmarks.document_cases.office_files import (
    Xml,
    cell,
    change,
    changed,
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
    ps,
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


def _report() -> bytes:
    """Return parts from III on, sections under them in Arabic figures, numbered by styles alone."""
    levels = (
        level(0, "upperRoman", "%1.", start=3, style="Heading1"),
        level(1, "decimal", "%1.%2.", style="Heading2", legal=True),
        level(2, "decimal", "%1.%2.%3.", style="Heading3", legal=True),
        level(3, "lowerLetter", "%4."),
    )
    styles = "".join(
        style(f"Heading{n}", shown=f"heading {n}", outline=n - 1, num=(4, n - 1)) for n in (1, 2, 3)
    )
    body = (
        p("BÁO CÁO CẢI CÁCH HÀNH CHÍNH", align="center"),
        p("ĐÁNH GIÁ CHUNG", style="Heading1"),
        p("Ưu điểm", style="Heading2"),
        p("Về hạ tầng", style="Heading3"),
        p("Đường truyền ổn định cả năm.", num=(4, 3)),
        p("Máy chủ dự phòng đã chạy thử.", num=(4, 3)),
        p("Về con người", style="Heading3"),
        p("Mỗi phòng có một đầu mối.", num=(4, 3)),
        p("Hạn chế", style="Heading2"),
        p("Chữ ký số còn ít người dùng."),
        p("NHIỆM VỤ NĂM SAU", style="Heading1"),
        p("Tập huấn", style="Heading2"),
        p("Lớp cho người mới", style="Heading3"),
        p("Mua sắm", style="Heading2"),
    )
    return docx(body, styles=styles, lists=numbering({2: levels}, {4: (2, "")}))


def _steps() -> bytes:
    """Return levels that go on or start again, a level redefined, a deleted item in between."""
    chapter = (
        level(0, "decimal", "Phần %1 -", style="Heading1"),
        level(1, "decimal", "Bước %2:", restart=0, after="space"),
        level(2, "upperLetter", "%2%3)"),
    )
    other = (level(0, "decimal", "%1/"), level(1, "bullet", "–"))
    letters = level(0, "lowerLetter", "%1)", start=3)
    redefined = f'<w:lvlOverride w:ilvl="0">{letters}</w:lvlOverride>'
    lists = numbering(
        {10: chapter, 11: other},
        {1: (10, ""), 2: (11, ""), 3: (11, redefined), 4: (11, start_at(0, 1))},
    )
    body = (
        p("Nhận đơn", style="Heading1", num=(1, 0)),
        p("Ghi sổ tiếp nhận.", num=(1, 1)),
        p("Cấp giấy hẹn.", num=(1, 1)),
        p("Giấy hẹn bản giấy", num=(1, 2)),
        p("Giấy hẹn qua tin nhắn", num=(1, 2)),
        p("Trả kết quả", style="Heading1", num=(1, 0)),
        p("Đối chiếu căn cước.", num=(1, 1)),
        p("Biên lai phí", num=(1, 2)),
        p("Đơn gồm có:"),
        p("Tờ khai", num=(2, 0)),
        p(tracked("del", "Ảnh chân dung", number=3), num=(2, 0), mark=f"<w:del {change(4)}/>"),
        p(tracked("ins", "Bản sao hộ khẩu", number=5), num=(2, 0), mark=f"<w:ins {change(6)}/>"),
        p("không cần chứng thực", num=(2, 1)),
        p("Người nhận thay nộp thêm:"),
        p("Giấy ủy quyền", num=(3, 0)),
        p("Căn cước của hai bên", num=(3, 0)),
        p("Lệ phí:"),
        p("Thu qua thẻ", num=(4, 0)),
        p("Thu tiền mặt", num=(4, 0)),
    )
    return docx(body, styles=headings(1), lists=lists)


def _typed() -> bytes:
    """Return typed numbers, a chapter over two lines, and lines that begin with figures."""
    body = (
        p(r("Chương II", bold=True), align="center"),
        p(r("AN TOÀN PHÒNG MÁY", bold=True), align="center"),
        p(r("Đi", bold=True), r("ều 1", bold=True), r("1.", bold=True), r(" Nhiệt độ", bold=True)),
        p("1 .Phòng máy giữ ở 24 độ."),
        p("2. Khi mất điện lưới phải làm ngay các việc sau:"),
        p("a)  Tắt máy in;"),
        p("đ)", "\t", "Gọi tổ điện."),
        p("30 phút là thời gian bộ lưu điện chịu được."),
        p("7 giờ 30: người trực nhận ca."),
        p("1.200 lít dầu được giữ cho máy phát."),
        p("3 lần báo cháy giả trong một quý thì thay đầu dò."),
    )
    return docx(body)


# --- notes --------------------------------------------------------------------------------------


def _notes() -> bytes:
    """Return endnotes, marks typed by hand, a note in a list item and one between two words."""
    levels = (level(0, "decimal", "%1."),)
    body = (
        p("Phí thẩm định là 1", note_mark(2, "endnote"), ".500.000 đồng."),
        p("Trong 30", note_mark(1), " ngày kể từ ngày nhận", note_mark(4), " hồ sơ.", num=(1, 0)),
        p("Lệ phí cấp lại 50.000", r("3", up=True), " đồng mỗi lần.", num=(1, 0)),
        p("Đất dưới 300 m", r("2", up=True), " được miễn đo."),
        p(r("3", up=True), " Miễn cho hộ nghèo."),
    )
    return docx(
        body,
        lists=numbering({0: levels}, {1: (0, "")}),
        footnotes={1: "Không kể ngày lễ.", 4: "Tính theo dấu bưu điện."},
        endnotes={2: "Thu một lần cho cả dự án."},
    )


def _notes_in_cells() -> bytes:
    """Return notes in a total's cell, in a merged cell and an endnote in a cell."""
    body = (
        table(
            row("TT", "Tổ", "Việc", "Công", header=True),
            [
                "1",
                cell(p("Tổ vườn", note_mark(11)), merge="restart"),
                "Cắt cỏ",
                cell(p("6", note_mark(21, "endnote"))),
            ],
            ["2", cell(merge="continue"), "Tưới cây", "9"],
            [cell("Cộng", span=3), cell(p("15", note_mark(12)))],
            columns=4,
        ),
        p("Bảng trên thay bảng tháng trước."),
    )
    return docx(
        body,
        footnotes={11: "gồm cả người làm thuê", 12: "chưa kể công ngày mưa"},
        endnotes={21: "cỏ ở sân trước"},
    )


# --- not published ------------------------------------------------------------------------------


def _changes() -> bytes:
    """Return a deleted table, a deletion over two paragraphs, an insertion deleted again."""
    gone = f"<w:del {change(61)}/>"
    old = table(
        row(cell(p(tracked("del", "Cước cũ"))), cell(p(tracked("del", "7.700"))), props=gone),
        row(
            cell(p(tracked("del", "Cước ngoài giờ"))), cell(p(tracked("del", "9.900"))), props=gone
        ),
        columns=2,
    )
    code = Xml(
        f"<w:del {change(70)}>"
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        "<w:r><w:delInstrText> REF cuoc_cu </w:delInstrText></w:r>"
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        "<w:r><w:delText>6.600</w:delText></w:r>"
        '<w:r><w:fldChar w:fldCharType="end"/></w:r></w:del>'
    )
    body = (
        p("Cước gửi công văn thường là ", code, tracked("ins", "8.800", number=71), " đồng."),
        old,
        p("Bưu phẩm được phát ", tracked("del", "hai lần trong ngày", number=72), mark=gone),
        p(tracked("del", "và cả Chủ nhật, ", number=73), "vào buổi sáng."),
        p(
            "Tra cứu bằng mã ",
            tracked("ins", "vạch", tracked("del", " hai chiều", number=74), number=75),
            tracked("del", "số", number=76),
            ".",
        ),
        table(
            row(cell("Vùng"), cell("Thời gian phát")),
            row(
                "Trong tỉnh",
                cell(p(tracked("del", "3", number=77), tracked("ins", "2", number=78), " ngày")),
            ),
            row("Hải đảo", "11 ngày", props=gone),
            row(cell("Vùng cao"), cell(p("4 ngày", mark=f"<w:ins {change(79)}/>"))),
            columns=2,
        ),
    )
    return docx(body)


def _hidden() -> bytes:
    """Return hidden rows, hidden text through inherited styles, comments, nested fields."""
    styles = (
        style("GocAn", run="<w:vanish/>")
        + style("ConAn", based="GocAn", run="<w:i/>")
        + style("HienLai", based="GocAn", run='<w:vanish w:val="false"/>')
    )
    nested = Xml(
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        '<w:r><w:instrText xml:space="preserve"> IF </w:instrText></w:r>'
        + field("MERGEFIELD Gioi", "Nam")
        + '<w:r><w:instrText xml:space="preserve"> = "Nam" "Ông" "Bà" </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        + r("Kính gửi ông")
        + '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    shown = r("chín ", props='<w:vanish w:val="0"/>')
    body = (
        p(nested, " Hầu A Pó, thôn Nậm Kẹn."),
        p("Điểm sàn dự kiến 55.", style="ConAn"),
        p("Kết quả công bố ngày 20 tháng 8.", style="HienLai"),
        p("Hội đồng gồm ", r("bảy ", hidden=True), shown, "người."),
        table(
            ["Môn", "Giờ thi"],
            row("Kiến thức chung", "8 giờ"),
            [
                cell(p(r("Vấn đáp nháp", hidden=True), mark="<w:vanish/>")),
                cell(p(r("13 giờ 15", hidden=True), mark="<w:vanish/>")),
            ],
            row("Ngoại ngữ", "15 giờ"),
            columns=2,
        ),
        p(
            Xml('<w:commentRangeStart w:id="0"/>'),
            "Thí sinh mang theo căn cước.",
            Xml('<w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r>'),
            Xml('<w:commentRangeStart w:id="1"/><w:commentRangeEnd w:id="1"/>'),
            Xml('<w:r><w:commentReference w:id="1"/></w:r>'),
        ),
        p("Lập ngày ", field(r'DATE \@ "d/M/yyyy"', "2/6/2025"), "."),
    )
    return docx(
        body, styles=styles, comments=["Hộ chiếu có được không?", "Hỏi Sở Nội vụ trước khi in"]
    )


# --- tables -------------------------------------------------------------------------------------


def _two_rows() -> bytes:
    """Return a header of two rows, a unit above, values across columns, groups and totals."""
    down = cell(merge="continue")
    body = (
        p("Biểu 03: Thu chi quỹ phúc lợi"),
        table(
            row(
                cell("TT", merge="restart"),
                cell("Nội dung", merge="restart"),
                cell("Quý I", span=2),
                cell("Quý II", span=2),
                cell("Ghi chú", merge="restart"),
            ),
            row(down, down, "Thu", "Chi", "Thu", "Chi", down),
            row(cell(p(r("A. Nguồn cơ quan", bold=True)), span=7)),
            ["1", "Trích lương", "31", "27", "33", "29", ""],
            ["2", "Cho thuê hội trường", cell("sửa chữa", span=2), "12", "4", "một nửa"],
            row(cell(p(r("B. Nguồn khác", bold=True)), span=7)),
            ["3", "Ủng hộ", "5", "5", cell("không có", span=2), ""],
            row(cell("Tổng số", span=2), "36", "32", "45", "33", ""),
            columns=7,
            bold=False,
        ),
        p("Quỹ do Công đoàn giữ."),
    )
    return docx(body)


def _odd_tables() -> bytes:
    """Return a form without header, a box, cells merged downwards, a table in a cell."""
    inner = table(["Cỡ chữ", "14"], ["Lề trái", "30 mm"], columns=2, bold=False)
    body = (
        p("Máy của các phòng"),
        table(
            ["LC-01", "Máy in mạng", "2019", "Còn tốt"],
            ["LC-02", "Máy quét", "2021", "Hỏng khay"],
            ["LC-03", "Máy chiếu", "2017", "Chờ thanh lý"],
            columns=4,
            bold=False,
        ),
        p(),
        table([cell("Không tự ý tháo máy.")], columns=1, bold=False),
        p("Lịch bảo trì"),
        table(
            row("Tháng", "Máy", "Người làm", "Nơi làm", header=True),
            [
                cell("Tháng 3", merge="restart"),
                "Máy in",
                cell("Cư A Sì", merge="restart"),
                cell("Tầng 1", merge="restart"),
            ],
            [cell(merge="continue"), "Máy quét", cell(merge="continue"), cell("Tầng 2")],
            ["Tháng 9", "Máy chiếu", "Bàn Văn Lý", "Tầng 2"],
            columns=4,
        ),
        p("Mẫu trình bày"),
        table(
            row("Loại", "Cách trình bày", header=True),
            ["Tờ trình", cell(Xml(p("Theo bảng:") + inner + p("Không in hai mặt.")))],
            ["Giấy mời", "Như mẫu cũ"],
            columns=2,
        ),
    )
    return docx(body)


# --- old encodings ------------------------------------------------------------------------------


def _tcvn3_defaults() -> bytes:
    """Return a document whose default font is .VnTime, with Unicode in other fonts."""
    new = "Times New Roman"
    body = (
        p(r(tcvn3_capitals("THÔNG BÁO TUYỂN LÁI XE"), font=".VnArialH")),
        p(tcvn3("Hồ sơ nộp tại phòng tổ chức, hạn cuối là rằm tháng bảy.")),
        p(r("Người dự tuyển phải có bằng hạng D, tuổi dưới 45.", font=new)),
        p(tcvn3("Mức lương "), r("thỏa thuận", font=new), tcvn3(" theo tay nghề.")),
        p(r("Đã đăng ký", font=".VnTime"), r(": 17 người.", font=new)),
        p(tcvn3("Ưu tiên bộ đội xuất ngũ.")),
        table(
            [tcvn3("Hạng xe"), tcvn3("Số người cần")],
            [tcvn3("Xe tải"), "4"],
            [cell(p(r("Xe khách", font=new))), "6"],
            [tcvn3("Xe cẩu"), tcvn3("đã đủ")],
            columns=2,
        ),
    )
    return docx(body, defaults=fonts(".VnTime"))


def _vni_theme() -> bytes:
    """Return VNI through the theme's font, TCVN3 on a run and correct Unicode beside them."""
    body = (
        p(vni("Vườn ươm nhận cây giống vào đầu tháng Chạp.")),
        p(vni("Mỗi hộ được "), r("hai mươi lăm cây", font="Arial"), vni(" lát hoa.")),
        p(r(tcvn3("Hố trồng đào trước nửa tháng."), font=".VnArial")),
        p(r("Giống từ Viện INRAÉ, kỹ sư Jörg Weiß và bà Agnès Câmara chọn.", font="Arial")),
        p(r("Cây chịu được −2 °C, hố 40×40×40 cm, phân ¼ bao.", font="Arial")),
        p(vni("CHỦ NHIỆM: VŨ THỊ ƯỚC")),
    )
    theme = '<w:rFonts w:asciiTheme="minorHAnsi" w:hAnsiTheme="minorHAnsi"/>'
    return docx(body, defaults=theme, theme="VNI-Times")


def _all_right() -> bytes:
    """Return correct Unicode that is set in old fonts or that looks like old text."""
    names = style("CuVn", run=fonts(".VnTime")) + style("CuVni", run=fonts("VNI-Times"))
    body = (
        p("Đội văn nghệ biểu diễn ở quảng trường lúc 20 giờ.", style="CuVn"),
        p("Vé mời gửi các ông bà trưởng thôn.", style="CuVni"),
        p("Ô tô đỗ ở bến A.", style="CuVn"),
        p("Sân khấu rộng 8×12 m, đèn 3.200°K, sai số ±5 %."),
        p("Khách: Señor Muñoz (Logroño), Frau Böhm, M. Château d'Eau, Søren Ågård."),
        p("§ 5 Abs. 2 BGB; «À bientôt»; São Tomé; Ðà Nẵng."),
        p("Đoàn xã xa đến sớm ½ giờ.", style="CuVn"),
    )
    return docx(body, styles=names)


def _tcvn3_styles() -> bytes:
    """Return TCVN3 through styles of paragraphs and runs, a style that goes back to Unicode."""
    styles = (
        style("VanCu", run=fonts(".VnTime"))
        + style("VanCuDam", based="VanCu", run="<w:b/>")
        + style("VanMoi", based="VanCu", run=fonts("Times New Roman"))
        + style("ChuCu", kind="character", run=fonts(".VnArial"))
        + style("TieuDe", based="VanCu", run=fonts(".VnTimeH"))
    )
    body = (
        p(tcvn3_capitals("GIẢI BÓNG CHUYỀN CÔNG ĐOÀN"), style="TieuDe"),
        p(tcvn3("Mỗi đội có tám vận động viên."), style="VanCuDam"),
        p("Trận mở màn đấu ở nhà thi đấu phường Kim Tân.", style="VanMoi"),
        p("Trọng tài do ", r(tcvn3("Sở Văn hóa cử"), style="ChuCu"), ", mỗi trận hai người."),
        p(tcvn3("Nộp giấy khám sức khỏe "), r("trước 15/8", font="Arial"), ".", style="VanCu"),
        p(tcvn3("Cúp: "), tcvn3("đồ gỗ"), style="VanCu"),
    )
    return docx(body, styles=styles)


# --- containers and characters ------------------------------------------------------------------


def _strict() -> bytes:
    """Return a strict document with numbering, tracked changes and a header."""
    levels = (level(0, "upperLetter", "%1."), level(1, "decimal", "%1%2."))
    body = (
        p("Phần điện", num=(1, 0)),
        p("Thay bóng hành lang", num=(1, 1)),
        p("Phần nước", num=(1, 0)),
        p("Sửa van ", tracked("del", "tầng 2"), tracked("ins", "tầng 5"), num=(1, 1)),
        table(
            row(cell("Hạng mục", merge="restart"), cell("Vật tư", span=2)),
            row(cell(merge="continue"), "Loại", "Số lượng"),
            ["Điện", "Bóng", "44"],
            ["Nước", "Van", "3"],
            columns=3,
            bold=False,
        ),
    )
    return strict(docx(body, lists=numbering({0: levels}, {1: (0, "")})))


def _main_elsewhere() -> bytes:
    """Return a main part in another folder's name, found by an absolute target, with controls."""
    listed = Xml(
        "<w:sdt><w:sdtPr/><w:sdtContent>"
        + table(["Mục", "Giá"], ["Bàn tiếp dân", "2.400.000"], ["Ghế gấp", "310.000"], columns=2)
        + "</w:sdtContent></w:sdt>"
    )
    inside = Xml("<w:sdt><w:sdtPr/><w:sdtContent>" + cell("ba ngày") + "</w:sdtContent></w:sdt>")
    box = text_box(
        p("Hàng giao tại cổng số 4.") + table(["Ca", "Giờ"], ["Ca 1", "từ 6 giờ"], columns=2)
    )
    link = Xml('<w:hyperlink w:anchor="x">' + r("phụ lục hợp đồng") + "</w:hyperlink>")
    custom = Xml('<w:customXml w:element="ben">' + r("Công ty Hoa Ban") + "</w:customXml>")
    body = (
        p("Bên bán là ", custom, ", theo ", link, "."),
        listed,
        table(
            row("Việc", "Hạn"), Xml("<w:tr>" + cell("Giao hàng") + inside + "</w:tr>"), columns=2
        ),
        p(box),
        p("Lập thành hai bản."),
    )
    data = docx(body, main="document3.xml")
    return changed(
        data, {"_rels/.rels": lambda text: text.replace('"word/document3', '"/word/document3')}
    )


def _flat() -> bytes:
    """Return one XML file with a note and a table instead of a package."""
    body = (
        p("Vé tháng ", note_mark(1), "bán ở bến."),
        table(
            row("Tuyến", "Giá vé", header=True),
            ["Sa Pa", "60.000"],
            ["Bát Xát", "35.000"],
            columns=2,
        ),
    )
    return flat_opc(docx(body, footnotes={1: "Trẻ em đi kèm không mất vé."}))


def _chunk() -> bytes:
    """Return a document that holds another Word document as a chunk."""
    other = docx(
        (
            p("Phụ lục do phòng Kế toán gửi."),
            table(["Khoản", "Tiền"], ["Điện", "7.150.000"], ["Nước", "940.000"], columns=2),
        )
    )
    body = (p("Quyết toán tháng Tư."), Xml('<w:altChunk r:id="rIdXphuluc"/>'), p("Hết."))
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    return docx(body, parts={"phuluc.docx": (other, kind, "aFChunk")})


def _characters() -> bytes:
    """Return letters built in odd orders, look-alikes, private signs and hyphens."""
    sign = r(Xml('<w:sym w:font="Wingdings" w:char="F0FC"/>'))
    name = unicodedata.normalize("NFD", "Hạng Thị Mỷ")
    body = (
        p("T\u1ea1m \u1ee9ng: " + unicodedata.normalize("NFD", "người được tạm ứng ký nhận.")),
        p("Tính kha\u0302\u0301u hao vào tha\u0301\u200bng 12."),
        p("Ho\u0323\u0302i \u0111o\u0302\u0300ng ki\u00ea\u0309m kê quỹ do gia\u0341m đốc cử."),
        p("Bản \u0441hính ghi mực x\u0430nh, bản s\u0430\u043e đóng dấu đỏ."),
        p("Số dư\u00a0: 1\u202f250\u202f000 đồng; mức tr\u00adần ghi ở sổ\u2060 cái."),
        p("\u00d0ơn vị thu: thủ quỹ ", sign, " theo Công văn 36\u201145/KTT."),
        p(unicodedata.normalize("NFD", "Kế toán viên"), ": ", name),
    )
    return docx(body)


# --- letterhead ---------------------------------------------------------------------------------


def _letter() -> bytes:
    """Return an official letter with its subject under the number."""
    number = ps(p("Số: 1204/VP-TH", align="center"), p("V/v bố trí trụ sở tạm", align="center"))
    head = table(
        [
            cell(ps(p("UBND TỈNH LÀO CAI"), p(r("VĂN PHÒNG", bold=True)))),
            cell(ps(p("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"), p("Độc lập - Tự do - Hạnh phúc"))),
        ],
        [cell(number), cell(p(r("Lào Cai, ngày  8  tháng 11 năm 2025", props="<w:i/>")))],
        columns=2,
        borders=False,
    )
    body = (
        head,
        p("Kính gửi: Sở Tài chính.", align="center"),
        p("Trả lời Công văn số 655/STC-QLG ngày 30/10/2025, Văn phòng có ý kiến như sau:"),
        p("Trụ sở tạm đặt ở số 9 đường Hoàng Liên từ ngày 01/12/2025."),
        signature(
            ["Như trên;", "Chánh Văn phòng (b/c);"],
            "KT. CHÁNH VĂN PHÒNG",
            "PHÓ CHÁNH VĂN PHÒNG",
            "",
            "",
            "Thào Thị Sông",
        ),
    )
    return docx(body)


def _amended() -> bytes:
    """Return a decision whose letterhead is set with tabs, not in a table."""
    body = (
        p(
            r("ỦY BAN NHÂN DÂN", bold=True),
            "\t",
            r("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", bold=True),
        ),
        p(r("TỈNH LÀO CAI", bold=True), "\t", r("Độc lập - Tự do - Hạnh phúc", bold=True)),
        p("Số: 05/2024/", "QĐ-UBND", "\t", "Lào Cai, ngày 08 tháng 02 năm 2024"),
        p(r("QUYẾT ĐỊNH", bold=True), align="center"),
        p(
            "Sửa đổi, bổ sung một số điều của Quy định kèm theo Quyết định số 71/2021/QĐ-UBND"
            " ngày 15 tháng 12 năm 2021",
            align="center",
        ),
        p("Căn cứ Nghị định số 30/2020/NĐ-CP ngày 05 tháng 3 năm 2020;"),
        p(r("Điều 1. ", bold=True), "Bãi bỏ khoản 3 Điều 8."),
        p(r("Điều 2. ", bold=True), "Quyết định này có hiệu lực từ ngày 20 tháng 02 năm 2024."),
        p("TM. ỦY BAN NHÂN DÂN", align="right"),
        p("CHỦ TỊCH", align="right"),
        p("(Đã ký)", align="right"),
        p("Ma Seo Páo", align="right"),
    )
    return docx(body)


def _first_page() -> bytes:
    """Return a notice whose letterhead is in the first header and whose footer says more."""
    head = letterhead(
        "UBND TỈNH LÀO CAI", "VĂN PHÒNG", "Số: 233/TB-VP", "Lào Cai, ngày 30 tháng 9 năm 2025"
    )
    body = (
        p(r("THÔNG BÁO", bold=True), align="center"),
        p(r("Lịch tạm dừng hệ thống thư điện tử", bold=True), align="center"),
        p("Hệ thống dừng từ 22 giờ đến 4 giờ hôm sau."),
        signature(
            ["Lưu: VT, HC."], "TL. CHÁNH VĂN PHÒNG", "TRƯỞNG PHÒNG HÀNH CHÍNH", "Tải Thị Dín"
        ),
    )
    foot = p("Đường dây nóng khi mất thư: 0214.555.019")
    page = p(field("PAGE", "2"), "/", field("NUMPAGES", "9"), align="center")
    return docx(
        body,
        headers={"first": head + p(), "default": page},
        footers={"first": foot, "default": p()},
    )


# --- bad input ----------------------------------------------------------------------------------


def _loop() -> bytes:
    """Return a footnote that refers to an endnote that refers to the footnote."""
    first = Xml(
        p(r(Xml("<w:footnoteRef/>"), up=True), " Xem cả", note_mark(6, "endnote"), " mục kho.")
    )
    second = Xml(p(r(Xml("<w:endnoteRef/>"), up=True), " Đã nói ở trên", note_mark(5), "."))
    body = (p("Chìa khóa gửi ở chốt trực", note_mark(5), "."), p("Đèn tắt lúc 23 giờ."))
    return docx(body, footnotes={5: first}, endnotes={6: second})


def _circles() -> bytes:
    """Return styles based on each other and numbers of lists that do not exist."""
    styles = style("VongA", based="VongB", num=(1, 0)) + style("VongB", based="VongA")
    lists = numbering({}, {1: (44, "")})
    body = (
        p("Rác được gom lúc 17 giờ.", style="VongA"),
        p("Pin cũ bỏ thùng đỏ.", style="VongB"),
        p("Kính vỡ gói giấy.", num=(9, 0)),
        p("Giấy vụn để ở sân sau.", num=(1, 3)),
    )
    return docx(body, styles=styles, lists=lists)


def _merged() -> bytes:
    """Return a table with 10,000 merged cells."""
    rows = [["Khu", "Ô", "Cây"]]
    for n in range(5000):
        first = n % 50 == 0
        rows.append(
            row(
                cell(f"Khu {n // 50}" if first else "", merge="restart" if first else "continue"),
                f"Ô {n}",
                cell(
                    f"Loài {n // 25}" if n % 25 == 0 else "",
                    merge="continue" if n % 25 else "restart",
                ),
            )
        )
    return docx((p("Sơ đồ vườn"), table(*rows, columns=3), p("Hết sơ đồ.")))


def _nested() -> bytes:
    """Return five tables in each other, each with a row of its own after the inner one."""
    inner = table(["Mã", "Kho"], ["X-5", "hầm số năm"], ["Y-5", "gác lửng"], columns=2)
    for depth in range(4, 0, -1):
        inner = table(
            ["Mã", "Kho"],
            [f"X-{depth}", cell(Xml(p(f"tủ số {depth}") + inner + p()))],
            [f"Y-{depth}", f"giá số {depth}"],
            columns=2,
        )
    return docx((p("Sơ đồ kho"), inner, p("Sơ đồ lập tháng Mười.")))


CASES: tuple[Case, ...] = (
    Case(
        Kind.STRUCTURE,
        "numbering by styles, from III on, Arabic figures below Roman ones",
        "bao-cao-cchc.docx",
        _report,
        has=("b. Máy chủ dự phòng đã chạy thử.",),
        in_order=(
            "III. ĐÁNH GIÁ CHUNG",
            "3.1. Ưu điểm",
            "3.1.1. Về hạ tầng",
            "a. Đường truyền ổn định cả năm.",
            "3.1.2. Về con người",
            "a. Mỗi phòng có một đầu mối.",
            "3.2. Hạn chế",
            "Chữ ký số còn ít người dùng.",
            "IV. NHIỆM VỤ NĂM SAU",
            "4.1. Tập huấn",
            "4.1.1. Lớp cho người mới",
            "4.2. Mua sắm",
        ),
        lacks=("III.1", "c. Mỗi phòng"),
    ),
    Case(
        Kind.STRUCTURE,
        "levels that go on, levels redefined, a deleted item",
        "mot-cua.docx",
        _steps,
        has=("Phần 1 - Nhận đơn", "- không cần chứng thực"),
        in_order=(
            "Bước 1: Ghi sổ tiếp nhận.",
            "Bước 2: Cấp giấy hẹn.",
            "2A) Giấy hẹn bản giấy",
            "2B) Giấy hẹn qua tin nhắn",
            "Phần 2 - Trả kết quả",
            "Bước 3: Đối chiếu căn cước.",
            "3A) Biên lai phí",
            "1/ Tờ khai",
            "2/ Bản sao hộ khẩu",
            "c) Giấy ủy quyền",
            "d) Căn cước của hai bên",
            "1/ Thu qua thẻ",
            "2/ Thu tiền mặt",
        ),
        lacks=("Ảnh chân dung", "3/ "),
        told=("đã xóa",),
    ),
    Case(
        Kind.NUMBERED_LINES,
        "typed numbers with slips, lines that begin with figures",
        "phong-may.docx",
        _typed,
        has=(
            "30 phút là thời gian bộ lưu điện chịu được.",
            "7 giờ 30: người trực nhận ca.",
            "1.200 lít dầu được giữ cho máy phát.",
            "3 lần báo cháy giả trong một quý thì thay đầu dò.",
        ),
        in_order=(
            "Chương II",
            "AN TOÀN PHÒNG MÁY",
            "Điều 11. Nhiệt độ",
            "Phòng máy giữ ở 24 độ.",
            "2. Khi mất điện lưới",
            "a) Tắt máy in;",
            "đ) Gọi tổ điện.",
        ),
    ),
    Case(
        Kind.NOTES,
        "endnotes, footnotes in a list, marks typed by hand",
        "tham-dinh.docx",
        _notes,
        has=(
            "Phí thẩm định là 1.500.000 đồng.",
            "1. Trong 30 ngày kể từ ngày nhận hồ sơ.",
            "2. Lệ phí cấp lại 50.000",
            "Chú thích 2: Tính theo dấu bưu điện.",
            "Miễn cho hộ nghèo.",
        ),
        in_order=(
            "Phí thẩm định",
            "Thu một lần cho cả dự án.",
            "Trong 30",
            "Không kể ngày lễ.",
            "Tính theo dấu bưu điện.",
            "Lệ phí cấp lại",
        ),
        lacks=("50.0003", "300 m được", "301 ngày", "1i", "11.500", "nhận2", "nhận4"),
    ),
    Case(
        Kind.NOTES,
        "notes in cells of a total and of merged cells",
        "cong-viec.docx",
        _notes_in_cells,
        has=(
            "Tổ: Tổ vườn (chú thích: gồm cả người làm thuê)",
            "Việc: Cắt cỏ; Công: 6 (chú thích: cỏ ở sân trước)",
            "Tổ: Tổ vườn",
            "Việc: Tưới cây; Công: 9",
            "Cộng; Công: 15 (chú thích: chưa kể công ngày mưa)",
        ),
        lacks=("151", "152", "6i", "61", "TT: "),
    ),
    Case(
        Kind.UNPUBLISHED,
        "a deleted table, deletions over paragraphs",
        "buu-chinh.docx",
        _changes,
        has=(
            "thường là 8.800 đồng.",
            "Bưu phẩm được phát vào buổi sáng.",
            "Tra cứu bằng mã vạch.",
            "Vùng: Trong tỉnh; Thời gian phát: 2 ngày",
            "Vùng: Vùng cao; Thời gian phát: 4 ngày",
        ),
        lacks=(
            "7.700",
            "9.900",
            "6.600",
            "Cước ngoài giờ",
            "hai lần",
            "Chủ nhật",
            "hai chiều",
            "3",
            "Hải đảo",
            "cuoc_cu",
        ),
        told=("đã xóa",),
    ),
    Case(
        Kind.UNPUBLISHED,
        "hidden by inherited styles, in a row, nested fields, comments",
        "thi-tuyen.docx",
        _hidden,
        has=(
            "Kính gửi ông Hầu A Pó, thôn Nậm Kẹn.",
            "Kết quả công bố ngày 20 tháng 8.",
            "Hội đồng gồm chín người.",
            "Môn: Ngoại ngữ; Giờ thi: 15 giờ",
            "Thí sinh mang theo căn cước.",
            "Lập ngày 2/6/2025.",
        ),
        lacks=(
            "Điểm sàn",
            "bảy",
            "Vấn đáp",
            "13 giờ",
            "Hộ chiếu",
            "Sở Nội vụ",
            "MERGEFIELD",
            "Nam",
            "DATE",
        ),
        told=("bình luận", "chữ ẩn"),
    ),
    Case(
        Kind.TABLES,
        "a header of two rows without mark, values across columns, groups, a total",
        "quy-phuc-loi.docx",
        _two_rows,
        has=(
            "Nội dung: Trích lương; Quý I – Thu: 31; Quý I – Chi: 27; Quý II – Thu: 33",
            "Nội dung: Cho thuê hội trường; Quý I – Thu: sửa chữa; Quý I – Chi: sửa chữa",
            "Quý II – Thu: 12; Quý II – Chi: 4; Ghi chú: một nửa",
            "Quý I – Chi: 5; Quý II – Thu: không có; Quý II – Chi: không có",
            "Tổng số; Quý I – Thu: 36; Quý I – Chi: 32",
        ),
        in_order=(
            "Biểu 03: Thu chi quỹ phúc lợi",
            "A. Nguồn cơ quan",
            "Trích lương",
            "B. Nguồn khác",
            "Ủng hộ",
            "Quỹ do Công đoàn giữ.",
        ),
        lacks=("TT: 1", ": B. Nguồn khác", "|", "Ghi chú – Ghi chú"),
    ),
    Case(
        Kind.TABLES,
        "a form without header, a box, cells merged downwards, a table in a cell",
        "may-moc.docx",
        _odd_tables,
        has=(
            "LC-01; Máy in mạng; 2019; Còn tốt",
            "LC-03; Máy chiếu; 2017; Chờ thanh lý",
            "Không tự ý tháo máy.",
            "Tháng: Tháng 3; Máy: Máy quét; Người làm: Cư A Sì; Nơi làm: Tầng 2",
            "Tháng: Tháng 9; Máy: Máy chiếu; Người làm: Bàn Văn Lý",
            "30 mm",
            "Không in hai mặt.",
            "Loại: Giấy mời; Cách trình bày: Như mẫu cũ",
        ),
        lacks=("LC-01: LC-02", "Máy in mạng: "),
    ),
    Case(
        Kind.ENCODINGS,
        "TCVN3 through the document's default font",
        "tuyen-lai-xe.docx",
        _tcvn3_defaults,
        has=(
            "THÔNG BÁO TUYỂN LÁI XE",
            "Hồ sơ nộp tại phòng tổ chức, hạn cuối là rằm tháng bảy.",
            "Người dự tuyển phải có bằng hạng D, tuổi dưới 45.",
            "Mức lương thỏa thuận theo tay nghề.",
            "Đã đăng ký: 17 người.",
            "Ưu tiên bộ đội xuất ngũ.",
            "Hạng xe: Xe tải; Số người cần: 4",
            "Hạng xe: Xe khách; Số người cần: 6",
            "Hạng xe: Xe cẩu; Số người cần: đã đủ",
        ),
    ),
    Case(
        Kind.ENCODINGS,
        "TCVN3 through styles",
        "bong-chuyen.docx",
        _tcvn3_styles,
        has=(
            "GIẢI BÓNG CHUYỀN CÔNG ĐOÀN",
            "Mỗi đội có tám vận động viên.",
            "Trận mở màn đấu ở nhà thi đấu phường Kim Tân.",
            "Trọng tài do Sở Văn hóa cử, mỗi trận hai người.",
            "Nộp giấy khám sức khỏe trước 15/8.",
            "Cúp: đồ gỗ",
        ),
    ),
    Case(
        Kind.ENCODINGS,
        "VNI through the theme, TCVN3 on a run",
        "vuon-uom.docx",
        _vni_theme,
        has=(
            "Vườn ươm nhận cây giống vào đầu tháng Chạp.",
            "Mỗi hộ được hai mươi lăm cây lát hoa.",
            "Hố trồng đào trước nửa tháng.",
            "Giống từ Viện INRAÉ, kỹ sư Jörg Weiß và bà Agnès Câmara chọn.",
            "Cây chịu được −2 °C, hố 40×40×40 cm, phân ¼ bao.",
            "CHỦ NHIỆM: VŨ THỊ ƯỚC",
        ),
    ),
    Case(
        Kind.ENCODINGS,
        "correct Unicode in old fonts, names that look like old text",
        "van-nghe.docx",
        _all_right,
        has=(
            "Đội văn nghệ biểu diễn ở quảng trường lúc 20 giờ.",
            "Vé mời gửi các ông bà trưởng thôn.",
            "Ô tô đỗ ở bến A.",
            "Sân khấu rộng 8×12 m, đèn 3.200°K, sai số ±5 %.",
            "Señor Muñoz (Logroño), Frau Böhm, M. Château d'Eau, Søren Ågård.",
            "§ 5 Abs. 2 BGB; «À bientôt»; São Tomé; Đà Nẵng.",
            "Đoàn xã xa đến sớm ½ giờ.",
        ),
    ),
    Case(
        Kind.CONTAINERS,
        "strict OOXML",
        "sua-chua.docx",
        _strict,
        has=(
            "Hạng mục: Điện; Vật tư – Loại: Bóng; Vật tư – Số lượng: 44",
            "Hạng mục: Nước; Vật tư – Loại: Van; Vật tư – Số lượng: 3",
        ),
        in_order=(
            "A. Phần điện",
            "A1. Thay bóng hành lang",
            "B. Phần nước",
            "B1. Sửa van tầng 5",
        ),
        lacks=("tầng 2",),
    ),
    Case(
        Kind.CONTAINERS,
        "a main part by an absolute target, controls, a text box with a table",
        "hop-dong.docx",
        _main_elsewhere,
        has=(
            "Bên bán là Công ty Hoa Ban, theo phụ lục hợp đồng.",
            "Mục: Ghế gấp; Giá: 310.000",
            "Việc: Giao hàng; Hạn: ba ngày",
            "Hàng giao tại cổng số 4.",
            "từ 6 giờ",
            "Lập thành hai bản.",
        ),
    ),
    Case(
        Kind.CONTAINERS,
        "flat OPC",
        "ve-thang.docx",
        _flat,
        has=(
            "Vé tháng bán ở bến.",
            "Trẻ em đi kèm không mất vé.",
            "Tuyến: Bát Xát; Giá vé: 35.000",
        ),
        lacks=("<w:", "pkg:"),
        may_refuse=True,
    ),
    Case(
        Kind.CONTAINERS,
        "a chunk that is a Word document",
        "quyet-toan.docx",
        _chunk,
        has=("Phụ lục do phòng Kế toán gửi.", "Khoản: Nước; Tiền: 940.000"),
        in_order=("Quyết toán tháng Tư.", "Khoản: Điện; Tiền: 7.150.000", "Hết."),
        may_refuse=True,
    ),
    Case(
        Kind.CHARACTERS,
        "letters put together in odd orders, look-alikes, special hyphens",
        "tam-ung.docx",
        _characters,
        has=(
            "Tạm ứng: người được tạm ứng ký nhận.",
            "Tính khấu hao vào tháng 12.",
            "Hội đồng kiểm kê quỹ do giám đốc cử.",
            "Bản chính ghi mực xanh, bản sao đóng dấu đỏ.",
            "1 250 000 đồng; mức trần ghi ở sổ cái.",
            "Đơn vị thu: thủ quỹ",
            "theo Công văn 36-45/KTT.",
            "Kế toán viên: Hạng Thị Mỷ",
        ),
        lacks=("\u00ad", "\u200b", "\u2060", "\uf0fc", "\u00a0"),
    ),
    Case(
        Kind.LETTERHEAD,
        "an official letter with its subject under the number",
        "cong-van.docx",
        _letter,
        has=("Trả lời Công văn số 655/STC-QLG", "Trụ sở tạm đặt ở số 9 đường Hoàng Liên"),
        details={
            "number": "1204/VP-TH",
            "published": "2025-11-08",
            "signer": "Thào Thị Sông",
        },
    ),
    Case(
        Kind.LETTERHEAD,
        "a decision that amends another, its letterhead set with tabs",
        "sua-doi.docx",
        _amended,
        has=("Điều 1. Bãi bỏ khoản 3 Điều 8.", "kèm theo Quyết định số 71/2021/QĐ-UBND"),
        details={
            "number": "05/2024/QĐ-UBND",
            "published": "2024-02-08",
            "signer": "Ma Seo Páo",
        },
    ),
    Case(
        Kind.LETTERHEAD,
        "a notice with its letterhead in the first header and a footer that says more",
        "tam-dung.docx",
        _first_page,
        has=("233/TB-VP", "Hệ thống dừng từ 22 giờ đến 4 giờ hôm sau.", "0214.555.019"),
        lacks=("2/9",),
        details={
            "number": "233/TB-VP",
            "published": "2025-09-30",
            "signer": "Tải Thị Dín",
            "summary": "Lịch tạm dừng hệ thống thư điện tử",
        },
    ),
    Case(
        Kind.BAD_INPUT,
        "a footnote and an endnote that refer to each other",
        "chot-truc.docx",
        _loop,
        has=("Chìa khóa gửi ở chốt trực.", "Xem cả", "Đã nói ở trên", "Đèn tắt lúc 23 giờ."),
    ),
    Case(
        Kind.BAD_INPUT,
        "styles based on each other, numbers of lists that do not exist",
        "gom-rac.docx",
        _circles,
        has=(
            "Rác được gom lúc 17 giờ.",
            "Pin cũ bỏ thùng đỏ.",
            "Kính vỡ gói giấy.",
            "Giấy vụn để ở sân sau.",
        ),
    ),
    Case(
        Kind.BAD_INPUT,
        "10,000 merged cells",
        "so-do-vuon.docx",
        _merged,
        has=(
            "Khu: Khu 0; Ô: Ô 24; Cây: Loài 0",
            "Khu: Khu 61; Ô: Ô 3074; Cây: Loài 122",
            "Khu: Khu 99; Ô: Ô 4999; Cây: Loài 199",
            "Hết sơ đồ.",
        ),
    ),
    Case(
        Kind.BAD_INPUT,
        "tables nested five deep",
        "so-do-kho.docx",
        _nested,
        has=(
            "hầm số năm",
            "gác lửng",
            "giá số 4",
            "Mã: Y-1; Kho: giá số 1",
            "Sơ đồ lập tháng Mười.",
        ),
    ),
)
