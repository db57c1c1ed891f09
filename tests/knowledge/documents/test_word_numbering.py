"""Labels that Word counts: what a reader sees before a paragraph is read with it."""

import pytest

from knowledge.articles.article import Block, Heading, ListItem, Paragraph, Table
from tests.knowledge.documents.word_files import level, lines, numbering, p, read, style, table

OUTLINE = (
    level(0, "Chương %1.", "upperRoman")
    + level(1, "Điều %2.", more='<w:lvlRestart w:val="0"/>')
    + level(2, "%3.")
    + level(3, "%4)", "lowerLetter")
)


def numbered(*items: tuple[int, str], levels: str = OUTLINE) -> tuple[Block, ...]:
    body = "".join(p(text, num=(1, depth)) for depth, text in items)
    return read(p("Quy chế.") + body, numbering=numbering({0: levels}, {1: (0, "")})).blocks[1:]


def test_numbers_that_name_parts_make_headings_and_others_items() -> None:
    assert numbered(
        (0, "Quy định chung"),
        (1, "Phạm vi"),
        (2, "Một là đây."),
        (3, "Ý thứ nhất;"),
        (3, "Ý thứ hai."),
        (2, "Hai là đây."),
        (0, "Tổ chức thực hiện"),
        (1, "Hiệu lực"),
        (2, "Từ ngày ký."),
    ) == (
        Heading("Chương I. Quy định chung", 2, "Chương I"),
        Heading("Điều 1. Phạm vi", 5, "Điều 1"),
        ListItem("Một là đây.", "1.", 0),
        ListItem("Ý thứ nhất;", "a)", 1),
        ListItem("Ý thứ hai.", "b)", 1),
        ListItem("Hai là đây.", "2.", 0),
        Heading("Chương II. Tổ chức thực hiện", 2, "Chương II"),
        Heading("Điều 2. Hiệu lực", 5, "Điều 2"),
        ListItem("Từ ngày ký.", "1.", 0),
    )


def test_an_article_that_is_one_sentence_keeps_its_number() -> None:
    assert numbered((1, "Ban hành kèm theo Quyết định này Quy chế mượn sách.")) == (
        Heading("Điều 1", 5, "Điều 1"),
        Paragraph("Điều 1. Ban hành kèm theo Quyết định này Quy chế mượn sách."),
    )


@pytest.mark.parametrize(
    ("form", "text", "start", "labels"),
    [
        ("decimal", "%1.", 1, ["1.", "2."]),
        ("decimal", "(%1)", 9, ["(9)", "(10)"]),
        ("decimalZero", "Mã %1:", 8, ["Mã 08:", "Mã 09:"]),
        ("lowerRoman", "%1)", 3, ["iii)", "iv)"]),
        ("upperRoman", "%1/", 48, ["XLVIII/", "XLIX/"]),
        ("lowerLetter", "%1)", 4, ["d)", "e)"]),
        ("lowerLetter", "%1)", 26, ["z)", "aa)"]),
        ("upperLetter", "%1/", 1, ["A/", "B/"]),
        ("chicago", "%1", 1, ["*", "†"]),
        ("none", "Ghi chú:", 1, ["Ghi chú:", "Ghi chú:"]),
        ("ideographDigital", "%1.", 1, ["1.", "2."]),
        ('custom" w:format="001, 002, 003, ...', "%1/", 9, ["009/", "010/"]),
        ("vietnameseCounting", "Bước %1:", 14, ["Bước mười bốn:", "Bước mười lăm:"]),
        ("vietnameseCounting", "Bước %1:", 20, ["Bước hai mươi:", "Bước hai mươi mốt:"]),
        ("bullet", "\uf0b7", 1, ["-", "-"]),
        ("bullet", "", 1, ["", ""]),
        ("none", "", 1, ["", ""]),
    ],
)
def test_formats(form: str, text: str, start: int, labels: list[str]) -> None:
    found = lines(
        p("Mở đầu.") + p("một điều;", num=(1, 0)) + p("hai điều.", num=(1, 0)),
        numbering=numbering({0: level(0, text, form, start=start)}, {1: (0, "")}),
    )
    assert found[1:] == [f"{labels[0]} một điều;".strip(), f"{labels[1]} hai điều.".strip()]


