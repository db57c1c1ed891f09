"""Workbooks, to be looked at while the readers are worked on."""

from __future__ import annotations

import datetime as dt
import unicodedata

from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.styles import Font
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from benchmarks.document_cases.case import Case, Kind
from benchmarks.document_cases.office_files import (
    changed,
    filled,
    strict,
    tcvn3,
    tcvn3_capitals,
    vni,
    xlsx,
)


def _numbers() -> bytes:
    """Return numbers in the formats of an office's budget."""
    book = Workbook()
    sheet = filled(
        book,
        ["Khoản mục", "Mã", "Dự toán", "Tỷ lệ", "Phí", "Điện thoại", "Số tài khoản", "Đã duyệt"],
        ["Tiền điện", 7, 12345678.25, 0.5, 1250000, 214385123, 19036655443322, True],
        ["Tiền nước", 415, 98000, 1.25, 75000, 912004567, 4801205003344, False],
        ["Tiền thuê", 60, -350000, 0, 0, 868900111, 711, True],
    )
    formats = {
        "B": "00000",
        "C": "#,##0.00;(#,##0.00)",
        "D": "0%",
        "E": '#,##0" đ"',
        "F": '0000"."000"."000',
        "G": "0",
    }
    for letter, form in formats.items():
        for number in (2, 3, 4):
            sheet[f"{letter}{number}"].number_format = form
    filled(
        book,
        ["Vật tư", "Ký hiệu", "Tồn", "Kết quả kiểm"],
        ["Giấy in", "1E5", 1234567, "#N/A"],
        ["Bìa còng", "00123", 0, "Đủ"],
        ["Mực dấu", "3-5", 24, "Đủ"],
        title="Kho",
    )
    kho = book["Kho"]
    kho["C2"].number_format = "#,##0"
    kho["C3"].number_format = '_-* #,##0_-;\\-* #,##0_-;_-* "-"_-;_-@_-'
    kho["C4"].number_format = '0" hộp"'
    return xlsx(book)


def _dates() -> bytes:
    """Return dates, times and durations in several formats."""
    return xlsx(_times(Workbook()))


def _dates_1904() -> bytes:
    """Return the same in a workbook that counts its days from 1904."""
    book = Workbook()
    book.epoch = CALENDAR_MAC_1904
    return xlsx(_times(book))


def _times(book: Workbook) -> Workbook:
    sheet = filled(
        book,
        ["Việc", "Ngày giao", "Hạn", "Kỳ", "Giờ họp", "Tổng giờ"],
        [
            "Soạn đề án",
            dt.date(2025, 3, 5),
            dt.date(2025, 4, 9),
            dt.date(2025, 3, 1),
            dt.time(7, 30),
            dt.timedelta(hours=26, minutes=30),
        ],
        [
            "Lấy ý kiến",
            dt.date(2024, 12, 25),
            dt.date(2025, 11, 30),
            dt.date(2025, 10, 1),
            dt.time(14, 5),
            dt.timedelta(hours=130),
        ],
    )
    formats = ("dd/mm/yyyy", "d/m/yyyy", "mm/yyyy", "hh:mm", "[h]:mm")
    for letter, form in zip("BCDEF", formats, strict=True):
        for number in (2, 3):
            sheet[f"{letter}{number}"].number_format = form
    sheet["B3"].number_format = '"ngày "dd" tháng "mm" năm "yyyy'
    return book


def _stored() -> bytes:
    """Return formulas with the values that Excel stored."""
    book, values = _formulas()
    return xlsx(book, values)


def _not_stored() -> bytes:
    """Return the same kind of formulas as a program writes them, without values."""
    return xlsx(_formulas()[0])


