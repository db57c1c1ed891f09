"""What official documents of all formats state about themselves."""

import docx
import pytest

from knowledge.articles.reading import Reading
from knowledge.documents.reader import read_document
from tests.office_files import PARAGRAPH, saved, text_pdf, word, workbook

MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc"
DAY = "Lào Cai, ngày 05 tháng 8 năm 2026"
RULES = f"""ỦY BAN NHÂN DÂN
TỈNH LÀO CAI
VĂN PHÒNG
Số: 45/QĐ-VPUBND
Độc lập - Tự do - Hạnh phúc
{DAY}
QUY CHẾ LÀM VIỆC
của Văn phòng Ủy ban nhân dân tỉnh Lào Cai
Điều 1. Phạm vi
{PARAGRAPH}
Điều 2. Hiệu lực
Quy chế này có hiệu lực từ ngày 01/9/2026 và thay thế Quy chế ban hành kèm theo Quyết định số \
12/QĐ-VPUBND ngày 10/2/2021.
TM. ỦY BAN NHÂN DÂN
KT. CHỦ TỊCH
PHÓ CHỦ TỊCH
(Đã ký)
Vàng A Sáng
"""
DRAFT = """UBND TỈNH LÀO CAI
VĂN PHÒNG
Số:      /QĐ-VP
Độc lập - Tự do - Hạnh phúc
Lào Cai, ngày      tháng 8 năm 2026
QUYẾT ĐỊNH
VỀ VIỆC SỬA ĐỔI QUY CHẾ TIẾP CÔNG DÂN
CỦA VĂN PHÒNG UBND TỈNH LÀO CAI
CHÁNH VĂN PHÒNG
Căn cứ Luật số 12/2020/QH14 sửa đổi, bổ sung Luật số 10/2015/QH13;
QUYẾT ĐỊNH:
Điều 1. Bãi bỏ Quyết định số 7/QĐ-VP ngày 5/8/2020 và Quyết định số 8/QĐ-VP.
Nơi nhận:
- Như Điều 1;
- Lưu: VT.
TUQ. CHÁNH VĂN PHÒNG
TRƯỞNG PHÒNG TIẾP CÔNG DÂN
Lý Thị Hoa
"""
LETTER = f"""UBND TỈNH LÀO CAI
SỞ NỘI VỤ
Số: 123 /SNV-TCCB
V/v đăng ký nhu cầu đào tạo
năm 2027
Độc lập - Tự do - Hạnh phúc
{DAY}
Kính gửi: Các sở, ban, ngành.
Sở Nội vụ đề nghị các cơ quan rà soát, sửa đổi Quyết định số 9/QĐ-SNV trước ngày 20/8/2026.
TL. GIÁM ĐỐC
CHÁNH VĂN PHÒNG
Lê Thị Hoa
"""
PARTY = """TỈNH ỦY LÀO CAI
VĂN PHÒNG
*
Số 45-QĐ/VPTU
ĐẢNG CỘNG SẢN VIỆT NAM
Lào Cai, ngày 1 tháng 2 năm 2026
QUY ĐỊNH
về chế độ họp của Văn phòng Tỉnh ủy
Điều 1. Văn phòng Tỉnh ủy họp giao ban vào sáng thứ Hai hằng tuần.
"""
ANNEX = f"""QUY CHẾ
Quản lý nhà công vụ
(Ban hành kèm theo Quyết định số 37/QĐ-VPUBND ngày 14/01/2026 của Chánh Văn phòng)
Điều 1. Phạm vi
{PARAGRAPH}
"""
STORY = f"""Chuyện ở văn phòng
Ngày 28 tháng 8 năm 1945 có Quyết định số 5/QĐ-UB.
{PARAGRAPH}
Bãi bỏ Quyết định số 6/QĐ-UB là việc của năm sau.
"""
FIELDS = (
    "title", "source", "published", "number", "issuer", "signer", "signer_title", "summary",
)  # fmt: skip
STATED = {
    RULES: (
        "Quy chế làm việc của Văn phòng Ủy ban nhân dân tỉnh Lào Cai",
        "Quyết định số 45/QĐ-VPUBND",
        "2026-08-05",
        "45/QĐ-VPUBND",
        "Văn phòng Ủy ban nhân dân tỉnh Lào Cai",
        "Vàng A Sáng",
        "Phó Chủ tịch",
        None,
    ),
    DRAFT: (
        "Quyết định về việc sửa đổi quy chế tiếp công dân của Văn phòng UBND tỉnh Lào Cai",
        None,
        None,
        None,
        "Văn phòng UBND tỉnh Lào Cai",
        "Lý Thị Hoa",
        "Trưởng phòng tiếp công dân",
        "Về việc sửa đổi quy chế tiếp công dân của Văn phòng UBND tỉnh Lào Cai",
    ),
    LETTER: (
        "Công văn về việc đăng ký nhu cầu đào tạo năm 2027",
        "Công văn số 123/SNV-TCCB",
        "2026-08-05",
        "123/SNV-TCCB",
        "Sở Nội vụ",
        "Lê Thị Hoa",
        "Chánh Văn phòng",
        "V/v đăng ký nhu cầu đào tạo năm 2027",
    ),
    PARTY: (
        "Quy định về chế độ họp của Văn phòng Tỉnh ủy",
        "Quyết định số 45-QĐ/VPTU",
        "2026-02-01",
        "45-QĐ/VPTU",
        "Văn phòng Tỉnh ủy Lào Cai",
        None,
        None,
        "về chế độ họp của Văn phòng Tỉnh ủy",
    ),
    ANNEX: (
        "Quy chế quản lý nhà công vụ",
        "Quyết định số 37/QĐ-VPUBND",
        "2026-01-14",
        "37/QĐ-VPUBND",
        None,
        None,
        None,
        "Quản lý nhà công vụ",
    ),
    STORY: ("Chuyện ở văn phòng", None, None, None, None, None, None, None),
}


