import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.documents.excel.number_formats import format_code, shown_number, shown_text

ACCOUNTING = '_-* #,##0\\ "₫"_-;\\-* #,##0\\ "₫"_-;_-* "-"??\\ "₫"_-;_-@_-'
DAY = 45_000.3125  # 15/03/2023 07:30


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        # General: in full, at most ten figures of a fraction, no noise of binary fractions
        (3.0, "General", "3"),
        (123_456_789_012, "General", "123456789012"),
        (12_345_678_901.25, "General", "12345678901,25"),
        (0.1 + 0.2, "General", "0,3"),
        (200 / 3, "General", "66,66666667"),
        (-2.5, "General", "-2,5"),
        (1e-7, "General", "0,0000001"),
        (1e22, "General", "1E+22"),
        (1234.5, '"Số "General', "Số 1234,5"),
        # numbers
        (12_345_678_901.25, "#,##0.00", "12.345.678.901,25"),
        (1234, "#,##0.##", "1.234"),
        (1.005, "0.00", "1,01"),
        (2.5, "0", "3"),
        (-0.001, "0.00", "0,00"),
        (1e30, "0.00", f"1{'0' * 30},00"),
        (7, "00000", "00007"),
        (912_345_678, "0000 000 000", "0912 345 678"),
        (100_200_300, '000"."000"."000', "100.200.300"),
        (1_234_567, '#,##0,"k"', "1.235k"),
        (1_234_567, '0.0,," triệu"', "1,2 triệu"),
        (3, '"Điều "0', "Điều 3"),
        (3, '0" ngày"', "3 ngày"),
        # percent, money, signs
        (0.5, "0%", "50%"),
        (0.125, "0.0%", "12,5%"),
        (12.5, '0.0"%"', "12,5%"),
        (1_234_567, '#,##0\\ "₫"', "1.234.567 ₫"),
        (1_234_567, "#,##0\\ [$₫-42A]", "1.234.567 ₫"),
        (1_234_567, '#,##0" VND"', "1.234.567 VND"),
        (7.25, "[$$-409]#,##0.00", "$7,25"),
        (1_234_567, ACCOUNTING, "1.234.567 ₫"),
        (-1_234_567, ACCOUNTING, "-1.234.567 ₫"),
        (0, ACCOUNTING, "- ₫"),
        (-1234, "#,##0 ;[Red](#,##0)", "(1.234)"),
        (-1234, "#,##0", "-1.234"),
        (0, '#,##0;-#,##0;"không có"', "không có"),
        (5, '[<=3]"ít";[>3]"nhiều"', "nhiều"),
        (12, ";;;", ""),
        # scientific only where the format says so, fractions
        (12_345, "0.00E+00", "1,23E+04"),
        (0.00012, "0.0E+00", "1,2E-04"),
        (12_345, "##0.0E+0", "12,3E+3"),
        (1.5, "# ?/?", "1 1/2"),
        (1 / 3, "# ??/??", "1/3"),
        (1.25, "# ?/8", "1 2/8"),
        # dates as the format orders them; those that start otherwise are turned round
        (DAY, "dd/mm/yyyy", "15/03/2023"),
        (DAY, "d/m/yyyy", "15/3/2023"),
        (DAY, "dd.mm.yyyy", "15.03.2023"),
        (DAY, "mm-dd-yy", "15/03/2023"),
        (DAY, "yyyy-mm-dd", "15/03/2023"),
        (DAY, "d-mmm-yy", "15/03/2023"),
        (DAY, "[$-42A]dd mmmm yyyy;@", "15/03/2023"),
        (DAY, "[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy", "Thứ Tư, 15/03/2023"),
        (DAY, "mm/yyyy", "03/2023"),
        (DAY, "mmm-yy", "03/2023"),
        (DAY, "yyyy", "2023"),
        (DAY, '"ngày" dd "tháng" mm "năm" yyyy', "ngày 15 tháng 03 năm 2023"),
        (59, "dd/mm/yyyy", "28/02/1900"),
        # times, durations
        (DAY, "dd/mm/yyyy hh:mm", "15/03/2023 07:30"),
        (DAY, "hh:mm dd/mm/yyyy", "07:30 15/03/2023"),
        (DAY, "yyyy-mm-dd h:mm:ss", "15/03/2023 7:30:00"),
        (DAY, 'h" giờ "mm', "7 giờ 30"),
        (0.75, "h:mm AM/PM", "6:00 CH"),
        (1.25, "[h]:mm", "30:00"),
        (1.25, "[mm]", "1800"),
        (26.5 / 24, "[h]:mm:ss", "26:30:00"),
        (0.5 + 1.5 / 86_400, "hh:mm:ss.0", "12:00:01,5"),
        (-5, "dd/mm/yyyy", "-5"),
    ],
)
def test_numbers_read_as_a_vietnamese_excel_shows_them(value: float, code: str, shown: str) -> None:
    assert shown_number(value, code) == shown


def test_workbooks_of_old_macs_count_from_1904() -> None:
    assert shown_number(0, "dd/mm/yyyy", from_1904=True) == "01/01/1904"
    assert shown_number(1.25, "[h]:mm", from_1904=True) == "30:00"


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        ("0123", "General", "0123"),
        ("0123", "00000", "0123"),
        ("Tổng hợp", '"Phòng "@', "Phòng Tổng hợp"),
        ("Tổng hợp", '0;-0;0;"<"@">"', "<Tổng hợp>"),
        ("nay", "dd/mm/yyyy;@", "nay"),
        ("mật", ";;;", ""),
    ],
)
def test_texts_are_kept(value: str, code: str, shown: str) -> None:
    assert shown_text(value, code) == shown


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (0, "General"),
        (3, "#,##0"),
        (14, "mm-dd-yy"),
        (44, '#,##0.00\\ "₫"'),
        (170, "0.0"),
        (99, "General"),
    ],
)
def test_formats_are_named_by_number(number: int, code: str) -> None:
    assert format_code(number, {170: "0.0"}) == code


@given(
    st.floats(allow_nan=False, allow_infinity=False),
    st.text('0#?.,%/E+-ymdhs;[]<>=1"\\@_* AMPGeneral', max_size=12),
)
def test_no_format_is_too_odd(value: float, code: str) -> None:
    assert isinstance(shown_number(value, code), str)
    assert isinstance(shown_text("chữ", code), str)
