"""Workbooks for measuring only."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata

from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.styles import Font

from benchmarks.document_cases.case import Case, Kind
from benchmarks.document_cases.office_files import (
    SHEETS,
    changed,
    filled,
    strict,
    tcvn3,
    tcvn3_capitals,
    vni,
    xlsx,
)


def _numbers() -> bytes:
    """Return numbers in formats with scales, conditions, own signs and texts."""
    book = Workbook()
    sheet = filled(
        book,
        ["Hộ", "Căn cước", "Điện thoại", "Diện tích", "Nghìn đồng", "Giảm", "Hộ nghèo", "Tiền"],
        ["Sùng A Dơ", 30185001234, 912345678, 1234.5, 12500000, 1, 1, 1250000],
        ["Lý Láo Lở", 10099000456, 387001002, 86, 980000, 0.05, 0, -64000],
        ["Hoàng Thị Bích", 10191007789, 214386999, 0, 41000, 0.25, 1, 0],
    )
    formats = {
        "B": "000000000000",
        "C": "0### ### ###",
        "D": '#,##0.00" m²"',
        "E": "#,##0,",
        "F": "0%",
        "G": '[=1]"Có";[=0]"Không";General',
        "H": '#,##0\\ [$₫-42A];[Red]\\-#,##0\\ [$₫-42A];"miễn"',
    }
    for letter, form in formats.items():
        for number in (2, 3, 4):
            sheet[f"{letter}{number}"].number_format = form
    other = filled(
        book,
        ["Ô đất", "Số tờ", "Quý", "Mã thửa", "Đơn giá", "Kiểm tra"],
        ["Ô 1", "007", 3, 84912345678, 2500000.0, "#DIV/0!"],
        ["Ô 2", "1E10", 4, 1200, 1900000, False],
        ["Ô 3", "12.500", 1, 15, 640000.75, True],
        title="Thửa đất",
    )
    for number in (2, 3, 4):
        other[f"C{number}"].number_format = '"Quý "0'
        other[f"E{number}"].number_format = "#,##0"
        other[f"B{number}"].number_format = "@"
    other["E4"].number_format = '_(* #,##0.00_);_(* \\(#,##0.00\\);_(* "-"??_);_(@_)'
    return xlsx(book)


def _times() -> bytes:
    """Return dates in Excel's own short form and others, durations, dates typed as text."""
    book = Workbook()
    sheet = filled(
        book,
        ["Chuyến", "Ngày đi", "Ngày về", "Lúc", "Chạy máy", "Chờ", "Năm", "Ghi"],
        [
            "Xe 24A-001.23",
            dt.date(2025, 9, 5),
            dt.date(2025, 9, 8),
            45905.75,
            dt.timedelta(hours=49, minutes=5, seconds=9),
            dt.timedelta(minutes=90),
            dt.date(2025, 1, 1),
            "5/9",
        ],
        [
            "Xe 24A-004.56",
            dt.date(2025, 12, 31),
            dt.date(2026, 1, 2),
            46022.25,
            dt.timedelta(hours=8),
            dt.timedelta(minutes=7),
            dt.date(2026, 1, 1),
            "30/02",
        ],
    )
    formats = (
        "mm-dd-yy",
        "[$-42A]dd/mm/yyyy;@",
        "hh:mm dd/mm/yyyy",
        "[hh]:mm:ss",
        "[m]",
        "yyyy",
    )
    for letter, form in zip("BCDEFG", formats, strict=True):
        for number in (2, 3):
            sheet[f"{letter}{number}"].number_format = form
    return xlsx(book)