def stated(reading: Reading) -> tuple[str | None, ...]:
    return tuple(getattr(reading, field) for field in FIELDS)


@pytest.mark.parametrize("text", STATED)
def test_plain_text_states_its_details(text: str) -> None:
    assert stated(read_document(text.encode(), "a.txt")) == STATED[text]


@pytest.mark.parametrize("text", STATED)
def test_word_states_the_same(text: str) -> None:
    data = word([("", line) for line in text.splitlines()])
    assert stated(read_document(data, "a.docx")) == STATED[text]


@pytest.mark.parametrize("text", [RULES, LETTER])
def test_a_printed_page_states_number_day_and_signer(text: str) -> None:
    reading = read_document(text_pdf([text.splitlines()]), "a.pdf")
    title, source, published, number, _, signer, *_ = STATED[text]
    assert (reading.title, reading.source, reading.number) == (title, source, number)
    assert (reading.published, reading.signer) == (published, signer)


def test_a_letterhead_laid_out_as_a_table_with_a_signature_beside_the_recipients() -> None:
    document = docx.Document()
    for left, right in (
        (["UBND TỈNH LÀO CAI", "VĂN PHÒNG", "Số: 8/KH-VP"], [*MOTTO.split("\n"), DAY]),
        (
            ["Nơi nhận:", "- Lưu: VT."],
            ["KT. CHÁNH VĂN PHÒNG", "PHÓ CHÁNH VĂN PHÒNG", "(Đã ký)", "TS. Nông Văn Thái"],
        ),
    ):
        cells = document.add_table(rows=1, cols=2).rows[0].cells
        cells[0].text, cells[1].text = "\n".join(left), "\n".join(right)
        if "VĂN PHÒNG" in left:
            document.add_paragraph("KẾ HOẠCH")
            document.add_paragraph("Số hóa hồ sơ lưu trữ năm 2026")
            document.add_paragraph(PARAGRAPH)
    assert stated(read_document(saved(document), "a.docx")) == (
        "Kế hoạch số hóa hồ sơ lưu trữ năm 2026",
        "Kế hoạch số 8/KH-VP",
        "2026-08-05",
        "8/KH-VP",
        "Văn phòng UBND tỉnh Lào Cai",
        "Nông Văn Thái",
        "Phó Chánh Văn phòng",
        "Số hóa hồ sơ lưu trữ năm 2026",
    )


@pytest.mark.parametrize(
    ("lines", "title"),
    [
        (["NỘI QUY CƠ QUAN", PARAGRAPH], "Nội quy cơ quan"),
        (["LỊCH SỬ VĂN PHÒNG", "VÀ CÁC THỜI KỲ", PARAGRAPH], "Lịch sử Văn phòng và các thời kỳ"),
        (["KỶ YẾU", "VĂN PHÒNG UBND TỈNH", PARAGRAPH], "Kỷ yếu Văn phòng UBND tỉnh"),
        (["QUY CHẾ HỌP", "của Đội xe", PARAGRAPH], "Quy chế họp của Đội xe"),
        (["THÔNG BÁO", "Về lịch trực của UBND.", PARAGRAPH], "Thông báo về lịch trực của UBND"),
    ],
)  # fmt: skip
def test_a_title_does_not_shout_and_has_all_its_lines(lines: list[str], title: str) -> None:
    assert read_document("\n".join(lines).encode(), "a.txt").title == title
    assert read_document(word([("", line) for line in lines]), "a.docx").title == title


def test_what_a_document_does_to_others_is_read() -> None:
    said = {
        RULES: ["thay thế Quyết định số 12/QĐ-VPUBND"],
        DRAFT: ["bãi bỏ Quyết định số 7/QĐ-VP", "bãi bỏ Quyết định số 8/QĐ-VP"],
        LETTER: [],
        STORY: [],
    }
    for text, amends in said.items():
        reading = read_document(text.encode(), "a.txt")
        assert [str(one) for one in reading.amends] == amends