@pytest.mark.parametrize(
    ("levels", "depths", "labels"),
    [
        pytest.param(
            level(0, "%1.") + level(1, "%1.%2."),
            [0, 1, 1, 0, 1],
            ["1.", "1.1.", "1.2.", "2.", "2.1."],
            id="a level says those above it",
        ),
        pytest.param(
            level(0, "%1.", "upperRoman") + level(1, "%1.%2.", more="<w:isLgl/>"),
            [0, 0, 1],
            ["I.", "II.", "2.1."],
            id="legal figures",
        ),
        pytest.param(
            level(0, "%1.") + level(1, "%2)") + level(2, "(%3)", more='<w:lvlRestart w:val="1"/>'),
            [0, 1, 2, 1, 2, 0, 2],
            ["1.", "1)", "(1)", "2)", "(2)", "2.", "(1)"],
            id="restarts behind the first level alone",
        ),
        pytest.param(
            level(0, "%1.") + level(1, "%1.%2."), [1, 0], ["1.1.", "2."], id="no 1. above"
        ),
    ],
)
def test_levels(levels: str, depths: list[int], labels: list[str]) -> None:
    found = read(
        p("Mở đầu.") + "".join(p("một việc;", num=(1, depth)) for depth in depths),
        numbering=numbering({0: levels}, {1: (0, "")}),
    )
    assert [line.removesuffix(" một việc;") for line in found.text.split("\n")[1:]] == labels


def test_instances_share_a_count_unless_they_begin_anew() -> None:
    start = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="{}"/></w:lvlOverride>'
    own = f'<w:lvlOverride w:ilvl="0">{level(0, "Bước %1:", start=1)}</w:lvlOverride>'
    instances = {
        1: (0, ""),
        2: (0, ""),
        3: (0, start.format(1)),
        4: (0, start.format(7)),
        5: (1, own),
    }
    found = lines(
        p("Mở đầu.") + "".join(p("việc;", num=(n, 0)) for n in (1, 1, 2, 3, 3, 4, 5, 5, 4)),
        numbering=numbering({0: level(0, "%1."), 1: level(0, "%1)")}, instances),
    )
    labels = ["1.", "2.", "3.", "1.", "2.", "7.", "Bước 1:", "Bước 2:", "8."]
    assert found[1:] == [f"{label} việc;" for label in labels]


NUM = '<w:pPr><w:numPr><w:ilvl w:val="{}"/><w:numId w:val="{}"/></w:numPr></w:pPr>'


def test_numbers_come_through_styles() -> None:
    styles = (
        style("Mot", NUM.format(0, 1))
        + style("Hai", based="Mot")  # the level names it as its own
        + style("Khong", NUM.format(0, 0), based="Mot")
        + style("TenDieu", '<w:pPr><w:outlineLvl w:val="1"/></w:pPr>')
    )
    levels = level(0, "%1.") + level(1, "%2)", "lowerLetter", more='<w:pStyle w:val="Hai"/>')
    articles = level(0, "Điều %1.", more='<w:pStyle w:val="TenDieu"/><w:suff w:val="space"/>')
    off = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="0"/></w:numPr>'
    found = lines(
        p("Mở đầu.")
        + p("Nơi nộp", style="TenDieu")
        + p("một;", style="Mot")
        + p("dưới một;", style="Hai")
        + p("không số;", style="Khong")
        + p("bỏ số;", style="Mot", props=off)
        + p("hai.", style="Mot"),
        styles=styles,
        numbering=numbering({0: levels, 1: articles}, {1: (0, ""), 2: (1, "")}),
    )
    assert found[1:] == [
        "Điều 1. Nơi nộp",
        "1. một;",
        "a) dưới một;",
        "không số;",
        "bỏ số;",
        "2. hai.",
    ]