def _formulas() -> tuple[Workbook, dict[str, dict[str, str | float | bool]]]:
    book = Workbook()
    filled(
        book,
        ["Mặt hàng", "Đơn giá"],
        ["Chăn len", 185000],
        ["Màn tuyn", 92000],
        ["Áo mưa", 45000],
        title="Giá",
    )
    sheet = filled(
        book,
        ["Mặt hàng", "Số lượng", "Đơn giá", "Thành tiền", "Tỷ trọng", "Mức", "Câu"],
        ["Chăn len", 40],
        ["Áo mưa", 200],
    )
    for number in (2, 3):
        sheet[f"C{number}"] = f"=VLOOKUP(A{number},'Giá'!$A$2:$B$4,2,0)"
        sheet[f"D{number}"] = f"=B{number}*C{number}"
        sheet[f"E{number}"] = f"=D{number}/D$4"
        sheet[f"F{number}"] = f'=IF(D{number}>8000000,"Trình ký","Duyệt ngay")'
        sheet[f"G{number}"] = f'=CONCATENATE(B{number}," × ",A{number})'
        sheet[f"C{number}"].number_format = "#,##0"
        sheet[f"E{number}"].number_format = "0%"
    sheet["A4"], sheet["B4"], sheet["D4"] = "Cộng", "=SUM(B2:B3)", "=SUM(D2:D3)"
    sheet["A5"], sheet["D5"] = "Bình quân giá", "=AVERAGE('Giá'!B2:B3)"
    for number in (2, 3, 4, 5):
        sheet[f"D{number}"].number_format = "#,##0"
    return book, {
        "sheet2": {
            "C2": 185000,
            "C3": 45000,
            "D2": 7400000,
            "D3": 9000000,
            "E2": 7400000 / 16400000,
            "E3": 9000000 / 16400000,
            "F2": "Duyệt ngay",
            "F3": "Trình ký",
            "G2": "40 × Chăn len",
            "G3": "200 × Áo mưa",
            "B4": 240,
            "D4": 16400000,
            "D5": 138500,
        }
    }


def _stored() -> bytes:
    """Return formulas with stored values, two of them sharing one formula, one an error."""
    book, values = _formulas()
    book["Sheet"]["F5"] = "=NA()"
    values["sheet2"]["F5"] = "#N/A"

    def share(text: str) -> str:
        text = text.replace("<f>B2*C2</f>", '<f t="shared" ref="D2:D3" si="0">B2*C2</f>')
        return text.replace("<f>B3*C3</f>", '<f t="shared" si="0"/>')

    return changed(xlsx(_ordered(book), values), {"xl/worksheets/sheet2.xml": share})


def _not_stored() -> bytes:
    """Return formulas on each other and on another sheet, without values."""
    return xlsx(_ordered(_formulas()[0]))


def _ordered(book: Workbook) -> Workbook:
    """Return the workbook with its sheet of prices first."""
    book.move_sheet("Giá", -1)
    return book


def _hidden() -> bytes:
    """Return a hidden range of columns, a hidden row within a table, sheets, comments."""
    book = Workbook()
    sheet = filled(
        book,
        ["Gói thầu", "Giá dự kiến", "Giá sàn", "Hình thức", "Ngày mở thầu"],
        ["Sửa mái nhà B", 640000000, 610000000, "Chào hàng", "03/11/2025"],
        ["Thay thang máy", 1900000000, 1750000000, "Đấu thầu", "21/11/2025"],
        ["Gói đã rút", 5, 4, "Rút", "01/01/2025"],
        ["Sơn tường rào", 88000000, 80000000, "Chỉ định", "02/12/2025"],
    )
    sheet.column_dimensions.group("B", "C", outline_level=0, hidden=True)
    sheet.row_dimensions[4].hidden = True
    sheet["A3"].comment = Comment("Đang chờ thanh tra", "Biên tập")
    sheet["A5"].comment = Comment("Hỏi lại đội trưởng", "Biên tập")
    for title, state in (("Tính thử", "hidden"), ("Nhà thầu quen", "veryHidden")):
        filled(book, ["Tên", "Điện"], [f"Hãng {title}", "0999"], title=title)
        book[title].sheet_state = state
    filled(book, ["Người mở thầu", "Phòng"], ["Tẩn Sử Mẩy", "Phòng 12"], title="Hội đồng")
    return xlsx(book)


