from collections.abc import Callable

import pytest
from matplotlib.patches import FancyBboxPatch

from knowledge.articles.article import Heading, Note, Paragraph, Table
from knowledge.articles.reading import Reading
from knowledge.documents.fenced_reading import read_fenced
from knowledge.documents.pdf.page_lines import joined_lines
from knowledge.documents.pdf.page_recognition import tesseract_ready
from knowledge.documents.pdf.readability import is_readable, is_well_recognised
from knowledge.documents.reader import read_document
from knowledge.errors import ArticleError
from tests.office_files import (
    PARAGRAPH,
    Pen,
    annotated,
    drawn_pdf,
    invisible,
    over,
    photograph_pdf,
    put_together,
    scan_of,
    scanned_pdf,
    text_pdf,
    turned_scan,
)

WITH_OCR = pytest.mark.skipif(
    not tesseract_ready(), reason="Tesseract with Vietnamese (tesseract-ocr-vie) is not installed"
)
SCANNED = [
    "Văn phòng tỉnh làm việc theo chế độ thủ trưởng.",
    "Giờ làm việc bắt đầu từ 7 giờ 30.",
    "Người trực ghi đầy đủ diễn biến vào sổ trực.",
    "Khách đến liên hệ công tác gửi xe ở sân sau.",
]


def read(data: bytes) -> Reading:
    return read_document(data, "a.pdf")


def lines(data: bytes) -> list[str]:
    return read(data).text.split("\n")


def page(draw: Callable[[Pen], object]) -> bytes:
    pen = Pen()
    draw(pen)
    return drawn_pdf(pen)


# --- paragraphs, and what repeats ---


def test_lines_become_paragraphs_without_headers_and_page_numbers() -> None:
    pages = [
        [
            "Quy chế làm việc của Văn phòng",
            f"Đoạn {number} nói rằng Văn phòng tỉnh làm việc theo chế độ thủ trưởng và các phòng",
            "phải phối hợp với nhau khi xử lý văn bản đến.",
            "Câu tiếp theo đứng riêng một đoạn ngắn.",
            f"Trang {number}/4",
        ]
        for number in range(1, 5)
    ]
    data = text_pdf(pages)
    found = lines(data)
    assert found[0] == (
        "Đoạn 1 nói rằng Văn phòng tỉnh làm việc theo chế độ thủ trưởng và các phòng phải phối hợp "
        "với nhau khi xử lý văn bản đến."
    )
    assert found[1] == "Câu tiếp theo đứng riêng một đoạn ngắn."
    assert len(found) == 8
    (left_out,) = read(data).left_out
    assert left_out.what == "dòng đầu trang, chân trang lặp lại"
    assert left_out.count == 8


def test_a_sentence_goes_on_over_the_page() -> None:
    first = "Văn phòng có nhiệm vụ tổng hợp, theo dõi, đôn đốc các sở thực hiện chương trình và"
    pages = [["Mở đầu của bài.", first], ["kế hoạch công tác của tỉnh."]]
    assert lines(text_pdf(pages))[-1] == f"{first} kế hoạch công tác của tỉnh."


@pytest.mark.parametrize(
    ("parts", "joined"),
    [
        (["a program of docu-", "ments"], "a program of documents"),
        (["a program of docu\u00ad", "ments"], "a program of documents"),
        (["chất liệu xanh-", "pết"], "chất liệu xanh-pết"),
        (["cân nặng mười ki-", "lo gạo"], "cân nặng mười ki-lo gạo"),
        (["giai đoạn 2020-", "2025"], "giai đoạn 2020-2025"),
        (["giai đoạn 2020–", "2025"], "giai đoạn 2020–2025"),
        (["Quyết định số 15/QĐ-", "UBND"], "Quyết định số 15/QĐ-UBND"),
        (["kinh tế -", "xã hội"], "kinh tế - xã hội"),
    ],
)
def test_hyphens_at_line_ends(parts: list[str], joined: str) -> None:
    assert joined_lines(parts) == joined


def test_a_paragraph_goes_on_behind_a_dash_at_the_line_end() -> None:
    first = "Xe đưa đón cán bộ đi kiểm tra các xã vùng cao chạy theo tuyến Sa Pa -"
    assert lines(text_pdf([["Thông báo.", first, "Bắc Hà vào thứ hai."]])) == [
        "Thông báo.",
        f"{first} Bắc Hà vào thứ hai.",
    ]


