import socket

import docx
import pytest
from docx.enum.style import WD_STYLE_TYPE

from knowledge.articles.article import Block, Heading, Note, Paragraph, lines_of
from knowledge.documents.reader import read_document
from tests import office_files
from tests.knowledge.documents.word_files import font, lines, p, r, read, style, word_file
from tests.office_files import PARAGRAPH, saved, word


def kinds(data: bytes) -> list[tuple[str, int, str]]:
    """Kind, level and line of each block; a table's rows are a line each."""
    blocks = read_document(data, "a.docx").blocks
    return [(b.kind, getattr(b, "level", 0), line.text) for b in blocks for line in lines_of(b)]


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
        ("list_item", 0, "- Ý thứ nhất"),
        ("list_item", 0, "1. Ý thứ hai"),
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
        ("heading", 5, "Điều 5. Chế độ trực"),
        ("paragraph", 0, "Câu đậm có chấm cuối thì không phải đề mục."),
        ("paragraph", 0, "Một phần đậm"),
    ]


def test_a_clause_in_bold_type_stays_in_its_article() -> None:
    document = docx.Document()
    for text in ("1. Mục tiêu", "Điều 5. Chế độ trực", "1. Ca ngày", "2. Ca đêm"):
        document.add_paragraph().add_run(text).bold = True
    assert kinds(saved(document)) == [
        ("heading", 4, "1. Mục tiêu"),
        ("heading", 5, "Điều 5. Chế độ trực"),
        ("list_item", 0, "1. Ca ngày"),
        ("list_item", 0, "2. Ca đêm"),
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
        ("table", 0, "Họ tên: An; Điện thoại: 101"),
        ("table", 0, "Họ tên: Bình; Điện thoại: 101"),
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


def mark(number: int, kind: str = "footnote", more: str = "", own: str = "") -> str:
    return r(f'<w:{kind}Reference w:id="{number}"{more}/>{own}')


def note(number: int, inside: str, kind: str = "footnote", more: str = "") -> str:
    return f'<w:{kind} w:id="{number}"{more}>{inside}</w:{kind}>'


SIGN = '<w:sym w:font="Wingdings" w:char="F0AB"/>'
CUSTOM = ' w:customMarkFollows="1"'


@pytest.mark.parametrize(
    ("body", "parts", "blocks"),
    [
        pytest.param(
            p("Phụ cấp 900", mark(7), ".000 đồng", mark(3), "."),
            {
                "footnotes": note(0, p("-"), more=' w:type="separator"')
                + note(3, p("Mỗi tháng."))
                + note(7, p(r("<w:footnoteRef/>"), " Trừ ", "xã biên giới.") + p("Hai đoạn."))
            },
            [
                Paragraph("Phụ cấp 900.000 đồng."),
                Note("Trừ xã biên giới. Hai đoạn.", "1"),
                Note("Mỗi tháng.", "2"),
            ],
            id="numbered by their order, not glued to a figure",
        ),
        pytest.param(
            p("Phụ cấp", mark(1), "."),
            {
                "footnotes": note(1, p("Mỗi tháng.")),
                "settings": '<w:footnotePr><w:numRestart w:val="eachPage"/></w:footnotePr>',
            },
            [Paragraph("Phụ cấp."), Note("Mỗi tháng.")],
            id="numbers that begin anew on each page are not known",
        ),
        pytest.param(
            p("Hồ sơ 4", mark(1, "endnote"), " bộ."),
            {"endnotes": note(1, p("Một bản chính."), "endnote")},
            [Paragraph("Hồ sơ 4 bộ."), Note("Một bản chính.", "i")],
            id="an endnote has a roman figure",
        ),
        pytest.param(
            p("Khách quốc tế", mark(1, more=CUSTOM, own="<w:t>*</w:t>"), " đến."),
            {"footnotes": note(1, p("* Cả phiên dịch."))},
            [Paragraph("Khách quốc tế đến."), Note("Cả phiên dịch.", "*")],
            id="a mark of its own",
        ),
        pytest.param(
            p("Có dấu", mark(1, more=CUSTOM, own=SIGN), " riêng."),
            {"footnotes": note(1, p(r(SIGN), " Ghi riêng."))},
            [Paragraph("Có dấu riêng."), Note("Ghi riêng.", "★")],
            id="a mark that is a sign",
        ),
        pytest.param(
            p("Một vòng", mark(1), "."),
            {"footnotes": note(1, p("Tự nhắc", mark(1), " mình.", mark(2))) + note(2, p("Xa."))},
            [Paragraph("Một vòng."), Note("Tự nhắc mình.", "1"), Note("Xa.", "2")],
            id="a note that bears its own mark and that of another",
        ),
        pytest.param(
            p("Gác", mark(1), " cổng", mark(4), "."),
            {
                "footnotes": note(1, p("Xem", mark(2, "endnote"), " sau."))
                + note(4, p("Cổng bắc.")),
                "endnotes": note(2, p("Như", mark(1), " trên", mark(3, "endnote"), "."), "endnote")
                + note(3, p("Hết", mark(2, "endnote"), "."), "endnote"),
            },
            [
                Paragraph("Gác cổng."),
                Note("Xem sau.", "1"),
                Note("Như trên.", "i"),
                Note("Hết.", "ii"),
                Note("Cổng bắc.", "2"),
            ],
            id="notes that refer to each other",
        ),
        pytest.param(
            p("Thiếu", mark(9), ".") + p("Còn", mark(1), "."),
            {"footnotes": note(1, p("Đây."))},
            [Paragraph("Thiếu."), Paragraph("Còn."), Note("Đây.", "1")],
            id="a mark without note",
        ),
        pytest.param(
            p("Bỏ", f"<w:del>{mark(1)}</w:del>", ".") + p("Còn", mark(2), "."),
            {"footnotes": note(1, p("Đã bỏ.")) + note(2, p("Đây."))},
            [Paragraph("Bỏ."), Paragraph("Còn."), Note("Đây.", "1")],
            id="a mark that is deleted counts for nothing",
        ),
    ],
)
def test_notes_follow_the_block_that_bears_their_mark(
    body: str, parts: dict[str, str], blocks: list[Block]
) -> None:
    assert list(read(p("Mở đầu.") + body, **parts).blocks[1:]) == blocks


def test_a_long_chain_of_notes_is_read_to_its_end() -> None:
    notes = "".join(note(n, p(f"Ý {n}", mark(n + 1), ".")) for n in range(1, 3001))
    assert lines(p("Đầu", mark(1), "."), footnotes=notes)[-1] == "Chú thích 3000: Ý 3000."


TCVN3 = "§ç xe: b·i sè hai."
OLD_STYLE = style("Cu", f"<w:rPr>{font('.VnTime')}</w:rPr>")
OLD_DEFAULTS = (
    f"<w:docDefaults><w:rPrDefault><w:rPr>{font('.VnTime')}</w:rPr></w:rPrDefault></w:docDefaults>"
)
THEME = (
    "<a:themeElements><a:fontScheme><a:minorFont><a:latin typeface='.VnTime'/></a:minorFont>"
    "</a:fontScheme></a:themeElements>"
)


@pytest.mark.parametrize(
    ("paragraph", "styles", "text"),
    [
        (p(r(TCVN3, font(".VnTime"))), "", "Đỗ xe: bãi số hai."),
        (p(TCVN3, style="Cu"), OLD_STYLE, "Đỗ xe: bãi số hai."),
        (p(TCVN3, style="Con"), OLD_STYLE + style("Con", based="Cu"), "Đỗ xe: bãi số hai."),
        (
            p(r(TCVN3, '<w:rStyle w:val="Chu"/>')),
            style("Chu", f"<w:rPr>{font('.VnTime')}</w:rPr>", kind="character"),
            "Đỗ xe: bãi số hai.",
        ),
        (
            p(TCVN3),
            OLD_DEFAULTS,
            "Đỗ xe: bãi số hai.",
        ),
        (
            p(r(TCVN3, '<w:rFonts w:ascii="Arial" w:asciiTheme="minorHAnsi"/>')),
            "",
            "Đỗ xe: bãi số hai.",
        ),
        (p(r("ñy ban nh©n d©n", font(".VnTimeH"))), "", "ỦY BAN NHÂN DÂN"),
        (
            p("Đỗ ", r("xe ë b·", font(".VnTime")), r("i ", font(".VnTime")), "Một"),
            "",
            "Đỗ xe ở bãi Một",
        ),
        (p(r("Chữ mới, 35°C.", font("Arial")), style="Cu"), OLD_STYLE, "Chữ mới, 35°C."),
        (p("Ông François Müller ở Besançon."), "", "Ông François Müller ở Besançon."),
    ],
)
def test_runs_are_decoded_by_their_font(paragraph: str, styles: str, text: str) -> None:
    assert lines(p(r("Mở đầu.", font("Arial"))) + paragraph, styles=styles, theme=THEME)[1] == text


def math(form: str, **parts: str) -> str:
    inner = "".join(f"<m:{n}><m:r><m:t>{text}</m:t></m:r></m:{n}>" for n, text in parts.items())
    return f"<m:oMath><m:{form}>{inner}</m:{form}></m:oMath>"


TWO_WAYS = (
    f"<mc:AlternateContent><mc:Choice>{r('một')}</mc:Choice><mc:Fallback>{r('hai')}</mc:Fallback>"
    "</mc:AlternateContent>"
)
RAISED = '<w:vertAlign w:val="superscript"/>'


@pytest.mark.parametrize(
    ("run", "text"),
    [
        (r("<w:t>Một.\nHai</w:t>"), "Một. Hai"),
        (r("<w:t>máy</w:t><w:softHyphen/><w:t>tính</w:t>"), "máytính"),
        (r("<w:t>77</w:t><w:noBreakHyphen/><w:t>CV</w:t><w:tab/><w:t>a</w:t>"), "77-CV a"),
        (r('<w:sym w:font="Wingdings" w:char="F0FE"/><w:t> Có</w:t>'), "☑ Có"),
        (r('<w:sym w:font="Symbol" w:char="F0B3"/><w:t> 5</w:t>'), "≥ 5"),
        (r("\uf0a3 5", font("Symbol")), "≤ 5"),
        (r("15") + r("3", RAISED), "15³"),
        (r("Nước H") + r("2", '<w:vertAlign w:val="subscript"/>') + r("O"), "Nước H2O"),
        (r("<w:t>Một.</w:t><w:br/><w:t>Hai</w:t><w:br/><w:t>ba.</w:t>"), "Một.\nHai ba."),
        (r("<w:t>- Sổ</w:t><w:br/><w:t>- Bút</w:t><w:br/><w:t>bi</w:t>"), "- Sổ\n- Bút bi"),
        (math("f", num="1", den="2"), "1/2"),
        (math("sSup", e="x", sup="10"), "x^(10)"),
        ("<w:sdt><w:sdtContent>" + r("trong ô") + "</w:sdtContent></w:sdt>", "trong ô"),
        (f"<w:smartTag>{r('nơi này')}</w:smartTag>", "nơi này"),
        (TWO_WAYS, "một"),
        (TWO_WAYS.replace("<mc:Choice>", '<mc:Choice Requires="w16se">'), "hai"),
    ],
)  # fmt: skip
def test_what_stands_in_a_paragraph(run: str, text: str) -> None:
    assert "\n".join(lines(p("Mở đầu.") + p(run))[1:]) == text


def test_text_boxes_and_diagrams_follow_their_paragraph() -> None:
    box = f"<w:drawing><w:txbxContent>{p('Trong khung.')}</w:txbxContent></w:drawing>"
    shapes = '<w:drawing><dgm:relIds r:dm="r_diagramData"/></w:drawing>'
    found = lines(
        p("Mở đầu.") + p("Sơ đồ", r(box), r(shapes)) + p("Hết."),
        diagramData="<a:p><a:r><a:t>Chánh </a:t></a:r><a:r><a:t>Văn phòng</a:t></a:r></a:p>",
    )
    assert found == ["Mở đầu.", "Sơ đồ", "Chánh Văn phòng", "Trong khung.", "Hết."]


def test_a_web_page_within_is_read_and_other_files_are_named() -> None:
    chunk = '<w:altChunk r:id="r_{}"/>'
    page = "<html><body><p>Đóng cửa từ 28 tháng Chạp.</p></body></html>".encode()
    reading = read(
        p("Mở đầu.") + chunk.format("aFChunk_1") + p("Hết.") + chunk.format("khac"), aFChunk_1=page
    )
    assert reading.text.split("\n") == ["Mở đầu.", "Đóng cửa từ 28 tháng Chạp.", "Hết."]
    assert any("altChunk" in said for said in reading.notes)


def test_a_heading_of_a_style_that_is_a_sentence_is_read_as_one() -> None:
    styles = style("De", '<w:pPr><w:outlineLvl w:val="1"/></w:pPr>')
    body = p("Điều 1. Ban hành kèm theo đây Quy chế.", style="De") + p("Phạm vi", style="De")
    assert read(p("Mở đầu.") + body + p("Hết."), styles=styles).blocks[1:] == (
        Heading("Điều 1", 5, "Điều 1"),
        Paragraph("Điều 1. Ban hành kèm theo đây Quy chế."),
        Heading("Phạm vi", 2),
        Paragraph("Hết."),
    )


def test_a_large_first_letter_belongs_to_its_word() -> None:
    letter = p("V", props='<w:framePr w:dropCap="drop"/>')
    assert lines(p("Mở đầu.") + letter + p("ăn phòng làm việc."))[1] == "Văn phòng làm việc."


def test_pictures_are_named() -> None:
    picture = r('<w:drawing><a:blip r:embed="r9"/></w:drawing>')
    assert read(p("Thân bài.", picture)).notes == (
        "Có 1 ảnh; chữ trong ảnh (nếu có) tôi không đọc.",
    )


def test_a_part_that_is_missing_does_not_matter() -> None:
    relation = '<Relationship Id="rN" Type="x/image" Target="NULL"/></Relationships>'
    data = word_file(p("Mở đầu.") + p("Thân bài."))
    name = "word/_rels/document.xml.rels"
    changed = office_files.part(data, name).replace(b"</Relationships>", relation.encode())
    reading = read_document(office_files.repacked(data, {name: changed}), "a.docx")
    assert reading.text == "Mở đầu.\nThân bài."