def _tables() -> bytes:
    """Return two tables side by side below a title, a total, the names of who signed."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    rows = (
        [None, "PHỤ LỤC I"],
        [None, "Phòng họp và thiết bị (kèm Tờ trình số 15/TTr-VP)"],
        [],
        [None, "Mã phòng", "Tầng", "Sức chứa", None, "Thiết bị", "Số cái"],
        [None, "P1", 1, 40, None, "Loa treo", 8],
        [None, "P2", 3, 25, None, "Máy chiếu", 3],
        [None, "P3", 5, 120, None, "Micro cần", 16],
        [None, "Cộng", None, 185],
        [],
        [None, "Người lập biểu", None, None, None, "Thủ trưởng"],
        [None, "Cháng Thị Sủi", None, None, None, "Đinh Công Lương"],
    )
    for one in rows:
        sheet.append(one)
    for place in ("B4", "C4", "D4", "F4", "G4", "B10", "F10"):
        sheet[place].font = Font(bold=True)
    sheet.merge_cells("B2:G2")
    sheet.merge_cells("B8:C8")
    return xlsx(book)


def _levels() -> bytes:
    """Return a header of three rows, merged cells in the body, groups and notes."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    rows = (
        ["Biểu số 7: Văn bản đi theo tháng"],
        ["(Số liệu đến hết quý III)"],
        ["TT", "Phòng", "Năm 2025", None, None, None, "Ghi chú"],
        [None, None, "Giấy", None, "Điện tử", None, None],
        [None, None, "Đi", "Trả", "Đi", "Trả", None],
        ["I. Khối tổng hợp"],
        [1, "Tổng hợp", 210, 4, 1900, 12, "mật 6"],
        [2, "Nội chính", 95, 1, 870, 3, None],
        ["II. Khối hậu cần"],
        [3, "Quản trị", "không theo dõi", None, 140, 2, None],
        ["Tổng số", None, 305, 5, 2910, 17, None],
        ["* Chưa kể giấy mời."],
    )
    for one in rows:
        sheet.append(one)
    merged = "A1:G1 A2:G2 A3:A5 B3:B5 C3:F3 G3:G5 C4:D4 E4:F4 A6:G6 A9:G9 C10:D10 A11:B11 A12:G12"
    for place in merged.split():
        sheet.merge_cells(place)
    sheet["E7"].number_format = sheet["E11"].number_format = "#,##0"
    return xlsx(book)


