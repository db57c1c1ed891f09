"""What stands in a Word document and isn't published: left out, and the reading says so."""

import pytest

from tests.knowledge.documents.word_files import (
    cell,
    lines,
    p,
    r,
    read,
    row,
    style,
    table,
)

HIDDEN = "<w:vanish/>"
DELETED = "đoạn đã xóa (theo dõi thay đổi)"
TOC = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    '<w:r><w:instrText>TOC \\o "1-2"</w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
)
END = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'


def gone(text: str, kind: str = "del") -> str:
    tag = "delText" if kind == "del" else "t"
    return f'<w:{kind} w:id="1">{r(f"<w:{tag}>{text}</w:{tag}>")}</w:{kind}>'


@pytest.mark.parametrize(
    ("body", "styles", "text", "left_out"),
    [
        pytest.param(
            p("Nghỉ 12 ngày", r(" (nháp: 9 ngày)", HIDDEN), "."),
            "",
            "Nghỉ 12 ngày.",
            {"đoạn chữ ẩn": ("(nháp: 9 ngày)",)},
            id="a hidden run",
        ),
        pytest.param(
            p("Tầng 1", r(", mã 77", '<w:rStyle w:val="An"/>'), ".")
            + p("Hỏi lại.", style="DoanAn"),
            style("An", f"<w:rPr>{HIDDEN}</w:rPr>", kind="character")
            + style("Goc", f"<w:rPr>{HIDDEN}</w:rPr>")
            + style("DoanAn", based="Goc"),
            "Tầng 1.",
            {"đoạn chữ ẩn": (", mã 77", "Hỏi lại.")},
            id="hidden by styles",
        ),
        pytest.param(
            p(r("Hiện ra", '<w:rStyle w:val="An"/><w:vanish w:val="0"/>'), ".")
            + p(r("Hai lần ẩn.", '<w:rStyle w:val="An"/>'), style="DoanAn"),
            style("An", f"<w:rPr>{HIDDEN}</w:rPr>", kind="character")
            + style("DoanAn", f"<w:rPr>{HIDDEN}</w:rPr>"),
            "Hiện ra.\nHai lần ẩn.",
            {},
            id="hiding undone",
        ),
        pytest.param(
            p(r("Ẩn cả.", "")) + p(r("Hiện.", '<w:vanish w:val="false"/>')),
            f"<w:docDefaults><w:rPrDefault><w:rPr>{HIDDEN}</w:rPr></w:rPrDefault></w:docDefaults>",
            "Hiện.",
            {"đoạn chữ ẩn": ("Ẩn cả.",)},
            id="hidden by default",
        ),
        pytest.param(
            p("Nghỉ ", r("12", "<w:strike/>"), r("10", "<w:dstrike/>"), "14 ngày."),
            "",
            "Nghỉ 14 ngày.",
            {"đoạn bị gạch bỏ": ("1210",)},
            id="struck out",
        ),
        pytest.param(
            p("Hai câu ", props=f"<w:rPr>{HIDDEN}</w:rPr>") + p("trên một dòng."),
            "",
            "Hai câu trên một dòng.",
            {},
            id="a hidden paragraph mark",
        ),
        pytest.param(
            p("Nộp ngày ", gone("20"), '<w:ins w:id="2"><w:r><w:t>25</w:t></w:r></w:ins>', ".")
            + p(gone("Chuyển đi.", "moveFrom"), props='<w:rPr><w:moveFrom w:id="3"/></w:rPr>')
            + p("Gửi ", props='<w:rPr><w:del w:id="4"/></w:rPr>')
            + p("phòng Một."),
            "",
            "Nộp ngày 25.\nGửi phòng Một.",
            {DELETED: ("20", "Chuyển đi.")},
            id="tracked changes",
        ),
        pytest.param(
            p("Bảng")
            + table(
                row("Loại", "Hạn", props="<w:tblHeader/>"),
                ["Tuần", "Thứ Năm"],
                row("Đột xuất", "24 giờ", props='<w:del w:id="1"/>'),
                row("Cũ", "Không rõ", props="<w:hidden/>"),
                row("Quý", cell("bỏ", '<w:cellDel w:id="2"/>'), "Ngày 5"),
            ),
            "",
            "Bảng\nLoại: Tuần; Hạn: Thứ Năm\nLoại: Quý; Hạn: Ngày 5",
            {
                "hàng đã xóa (theo dõi thay đổi)": ("Đột xuất 24 giờ",),
                "hàng ẩn": ("Cũ Không rõ",),
                "ô đã xóa (theo dõi thay đổi)": ("bỏ",),
            },
            id="rows and cells",
        ),
        pytest.param(
            p(TOC, "Chương I\t2")
            + p("Chương II\t5")
            + p(END)
            + p("Chương hai", style="toc 1")
            + p("Thân."),
            style("toc 1"),
            "Thân.",
            {"dòng mục lục": ("Chương I 2", "Chương II 5", "Chương hai")},
            id="a table of contents",
        ),
        pytest.param(
            p(TOC, "Chương I\t2") + p("Thân bài ở ngoài mục lục.") + p("Điện thoại 38501"),
            "",
            "Thân bài ở ngoài mục lục.\nĐiện thoại 38501",
            {"dòng mục lục": ("Chương I 2",)},
            id="a table of contents that never ends",
        ),
        pytest.param(
            p(
                "Tên: ",
                "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>"
                + r("Bấm để nhập")
                + "</w:sdtContent></w:sdt>",
                "Lan.",
            ),
            "",
            "Tên: Lan.",
            {"ô mẫu chưa điền": ("Bấm để nhập",)},
            id="a control nobody filled in",
        ),
    ],
)
def test_left_out(body: str, styles: str, text: str, left_out: dict[str, tuple[str, ...]]) -> None:
    shown = '<w:vanish w:val="0"/>'
    begin = p(r("Mở đầu.", shown), props=f"<w:rPr>{shown}</w:rPr>")
    reading = read(begin + body, styles=styles)
    assert reading.text == f"Mở đầu.\n{text}"
    assert {one.what: one.samples for one in reading.left_out} == left_out