def _formulas() -> tuple[Workbook, dict[str, dict[str, str | float | bool]]]:
    book = Workbook()
    sheet = filled(
        book,
        ["Đơn vị", "Chỉ tiêu", "Thực hiện", "Xếp loại", "Phụ trách", "Nhãn"],
        ["Phòng Nội chính", 120, 132, '=IF(C2>=B2,"Đạt","Chưa đạt")'],
        ["Phòng Tiếp dân", 80, 61, '=IF(C3>=B3,"Đạt","Chưa đạt")'],
        ["Cộng", "=SUM(B2:B3)", "=SUM(C2:C3)", ""],
        ["Trung bình", "=AVERAGE(B2:B3)", "=AVERAGE(C2:C3)", ""],
    )
    filled(
        book,
        ["Tên phòng", "Cán bộ"],
        ["Phòng Tiếp dân", "Sùng Thị Mo"],
        ["Phòng Nội chính", "Hà Văn Quyết"],
        title="Cán bộ",
    )
    for number in (2, 3):
        sheet[f"E{number}"] = f"=VLOOKUP(A{number},'Cán bộ'!A2:B3,2,FALSE)"
        sheet[f"F{number}"] = f'=A{number}&" ("&C{number}&"/"&B{number}&")"'
    for place in ("B4", "C4", "B5", "C5"):
        sheet[place].number_format = "#,##0"
    sheet["C5"].number_format = "#,##0.00"
    return book, {
        "sheet1": {
            "D2": "Đạt",
            "D3": "Chưa đạt",
            "B4": 200,
            "C4": 193,
            "B5": 100,
            "C5": 96.5,
            "E2": "Hà Văn Quyết",
            "E3": "Sùng Thị Mo",
            "F2": "Phòng Nội chính (132/120)",
            "F3": "Phòng Tiếp dân (61/80)",
        }
    }


def _hidden() -> bytes:
    """Return hidden rows, columns and sheets, a comment, a format that shows nothing."""
    book = Workbook()
    sheet = filled(
        book,
        ["Họ và tên", "Chức vụ", "Hệ số nội bộ", "Phòng"],
        ["Lý Thị Cở", "Chuyên viên", 4.98, "Hành chính"],
        ["Người thử", "Bỏ", 1.11, "Bỏ"],
        ["Tráng A Vàng", "Văn thư", 3.33, "Hành chính"],
        ["Phùng Thị Én", "Kế toán", 2.67, "Tài vụ"],
    )
    sheet.column_dimensions["C"].hidden = True
    sheet.row_dimensions[3].hidden = True
    sheet["B4"].comment = Comment("Sắp nghỉ hưu, chưa công bố", "Biên tập")
    sheet["D5"].number_format = ";;;"
    for title, state in (("Nháp", "hidden"), ("Mật", "veryHidden")):
        filled(book, ["Mã khóa", "Két"], ["K-7714", f"két {title}"], title=title)
        book[title].sheet_state = state
    return xlsx(book)


def _tables() -> bytes:
    """Return a sheet with a title, a header of two rows, groups, a total, notes, another table."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    rows = (
        ["VĂN PHÒNG UBND TỈNH"],
        ["BẢNG CHẤM CÔNG TRỰC THÁNG 9/2025"],
        [],
        ["STT", "Họ và tên", "Ngày thường", None, "Ngày lễ", None],
        [None, None, "Ca ngày", "Ca đêm", "Ca ngày", "Ca đêm"],
        ["Tổ bảo vệ"],
        [1, "Giàng A Chớ", 10, 4, 1, None],
        [2, "Lò Văn Biên", 8, 6, None, 2],
        ["Tổ lái xe"],
        [3, "Đặng Văn Khoa", 12, 0, 2, 1],
        ["Tổng cộng", None, 30, 10, 3, 3],
        ["Ghi chú: ca đêm tính từ 22 giờ."],
        [],
        ["Ca", "Bắt đầu", "Kết thúc"],
        ["Ca ngày", "6 giờ", "18 giờ"],
        ["Ca đêm", "18 giờ", "6 giờ hôm sau"],
    )
    for one in rows:
        sheet.append(one)
    merged = ("A1:F1", "A2:F2", "A4:A5", "B4:B5", "C4:D4", "E4:F4", "A6:F6", "A9:F9", "A11:B11")
    for place in (*merged, "A12:F12"):
        sheet.merge_cells(place)
    for place in ("A4", "B4", "C4", "E4", "C5", "D5", "E5", "F5", "A14", "B14", "C14"):
        sheet[place].font = Font(bold=True)
    return xlsx(book)


def _side_by_side() -> bytes:
    """Return two tables beside each other, and a sheet of rows without header."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    rows = (
        ["Xe và lái xe của Văn phòng"],
        [],
        ["Biển số", "Số chỗ", None, "Lái xe", "Hạng bằng"],
        ["24A-0101", 5, None, "Lồ A Sính", "D"],
        ["24A-0202", 16, None, "Trương Văn Tài", "E"],
        [None, None, None, "Hảng A Giống", "C"],
    )
    for one in rows:
        sheet.append(one)
    for place in ("A3", "B3", "D3", "E3"):
        sheet[place].font = Font(bold=True)
    other = book.create_sheet("Phòng")
    for number, name in ((101, "Lý A Páo"), (204, "Chảo Mẩy Pham"), (309, "Bùi Thị Tơ")):
        other.append([f"Phòng {number}", name, f"0214.333.{number}"])
    return xlsx(book)


