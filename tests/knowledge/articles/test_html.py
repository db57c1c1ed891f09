"""Web pages: what is read as what, what is left out."""

import time

import pytest

from knowledge.articles.article import Block, Heading, ListItem, Note, Paragraph, Table
from knowledge.articles.reading import DocumentFormat, Reading
from knowledge.documents.reader import read_text


def page(body: str, head: str = "<title>Tên</title>") -> Reading:
    html = f"<html><head>{head}</head><body>{body}</body></html>"
    return read_text(html.encode(), DocumentFormat.WEB_PAGE)


def P(*texts: str) -> list[Block]:  # noqa: N802 -- stands for the tag
    return [Paragraph(text) for text in texts]


BLOCKS: list[tuple[str, list[Block]]] = [
    ("<p>Một<br>hai</p><h2>Ba<br>bốn</h2>", [*P("Một", "hai"), Heading("Ba bốn", 2)]),
    ("<pre>một\n  hai</pre>", P("một", "hai")),
    ("<form>Giờ: 8h <input value=x><select><option>A</select></form>", P("Giờ: 8h")),
    ("<details><summary>Hồ sơ</summary>Đơn</details>", P("Hồ sơ", "Đơn")),
    ("<dl><dt>Hạn:<dd>ngày 5<dt>Nơi<dd>phòng 3<dd>phòng 4<dt>Lẻ</dl>", P(
        "Hạn: ngày 5", "Nơi: phòng 3", "Nơi: phòng 4", "Lẻ")),
    ("<ol start=3><li>ba<li value=7>bảy<li>tám</ol>", [
        ListItem("ba", "3."), ListItem("bảy", "7."), ListItem("tám", "8.")]),
    ("<ol type=a><li>x<ol type=I><li>y</ol><li><p>z</p><p>nữa</p></ol>", [
        ListItem("x", "a."), ListItem("y", "I.", 1), ListItem("z", "b."), *P("nữa")]),
    ("<ol style='list-style: lower-roman'><li>x<li>y</ol>", [
        ListItem("x", "i."), ListItem("y", "ii.")]),
    ("<ol reversed><li>x<ol reversed type=a><li>y<li>z</ol><li value=7>v<li><li><p>w</ol>", [
        ListItem("x", "4."), ListItem("y", "b.", 1), ListItem("z", "a.", 1), ListItem("v", "7."),
        ListItem("w", "5.")]),
    ("<ol reversed start=9 type=I><li>x<li>y</ol>", [
        ListItem("x", "IX."), ListItem("y", "VIII.")]),
    ("<ul><li>x<ul><li>y</ul></ul>", [ListItem("x"), ListItem("y", level=1)]),
    ("<table><tr><th>Tên<th>Số<tr><td>An<td>101</table>", [
        Table((("An", "101"),), ("Tên", "Số"))]),
    ("<p>Bảng 2. Số máy</p><table><thead><tr><td>Tên<td>Số</thead><tr><td>An<td>1</table>", [
        Table((("An", "1"),), ("Tên", "Số"), "Bảng 2. Số máy")]),
    (("<table><caption>Giờ xe</caption><tr><th rowspan=2>Xe<th colspan=2>Giờ<tr><th>Đi<th>Về"
     "<tr><td rowspan=0>A<td>6<td>7<tr><td colspan=2>nghỉ</table>"), [
        Table((("A", "6", "7"), ("A", "nghỉ", "nghỉ")), ("Xe", "Giờ – Đi", "Giờ – Về"),
              "Giờ xe")]),
    ("<table><tr><td><b>Tên</b><td><b>Việc</b><tr><td>An<td><ul><li>in<li>sao</ul></table>", [
        Table((("An", "in; sao"),), ("Tên", "Việc"))]),
    (("<table><tr><td>Trái<td><h2>Tin</h2><p>Một.</p><table><tr><th>Tên<th>Số<tr><td>An<td>2</table>"
     "<tr><td>c<td>d</table>"), [
        *P("Trái"), Heading("Tin", 2), *P("Một."),
        Table((("An", "2"),), ("Tên", "Số")), *P("c", "d")]),
    (("<table><tr><th>Phòng<th>Người<tr><td>A<td><table><tr><th>Tên<th>Số<tr><td>An<td>1"
     "<tr><td>Bình<td>2</table></table>"), [
        Table((("A", "Tên: An; Số: 1 | Tên: Bình; Số: 2"),), ("Phòng", "Người"))]),
    ("<table role=presentation><tr><td>a<td>b<tr><td>c<td>d</table>", P("a", "b", "c", "d")),
    ("<p>25 m<sup>2</sup>, 10<sup>3</sup>, 30<sup>o</sup>C, H<sub>2</sub>O</p>", P(
        "25 m², 10³, 30°C, H2O")),
    ("<p>x&nbsp;&amp; z&#7873; &lt;a&gt; th&shy;ẻ</p>", P("x & zề <a> thẻ")),
    ("<p><font face='.VnTime'>V¨n phßng</font> tỉnh</p>", P("Văn phòng tỉnh")),
    ("<p><span style=\"font-family:'.VnTime'\">V¨n phßng</span> tỉnh</p>", P("Văn phòng tỉnh")),
    (("<p style='mso-list:l0 level2 lfo1'><![if !supportLists]><span style='mso-list:Ignore'>1.2."
     "<span>&nbsp; </span></span><![endif]>Việc</p>"), [ListItem("Việc", "1.2.", 1)]),
]  # fmt: skip