def test_a_list_that_a_style_defines() -> None:
    link = '<w:numStyleLink w:val="DanhSach"/>'
    found = lines(
        p("Mở đầu.") + p("một;", num=(2, 0)) + p("hai.", num=(2, 0)),
        styles=style("DanhSach", NUM.format(0, 1), kind="numbering"),
        numbering=numbering({0: level(0, "%1/"), 1: link}, {1: (0, ""), 2: (1, "")}),
    )
    assert found[1:] == ["1/ một;", "2/ hai."]


OLD = '<w:rPr><w:rFonts w:ascii=".VnTime" w:hAnsi=".VnTime"/></w:rPr>'


@pytest.mark.parametrize(("of_level", "of_mark"), [(OLD, ""), ("", OLD)])
def test_a_label_in_an_old_font_is_decoded(of_level: str, of_mark: str) -> None:
    levels = level(0, "§iÒu %1.").replace("</w:lvl>", f"{of_level}</w:lvl>")
    reading = read(
        p("Mở đầu.") + p("Nơi nhận", num=(1, 0), props=of_mark),
        numbering=numbering({0: levels}, {1: (0, "")}),
    )
    assert reading.blocks[1] == Heading("Điều 1. Nơi nhận", 5, "Điều 1")


def test_lists_stand_in_others_by_their_indent_or_what_leads_them_in() -> None:
    near, far = (f'<w:pPr><w:ind w:left="{n}"/></w:pPr>' for n in (360, 720))
    lists = {
        0: level(0, "%1.", more=near) + level(1, "%2)", "lowerLetter", more=far),
        1: level(0, "•", "bullet", more=far),
        2: level(0, "•", "bullet", more=near),
    }
    items = [(1, 0), (2, 0), (1, 0), (3, 0), (1, 0), (1, 1), (2, 0), (2, 0), (1, 1), (3, 0)]
    texts = ["một", "sâu", "hai", "ngang", "ba:", "trong ba:", "dẫn vào", "nữa", "tiếp", "hết"]
    body = "".join(p(text, num=num) for text, num in zip(texts, items, strict=True))
    reading = read(
        p("Mở đầu.") + body, numbering=numbering(lists, {n: (n - 1, "") for n in (1, 2, 3)})
    )
    found = [(b.text, b.level) for b in reading.blocks if isinstance(b, ListItem)]
    assert found == list(zip(texts, [0, 1, 0, 0, 0, 1, 2, 2, 1, 0], strict=True))


def test_a_part_whose_number_stands_alone_is_read_with_the_title_below() -> None:
    levels = level(0, "PHỤ LỤC %1", "upperRoman", more='<w:suff w:val="nothing"/>') + level(
        1, "%2."
    )
    assert numbered((0, ""), (1, ""), (0, ""), levels=levels) == (
        Heading("PHỤ LỤC I", 1, "PHỤ LỤC I"),
        Heading("PHỤ LỤC II", 1, "PHỤ LỤC II"),
    )
    reading = read(
        p("Mở đầu.") + p(num=(1, 0)) + p("DANH MỤC TÀI SẢN") + p("Tài sản", num=(1, 0)),
        numbering=numbering({0: levels}, {1: (0, "")}),
    )
    assert reading.text.split("\n")[1:] == ["PHỤ LỤC I DANH MỤC TÀI SẢN", "PHỤ LỤC II Tài sản"]


def test_numbers_of_rows_count_in_cells_too() -> None:
    levels = level(0, "%1")
    empty = p(num=(1, 0))
    found = read(
        table(["TT", "Tên", "Tuổi"], [empty, "An", "30"], [empty, "Bình", "40"]),
        numbering=numbering({0: levels}, {1: (0, "")}),
    )
    assert found.blocks == (Table((("1", "An", "30"), ("2", "Bình", "40")), ("TT", "Tên", "Tuổi")),)


def test_broken_numbering_is_named_and_the_text_read() -> None:
    reading = read(p("Mở đầu.") + p("một việc.", num=(1, 0)), numbering=b"<w:numbering")
    assert reading.text.split("\n") == ["Mở đầu.", "- một việc."]
    assert any("numbering.xml" in note for note in reading.notes)