def _no_header() -> bytes:
    """Return a sheet of rows without header and one with two tables under each other."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for one in (
        ["Bát Xát", "Ly Xa Xuy", 23, "0214.888.023"],
        ["Mường Khương", "Pờ Chí Sài", 16, "0214.888.016"],
        ["Bắc Hà", "Vàng Thị Mỷ", 19, "0214.888.019"],
        ["Si Ma Cai", "Cư Seo Vần", 10, "0214.888.010"],
    ):
        sheet.append(one)
    other = book.create_sheet("Lịch")
    for one in (
        ["1. Lịch nấu ăn"],
        ["Thứ", "Món chính"],
        ["Hai", "Cá kho"],
        ["Ba", "Thịt đông"],
        [],
        ["2. Người nấu"],
        ["Tổ", "Bếp trưởng", "Phụ bếp"],
        ["Một", "Lò Thị Ín", "Quàng Văn Pỏm"],
        ["Hai", "Điêu Thị Xuyến", "Cà Văn Sơn"],
    ):
        other.append(one)
    for place in ("A2", "B2", "A7", "B7", "C7"):
        other[place].font = Font(bold=True)
    return xlsx(book)


def _old() -> bytes:
    """Return VNI and TCVN3 with and without telling fonts, correct Unicode in old fonts."""
    book = Workbook()
    sheet = filled(
        book,
        [vni("Tên công trình"), vni("Địa điểm xây dựng"), "Chủ đầu tư"],
        [vni("Trường mầm non thị trấn"), vni("Đường số bảy, tổ mười hai"), "Phòng Giáo dục"],
        [vni("Cầu treo suối lớn"), vni("Thôn Đồng Hồ, xã vùng thấp"), "Ban quản lý dự án"],
        ["Kè bờ sông", "Tổ 9, phường Bắc Lệnh", "Société Générale"],
    )
    other = filled(
        book,
        [tcvn3("Chức danh"), tcvn3("Phụ cấp"), "Cỡ"],
        [tcvn3("Thủ kho"), tcvn3("hai phần mười"), "M×L"],
        ["Đội trưởng", tcvn3_capitals("KHÔNG CÓ"), "37 °C"],
        [tcvn3("Tổ phó"), "Một phần tư", "½ bộ"],
        title="Phu cap",
    )
    for place in ("A1", "B1", "A2", "B2", "A4"):
        other[place].font = Font(name=".VnArial")
    other["B3"].font = Font(name=".VnArialH")
    other["A3"].font = Font(name=".VnTime")
    other["B4"].font = Font(name=".VnTime")
    other["A4"] = CellRichText(TextBlock(InlineFont(rFont=".VnArial"), tcvn3("Tổ phó")), " (tạm)")
    sheet["C2"].font = Font(name="VNI-Times")
    return xlsx(book)


def _strict() -> bytes:
    """Return a strict workbook with merged cells, percents and texts within the cells."""
    book = Workbook()
    book.iso_dates = True
    sheet = filled(
        book,
        ["Hạng mục", "Tiến độ", None, "Chốt số liệu"],
        [None, "Kế hoạch", "Thực tế", None],
        ["Móng", 1, 0.9, dt.date(2025, 10, 20)],
        ["Thân nhà", 0.5, 0.45, dt.date(2025, 11, 3)],
    )
    for place in ("A1:A2", "B1:C1", "D1:D2"):
        sheet.merge_cells(place)
    for number in (3, 4):
        sheet[f"B{number}"].number_format = sheet[f"C{number}"].number_format = "0%"
        sheet[f"D{number}"].number_format = "dd/mm/yyyy"
    return strict(xlsx(book, shared=False))


def _prefixed() -> bytes:
    """Return XML with prefixes, cells without addresses, absolute targets, reading aids."""
    book = Workbook()
    sheet = filled(
        book,
        ["Thôn", "Trưởng thôn", "Số hộ"],
        ["Lao Chải", "Vừ Thị Say", 1240],
        ["Tả Van", "Lồ Seo Dế", 98],
    )
    sheet["C2"].number_format = sheet["C3"].number_format = "#,##0"
    plain = xlsx(book)

    def prefixed(text: str) -> str:
        text = re.sub(r"<(/?)([A-Za-z])", r"<\1x:\2", text)
        return text.replace(f'xmlns="{SHEETS}"', f'xmlns:x="{SHEETS}"')

    def bare(text: str) -> str:
        return prefixed(re.sub(r'<(c|row) r="\w+"', r"<\1", text))

    def aided(text: str) -> str:
        aid = '<t>Lao Chải</t><rPh sb="0" eb="3"><t>ラオチャイ</t></rPh>'
        text = re.sub("<t>Lao Ch&#7843;i</t>", aid, text)
        assert aid in text
        return prefixed(text)

    return changed(
        plain,
        {
            "xl/worksheets/sheet1.xml": bare,
            "xl/sharedStrings.xml": aided,
            "xl/styles.xml": prefixed,
            "xl/_rels/workbook.xml.rels": lambda text: re.sub(
                'Target="(?!/)', 'Target="/xl/', text
            ),
        },
    )


def _characters() -> bytes:
    """Return escapes, odd spaces, look-alikes and letters put together in odd orders."""
    book = Workbook()
    filled(
        book,
        ["Tho\u0323\u031b mộc", "Gia\u00a0 công", "Ghi\u200b chú"],
        [
            unicodedata.normalize("NFD", "Đặng Văn Hợp"),
            "2\u202f400\u202f000",
            "_x0009_Làm tại xưởng",
        ],
        ["Le\u0302 Thị Nhạn", "850.000", "Sơn l\u00f3t h\u0430i lượt"],
        ["\u00d0\u1ed7 Quy\u1ebft", "1.100.000\u2060", "\u202dKhông g\u00adhi\u202c"],
    )
    return xlsx(book)


def _long() -> bytes:
    """Return 5,000 rows below a title, and one styled empty cell at the sheet's far corner."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["SỔ VĂN BẢN ĐẾN NĂM 2025"])
    sheet.append([])
    sheet.append(["Số đến", "Nơi gửi", "Hộp"])
    for n in range(1, 5001):
        sheet.append([f"{n}/VBĐ", f"Cơ quan {n * 7 % 911}", f"H{n // 40}"])
    for letter in "ABC":
        sheet[f"{letter}3"].font = Font(bold=True)
    far = '<row r="1048576"><c r="XFD1048576" s="1"/></row></sheetData>'
    return changed(
        xlsx(book),
        {
            "xl/worksheets/sheet1.xml": lambda text: re.sub(
                r'<dimension ref="[^"]*"/>', '<dimension ref="A1:XFD1048576"/>', text
            ).replace("</sheetData>", far)
        },
    )