@pytest.mark.parametrize(("body", "blocks"), BLOCKS)
def test_a_page_becomes_blocks(body: str, blocks: list[Block]) -> None:
    assert list(page(body).blocks) == blocks


NOTES = [
    "<p>Nộp 15<sup><a href='#f1'>1</a></sup> ngày.</p><p id=f1>1. Từ khi nhận.</p>",
    (
        "<p>Nộp 15<a href='#f1' id=r1><sup>[1]</sup></a> ngày.</p>"
        "<ol><li id=f1>Từ khi nhận. <a href='#r1'>↩</a></ol>"
    ),
    (
        "<p>Nộp 15<a href='#_ftn1' name='_ftnref1'><span class=MsoFootnoteReference>[1]</span></a> "
        "ngày.</p><div><p><a href='#_ftnref1' name='_ftn1'>[1]</a> Từ khi nhận.</p></div>"
    ),
    "<p>Nộp 15<sup>(1)</sup> ngày.</p><hr><p><sup>(1)</sup> Từ khi nhận.</p>",
    "<p>Nộp 15<sup>1</sup> ngày.</p><h3>Chú thích</h3><ol><li>Từ khi nhận.</ol>",
]


@pytest.mark.parametrize("body", NOTES)
def test_a_note_follows_the_block_with_its_mark(body: str) -> None:
    assert list(page(body).blocks) == [*P("Nộp 15 ngày."), Note("Từ khi nhận.", "1")]


def test_a_note_of_a_cell_stands_in_the_cell() -> None:
    body = "<table><tr><th>Tên<th>Số<tr><td>An<td>1<sup>*</sup></table><p><sup>*</sup> Tạm.</p>"
    assert page(body).blocks == (Table((("An", "1 (chú thích: Tạm.)"),), ("Tên", "Số")),)


def test_a_raised_figure_without_a_note_stays_raised() -> None:
    assert page("<p>15<sup>3</sup> ngày</p>").text == "15³ ngày"


HIDDEN = "đoạn chữ ẩn"
FRAME = "phần khung của trang web (menu, chân trang)"
LEFT_OUT = [
    ("<p style='display : none'>Ẩn</p>", HIDDEN),
    ("<p style='visibility:hidden'>Ẩn</p>", HIDDEN),
    ("<p hidden>Ẩn <b>này</b></p>", HIDDEN),
    ("<p>Hiện <span style='mso-hide:all'>Ẩn</span></p>", HIDDEN),
    ("<style>p.an, #x { display:none }</style><p class='to an'>Ẩn</p>", HIDDEN),
    ("<template><p>Ẩn</p></template>", HIDDEN),
    ("<noscript>Ẩn</noscript>", HIDDEN),
    ("<!-- nháp: Ẩn -->", "bình luận trong mã trang"),
    ("<p>Hiện <del>Ẩn</del></p>", "đoạn bị gạch bỏ"),
    ("<nav><a href=/>Ẩn</a></nav>", FRAME),
    ("<div role=navigation><p>Ẩn</p></div>", FRAME),
    ("<ul role=navigation><li>Ẩn</ul>", FRAME),
    ("<section role=contentinfo>Ẩn</section>", FRAME),
    (
        "<div style='mso-element:comment-list'><div style='mso-element:comment'><p>Ẩn</div></div>",
        "bình luận",
    ),
    ("<div><div id=_com_1 class=msocomtxt><p class=MsoCommentText>Ẩn</p></div></div>", "bình luận"),
    ("<select><option>Ẩn</select>", "ô chọn, nút bấm của biểu mẫu"),
    ("<ul><li><a href=/>Trang chủ</a><li><a href=/a>Ẩn</a></ul>", "dòng rác của trang web"),
]


@pytest.mark.parametrize(("body", "what"), LEFT_OUT)
def test_what_is_not_published_is_not_read_and_said(body: str, what: str) -> None:
    reading = page(f"<p>Đầu.</p>{body}<p>Cuối.</p>")
    assert "Ẩn" not in reading.text
    assert reading.text.startswith("Đầu.")
    assert reading.text.endswith("Cuối.")
    (left_out,) = reading.left_out
    assert left_out.what == what
    assert any("Ẩn" in sample for sample in left_out.samples)


SHOWN = [
    "<style>@media print { p { display:none } } div p.x { display:none }</style><p class=x>Đây</p>",
    "<![if !vml]><p>Đây</p><![endif]>",
    "<p aria-hidden=true>Đây</p>",
    "<p>Đây<a class=msocomanchor href='#_msocom_3'>[B3]</a></p>",
    "<p><a style='mso-comment-reference:B_3'>Đây</a></p>",
    "<script>if (a < b) document.write('Ẩn')</script><p>Đây</p>",
    "<!--[if gte mso 9]><xml>Ẩn</xml><![endif]--><p>Đây</p>",
]