def _old() -> bytes:
    """Return TCVN3 in cells with and without a telling font, by runs, and correct Unicode."""
    book = Workbook()
    sheet = filled(
        book,
        [tcvn3("Loại sổ"), tcvn3("Nơi để"), "Người giữ"],
        [tcvn3("Sổ đăng ký văn bản đến"), tcvn3("Tủ sắt"), "Lừu Thị Dở"],
        [tcvn3("Sổ mượn hồ sơ"), "Giá gỗ", vni("Nguyễn Thị Lượng")],
        ["Sổ giao ca", tcvn3_capitals("ĐẦU HỒI"), "José Peña"],
    )
    for place in ("A1", "B1", "A2", "B2", "A3", "B3", "A4"):
        sheet[place].font = Font(name=".VnTime")
    sheet["C3"].font = Font(name="VNI-Times")
    sheet["B4"].font = Font(name=".VnTimeH")
    filled(
        book,
        [tcvn3("Thủ tục hành chính"), tcvn3("Thời hạn giải quyết hồ sơ")],
        [tcvn3("Cấp đổi giấy phép khai thác nước mặt"), tcvn3("hai mươi mốt ngày làm việc")],
        [tcvn3("Gia hạn quyền sử dụng đất ở"), tcvn3("không quá bốn mươi ngày")],
        ["Đăng ký khai sinh", "ngay trong ngày"],
        title="Thu tuc",
    )
    old = InlineFont(rFont=".VnTime")
    book["Thu tuc"]["B4"] = CellRichText(
        "ngay trong ngày, ", TextBlock(old, tcvn3("trừ lúc mất điện"))
    )
    return xlsx(book)


def _strict() -> bytes:
    """Return a strict workbook whose dates are written out."""
    book = Workbook()
    book.iso_dates = True
    sheet = filled(
        book,
        ["Đoàn", "Ngày đến", "Số khách", "Chi"],
        ["Đoàn Vân Nam", dt.date(2025, 7, 16), 24, 18400000],
        ["Đoàn Phongsaly", dt.date(2025, 8, 2), 11, 9750000.5],
    )
    for number in (2, 3):
        sheet[f"B{number}"].number_format = "dd/mm/yyyy"
        sheet[f"D{number}"].number_format = "#,##0.00"
    return strict(xlsx(book))


def _characters() -> bytes:
    """Return escapes, NBSP, decomposed and Cyrillic letters, soft hyphens in cells."""
    book = Workbook()
    filled(
        book,
        ["Hạng mục", unicodedata.normalize("NFD", "Đơn giá"), "Mô tả"],
        ["S\u0430n nền", "1\u00a0250\u00a0000", "Gạch lát_x000D_\nVữa xi măng"],
        [unicodedata.normalize("NFD", "Trần thạch cao"), "340.000", "Khung\u200b xương th\u00adép"],
        ["Cửa\u00a0 kính", "2.100.000", "\u00d0ặt ở sảnh\ufeff chính"],
    )
    return xlsx(book)


