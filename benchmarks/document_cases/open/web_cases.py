"""HTML pages: tables, lists, hidden parts, leftovers of portals, entities, charsets, MHTML."""

from __future__ import annotations

from benchmarks.document_cases.case import Case, Kind
from benchmarks.document_cases.page_files import mhtml, web_page, windows_1258

SPANS = """<h1>Mức chi tiếp khách</h1>
<table border="1">
<caption>Bảng 3. Mức chi một suất ăn (đồng)</caption>
<thead>
<tr><th rowspan="2">STT</th><th rowspan="2">Đối tượng khách</th><th colspan="2">Mức chi</th>
<th rowspan="2">Người duyệt</th></tr>
<tr><th>Trưa</th><th>Tối</th></tr>
</thead>
<tbody>
<tr><td>1</td><td>Khách cấp bộ</td><td>280.000</td><td>350.000</td>
<td rowspan="2">Chánh&nbsp;Văn phòng</td></tr>
<tr><td>2</td><td>Khách cấp sở</td><td>190.000</td><td>240.000</td></tr>
<tr><td>3</td><td>Khách cấp xã</td><td colspan="2">130.000</td>
<td>Trưởng phòng<br>Quản trị</td></tr>
</tbody>
<tfoot><tr><td colspan="2">Cộng</td><td>600.000</td><td>720.000</td><td></td></tr></tfoot>
</table>
<p>Mức chi áp dụng từ quý sau.</p>"""

LAYOUT = """<table width="100%" cellpadding="0"><tr><td width="20%" valign="top"></td>
<td valign="top">
<h2>Hướng dẫn gửi bưu phẩm</h2>
<p>Bưu phẩm của cơ quan gửi tại <b>phòng văn thư</b> trước 15 giờ hằng ngày.</p>
<table border="1">
<tr><td><b>Loại bưu phẩm</b></td><td><b>Thời gian gửi</b></td></tr>
<tr><td>Thư thường</td><td>Thứ Hai, thứ Năm</td></tr>
<tr><td>Hỏa tốc</td><td>Gửi ngay khi nhận</td></tr>
</table>
<p>Bưu phẩm trên năm cân phải đóng thùng gỗ.</p>
</td></tr></table>"""

ARTICLES = """<form method="post" action="default.aspx" id="aspnetForm">
<input type="hidden" name="__VIEWSTATE" value="dDwtMTQ4OTk=">
<main>
<article><h2>Nhà ăn đổi giờ</h2><p>Nhà ăn phục vụ bữa trưa từ 11 giờ 15 phút.</p></article>
<article><h2>Sân bóng mở lại</h2><p>Sân bóng cho thuê từ 17 giờ với giá 200.000 đồng.</p></article>
<article><h2>Thu phế liệu</h2><details><summary>Xem cách phân loại</summary>
<p>Giấy vụn bỏ vào thùng màu xanh ở tầng hai.</p></details></article>
</main>
<p>Mọi thắc mắc gửi về <label>Tổ Hành chính</label>.</p>
</form>"""

HIDDEN = """<h1>Lịch tiêm phòng</h1>
<!-- Bản cũ: tiêm ngày 12 tháng 4 tại trạm xá -->
<p>Cán bộ tiêm phòng cúm ngày 19 tháng 4 tại hội trường.</p>
<p style="color:red; display : none">Riêng lãnh đạo tiêm ngày 17 tháng 4.</p>
<p hidden>Danh sách người không tiêm do y tế giữ.</p>
<div style="visibility:hidden">Mã đợt tiêm CUM-2207.</div>
<script>var note = "Thuốc còn 40 liều";</script>
<style>.thong-bao:after { content: "Hết thuốc" }</style>
<noscript>Hãy bật JavaScript để xem trang này.</noscript>
<template><p>Mẫu phiếu hẹn trống.</p></template>
<p>Người đang sốt <del>tiêm bình thường</del> <ins>hoãn tiêm hai tuần</ins>.</p>"""

PORTAL = """<header><a href="/">Trang chủ</a> | <a href="/lien-he">Liên hệ</a>
<a href="/sitemap">Sơ đồ cổng</a></header>
<nav><ul><li><a href="/gt">Giới thiệu</a></li>
<li><a href="/vb">Văn bản điều hành</a></li></ul></nav>
<div id="content"><h1>Thống kê hồ sơ tháng Năm</h1>
<p>Bộ phận Một cửa đã nhận hồ sơ như sau.</p>
<table><tr><th>Chỉ tiêu</th><th>Số lượng</th></tr>
<tr><td>Tổng số</td><td>418</td></tr><tr><td>Trong tháng</td><td>96</td></tr>
<tr><td>Đang xử lý</td><td>22</td></tr></table>
<p>Tổng số: 418 hồ sơ, trong đó trả trước hạn 305.</p>
<div class="share"><a href="https://facebook.com/sharer">Chia sẻ Facebook</a>
<a href="javascript:print()">In trang này</a></div></div>
<div class="thong-ke-truy-cap"><p>Thống kê truy cập</p><p>Đang online: 17</p><p>Hôm nay: 2.315</p>
<p>Lượt truy cập: 9.876.543</p></div>
<footer><p>Bản quyền thuộc Cổng thông tin điện tử</p></footer>"""