def test_a_mark_drawn_over_its_letter_parts_no_word() -> None:
    pen = Pen()
    end = pen.write(70, 100, "Tổ trực gồm HO", size=20)
    pen.write(end - 12, 100, "A", size=20)
    assert lines(drawn_pdf(pen)) == ["Tổ trực gồm HOA"]


@pytest.mark.parametrize("line", ["Phụ lục {}", "Mẫu số {:02}", "Bảng chấm công tháng {}"])
def test_the_first_line_of_a_page_is_no_running_head(line: str) -> None:
    pages = [[line.format(number), *[PARAGRAPH[:80]] * 12] for number in range(1, 6)]
    found = read(text_pdf(pages)).text
    assert [line.format(number) in found for number in range(1, 6)] == [True] * 5


def test_a_line_in_the_middle_of_pages_is_no_header() -> None:
    pages = [["1", "a.", "b.", "c.", "Lặp lại.", "d.", "e.", "f."] for _ in range(5)]
    assert read(text_pdf(pages)).text.count("Lặp lại.") == 5


def test_lines_that_begin_with_a_number_only_by_the_line_break() -> None:
    found = lines(
        text_pdf(
            [
                [
                    "Hồ sơ được giải quyết trong thời hạn không quá",
                    "15 ngày làm việc đối với hồ sơ của khoản",
                    "9. Riêng hồ sơ nộp qua mạng được giải quyết trong",
                    "5 ngày làm việc.",
                ]
            ]
        )
    )
    assert len(found) == 1
    assert "không quá 15 ngày làm việc đối với hồ sơ của khoản 9. Riêng hồ sơ" in found[0]


def test_figures_that_a_web_page_would_count_its_visits_by_stay() -> None:
    texts = ["Tổng số: 87", "Trong tháng: 1.250", "Số lượt truy cập: 15.300", "Bằng nhau."]
    assert [line for line in lines(text_pdf([texts])) if ":" in line] == texts[:3]


def test_outline_numbers_and_capitals_are_headings() -> None:
    reading = read(
        text_pdf([["QUY ĐỊNH CHUNG", "Văn phòng làm việc từ thứ hai đến thứ sáu.", "a) Ý một"]])
    )
    assert [block.kind for block in reading.blocks] == ["heading", "paragraph", "list_item"]


def test_larger_letters_and_bold_lines_are_headings() -> None:
    def draw(pen: Pen) -> None:
        pen.write(70, 60, "Kỷ yếu của cơ quan", 18)
        pen.write(70, 100, "Buổi đầu", 11, weight="bold")
        pen.lines(70, 120, PARAGRAPH[:70], PARAGRAPH[70:140])
        pen.write(70, 180, "Ngày nay", 11, weight="bold")
        pen.lines(70, 200, PARAGRAPH[:70], PARAGRAPH[70:140])

    headings = [b for b in read(page(draw)).blocks if isinstance(b, Heading)]
    assert [(heading.text, heading.level) for heading in headings] == [
        ("Kỷ yếu của cơ quan", 1),
        ("Buổi đầu", 3),
        ("Ngày nay", 3),
    ]


# --- marks and notes ---


def marked(pen: Pen) -> None:
    for y, text, mark, more in (
        (100, "Phụ cấp có hệ số 0,2", "1", "so với lương cơ sở."),
        (120, "Hồ sơ nộp trước 15", "2", "ngày kể từ ngày họp."),
        (140, "Phòng họp rộng 40 m", "2", "ở tầng ba của trụ sở."),
    ):
        end = pen.write(70, y, text, 11)
        pen.write(end + 1, y - 4, mark, 7)
        pen.write(end + 9, y, more, 11)
    pen.rule(70, 700, 200, 700)
    for y, mark, text in ((715, "1", "Theo thông tư hiện hành."), (730, "2", "Trừ ngày nghỉ.")):
        pen.write(70, y - 3, mark, 6)
        pen.write(75, y, text, 8)


def test_raised_marks_are_never_part_of_a_number_and_notes_stand_behind_their_block() -> None:
    blocks = read(page(marked)).blocks
    assert [(type(b), b.text) for b in blocks if not isinstance(b, Table)] == [
        (Paragraph, "Phụ cấp có hệ số 0,2 so với lương cơ sở."),
        (Note, "Theo thông tư hiện hành."),
        (Paragraph, "Hồ sơ nộp trước 15 ngày kể từ ngày họp."),
        (Note, "Trừ ngày nghỉ."),
        (Paragraph, "Phòng họp rộng 40 m² ở tầng ba của trụ sở."),
    ]


