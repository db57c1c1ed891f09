import pytest

from knowledge.documents.fenced_reading import read_fenced
from knowledge.documents.page_recognition import tesseract_ready
from knowledge.documents.reader import read_document
from tests.office_files import scanned_pdf, text_pdf

WITH_OCR = pytest.mark.skipif(
    not tesseract_ready(), reason="Tesseract with Vietnamese (tesseract-ocr-vie) is not installed"
)
SCANNED = ["Văn phòng tỉnh làm việc theo chế độ thủ trưởng.", "Giờ làm việc bắt đầu từ 7 giờ 30."]


def texts(data: bytes) -> list[str]:
    return [block.text for block in read_document(data, "a.pdf").blocks]


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
    read = texts(text_pdf(pages))
    assert read[0] == (
        "Đoạn 1 nói rằng Văn phòng tỉnh làm việc theo chế độ thủ trưởng và các phòng phải phối hợp "
        "với nhau khi xử lý văn bản đến."
    )
    assert read[1] == "Câu tiếp theo đứng riêng một đoạn ngắn."
    assert len(read) == 8


def test_a_sentence_goes_on_over_the_page() -> None:
    first = "Văn phòng có nhiệm vụ tổng hợp, theo dõi, đôn đốc các sở thực hiện chương trình và"
    pages = [["Mở đầu của bài.", first], ["kế hoạch công tác của tỉnh."]]
    assert texts(text_pdf(pages))[-1] == f"{first} kế hoạch công tác của tỉnh."


@pytest.mark.parametrize(
    ("lines", "joined"),
    [
        (["a program of docu-", "ments"], "a program of documents"),
        (["a program of docu\u00ad", "ments"], "a program of documents"),
        (["chất liệu xanh-", "pết"], "chất liệu xanh-pết"),
        (["giai đoạn 2020-", "2025"], "giai đoạn 2020- 2025"),
    ],
)
def test_hyphens_at_line_ends(lines: list[str], joined: str) -> None:
    (block,) = paragraphs([lines])
    assert block.text == joined


def test_a_line_in_the_middle_of_pages_is_no_header() -> None:
    pages = [["1", "a", "b", "c", "lặp lại", "d", "e", "f"] for _ in range(5)]
    assert all("lặp lại" in page for page in without_repeats(pages))


def test_outline_numbers_and_capitals_are_headings() -> None:
    reading = read_document(
        text_pdf([["QUY ĐỊNH CHUNG", "Văn phòng làm việc từ thứ hai đến thứ sáu.", "a) Ý một"]]),
        "a.pdf",
    )
    assert [block.kind for block in reading.blocks] == ["heading", "paragraph", "list_item"]


@WITH_OCR
def test_a_scan_is_recognised_and_says_so() -> None:
    reading = read_fenced(scanned_pdf([SCANNED]), "bản chụp.pdf")
    text = " ".join(block.text for block in reading.blocks)
    assert "chế độ thủ trưởng" in text
    assert "7 giờ 30" in text
    assert "OCR" in reading.notes[-1]


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