LISTS = """<h2>Trình tự mượn phòng họp</h2>
<ol><li>Gửi phiếu đăng ký</li><li>Chờ xác nhận, gồm:
<ol type="a"><li>số người dự</li><li>thiết bị cần dùng</li></ol></li></ol>
<p>Sau cuộc họp làm tiếp:</p>
<ol start="3"><li>Tắt điều hòa</li><li>Trả chìa khóa</li></ol>
<ol type="I"><li>Phòng lớn</li><li>Phòng nhỏ</li></ol>
<ul><li>loa cầm tay</li><li>bút chiếu</li></ul>
<dl><dt>Phòng Bàng</dt><dd>Sức chứa bốn mươi người</dd>
<dt>Phòng Ban</dt><dd>Sức chứa mười hai người</dd></dl>"""

NOTED = """<h2>Định mức văn phòng phẩm</h2>
<p>Mỗi phòng được cấp 12<sup><a href="#fn1" id="r1">[1]</a></sup> ram giấy một quý.</p>
<p>Kho giấy rộng 18 m<sup>2</sup> sàn, chìa khóa do thủ kho<sup><a href="#fn2">2</a></sup> giữ.</p>
<p>Phòng nào dùng hết trước hạn phải giải trình bằng văn bản.</p>
<hr><ol class="footnotes"><li id="fn1">Phòng Tổng hợp được cấp 20 ram. <a href="#r1">↩</a></li>
<li id="fn2">Bà Phàn Thị Sinh, máy lẻ 219.</li></ol>"""

ENTITIES = """<h1>N&#7897;i quy th&#432; vi&#7879;n</h1>
<p>Th&#x1B0; vi&#7879;n m&#7903; c&#7917;a t&#7915; 8&nbsp;gi&#7901; &#273;&#7871;n 16&nbsp;giờ.</p>
<p>S&aacute;ch qu&aacute; h&#7841;n ph&#7841;t 1&#46;000&#32;
&#273;&#7891;ng m&#7897;t ng&agrave;y.</p>
<p>Ban&shy;&#32;bạn đọc g&#8203;ửi th&shy;ẻ tại
quầy s&#xFEFF;ố 3; &lt;không&gt; dùng thẻ A&amp;B.</p>"""

WRONG_CHARSET = web_page(
    "<h1>Lịch cắt nước</h1><p>Nước bị cắt ở khu nhà B từ 9 giờ, bể chứa đủ dùng một buổi.</p>",
    charset="iso-8859-1",
)
OLD_CHARSET = windows_1258(
    "<html><head><meta http-equiv='Content-Type' content='text/html; charset=windows-1258'>"
    "<title>Thông báo</title></head><body><h1>Thông báo nghỉ lễ</h1><p>Cơ quan nghỉ lễ bốn ngày, "
    "trừ bộ phận trực điện thoại và bảo vệ cổng phụ.</p></body></html>"
)

WORD_PAGE = """<html xmlns:o="urn:schemas-microsoft-com:office:office"
xmlns:w="urn:schemas-microsoft-com:office:word"><head>
<meta http-equiv=Content-Type content="text/html; charset=utf-8"><meta name=Generator
content="Microsoft Word 15"><!--[if gte mso 9]><xml><o:DocumentProperties>
<o:Author>Người soạn nháp</o:Author></o:DocumentProperties></xml><![endif]-->
<style><!-- p.MsoNormal {margin:0cm} --></style></head>
<body lang=VI><div class=WordSection1>
<p class=MsoNormal align=center><b>QUY TRÌNH CẤP THẺ KHÁCH<o:p></o:p></b></p>
<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><![if !supportLists]><span
style='mso-list:Ignore'>1.<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;&nbsp;
</span></span><![endif]>Khách xuất trình căn cước tại cổng chính<o:p></o:p></p>
<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><![if !supportLists]><span
style='mso-list:Ignore'>2.<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;&nbsp;
</span></span><![endif]>Bảo vệ cấp thẻ <span style='display:none;mso-hide:all'>màu
vàng</span>và hướng dẫn lối đi<o:p></o:p></p>
<p class=MsoNormal>Thẻ trả lại trước 17<span class=SpellE>h</span>30.<o:p></o:p></p>
</div></body></html>""".encode()