def test_comments_are_counted_and_the_first_shown() -> None:
    comments = "".join(f'<w:comment w:id="{n}">{p(f"Ý {n}")}</w:comment>' for n in range(5))
    reading = read(p("Thân bài."), comments=comments)
    assert reading.text == "Thân bài."
    assert [str(one) for one in reading.left_out] == ["5 bình luận (“Ý 0”, “Ý 1”, “Ý 2”, …)"]


def field(code: str, shown: str) -> str:
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f"<w:r><w:instrText>{code}</w:instrText></w:r>"
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{r(shown)}'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


@pytest.mark.parametrize(
    ("run", "text"),
    [
        (field('HYPERLINK "http://vi-du.vn"', "trang này"), "Xem trang này."),
        (f'<w:hyperlink r:id="r9">{r("trang này")}</w:hyperlink>', "Xem trang này."),
        (f'<w:fldSimple w:instr=" REF a ">{r("mục 2")}</w:fldSimple>', "Xem mục 2."),
        (field(f"IF </w:instrText></w:r>{field('A', '5')}<w:r><w:instrText>", "sáu"), "Xem sáu."),
        ('<w:r><w:fldChar w:fldCharType="begin"/></w:r>' + r("mục 2"), "Xem mục 2."),  # no end
    ],
)
def test_of_fields_what_they_show_is_read(run: str, text: str) -> None:
    found = lines(p("Mở đầu.") + p("Xem ", run, ".") + p("Đoạn sau vẫn còn."))
    assert found == ["Mở đầu.", text, "Đoạn sau vẫn còn."]


LETTERHEAD = table(["UBND TỈNH", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"], ["Số: 57/KH-VP", ""])
PAGE = p("Trang ", field("PAGE", "3"))


@pytest.mark.parametrize(
    ("headers", "section", "read_lines", "left_out"),
    [
        pytest.param(
            {"header_first": LETTERHEAD + PAGE},
            '<w:headerReference w:type="first" r:id="r_header_first"/><w:titlePg/>',
            ["Số: 57/KH-VP"],
            [],
            id="the first page's letterhead is read",
        ),
        pytest.param(
            {"header_first": p("Không hiện")},
            '<w:headerReference w:type="first" r:id="r_header_first"/>',
            [],
            [],
            id="a first page's header that isn't shown is not",
        ),
        pytest.param(
            {"header_1": p("Văn phòng tỉnh") + PAGE, "footer_1": PAGE},
            '<w:headerReference w:type="default" r:id="r_header_1"/>'
            '<w:footerReference w:type="default" r:id="r_footer_1"/>',
            [],
            ["Văn phòng tỉnh"],
            id="what every page repeats is left out",
        ),
        pytest.param(
            {"header_1": p("Số: 12/TB-VP")},
            '<w:headerReference w:type="default" r:id="r_header_1"/>',
            ["Số: 12/TB-VP"],
            [],
            id="unless it states the number",
        ),
    ],
)
def test_headers(
    headers: dict[str, str], section: str, read_lines: list[str], left_out: list[str]
) -> None:
    body = p("Thân bài của văn bản.") + f"<w:sectPr>{section}</w:sectPr>"
    reading = read(body, **headers)
    for line in read_lines:
        assert line in reading.text.split("\n")
    assert "Trang 3" not in reading.text
    assert "Không hiện" not in reading.text
    assert [sample for one in reading.left_out for sample in one.samples] == left_out
    assert all(sample not in reading.text for sample in left_out)