_FORMULAS = (
    "Mặt hàng: Chăn len; Số lượng: 40; Đơn giá: 185.000; Thành tiền: 7.400.000; Tỷ trọng: 45%",
    "Tỷ trọng: 45%; Mức: Duyệt ngay; Câu: 40 × Chăn len",
    "Thành tiền: 9.000.000; Tỷ trọng: 55%; Mức: Trình ký; Câu: 200 × Áo mưa",
    "Số lượng: 240; Thành tiền: 16.400.000",
    "Thành tiền: 138.500",
)
CASES: tuple[Case, ...] = (
    Case(
        Kind.SPREADSHEET_VALUES,
        "numbers in formats with scales, conditions and texts",
        "dat-dai.xlsx",
        _numbers,
        has=(
            "Căn cước: 030185001234; Điện thoại: 0912 345 678; Diện tích: 1.234,50 m²",
            "Nghìn đồng: 12.500; Giảm: 100%; Hộ nghèo: Có; Tiền: 1.250.000 ₫",
            "Căn cước: 010099000456; Điện thoại: 0387 001 002; Diện tích: 86,00 m²",
            "Nghìn đồng: 980; Giảm: 5%; Hộ nghèo: Không; Tiền: -64.000 ₫",
            "Nghìn đồng: 41; Giảm: 25%; Hộ nghèo: Có; Tiền: miễn",
            "Số tờ: 007; Quý: Quý 3; Mã thửa: 84912345678; Đơn giá: 2.500.000; Kiểm tra: #DIV/0!",
            "Số tờ: 1E10; Quý: Quý 4; Mã thửa: 1200; Đơn giá: 1.900.000; Kiểm tra: FALSE",
            "Số tờ: 12.500; Quý: Quý 1; Mã thửa: 15; Đơn giá: 640.000,75; Kiểm tra: TRUE",
        ),
        lacks=("e+", "E+", "2500000", "[=1]"),
    ),
    Case(
        Kind.SPREADSHEET_VALUES,
        "dates and durations in other formats, dates typed as text",
        "chuyen-xe.xlsx",
        _times,
        has=(
            "Chuyến: Xe 24A-001.23; Ngày đi: 05/09/2025; Ngày về: 08/09/2025",
            "Lúc: 18:00 05/09/2025; Chạy máy: 49:05:09; Chờ: 90; Năm: 2025; Ghi: 5/9",
            "Chuyến: Xe 24A-004.56; Ngày đi: 31/12/2025; Ngày về: 02/01/2026",
            "Lúc: 06:00 31/12/2025; Chạy máy: 08:00:00; Chờ: 7; Năm: 2026; Ghi: 30/02",
        ),
        lacks=("1900", "2025-", "days"),
    ),
    Case(
        Kind.SPREADSHEET_VALUES,
        "formulas with stored values, shared ones and an error",
        "cuu-tro.xlsx",
        _stored,
        has=(*_FORMULAS, "#N/A"),
        lacks=("=IF", "=SUM", "VLOOKUP", "#REF"),
    ),
    Case(
        Kind.SPREADSHEET_VALUES,
        "formulas on each other and on another sheet without stored values",
        "cuu-tro-moi.xlsx",
        _not_stored,
        has=_FORMULAS,
        lacks=("=IF", "=SUM", "VLOOKUP"),
        may_refuse=True,
    ),
    Case(
        Kind.UNPUBLISHED,
        "a hidden range of columns, a hidden row, sheets, comments",
        "goi-thau.xlsx",
        _hidden,
        has=(
            "Gói thầu: Sửa mái nhà B; Hình thức: Chào hàng; Ngày mở thầu: 03/11/2025",
            "Gói thầu: Sơn tường rào; Hình thức: Chỉ định; Ngày mở thầu: 02/12/2025",
            "Người mở thầu: Tẩn Sử Mẩy; Phòng: Phòng 12",
        ),
        lacks=(
            "Giá dự kiến",
            "Giá sàn",
            "000000",
            "000.000",
            "Gói đã rút",
            "thanh tra",
            "đội trưởng",
            "Hãng",
        ),
        told=("ẩn", "bình luận"),
    ),
    Case(
        Kind.TABLES,
        "two tables side by side below a title, a total, who signed",
        "phong-hop.xlsx",
        _tables,
        has=(
            "Mã phòng: P1; Tầng: 1; Sức chứa: 40",
            "Mã phòng: P3; Tầng: 5; Sức chứa: 120",
            "Thiết bị: Loa treo; Số cái: 8",
            "Thiết bị: Micro cần; Số cái: 16",
            "Cộng; Sức chứa: 185",
            "Đinh Công Lương",
        ),
        in_order=("PHỤ LỤC I", "Phòng họp và thiết bị", "Mã phòng: P2", "Cháng Thị Sủi"),
        lacks=("Sức chứa: 40; Thiết bị", "P1: P2", "PHỤ LỤC I:", "Mã phòng: Người lập", "|"),
    ),
    Case(
        Kind.TABLES,
        "a header of three rows, merged cells in the body, groups and notes",
        "van-ban-di.xlsx",
        _levels,
        has=(
            "Phòng: Tổng hợp; Năm 2025 – Giấy – Đi: 210; Năm 2025 – Giấy – Trả: 4",
            "Năm 2025 – Điện tử – Đi: 1.900; Năm 2025 – Điện tử – Trả: 12; Ghi chú: mật 6",
            "Năm 2025 – Giấy – Đi: không theo dõi; Năm 2025 – Giấy – Trả: không theo dõi",
            "Tổng số; Năm 2025 – Giấy – Đi: 305; Năm 2025 – Giấy – Trả: 5",
        ),
        in_order=(
            "Biểu số 7: Văn bản đi theo tháng",
            "I. Khối tổng hợp",
            "Nội chính",
            "II. Khối hậu cần",
            "Quản trị",
            "Chưa kể giấy mời.",
        ),
        lacks=("TT: 1", ": II. Khối", "|", "Ghi chú – Ghi chú"),
    ),
    Case(
        Kind.TABLES,
        "rows without header, two tables under each other",
        "huyen-va-bep.xlsx",
        _no_header,
        has=(
            "Bát Xát; Ly Xa Xuy; 23; 0214.888.023",
            "Si Ma Cai; Cư Seo Vần; 10; 0214.888.010",
            "Thứ: Ba; Món chính: Thịt đông",
            "Tổ: Hai; Bếp trưởng: Điêu Thị Xuyến; Phụ bếp: Cà Văn Sơn",
        ),
        in_order=("1. Lịch nấu ăn", "Thứ: Hai; Món chính: Cá kho", "2. Người nấu", "Tổ: Một"),
        lacks=("Bát Xát: ", "Thứ: Tổ", "Thứ: Một", "Món chính: Lò"),
    ),
    Case(
        Kind.ENCODINGS,
        "VNI without a telling font, TCVN3 by fonts and runs, Unicode in old fonts",
        "cong-trinh.xlsx",
        _old,
        has=(
            "Tên công trình: Trường mầm non thị trấn; Địa điểm xây dựng: Đường số bảy, tổ mười hai",
            "Chủ đầu tư: Phòng Giáo dục",
            "Tên công trình: Cầu treo suối lớn; Địa điểm xây dựng: Thôn Đồng Hồ, xã vùng thấp",
            "Địa điểm xây dựng: Tổ 9, phường Bắc Lệnh; Chủ đầu tư: Société Générale",
            "Chức danh: Thủ kho; Phụ cấp: hai phần mười; Cỡ: M×L",
            "Chức danh: Đội trưởng; Phụ cấp: KHÔNG CÓ; Cỡ: 37 °C",
            "Chức danh: Tổ phó (tạm); Phụ cấp: Một phần tư; Cỡ: ½ bộ",
        ),
    ),
    Case(
        Kind.CONTAINERS,
        "strict OOXML with merged cells and texts within the cells",
        "tien-do.xlsx",
        _strict,
        has=(
            "Hạng mục: Móng; Tiến độ – Kế hoạch: 100%; Tiến độ – Thực tế: 90%",
            "Tiến độ – Thực tế: 45%; Chốt số liệu: 03/11/2025",
        ),
    ),
    Case(
        Kind.CONTAINERS,
        "prefixes, cells without addresses, absolute targets",
        "truong-thon.xlsx",
        _prefixed,
        has=(
            "Thôn: Lao Chải; Trưởng thôn: Vừ Thị Say; Số hộ: 1.240",
            "Thôn: Tả Van; Trưởng thôn: Lồ Seo Dế; Số hộ: 98",
        ),
        lacks=("ラオ",),
    ),
    Case(
        Kind.CHARACTERS,
        "escapes, odd spaces, look-alikes in cells",
        "tho-moc.xlsx",
        _characters,
        has=(
            "Thợ mộc: Đặng Văn Hợp; Gia công: 2 400 000",
            "Làm tại xưởng",
            "Thợ mộc: Lê Thị Nhạn; Gia công: 850.000; Ghi chú: Sơn lót hai lượt",
            "Thợ mộc: Đỗ Quyết; Gia công: 1.100.000; Ghi chú: Không ghi",
        ),
        lacks=("_x0009_", "\u00ad", "\u200b", "\u2060", "\u202d"),
    ),
    Case(
        Kind.BAD_INPUT,
        "5,000 rows and a styled cell at the far corner",
        "so-van-ban.xlsx",
        _long,
        has=(
            "Số đến: 1/VBĐ; Nơi gửi: Cơ quan 7; Hộp: H0",
            "Số đến: 3210/VBĐ; Nơi gửi: Cơ quan 606; Hộp: H80",
            "Số đến: 5000/VBĐ; Nơi gửi: Cơ quan 382; Hộp: H125",
        ),
        lacks=("SỔ VĂN BẢN ĐẾN NĂM 2025:",),
    ),
)