def test_a_mark_without_its_note_is_told() -> None:
    def draw(pen: Pen) -> None:
        pen.write(70, 100, "Thời hạn là 15³ ngày, trên 20 m² đất.", 11)

    reading = read(page(draw))
    assert reading.text == "Thời hạn là 15 ngày, trên 20 m² đất."
    assert "chú thích 3" in reading.notes[0]


# --- tables ---

STAFF = [
    ("STT", "Họ và tên", "Việc"),
    ("1", "Lò Văn Sơn", "Tiếp nhận\nđơn thư"),
    ("2", "Hà", "Lái"),
]


def test_a_ruled_table_goes_on_over_the_page_with_its_head_again() -> None:
    first, second = Pen(), Pen()
    first.write(70, 60, "Các việc được giao như sau.")
    first.table(70, 700, (40, 150, 150), STAFF[:2])
    second.table(70, 60, (40, 150, 150), [STAFF[0], STAFF[2]])
    second.write(70, 200, "Bảng này thay bảng cũ.")
    assert lines(drawn_pdf(first, second)) == [
        "Các việc được giao như sau.",
        "Họ và tên: Lò Văn Sơn; Việc: Tiếp nhận đơn thư",
        "Họ và tên: Hà; Việc: Lái",
        "Bảng này thay bảng cũ.",
    ]


def test_a_row_cut_by_the_page_is_one_row() -> None:
    first, second = Pen(), Pen()
    first.table(70, 700, (40, 150, 150), STAFF[:2])
    second.table(70, 60, (40, 150, 150), [("", "", "của công dân"), STAFF[2]])
    assert lines(drawn_pdf(first, second)) == [
        "Họ và tên: Lò Văn Sơn; Việc: Tiếp nhận đơn thư của công dân",
        "Họ và tên: Hà; Việc: Lái",
    ]


def test_a_merged_cell_reaches_over_the_page() -> None:
    first, second = Pen(), Pen()
    y = first.table(140, 700, (40, 150), [("STT", "Việc"), ("1", "Trực đêm"), ("2", "Trực ngày")])
    first.write(74, 714, "Đội", 10)
    first.write(74, 736, "Bảo vệ", 10)
    for x0, y0, x1, y1 in ((70, 700, 140, 700), (70, 722, 140, 722), (70, y, 140, y)):
        first.rule(x0, y0, x1, y1)
    first.rule(70, 700, 70, y)
    second.table(140, 60, (40, 150), [("3", "Lái xe"), ("4", "Giữ cổng")])
    assert lines(drawn_pdf(first, second)) == [
        f"Đội: Bảo vệ; Việc: {name}" for name in ("Trực đêm", "Trực ngày", "Lái xe", "Giữ cổng")
    ]


def test_an_upright_head_of_a_column() -> None:
    def draw(pen: Pen) -> None:
        y = pen.table(70, 100, (150, 80), [("Họ và tên", "\n\n\n"), ("Hà Nga", "x"), ("Sơn", "x")])
        pen.write(260, 158, "Có mặt", 10, rotation=90)
        pen.write(70, y + 60, "Danh sách có hai người.")

    assert lines(page(draw))[0] == "Họ và tên: Hà Nga; Có mặt: x"


def test_a_table_of_contents_is_left_out() -> None:
    contents = [f"Chương {n}. Quy định chung{'.' * 60}{n}" for n in range(1, 4)]
    reading = read(text_pdf([["MỤC LỤC", *contents], [PARAGRAPH[:90]]]))
    assert "Chương" not in reading.text
    assert reading.left_out[0].what == "dòng mục lục"


BARE = [
    ("Danh hiệu", "Số tiền"),
    ("Bằng khen", "2.500.000"),
    ("Giấy khen", "1.200.000"),
    ("Tổng cộng", "3.700.000"),
]
PAIRS = [("Họ và tên:", "Hà Thị Nga"), ("Chức vụ:", "Văn thư"), ("Số máy:", "0214.385")]


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        (BARE, [f"Danh hiệu: {name}; Số tiền: {money}" for name, money in BARE[1:]]),
        (PAIRS, [f"{name} {value}" for name, value in PAIRS]),
    ],
)
def test_aligned_columns_are_a_table_only_when_sure(
    rows: list[tuple[str, str]], found: list[str]
) -> None:
    def draw(pen: Pen) -> None:
        for number, (left, right) in enumerate(rows):
            weight = "bold" if rows is BARE and number == 0 else "normal"
            pen.write(70, 100 + 18 * number, left, 11, weight=weight)
            pen.write(150, 100 + 18 * number, right, 11, weight=weight)

    assert lines(page(draw)) == found


