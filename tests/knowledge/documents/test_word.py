import socket

import docx
import pytest
from docx.enum.style import WD_STYLE_TYPE

from knowledge.articles.article import Paragraph
from knowledge.documents.reader import read_document
from tests import office_files
from tests.office_files import PARAGRAPH, saved, word


def kinds(data: bytes) -> list[tuple[str, int, str]]:
    return [(b.kind, getattr(b, "level", 0), b.text) for b in read_document(data, "a.docx").blocks]


def test_headings_lists_and_paragraphs() -> None:
    data = word(
        [
            ("Title", "Quy chế làm việc"),
            ("Heading 1", "Chương I"),
            ("Heading 2", "Điều 1"),
            ("", PARAGRAPH),
            ("List Bullet", "Ý thứ nhất"),
            ("List Number", "Ý thứ hai"),
            ("", "   "),
        ]
    )
    assert read_document(data, "a.docx").title == "Quy chế làm việc"
    assert kinds(data) == [
        ("heading", 1, "Chương I"),
        ("heading", 2, "Điều 1"),
        ("paragraph", 0, PARAGRAPH),
        ("list_item", 0, "Ý thứ nhất"),
        ("list_item", 0, "Ý thứ hai"),
    ]


def test_a_style_based_on_a_heading_and_a_bold_line_are_headings() -> None:
    document = docx.Document()
    own = document.styles.add_style("Mục riêng", WD_STYLE_TYPE.PARAGRAPH)
    own.base_style = document.styles["Heading 3"]
    document.add_paragraph("Theo kiểu", "Mục riêng")
    document.add_paragraph().add_run("Điều 5. Chế độ trực").bold = True
    document.add_paragraph().add_run("Câu đậm có chấm cuối thì không phải đề mục.").bold = True
    mixed = document.add_paragraph()
    mixed.add_run("Một phần").bold = True
    mixed.add_run(" đậm")
    assert kinds(saved(document)) == [
        ("heading", 3, "Theo kiểu"),
        ("heading", 4, "Điều 5. Chế độ trực"),
        ("paragraph", 0, "Câu đậm có chấm cuối thì không phải đề mục."),
        ("paragraph", 0, "Một phần đậm"),
    ]


def test_headers_footers_and_contents_stay_out() -> None:
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "ĐẦU TRANG"
    document.sections[0].footer.paragraphs[0].text = "Trang 1"
    contents = document.styles.add_style("toc 1", WD_STYLE_TYPE.PARAGRAPH)
    document.add_paragraph("Chương I ..... 1", contents)
    document.add_paragraph(PARAGRAPH)
    assert kinds(saved(document)) == [("paragraph", 0, PARAGRAPH)]


def table_document(rows: list[list[str]]) -> docx.document.Document:
    document = docx.Document()
    table = document.add_table(len(rows), len(rows[0]))
    for number, row in enumerate(rows):
        for column, text in enumerate(row):
            table.cell(number, column).text = text
    return document


def test_a_table_becomes_a_line_a_row_with_the_names_of_its_columns() -> None:
    document = table_document(
        [["STT", "Họ tên", "Điện thoại"], ["1", "An", "101"], ["2", "Bình", "102"]]
    )
    document.tables[0].cell(1, 2).merge(document.tables[0].cell(2, 2)).text = "101"
    assert kinds(saved(document)) == [
        ("list_item", 0, "Họ tên: An; Điện thoại: 101"),
        ("list_item", 0, "Họ tên: Bình; Điện thoại: 101"),
    ]


def test_the_letterhead_states_number_date_and_title() -> None:
    document = table_document(
        [
            ["UBND TỈNH LÀO CAI", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"],
            ["Số: 828/QĐ-UBND", "Lào Cai, ngày 05 tháng 8 năm 2024"],
        ]
    )
    document.add_paragraph("QUYẾT ĐỊNH")
    document.add_paragraph("Về việc ban hành Quy chế làm việc")
    document.add_paragraph(PARAGRAPH)
    reading = read_document(saved(document), "a.docx")
    assert reading.title == "Quyết định về việc ban hành Quy chế làm việc"
    assert reading.source == "Quyết định số 828/QĐ-UBND"
    assert reading.published == "2024-08-05"


def test_tracked_changes_are_read_as_accepted() -> None:
    data = word([("", "CHỖ NÀY")])
    namespace = b'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    changed = office_files.part(data, "word/document.xml").replace(
        b"<w:r><w:t>CH\xe1\xbb\x96 N\xc3\x80Y</w:t></w:r>",
        b"<w:ins "
        + namespace
        + "><w:r><w:t>Văn phòng mới</w:t></w:r></w:ins>".encode()
        + b"<w:del><w:r><w:delText>cu</w:delText></w:r></w:del>",
    )
    assert kinds(office_files.repacked(data, {"word/document.xml": changed})) == [
        ("paragraph", 0, "Văn phòng mới")
    ]


def test_a_document_of_the_tcvn3_days_is_decoded() -> None:
    typed = "C¸c v¨n phßng cña tØnh vµ c¸c c¬ quan nhµ n­íc ®­îc thµnh lËp trong nh÷ng n¨m ®Çu."
    (block,) = read_document(word([("", typed)]), "cũ.docx").blocks
    assert block == Paragraph(
        "Các văn phòng của tỉnh và các cơ quan nhà nước được thành lập trong những năm đầu.",
    )


def test_a_remote_template_is_named_and_never_fetched() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0)
        address = f"http://127.0.0.1:{listener.getsockname()[1]}/evil.dotm"
        reading = read_document(office_files.remote_template_document(address), "a.docx")
        with pytest.raises(BlockingIOError):
            listener.accept()
    assert any("tệp mẫu ở nơi khác" in note for note in reading.notes)
    assert reading.blocks[0].text == PARAGRAPH


@pytest.mark.parametrize("name", ["a.docx", "A.DOCX", "không đuôi", "a.pdf", "a.txt"])
def test_content_beats_the_name(name: str) -> None:
    reading = read_document(word(), name)
    assert reading.format == ".docx"
    assert bool(reading.notes) == (not name.lower().endswith(".docx"))
