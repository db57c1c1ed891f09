"""A regulation and its amendment in Word, with questions as staff type them."""

from __future__ import annotations

from benchmarks.document_cases.office_life import (
    ARTICLES,
    CHAPTERS,
    Centred,
    NewPage,
    Numbered,
    Plain,
    Table,
    TwoColumns,
    word_document,
)
from benchmarks.document_cases.question_set import Asked, QuestionSet, either_day


def _of_decision(level: int, text: str) -> Numbered:
    return Numbered("decision", level, text)


def _of_rules(level: int, text: str) -> Numbered:
    return Numbered("rules", level, text)


def regulation() -> bytes:
    """Return a decision with the regulation that it issues, numbered by Word."""
    return word_document(
        (
            TwoColumns(
                (
                    "ỦY BAN NHÂN DÂN TỈNH LÀO CAI",
                    "VĂN PHÒNG",
                    "",
                    "Số: 37/QĐ-VPUBND",
                ),
                (
                    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
                    "Độc lập - Tự do - Hạnh phúc",
                    "",
                    "Lào Cai, ngày 14 tháng 01 năm 2026",
                ),
            ),
            Plain(""),
            Centred("QUYẾT ĐỊNH"),
            Centred("Ban hành Quy chế quản lý, sử dụng trang thiết bị làm việc"),
            Centred("CHÁNH VĂN PHÒNG ỦY BAN NHÂN DÂN TỈNH"),
            Plain("Căn cứ Luật Quản lý, sử dụng tài sản công ngày 21 tháng 6 năm 2017;"),
            Plain("Theo đề nghị của Trưởng phòng Quản trị - Tài vụ."),
            Centred("QUYẾT ĐỊNH:"),
            _of_decision(
                0,
                "Ban hành kèm theo Quyết định này Quy chế quản lý, sử dụng trang thiết bị làm việc"
                " của Văn phòng.",
            ),
            _of_decision(0, "Quyết định này có hiệu lực từ ngày 01 tháng 02 năm 2026."),
            _of_decision(
                0, "Trưởng các đơn vị thuộc Văn phòng chịu trách nhiệm thi hành Quyết định này."
            ),
            TwoColumns(
                ("Nơi nhận:", "- Như Điều 3;", "- Lưu: VT, QTTV."),
                ("CHÁNH VĂN PHÒNG", "(Đã ký)", "Nông Văn Thái"),
            ),
            NewPage(),
            Centred("QUY CHẾ"),
            Centred("Quản lý, sử dụng trang thiết bị làm việc"),
            Plain(
                "(Ban hành kèm theo Quyết định số 37/QĐ-VPUBND ngày 14 tháng 01 năm 2026 của Chánh"
                " Văn phòng)"
            ),
            _of_rules(0, "QUY ĐỊNH CHUNG"),
            _of_rules(1, "Phạm vi, đối tượng áp dụng"),
            _of_rules(
                2,
                "Quy chế này quy định việc trang bị, sử dụng, sửa chữa và thanh lý trang thiết bị"
                " làm việc.",
            ),
            _of_rules(
                2, "Quy chế này áp dụng với công chức, viên chức và người lao động của Văn phòng."
            ),
            _of_rules(1, "Giải thích từ ngữ"),
            _of_rules(
                2,
                "Trang thiết bị làm việc là máy tính, máy in, máy quét, điện thoại bàn, bàn ghế và"
                " tủ hồ sơ.",
            ),
            _of_rules(2, "Đơn vị quản lý trang thiết bị là Phòng Quản trị - Tài vụ."),
            _of_rules(0, "TRANG BỊ, SỬ DỤNG VÀ SỬA CHỮA"),
            _of_rules(1, "Nguyên tắc trang bị"),
            _of_rules(2, "Trang bị đúng định mức tại Phụ lục kèm theo Quy chế này."),
            _of_rules(2, "Ưu tiên điều chuyển thiết bị còn dùng tốt trước khi mua mới."),
            _of_rules(1, "Đề nghị trang bị"),
            _of_rules(2, "Hồ sơ đề nghị trang bị gồm:"),
            _of_rules(3, "Phiếu đề nghị có chữ ký của trưởng đơn vị;"),
            _of_rules(3, "Bản thuyết minh nhu cầu sử dụng;"),
            _of_rules(3, "Ảnh chụp hiện trạng của thiết bị cần thay."),
            _of_rules(
                2, "Hồ sơ nộp tại Phòng Quản trị - Tài vụ trước ngày 20 của tháng cuối mỗi quý."
            ),
            _of_rules(
                2, "Phòng Quản trị - Tài vụ trả lời bằng văn bản trong thời hạn 7 ngày làm việc."
            ),
            _of_rules(1, "Bàn giao và sử dụng"),
            _of_rules(
                2, "Thiết bị được bàn giao bằng biên bản, trong đó ghi rõ số sê-ri và tình trạng."
            ),
            _of_rules(
                2,
                "Người nhận thiết bị không được tự ý tháo lắp, thay linh kiện hoặc cho người ngoài"
                " cơ quan mượn.",
            ),
            _of_rules(
                2,
                "Khi chuyển công tác, người sử dụng trả lại thiết bị chậm nhất 3 ngày làm việc"
                " trước ngày đi.",
            ),
            _of_rules(1, "Sửa chữa"),
            _of_rules(2, "Người sử dụng báo thiết bị hỏng cho Tổ Tin học qua số máy lẻ 214."),
            _of_rules(
                2,
                "Tổ Tin học kiểm tra thiết bị trong thời hạn 4 giờ làm việc kể từ khi được báo"
                " hỏng.",
            ),
            _of_rules(
                2,
                "Việc sửa chữa có chi phí dưới 5.000.000 đồng do Trưởng phòng Quản trị - Tài vụ"
                " quyết định.",
            ),
            _of_rules(
                2,
                "Việc sửa chữa có chi phí từ 5.000.000 đồng trở lên do Chánh Văn phòng quyết định.",
            ),
            _of_rules(0, "KIỂM KÊ, THANH LÝ VÀ TỔ CHỨC THỰC HIỆN"),
            _of_rules(1, "Kiểm kê, thanh lý"),
            _of_rules(
                2,
                "Trang thiết bị được kiểm kê mỗi năm một lần, hoàn thành trước ngày 15 tháng 12.",
            ),
            _of_rules(2, "Thiết bị hết niên hạn và không còn dùng được thì bán đấu giá."),
            _of_rules(
                2,
                "Hội đồng thanh lý có 5 thành viên, do Phó Chánh Văn phòng phụ trách quản trị làm"
                " Chủ tịch Hội đồng.",
            ),
            _of_rules(1, "Hiệu lực thi hành"),
            _of_rules(2, "Quy chế này có hiệu lực từ ngày 01 tháng 02 năm 2026."),
            _of_rules(
                2, "Vướng mắc trong quá trình thực hiện được gửi về Phòng Quản trị - Tài vụ."
            ),
            NewPage(),
            Centred("PHỤ LỤC"),
            Centred("ĐỊNH MỨC TRANG BỊ THEO CHỨC DANH"),
            Table(
                (
                    ("STT", "Chức danh", "Máy tính", "<", "Bàn ghế làm việc", "<"),
                    ("^", "^", "Loại", "Giá tối đa (đồng)", "Số bộ", "Giá tối đa (đồng)"),
                    ("1", "Chánh Văn phòng", "Xách tay", "25.000.000", "1", "18.000.000"),
                    ("2", "Phó Chánh Văn phòng", "Xách tay", "22.000.000", "1", "14.000.000"),
                    ("3", "Trưởng phòng", "Để bàn", "17.000.000", "1", "9.000.000"),
                    (
                        "4",
                        "Chuyên viên",
                        "Để bàn",
                        "15.000.000^[Chuyên viên công nghệ thông tin được thêm 4.000.000 đồng.]",
                        "1",
                        "6.500.000",
                    ),
                    ("5", "Văn thư", "Để bàn", "13.500.000", "2", "5.200.000"),
                ),
                header_rows=2,
            ),
        ),
        {"decision": ARTICLES, "rules": CHAPTERS},
    )