@pytest.mark.parametrize(
    ("lines", "signer", "position"),
    [
        (["THƯ KÝ", "CHỦ TỌA", "(Ký)", "Lê Thị Hoa", "Vàng A Sáng"], "Vàng A Sáng", "Chủ tọa"),
        (["CHỦ TRÌ", "Vàng A Sáng", "THƯ KÝ", "Lê Thị Hoa"], "Vàng A Sáng", "Chủ trì"),
        (["Trưởng phòng", "(Đã ký)", "Lê Thị Hoa"], "Lê Thị Hoa", "Trưởng phòng"),
        (["KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "Lê Thị Hoa", "Phụ Lục"], "Lê Thị Hoa", "Phó Giám đốc"),
        (["TRƯỞNG BAN (Đã ký) Thượng tá Lù Văn Pao"], "Lù Văn Pao", "Trưởng ban"),
        (["TRƯỞNG BAN", "Nơi nhận:", "- Lưu: VT.", "Lù Văn Pao"], "Lù Văn Pao", "Trưởng ban"),
        (["Trưởng phòng", "Lê Thị Hoa"], None, None),
    ],
)  # fmt: skip
def test_who_signed(lines: list[str], signer: str | None, position: str | None) -> None:
    data = word([("", line) for line in ["BIÊN BẢN", "Họp giao ban", PARAGRAPH, *lines]])
    reading = read_document(data, "a.docx")
    assert (reading.signer, reading.signer_title) == (signer, position)


def test_who_signed_a_letter_in_columns_set_by_tabs() -> None:
    end = "Nơi nhận:\tTL. GIÁM ĐỐC\n- Như trên;\tCHÁNH VĂN PHÒNG\n- Lưu: VT.\n\n\tGiàng A Dế"
    head = "SỞ Y TẾ\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nVĂN PHÒNG\tĐộc lập - Tự do - Hạnh phúc"
    number = "Số: 7/SYT-VP\tLào Cai, ngày 2 tháng 3 năm 2026"
    letter = (
        f"{head}\n\n{number}\nV/v mượn máy chiếu\n\nKính gửi: Sở Nội vụ.\n\n{PARAGRAPH}\n\n{end}"
    )
    found = read_document(letter.encode(), "a.txt")
    assert (found.number, found.published) == ("7/SYT-VP", "2026-03-02")
    assert (found.signer, found.signer_title) == ("Giàng A Dế", "Chánh Văn phòng")


def test_a_part_that_the_text_begins_with_stays_its_heading() -> None:
    found = read_document("CHƯƠNG IV. KHEN THƯỞNG\n\nMục 1. Hồ sơ\n\nMột bản.".encode(), "a.txt")
    assert found.text.startswith("CHƯƠNG IV. KHEN THƯỞNG\nMục 1. Hồ sơ\n")


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("Lào Cai, ngày 5 tháng 8 năm 2026", "2026-08-05"),
        ("TP. Lào Cai, ngày 05/8/2026", "2026-08-05"),
        ("Lào Cai ngày 05 tháng 08 năm 2026", "2026-08-05"),
        ("Số: 3/QĐ-VP Lào Cai, ngày 5 tháng 8 năm 2026", "2026-08-05"),
        ("Lào Cai, ngày … tháng … năm 2026", None),
        ("Lào Cai, ngày      tháng 8 năm 2026", None),
    ],
)
def test_the_day_of_the_letterhead(line: str, day: str | None) -> None:
    basis = "Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015;"
    text = f"UBND TỈNH LÀO CAI\nSố: 2/QĐ-VP\n{line}\nQUYẾT ĐỊNH\nVề việc A\n{basis}"
    assert read_document(text.encode(), "a.txt").published == day


def test_a_number_still_to_be_given_is_noted() -> None:
    (note,) = read_document(DRAFT.encode(), "a.txt").notes
    assert note == "Văn bản chưa ghi số (chỗ “Số: …/QĐ-VP” còn trống)."


def test_no_line_of_the_letterhead_is_lost() -> None:
    text = read_document(RULES.encode(), "a.txt").text
    assert all(line in text for line in ("ỦY BAN NHÂN DÂN", "Số: 45/QĐ-VPUBND", "Vàng A Sáng"))


def test_the_name_of_a_sheet_is_no_title() -> None:
    data = workbook({"Danh bạ": [["Phòng", "Số máy"], ["Tổng hợp", "101"]]})
    assert read_document(data, "a.xlsx").title is None


def test_long_lines_cost_nothing() -> None:
    for line in ("Số:" + " …" * 50_000, "KT. " + "CHỦ TỊCH " * 20_000, "A" + "a'" * 50_000):
        read_document(f"QUYẾT ĐỊNH\n{line}\n{PARAGRAPH}".encode(), "a.txt")