def _merged() -> bytes:
    """Return 10,000 merged ranges, each over two rows."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Khu", "Lô", "Chủ hộ", "Thửa", "Cây trồng"])
    for place in sheet[1]:
        place.font = Font(bold=True)
    for n in range(2500):
        sheet.append([f"Khu {n // 100}", f"Lô {n}", f"Hộ {n}", f"Thửa {n}", f"Ngô {n}"])
        sheet.append([None, None, None, None, f"Lúa {n}"])
    data = xlsx(book)
    ranges = "".join(
        f'<mergeCell ref="{letter}{2 * n + 2}:{letter}{2 * n + 3}"/>'
        for n in range(2500)
        for letter in "ABCD"
    )
    listed = f'</sheetData><mergeCells count="10000">{ranges}</mergeCells>'
    return changed(
        data, {"xl/worksheets/sheet1.xml": lambda text: text.replace("</sheetData>", listed)}
    )


_FORMULAS = (
    "Đơn vị: Phòng Nội chính; Chỉ tiêu: 120; Thực hiện: 132; Xếp loại: Đạt; Phụ trách: Hà Văn",
    "Xếp loại: Chưa đạt; Phụ trách: Sùng Thị Mo; Nhãn: Phòng Tiếp dân (61/80)",
    "Chỉ tiêu: 200; Thực hiện: 193",
    "Chỉ tiêu: 100; Thực hiện: 96,50",
)
_TIMES = (
    "Việc: Soạn đề án; Ngày giao: 05/03/2025; Hạn: 9/4/2025; Kỳ: 03/2025; Giờ họp: 07:30",
    "Giờ họp: 07:30; Tổng giờ: 26:30",
    "Ngày giao: ngày 25 tháng 12 năm 2024; Hạn: 30/11/2025; Kỳ: 10/2025; Giờ họp: 14:05",
    "Giờ họp: 14:05; Tổng giờ: 130:00",
)
CASES: tuple[Case, ...] = (
    Case(
        Kind.SPREADSHEET_VALUES,
        "numbers in the formats of a budget",
        "du-toan.xlsx",
        _numbers,
        has=(
            "Mã: 00007; Dự toán: 12.345.678,25; Tỷ lệ: 50%; Phí: 1.250.000 đ",
            "Điện thoại: 0214.385.123; Số tài khoản: 19036655443322; Đã duyệt: TRUE",
            "Mã: 00415; Dự toán: 98.000,00; Tỷ lệ: 125%; Phí: 75.000 đ",
            "Điện thoại: 0912.004.567; Số tài khoản: 4801205003344; Đã duyệt: FALSE",
            "Mã: 00060; Dự toán: (350.000,00); Tỷ lệ: 0%; Phí: 0 đ",
            "Vật tư: Giấy in; Ký hiệu: 1E5; Tồn: 1.234.567; Kết quả kiểm: #N/A",
            "Vật tư: Bìa còng; Ký hiệu: 00123; Tồn: -; Kết quả kiểm: Đủ",
            "Ký hiệu: 3-5; Tồn: 24 hộp",
        ),
        lacks=("e+", "E+", "100000", "12345678"),
    ),
    Case(
        Kind.SPREADSHEET_VALUES,
        "dates, times and durations",
        "lich-viec.xlsx",
        _dates,
        has=_TIMES,
        lacks=("1900", "00:00:00", "2025-"),
    ),
    Case(
        Kind.SPREADSHEET_VALUES,
        "dates counted from 1904",
        "lich-viec-mac.xlsx",
        _dates_1904,
        has=_TIMES,
        lacks=("1904", "2021", "2029"),
    ),
    Case(
        Kind.SPREADSHEET_VALUES,
        "formulas with stored values",
        "xep-loai.xlsx",
        _stored,
        has=_FORMULAS,
        lacks=("=IF", "=SUM", "VLOOKUP"),
    ),
    Case(
        Kind.SPREADSHEET_VALUES,
        "formulas without stored values",
        "xep-loai-moi.xlsx",
        _not_stored,
        has=_FORMULAS,
        lacks=("=IF", "=SUM", "VLOOKUP"),
        may_refuse=True,
    ),
    Case(
        Kind.UNPUBLISHED,
        "hidden rows, columns and sheets, a comment",
        "danh-sach.xlsx",
        _hidden,
        has=(
            "Họ và tên: Lý Thị Cở; Chức vụ: Chuyên viên; Phòng: Hành chính",
            "Họ và tên: Tráng A Vàng; Chức vụ: Văn thư; Phòng: Hành chính",
            "Họ và tên: Phùng Thị Én; Chức vụ: Kế toán",
        ),
        lacks=("Hệ số", "4,98", "Người thử", "nghỉ hưu", "K-7714", "két", "Tài vụ"),
        told=("ẩn", "bình luận"),
    ),
    Case(
        Kind.TABLES,
        "a title, a header of two rows, groups, a total, notes, a second table",
        "cham-cong.xlsx",
        _tables,
        has=(
            "Họ và tên: Giàng A Chớ; Ngày thường – Ca ngày: 10; Ngày thường – Ca đêm: 4",
            "Ngày thường – Ca đêm: 4; Ngày lễ – Ca ngày: 1",
            "Họ và tên: Lò Văn Biên; Ngày thường – Ca ngày: 8; Ngày thường – Ca đêm: 6",
            "Ngày thường – Ca đêm: 6; Ngày lễ – Ca đêm: 2",
            "Tổng cộng; Ngày thường – Ca ngày: 30; Ngày thường – Ca đêm: 10",
            "Ca: Ca đêm; Bắt đầu: 18 giờ; Kết thúc: 6 giờ hôm sau",
        ),
        in_order=(
            "BẢNG CHẤM CÔNG TRỰC THÁNG 9/2025",
            "Tổ bảo vệ",
            "Giàng A Chớ",
            "Tổ lái xe",
            "Đặng Văn Khoa",
            "Ghi chú: ca đêm tính từ 22 giờ.",
            "Ca: Ca ngày; Bắt đầu: 6 giờ",
        ),
        lacks=("STT: 1", ": Tổ lái xe", "|", "BẢNG CHẤM CÔNG TRỰC THÁNG 9/2025:"),
    ),
    Case(
        Kind.TABLES,
        "two tables side by side, rows without header",
        "xe-va-phong.xlsx",
        _side_by_side,
        has=(
            "Biển số: 24A-0202; Số chỗ: 16",
            "Lái xe: Trương Văn Tài; Hạng bằng: E",
            "Lái xe: Hảng A Giống; Hạng bằng: C",
            "Phòng 101; Lý A Páo; 0214.333.101",
            "Phòng 309; Bùi Thị Tơ; 0214.333.309",
        ),
        lacks=("Số chỗ: 16; Lái xe", "Phòng 101: ", "Lý A Páo: "),
    ),
    Case(
        Kind.ENCODINGS,
        "TCVN3 and VNI in cells, with and without a telling font",
        "so-sach.xlsx",
        _old,
        has=(
            "Loại sổ: Sổ đăng ký văn bản đến; Nơi để: Tủ sắt; Người giữ: Lừu Thị Dở",
            "Loại sổ: Sổ mượn hồ sơ; Nơi để: Giá gỗ; Người giữ: Nguyễn Thị Lượng",
            "Loại sổ: Sổ giao ca; Nơi để: ĐẦU HỒI; Người giữ: José Peña",
            "Thủ tục hành chính: Cấp đổi giấy phép khai thác nước mặt",
            "Thời hạn giải quyết hồ sơ: hai mươi mốt ngày làm việc",
            "Thời hạn giải quyết hồ sơ: không quá bốn mươi ngày",
            "Đăng ký khai sinh; Thời hạn giải quyết hồ sơ: ngay trong ngày, trừ lúc mất điện",
        ),
    ),
    Case(
        Kind.CONTAINERS,
        "strict OOXML with dates written out",
        "don-doan.xlsx",
        _strict,
        has=(
            "Đoàn: Đoàn Vân Nam; Ngày đến: 16/07/2025; Số khách: 24; Chi: 18.400.000,00",
            "Đoàn: Đoàn Phongsaly; Ngày đến: 02/08/2025; Số khách: 11; Chi: 9.750.000,50",
        ),
    ),
    Case(
        Kind.CHARACTERS,
        "escapes, invisible and decomposed letters in cells",
        "bao-gia.xlsx",
        _characters,
        has=(
            "Hạng mục: San nền; Đơn giá: 1 250 000",
            "Hạng mục: Trần thạch cao; Đơn giá: 340.000; Mô tả: Khung xương thép",
            "Hạng mục: Cửa kính; Đơn giá: 2.100.000; Mô tả: Đặt ở sảnh chính",
            "Vữa xi măng",
        ),
        lacks=("_x000D_", "\u00ad", "\u200b", "\ufeff"),
    ),
    Case(
        Kind.BAD_INPUT,
        "10,000 merged ranges",
        "vung-trong.xlsx",
        _merged,
        has=(
            "Khu: Khu 0; Lô: Lô 0; Chủ hộ: Hộ 0; Thửa: Thửa 0; Cây trồng: Lúa 0",
            "Lô: Lô 1234; Chủ hộ: Hộ 1234; Thửa: Thửa 1234; Cây trồng: Ngô 1234",
            "Khu: Khu 24; Lô: Lô 2499; Chủ hộ: Hộ 2499; Thửa: Thửa 2499; Cây trồng: Lúa 2499",
        ),
    ),
)