def test_letterhead_and_signature_are_read_column_by_column() -> None:
    def draw(pen: Pen) -> None:
        pen.lines(70, 60, "VĂN PHÒNG TỈNH", "PHÒNG TỔNG HỢP", "Số: 12/TB-VP")
        pen.lines(270, 61, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")
        pen.write(70, 150, "Văn phòng thông báo lịch nghỉ Tết của toàn cơ quan như sau.")

    found = lines(page(draw))
    assert found[:3] == ["VĂN PHÒNG TỈNH", "PHÒNG TỔNG HỢP", "Số: 12/TB-VP"]
    assert found[3].startswith("CỘNG HÒA XÃ HỘI")


def test_two_columns_are_read_one_after_the_other() -> None:
    left = ["Thư viện của cơ quan mở", "cửa cả ngày thứ sáu cho", "cán bộ mượn sách đọc."]
    right = ["Mỗi người được mượn ba", "cuốn trong hai tuần, quá", "hạn thì phải trả phí."]

    def draw(pen: Pen) -> None:
        for number, (one, other) in enumerate(zip(left, right, strict=True)):
            pen.write(70, 100 + 15 * number, one)
            pen.write(300, 103 + 15 * number, other)

    assert lines(page(draw)) == [" ".join(left), " ".join(right)]


def test_a_page_that_lies_on_its_side_is_read_upright() -> None:
    def draw(pen: Pen) -> None:
        for number, text in enumerate(("Lịch trực Tết của cơ quan.", "Ca đêm do đội xe trực.")):
            pen.write(100 + 30 * number, 700, text, rotation=90)

    assert lines(page(draw)) == ["Lịch trực Tết của cơ quan.", "Ca đêm do đội xe trực."]


# --- what cannot be seen ---


def test_slanting_and_white_and_invisible_text_is_left_out_and_told() -> None:
    def draw(pen: Pen) -> None:
        pen.write(100, 500, "DỰ THẢO", 60, rotation=45, color="lightgrey")
        pen.write(70, 100, "Tiền ăn giữa ca là 30.000 đồng.")
        pen.write(70, 200, "Thực chi 95.000 đồng.", color="white")

    reading = read(page(draw))
    assert reading.text == "Tiền ăn giữa ca là 30.000 đồng."
    assert {left_out.what for left_out in reading.left_out} == {"đoạn chữ ẩn", "chữ chìm"}
    with pytest.raises(ArticleError, match="không có chữ nào"):
        read(invisible(text_pdf([["Thực chi 95.000 đồng một ca."]])))


def test_comments_are_left_out_and_fields_are_read() -> None:
    reading = read(annotated(text_pdf([["Họ và tên người đề nghị:"]]), "Xem lại.", "Hà Thị Nga"))
    assert reading.text == "Họ và tên người đề nghị:\nHà Thị Nga"
    assert [str(left_out) for left_out in reading.left_out] == ["1 bình luận (“Xem lại.”)"]


def test_white_text_on_a_coloured_ground_is_read() -> None:
    def draw(pen: Pen) -> None:
        ground = FancyBboxPatch((0.1, 0.86), 0.5, 0.03, boxstyle="round", color="navy")
        pen.figure.add_artist(ground)
        pen.write(80, 105, "Lịch tiếp công dân", color="white")
        pen.write(70, 200, "Sáng thứ tư hằng tuần.")

    assert lines(page(draw)) == ["Lịch tiếp công dân", "Sáng thứ tư hằng tuần."]


# --- what is no text ---


@pytest.mark.parametrize(
    ("text", "readable"),
    [
        (PARAGRAPH, True),
        (
            "Cài Windows Server 2022, Exchange, SQL và Kaspersky Endpoint Security cho máy chủ.",
            True,
        ),
        ("Nguyen Van An, Tran Thi Binh, chuyen vien phong hanh chinh quan tri van phong.", True),
        ("The quick brown fox jumps over the lazy dog near the river bank at noon.", True),
        ("V.$X'R^S_RJ1e.Re!(R;5oXR;SR^'_Rl\\qX'R(tsQR^57XRSf 45oXR;\\%eRe!(R(]Ro#R", False),
        ("aaa aaaa aa aaaaa aaa aaaa aaa aaaaa aaaa aaa", False),
        ("Xwq rtk bkcfd gzzk hpqr wrtz kxlm bvcz qwrt plkj zxcv mnbv", False),
        ("", True),
    ],
)
def test_readability(text: str, *, readable: bool) -> None:
    assert is_readable(text) is readable


def test_the_text_that_english_recognition_makes_is_not_well_recognised() -> None:
    assert is_well_recognised(PARAGRAPH)
    assert not is_well_recognised(
        "Vé viéc sir dung phong hop tang ba: Phéng hop tang ba chi danh cho cuéc hop trén hai muoi"
    )


def test_text_that_is_none_is_not_kept() -> None:
    garbage = "V.$X'R^S_RJ1e.Re!(R;5oXR;SR^'_Rl%qX'R(tsQR^57XRSf"
    assert read(text_pdf([[PARAGRAPH[:90]], [garbage] * 5])).scanned_pages == (2,)


def test_a_blank_page_is_no_scan() -> None:
    assert read(text_pdf([[PARAGRAPH[:90]], []])).scanned_pages == ()


@WITH_OCR
@pytest.mark.parametrize(
    "data",
    [
        scanned_pdf([SCANNED]),
        turned_scan(SCANNED, 90),
        turned_scan(SCANNED, 180),
        turned_scan(SCANNED, 2),
        over(scanned_pdf([SCANNED]), text_pdf([["Van phéng tinh lam viéc theo ché dé thu"] * 3])),
    ],
    ids=["upright", "sideways", "upside down", "askew", "over a wrong text layer"],
)
def test_a_scan_is_recognised_and_says_so(data: bytes) -> None:
    reading = read_fenced(data, "bản chụp.pdf")
    assert "chế độ thủ trưởng" in reading.text
    assert "7 giờ 30" in reading.text
    assert "phéng" not in reading.text
    assert "OCR" in reading.notes[-1]


@WITH_OCR
def test_a_scanned_table_keeps_its_rows() -> None:
    rows = [("Họ và tên", "Nhiệm vụ"), ("Lò Văn Sơn", "Tiếp nhận\nđơn thư"), ("Hà Nga", "Lái xe")]
    scan = scan_of(page(lambda pen: pen.table(70, 100, (150, 150), rows)))
    assert read_fenced(scan, "a.pdf").text.split("\n") == [
        "Họ và tên: Lò Văn Sơn; Nhiệm vụ: Tiếp nhận đơn thư",
        "Họ và tên: Hà Nga; Nhiệm vụ: Lái xe",
    ]


@WITH_OCR
def test_a_picture_without_text_is_left_out_by_name() -> None:
    data = put_together(text_pdf([[PARAGRAPH[:90]]]), photograph_pdf())
    reading = read_fenced(data, "a.pdf")
    assert reading.text == PARAGRAPH[:90]
    assert "Trang 2: không nhận dạng được" in reading.notes[-1]


def test_a_scan_without_tesseract_says_what_to_install(
    tmp_path: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    tesseract_ready.cache_clear()
    try:
        with pytest.raises(Exception, match="chưa cài Tesseract") as caught:
            read_fenced(scanned_pdf([SCANNED]), "a.pdf")
        assert "1 trang ảnh chụp" in str(caught.value)
    finally:
        monkeypatch.undo()
        tesseract_ready.cache_clear()


# --- damaged files ---

SENTENCE = "Kho lưu trữ mở cửa từ 8 giờ các ngày thứ ba."
JUNK = b"\n<html>" + b"<p>x</p>" * 700 + b"</html>"


@pytest.mark.parametrize(
    "change",
    [
        lambda data: data + JUNK,
        lambda data: b"X-Scan: clean\r\n\r\n" + data,
        lambda data: data.replace(b"startxref\n", b"startxref\n9"),
    ],
    ids=["HTML behind the end", "a line before the head", "a wrong place of the table"],
)
def test_a_file_that_only_its_wrapping_damaged_is_read(change: Callable[[bytes], bytes]) -> None:
    assert lines(change(text_pdf([[SENTENCE]]))) == [SENTENCE]


@pytest.mark.parametrize("cut", [6, 2000])
def test_a_file_without_its_end_is_refused(cut: int) -> None:
    with pytest.raises(ArticleError, match="tải về chưa đủ"):
        read(text_pdf([[SENTENCE]])[:-cut])