def amendment() -> bytes:
    """Return a decision that puts another Điều 5 into the regulation."""
    return word_document(
        (
            TwoColumns(
                ("ỦY BAN NHÂN DÂN TỈNH LÀO CAI", "VĂN PHÒNG", "", "Số: 112/QĐ-VPUBND"),
                (
                    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
                    "Độc lập - Tự do - Hạnh phúc",
                    "",
                    "Lào Cai, ngày 03 tháng 6 năm 2026",
                ),
            ),
            Plain(""),
            Centred("QUYẾT ĐỊNH"),
            Centred(
                "Sửa đổi, bổ sung Điều 5 của Quy chế quản lý, sử dụng trang thiết bị làm việc ban"
                " hành kèm theo Quyết định số 37/QĐ-VPUBND ngày 14 tháng 01 năm 2026"
            ),
            Centred("CHÁNH VĂN PHÒNG ỦY BAN NHÂN DÂN TỈNH"),
            Plain("Theo đề nghị của Trưởng phòng Quản trị - Tài vụ."),
            Centred("QUYẾT ĐỊNH:"),
            _of_decision(
                0,
                "Sửa đổi, bổ sung Điều 5 của Quy chế quản lý, sử dụng trang thiết bị làm việc như"
                " sau:",
            ),
            Plain("“Điều 5. Bàn giao và sử dụng", bold=True),
            Plain("1. Thiết bị được bàn giao bằng biên bản điện tử trên phần mềm quản lý tài sản."),
            Plain(
                "2. Người nhận thiết bị không được tự ý tháo lắp, thay linh kiện, cài phần mềm"
                " không có bản quyền hoặc cho người ngoài cơ quan mượn."
            ),
            Plain(
                "3. Khi chuyển công tác, người sử dụng trả lại thiết bị chậm nhất 5 ngày làm việc"
                " trước ngày đi."
            ),
            Plain("4. Mọi thiết bị phải dán tem mã QR trước khi đưa vào sử dụng.”"),
            _of_decision(0, "Quyết định này có hiệu lực từ ngày 15 tháng 6 năm 2026."),
            _of_decision(
                0, "Trưởng các đơn vị thuộc Văn phòng chịu trách nhiệm thi hành Quyết định này."
            ),
            TwoColumns(
                ("Nơi nhận:", "- Như Điều 3;", "- Lưu: VT, QTTV."),
                ("KT. CHÁNH VĂN PHÒNG", "PHÓ CHÁNH VĂN PHÒNG", "(Đã ký)", "Sùng Thị Mai"),
            ),
        ),
        {"decision": ARTICLES},
    )