@pytest.mark.parametrize("body", SHOWN)
def test_what_is_seen_is_read_and_code_is_no_text(body: str) -> None:
    reading = page(body)
    assert (reading.text, reading.left_out) == ("Đây", ())


def test_all_articles_are_read_with_what_stands_around_them_but_menus() -> None:
    reading = page(
        "<div><h3>Xem</h3><a href=/>menu</a></div><div><p>Đầu</p><article><p>a</p>"
        "<footer>Ký</footer></article><p>giữa</p><div role=article>b</div></div>"
        "<fieldset><legend>Hỏi</legend><dl><dt>Ai?<dd>Ai cũng được.</dl><a href=/x>Mẫu đơn</a>"
        "</fieldset><table><tr><th>Tên<th>Số<tr><td>An<td>1</table><footer>Bản quyền</footer>"
    )
    assert reading.text.split("\n") == [
        "Đầu", "a", "Ký", "giữa", "b", "Hỏi", "Ai?: Ai cũng được.", "Mẫu đơn", "Tên: An; Số: 1",
    ]  # fmt: skip
    assert [(x.what, x.samples) for x in reading.left_out] == [
        ("phần khung của trang web (menu, chân trang)", ("Bản quyền",)),
        ("dòng liên kết ngoài bài viết của trang", ("Xem", "menu")),
    ]


def test_a_total_is_no_leftover_of_a_page() -> None:
    reading = page(
        "<ul><li>Máy: 300<li>Tổng cộng: 420</ul><p>Tổng số: 87</p>"
        "<table><tr><th>Mốc<th>Số<tr><td>Tổng số<td>9"
        "<tr><td>Trong tháng<td>96</table><div>Đang online: 13</div><div>Hôm nay: 456</div>"
    )
    assert reading.text.split("\n") == [
        "- Máy: 300", "- Tổng cộng: 420", "Tổng số: 87", "Mốc: Tổng số; Số: 9",
        "Mốc: Trong tháng; Số: 96",
    ]  # fmt: skip
    assert [str(x) for x in reading.left_out] == [
        "2 dòng rác của trang web (“Đang online: 13”, “Hôm nay: 456”)"
    ]


SENTENCE = "Cơ quan nghỉ lễ bốn ngày, trừ bộ phận trực điện thoại và bảo vệ cổng phụ."
ENCODED = [
    (SENTENCE.encode(), "iso-8859-1"),
    (b"\xef\xbb\xbf" + SENTENCE.encode(), "windows-1258"),
    (SENTENCE.encode("utf-16"), "utf-8"),
    ("".join(f"&#{ord(c)};" for c in SENTENCE).encode(), "windows-1252"),
]


@pytest.mark.parametrize(("data", "declared"), ENCODED)
def test_a_wrong_charset_does_no_harm(data: bytes, declared: str) -> None:
    head = f"<meta http-equiv=Content-Type content='text/html; charset={declared}'>"
    wide = data.startswith(b"\xff\xfe")
    html = (
        f"<title>T</title>{head}{SENTENCE}".encode("utf-16")
        if wide
        else b"<title>T</title>" + head.encode() + data
    )
    assert read_text(html, DocumentFormat.WEB_PAGE).text == SENTENCE


def test_a_declared_charset_counts_where_no_vietnamese_speaks_against_it() -> None:
    html = b"<meta charset=windows-1252><title>T</title><p>Caf\xe9 \x80 5</p>"
    assert read_text(html, DocumentFormat.WEB_PAGE).text == "Café € 5"


HOSTILE = [
    "<div>" * 100_000 + "Cuối" + "</div>" * 100_000,
    "<b>" * 100_000 + "Cuối",
    "<ul><li>" * 50_000 + "Cuối",
    "<table><tr><td>" * 20_000 + "Cuối",
    "<table border=1>" + "<tr><td rowspan=60000 colspan=9000>a<td>Cuối" * 200 + "</table>",
    "<p>a<sup>1</sup></p><p><sup>1</sup> Cuối</p>" * 2_000,
    "<!-- " * 50_000 + "--> Cuối",
    f"<style>{'@x' * 100_000} {'a' * 100_000}</style>Cuối",
    f"<p>{'-|' * 100_000}</p><p>Cuối</p>",
]


@pytest.mark.parametrize("body", HOSTILE, ids=range(len(HOSTILE)))
def test_a_hostile_page_is_read_fast(body: str) -> None:
    began = time.monotonic()
    assert "Cuối" in page(body).text
    assert time.monotonic() - began < 20


def test_all_rows_of_a_long_table_are_read() -> None:
    rows = "".join(f"<tr><td>{n}<td>Nguyễn Văn A" for n in range(5_000))
    (table,) = page(f"<table><tr><th>STT<th>Tên{rows}</table>").blocks
    assert isinstance(table, Table)
    assert len(table.rows) == 5_000