FIVE_DEEP = "Tủ thuốc đặt ở tầng một, chìa khóa tại bàn trực."


def five_deep() -> bytes:
    """Return text within five nested tables."""
    return web_page("<table><tr><td>" * 5 + FIVE_DEEP + "</td></tr></table>" * 5)


def deep() -> bytes:
    """Return text within five thousand nested elements."""
    inner = "<p>Cửa thoát hiểm luôn để mở trong giờ làm việc.</p>"
    return web_page("<div>" * 5000 + inner + "</div>" * 5000)


def wide_spans() -> bytes:
    """Return cells that claim to reach over millions of rows and columns."""
    return web_page(
        "<table><tr><th>Tầng</th><th>Người trực</th></tr>"
        '<tr><td rowspan="65000">Một</td><td colspan="9999999">Vương Tiến Đạt</td></tr>'
        "<tr><td>Sìn Thị Lan</td></tr>"
        + '<tr><td colspan="60000" rowspan="60000">-</td></tr>' * 200
        + "</table><p>Trực từ 6 giờ.</p>"
    )


CASES: tuple[Case, ...] = (
    Case(
        Kind.TABLES,
        "caption, header of two levels, cells over rows and columns",
        "tiep-khach.html",
        lambda: web_page(SPANS),
        has=(
            "Bảng 3. Mức chi một suất ăn (đồng)",
            (
                "Đối tượng khách: Khách cấp sở; Mức chi – Trưa: 190.000; Mức chi – Tối: 240.000; "
                "Người duyệt: Chánh Văn phòng"
            ),
            "Mức chi – Trưa: 130.000; Mức chi – Tối: 130.000; Người duyệt: Trưởng phòng Quản trị",
            "Cộng; Mức chi – Trưa: 600.000; Mức chi – Tối: 720.000",
        ),
        in_order=("Bảng 3.", "Khách cấp bộ", "Mức chi áp dụng từ quý sau."),
        lacks=("STT", "Chánh Văn phòng; Chánh"),
    ),
    Case(
        Kind.TABLES,
        "data table within a layout table, header in bold only",
        "buu-pham.html",
        lambda: web_page(LAYOUT),
        in_order=(
            "Hướng dẫn gửi bưu phẩm",
            "Bưu phẩm của cơ quan gửi tại phòng văn thư trước 15 giờ hằng ngày.",
            "Loại bưu phẩm: Thư thường; Thời gian gửi: Thứ Hai, thứ Năm",
            "Loại bưu phẩm: Hỏa tốc; Thời gian gửi: Gửi ngay khi nhận",
            "Bưu phẩm trên năm cân phải đóng thùng gỗ.",
        ),
    ),
    Case(
        Kind.STRUCTURE,
        "several articles in a form, text that opens by a click",
        "tin-ngan.html",
        lambda: web_page(ARTICLES),
        in_order=(
            "Nhà ăn đổi giờ",
            "Nhà ăn phục vụ bữa trưa từ 11 giờ 15 phút.",
            "Sân bóng mở lại",
            "với giá 200.000 đồng",
            "Giấy vụn bỏ vào thùng màu xanh ở tầng hai.",
            "Mọi thắc mắc gửi về Tổ Hành chính.",
        ),
        lacks=("dDwtMTQ4OTk",),
    ),
    Case(
        Kind.STRUCTURE,
        "numbered, lettered, Roman, bulleted and definition lists",
        "muon-phong.html",
        lambda: web_page(LISTS),
        has=("Sức chứa bốn mươi người", "- bút chiếu"),
        in_order=(
            "1. Gửi phiếu đăng ký",
            "2. Chờ xác nhận, gồm:",
            "a. số người dự",
            "b. thiết bị cần dùng",
            "3. Tắt điều hòa",
            "4. Trả chìa khóa",
            "I. Phòng lớn",
            "II. Phòng nhỏ",
            "Phòng Ban",
            "Sức chứa mười hai người",
        ),
    ),
    Case(
        Kind.UNPUBLISHED,
        "hidden elements, comments, scripts, templates, deleted text",
        "tiem-phong.html",
        lambda: web_page(HIDDEN),
        has=("ngày 19 tháng 4 tại hội trường", "hoãn tiêm hai tuần"),
        lacks=(
            "12 tháng 4",
            "17 tháng 4",
            "không tiêm do y tế",
            "CUM-2207",
            "40 liều",
            "Hết thuốc",
            "JavaScript",
            "Mẫu phiếu",
            "tiêm bình thường",
        ),
        told=("chữ ẩn",),
    ),
    Case(
        Kind.UNPUBLISHED,
        "page saved by Word with conditional comments and hidden text",
        "the-khach.html",
        lambda: WORD_PAGE,
        has=(
            "QUY TRÌNH CẤP THẺ KHÁCH",
            "1. Khách xuất trình căn cước tại cổng chính",
            "2. Bảo vệ cấp thẻ và hướng dẫn lối đi",
            "Thẻ trả lại trước 17h30.",
        ),
        lacks=("màu vàng", "Người soạn nháp", "supportLists", "MsoNormal"),
        told=("chữ ẩn",),
    ),
    Case(
        Kind.LEFTOVERS,
        "portal page with menus, counters and a table of like figures",
        "thong-ke.html",
        lambda: web_page(PORTAL),
        has=(
            "Chỉ tiêu: Tổng số; Số lượng: 418",
            "Chỉ tiêu: Trong tháng; Số lượng: 96",
            "Tổng số: 418 hồ sơ, trong đó trả trước hạn 305.",
        ),
        lacks=(
            "9.876.543",
            "2.315",
            "Đang online",
            "Sơ đồ cổng",
            "Văn bản điều hành",
            "Chia sẻ Facebook",
        ),
    ),
    Case(
        Kind.NOTES,
        "raised marks with the notes in a list at the end",
        "van-phong-pham.html",
        lambda: web_page(NOTED),
        in_order=(
            "Mỗi phòng được cấp 12 ram giấy một quý.",
            "Chú thích 1: Phòng Tổng hợp được cấp 20 ram.",
            "chìa khóa do thủ kho giữ.",
            "Chú thích 2: Bà Phàn Thị Sinh, máy lẻ 219.",
            "phải giải trình bằng văn bản",
        ),
        lacks=("[1]", "kho2", "kho 2", "18 m sàn", "121"),
    ),
    Case(
        Kind.CHARACTERS,
        "entities, soft hyphens, zero-width characters",
        "thu-vien.html",
        lambda: web_page(ENTITIES),
        has=(
            "Nội quy thư viện",
            "Thư viện mở cửa từ 8 giờ đến 16 giờ.",
            "Sách quá hạn phạt 1.000 đồng một ngày.",
            "Ban bạn đọc gửi thẻ tại quầy số 3; <không> dùng thẻ A&B.",
        ),
        lacks=("\xad", "\u200b", "\ufeff", "&nbsp;"),
    ),
    Case(
        Kind.ENCODINGS,
        "UTF-8 declared as iso-8859-1",
        "cat-nuoc.html",
        lambda: WRONG_CHARSET,
        has=("Nước bị cắt ở khu nhà B từ 9 giờ, bể chứa đủ dùng một buổi.",),
    ),
    Case(
        Kind.ENCODINGS,
        "windows-1258 with tones of their own",
        "nghi-le.html",
        lambda: OLD_CHARSET,
        has=("Thông báo nghỉ lễ", "Cơ quan nghỉ lễ bốn ngày, trừ bộ phận trực điện thoại"),
    ),
    Case(
        Kind.CONTAINERS,
        "MHTML named .html",
        "huong-dan.html",
        lambda: mhtml("<h1>Hướng dẫn in hai mặt</h1><p>Chọn khay số hai rồi bấm nút xanh.</p>"),
        has=("Hướng dẫn in hai mặt", "Chọn khay số hai rồi bấm nút xanh."),
        lacks=("=C", "Content-T", "boundary"),
        may_refuse=True,
    ),
    Case(
        Kind.CONTAINERS,
        "MHTML named .doc, as portals export",
        "mau-don.doc",
        lambda: mhtml("<p>Đơn đề nghị cấp lại thẻ công chức gửi Phòng Hành chính.</p>"),
        has=("Đơn đề nghị cấp lại thẻ công chức gửi Phòng Hành chính.",),
        lacks=("=C", "Content-T"),
        may_refuse=True,
    ),
    Case(
        Kind.BAD_INPUT,
        "text within five nested tables",
        "tu-thuoc.html",
        five_deep,
        has=(FIVE_DEEP,),
    ),
    Case(
        Kind.BAD_INPUT,
        "cells over millions of rows and columns",
        "truc-tang.html",
        wide_spans,
        has=("Vương Tiến Đạt", "Sìn Thị Lan", "Trực từ 6 giờ."),
        may_refuse=True,
    ),
    Case(
        Kind.BAD_INPUT,
        "five thousand nested elements",
        "thoat-hiem.html",
        deep,
        has=("Cửa thoát hiểm luôn để mở trong giờ làm việc.",),
        may_refuse=True,
    ),
)