_REGULATION = ("Quy che trang thiet bi 2026.docx", regulation)

SETS: tuple[QuestionSet, ...] = (
    QuestionSet(
        "regulation, Word",
        (_REGULATION,),
        (
            Asked(
                "Khoản 2 Điều 5 quy định gì",
                ("tự ý tháo lắp", "cho người ngoài cơ quan mượn"),
                ("số sê-ri", "chuyển công tác"),
            ),
            Asked(
                "điều 7 nói gì",
                ("15 tháng 12|15/12", "bán đấu giá", "5 thành viên"),
                ("4 giờ làm việc",),
            ),
            Asked(
                "điểm b khoản 1 điều 4",
                ("thuyết minh nhu cầu sử dụng",),
                ("ảnh chụp hiện trạng", "7 ngày làm việc"),
            ),
            Asked(
                "ho so de nghi trang bi gom nhung gi",
                ("phiếu đề nghị", "thuyết minh nhu cầu sử dụng", "ảnh chụp hiện trạng"),
            ),
            Asked("Nộp hồ sơ đề nghị trang bị trước ngày nào?", ("ngày 20", "tháng cuối mỗi quý")),
            Asked("thiet bi hong thi bao cho ai", ("Tổ Tin học",)),
            Asked("bao hong xong bao lau thi dc kiem tra", ("4 giờ làm việc",)),
            Asked(
                "Khi chuyển công tác phải trả lại thiết bị trước mấy ngày?",
                ("3 ngày làm việc",),
                ("7 ngày làm việc",),
            ),
            Asked(
                "sua chua tu 5 trieu dong tro len ai quyet dinh", ("Chánh Văn phòng quyết định",)
            ),
            Asked("hội đồng thanh lí có mấy người", ("5 thành viên",)),
            Asked(
                "may tinh cua truong phong gia toi da bn",
                ("Máy tính", "17.000.000"),
                ("25.000.000", "22.000.000", "15.000.000", "13.500.000"),
            ),
            Asked(
                "Bàn ghế của Phó Chánh Văn phòng giá tối đa bao nhiêu?",
                ("Bàn ghế", "14.000.000"),
                ("18.000.000", "9.000.000", "6.500.000", "5.200.000"),
            ),
            Asked("chuyen vien dc trang bi may tinh loai gi", ("Để bàn",), ("xách tay",)),
            Asked(
                "Chuyên viên công nghệ thông tin được thêm bao nhiêu tiền mua máy tính?",
                ("4.000.000",),
            ),
            Asked(
                "bảng định mức trang bị theo chức danh",
                (
                    "Phó Chánh Văn phòng",
                    "Văn thư",
                    "25.000.000",
                    "18.000.000",
                    "22.000.000",
                    "14.000.000",
                    "17.000.000",
                    "9.000.000",
                    "15.000.000",
                    "6.500.000",
                    "13.500.000",
                    "5.200.000",
                ),
            ),
            Asked("ai ky quyet dinh ban hanh quy che trang thiet bi", ("Nông Văn Thái",)),
            Asked(
                "Quyết định ban hành quy chế trang thiết bị số bao nhiêu, ngày nào?",
                ("37/QĐ-VPUBND", either_day(14, 1, 2026)),
            ),
            Asked("Làm mất máy tính phải bồi thường bao nhiêu tiền?", refused=True),
            Asked("tổ trưởng tổ tin học là ai", refused=True),
            Asked("may in duoc bao hanh may nam", refused=True),
        ),
    ),
    QuestionSet(
        "regulation and its amendment, Word",
        (_REGULATION, ("QD sua doi Dieu 5.docx", amendment)),
        (
            Asked("Quyết định nào sửa đổi Điều 5 quy chế trang thiết bị?", ("112/QĐ-VPUBND",)),
            Asked("chuyen cong tac phai tra lai thiet bi truoc may ngay", ("5 ngày làm việc",)),
            Asked("Khoản 4 Điều 5 quy định gì?", ("dán tem mã QR",), ("số sê-ri",)),
            Asked("ai ky qd sua doi dieu 5", ("Sùng Thị Mai",), ("Nông Văn Thái",)),
            Asked("Quyết định sửa đổi Điều 5 có hiệu lực từ ngày nào?", (either_day(15, 6, 2026),)),
            Asked(
                "khoản 2 điều 4 quy chế trang thiết bị nói gì",
                ("ngày 20", "tháng cuối mỗi quý"),
                ("tháo lắp", "dán tem"),
            ),
        ),
    ),
)
