"""HTML pages kept for measuring."""

from __future__ import annotations

from benchmarks.document_cases.case import Case, Kind
from benchmarks.document_cases.page_files import mhtml, tcvn3, web_page, windows_1258

SPANS = """<h2>Lịch trực y tế</h2>
<table>
<tr><th>Khu nhà</th><th>Thứ</th><th>Bác sĩ<br/>trực</th><th>Điện thoại</th></tr>
<tr><th rowspan="3">Khu A</th><td>Hai</td><td rowspan="2">Cư Thị Say</td><td>0912.345.001</td></tr>
<tr><td>Ba</td><td>0912.345.002</td></tr>
<tr><td>Tư</td><td>Trần Hữu Lộc</td><td>0912.345.003</td></tr>
<tr><td colspan="4">Khu B chỉ trực buổi sáng</td></tr>
<tr><th>Khu B</th><td>Năm</td><td>Má A Của</td><td></td></tr>
</table>"""

TWO_TABLES = """<div><h2>Biểu giá photo</h2>
<table class="table"><caption>Giá in đen trắng</caption>
<tbody><tr><td align="center"><strong>TT</strong></td><td><strong>Khổ giấy</strong></td>
<td><strong>Đơn giá</strong></td></tr>
<tr><td>1</td><td>A4</td><td>300 đồng</td></tr><tr><td>2</td><td>A3</td><td>700 đồng</td></tr>
</tbody></table>
<table class="table"><caption>Giá in màu</caption>
<thead><tr><th>Khổ giấy</th><th>Đơn giá</th><th>Kèm theo</th></tr></thead>
<tbody><tr><td>A4</td><td>2.000 đồng</td><td><ul><li>bìa mềm</li><li>ghim</li></ul></td></tr>
<tr><td>A3</td><td>4.500 đồng</td><td><p>bìa cứng</p><p>gáy xoắn</p></td></tr></tbody>
</table></div>"""

FEED = """<form id="form1"><div class="wrap">
<article class="post"><header><h2>Khai trương phòng đọc</h2></header>
<section><p>Phòng đọc ở tầng bốn có hai mươi chỗ ngồi.</p></section></article>
<article class="post"><header><h2>Đăng ký học bơi</h2></header><section>
<p>Lớp bơi cho con cán bộ khai giảng ngày mùng mười tháng Sáu.</p>
<blockquote>Học phí đã gồm vé vào bể.</blockquote></section></article></div>
<fieldset><legend>Hỏi đáp</legend>
<p>Hỏi: Ai được mượn sách?<br>Đáp: Mọi cán bộ có thẻ.</p></fieldset>
<select><option>Chọn chuyên mục</option></select><button>Gửi câu hỏi</button></form>"""

LISTS = """<h3>Các bước nghiệm thu</h3>
<ol start="5"><li><p>Kiểm tra hồ sơ</p></li><li value="8">Chạy thử
<ul><li>chạy không tải</li><li>chạy có tải</li></ul></li><li>Ký biên bản</li></ol>
<ol type="A" start="2"><li>Bên giao</li><li>Bên nhận</li></ol>
<ol type="i"><li>bản chính</li><li>bản sao</li></ol>
<ol reversed><li>Lưu kho</li><li>Đóng dấu</li></ol>
<dl><div><dt>Thời hạn bảo hành</dt><dd>mười tám tháng</dd></div></dl>"""

HIDDEN = """<h1>Giá thuê hội trường</h1>
<div class="a" style="DISPLAY:NONE;color:#000"><p>Giá nội bộ 900.000 đồng.</p></div>
<p>Giá thuê một buổi là 2.600.000<span style="display:none">.000</span> đồng.</p>
<table><tr><th>Thiết bị</th><th>Giá</th></tr><tr><td>Máy chiếu</td><td>150.000</td></tr>
<tr hidden><td>Phông cưới</td><td>0</td></tr>
<tr style="display: none;"><td>Loa kéo</td><td>70.000</td></tr></table>
<!--[if lt IE 9]><p>Trình duyệt của bạn quá cũ.</p><![endif]-->
<!--
<p>Số tài khoản cũ 8812 0045.</p>
-->
<script type="application/ld+json">{"price": "3.100.000"}</script>
<p>Đặt cọc trước <del datetime="2024-01-01">ba mươi phần trăm</del> một nửa.</p>
<p hidden="hidden">Người duyệt giá không công khai.</p>"""

PORTAL = """<div class="topbar">Hotline | Đăng nhập | English</div>
<div class="menu" role="navigation"><ul><li>Tin tức</li><li>Dịch vụ công</li></ul></div>
<div class="breadcrumb">Trang chủ &raquo; Tin tức &raquo; Chi tiết</div>
<div class="detail"><h1>Kết quả giải thể thao</h1><span class="date">Lượt xem: 512</span>
<p>Hôm nay: khai mạc lúc 7 giờ tại nhà thi đấu.</p>
<p>Đang thi đấu: 14 đội; đã nghỉ: 2 đội.</p>
<table><thead><tr><th>Nội dung</th><th>Kết quả</th></tr></thead><tbody>
<tr><td>Tất cả</td><td>31 trận</td></tr><tr><td>Hôm qua</td><td>6 trận</td></tr>
<tr><td>Lượt truy cập trang giải</td><td>4.070</td></tr></tbody></table>
<p>Chia sẻ kinh nghiệm: đội vô địch tập ba buổi một tuần.</p></div>
<div class="fb-share-button">Chia sẻ</div>
<div id="visitor-counter"><span>Đang truy cập: 31</span><br>
<span>Tổng truy cập: 7.654.321</span></div>
<div class="footer">© 2024 Cổng thông tin. Thiết kế bởi Công ty Sao Khuê</div>"""

WORD_NOTES = """<div class=WordSection1><h1>Quy định công tác phí</h1>
<p class=MsoNormal>Phụ cấp lưu trú là 250.000<a style='mso-footnote-id:ftn1' href="#_ftn1"
name="_ftnref1" title=""><span class=MsoFootnoteReference><span style='mso-special-character:
footnote'><![if !supportFootnotes]><sup>[1]</sup><![endif]></span></span></a> đồng một ngày.</p>
<table><tr><th>Nơi đến</th><th>Tiền phòng</th></tr><tr><td>Hà Nội</td><td>900.000<sup><a
href="#_ftn2" name="_ftnref2">[2]</a></sup></td></tr>
<tr><td>Yên Bái</td><td>600.000</td></tr></table>
<p class=MsoNormal>Chứng từ nộp trong mười ngày.</p></div>
<div style='mso-element:footnote-list'><hr align=left size=1 width="33%">
<div style='mso-element:footnote' id=ftn1><p class=MsoFootnoteText><a href="#_ftnref1"
name="_ftn1">[1]</a> Đi trên mười ngày hưởng 200.000 đồng.</p></div>
<div style='mso-element:footnote' id=ftn2><p class=MsoFootnoteText><a href="#_ftnref2"
name="_ftn2">[2]</a> Cán bộ nữ đi một mình được 1.100.000 đồng.</p></div></div>"""

ODD_CHARACTERS = """<h1>Quy đ&#x1ECB;nh g&#7917;i xe</h1>
<p>V&eacute; th&aacute;ng l&agrave; 60.000&ensp;&#x111;&#x1ED3;ng;&#160;&#160;m&#7845;t vé
&#112;&#104;&#7841;t 20.000&thinsp;đồng.</p>
<p>Bãi xe m\u1edf\u200b c\u1eeda t\u1eeb 6&#8201;gi\u1edd; xe \u0111\u1ea1p mi\u1ec5n
ph&#237;&zwnj;, xe &quot;phân khối lớn&quot; &ge; 175&nbsp;cm&sup3; g&#x200D;ửi s&shy;ân sau.</p>
<p>Khách gửi qua đêm ba&#769;o bảo vệ ca t\u00f4\u0301i &ndash; ngoài bãi.</p>"""

TCVN3_FONT = (
    '<p>Điều 2. Giờ mở cửa kho giống cây trồng.</p><p><font face=".VnTime">'
    + tcvn3("Kho giống mở cửa buổi sáng các ngày trong tuần, người mua phải đăng ký trước.")
    + '</font></p><p style="font-family:.VnTimeH">'
    + tcvn3("trung tâm giống cây trồng")
    + "</p>"
)

OLD_PAGE = windows_1258(
    "<html><body><h1>Thông báo tuyển bảo vệ</h1><p>Cần tuyển hai người biết tiếng Mông, sức khỏe "
    "tốt, ưu tiên bộ đội xuất ngũ; nộp hồ sơ trực tiếp tại phòng tổ chức.</p></body></html>"
)

WORD_HIDDEN = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head>
<meta charset="utf-8"><!--[if gte mso 9]><xml><w:WordDocument><w:View>Print</w:View>
</w:WordDocument></xml><![endif]--></head><body>
<h2 style='mso-list:l1 level1 lfo2'><![if !supportLists]><span style='mso-list:Ignore'>II.<span
style='font:7.0pt "Times New Roman"'>&nbsp; </span></span><![endif]>Trách nhiệm của thủ kho</h2>
<p class=MsoNormal>Kiểm kê <span style='mso-hide:all;display:none'>đột xuất</span>mỗi quý một
lần<span style='mso-comment-continuation:1'><!--[if !supportAnnotations]-->
<a href="#_msocom_1">[AN1]</a><!--[endif]--></span>.</p>
<p class=MsoNormal><del cite="mailto:a" datetime="2024-05-02T09:00">Báo cáo giám đốc.</del>
<ins cite="mailto:a" datetime="2024-05-02T09:01">Báo cáo Chánh Văn phòng.</ins></p>
<div style='mso-element:comment-list'><div style='mso-element:comment'><p class=MsoCommentText>
Chỗ này cần hỏi lại kế toán</p></div></div></body></html>""".encode()

LETTERHEAD = """<table><tr><td><p>UBND TỈNH LÀO CAI<br><b>VĂN PHÒNG</b></p></td>
<td><p><b>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</b><br><b>Độc lập - Tự do - Hạnh phúc</b></p></td></tr>
<tr><td>Số: 58/TB-VP</td><td><i>Lào Cai, ngày 06 tháng 4 năm 2024</i></td></tr></table>
<p align="center"><b>THÔNG BÁO</b></p><p align="center"><b>Về việc đổi địa điểm tiếp dân</b></p>
<p>Từ ngày 15 tháng 4 năm 2024, công dân được tiếp tại nhà số 3. Thông báo này thay thế Thông báo
số 12/TB-VP ngày 09 tháng 01 năm 2023.</p>
<table><tr><td><b>Nơi nhận:</b><br>- Các sở;<br>- Lưu: VT.</td>
<td><b>KT. CHÁNH VĂN PHÒNG<br>PHÓ CHÁNH VĂN PHÒNG</b><br><br><br><b>Vàng Thị Kim Liên</b></td></tr>
</table>"""


def nested_lists() -> bytes:
    """Return a text within two thousand nested lists and unclosed inline elements."""
    return web_page(
        "<ul><li>" * 2000 + "<b>" * 3000 + "Họng nước cứu hỏa ở góc sân phía tây." + "</ul>" * 2000
    )


def long_table() -> bytes:
    """Return a table of five thousand rows."""
    rows = "".join(
        f"<tr><td>{n}</td><td>HS-{n:05d}</td><td>Hộp {n // 20 + 1}</td></tr>"
        for n in range(1, 5001)
    )
    return web_page(
        f"<table><tr><th>STT</th><th>Mã hồ sơ</th><th>Nơi để</th></tr>{rows}</table>"
        "<p>Hết danh mục.</p>"
    )


CASES: tuple[Case, ...] = (
    Case(
        Kind.TABLES,
        "merged row heads, a line over the width between the rows",
        "truc-y-te.html",
        lambda: web_page(SPANS),
        has=(
            "Khu nhà: Khu A; Thứ: Ba; Bác sĩ trực: Cư Thị Say; Điện thoại: 0912.345.002",
            "Khu nhà: Khu A; Thứ: Tư; Bác sĩ trực: Trần Hữu Lộc; Điện thoại: 0912.345.003",
            "Khu nhà: Khu B; Thứ: Năm; Bác sĩ trực: Má A Của",
        ),
        in_order=("Trần Hữu Lộc", "Khu B chỉ trực buổi sáng", "Má A Của"),
        lacks=("Khu nhà: Khu B chỉ", "Thứ: Khu B"),
    ),
    Case(
        Kind.TABLES,
        "two tables in a row, lists and paragraphs in cells",
        "gia-photo.html",
        lambda: web_page(TWO_TABLES),
        has=(
            "Khổ giấy: A4; Đơn giá: 300 đồng",
            "Khổ giấy: A4; Đơn giá: 2.000 đồng; Kèm theo:",
            "bìa mềm",
            "Khổ giấy: A3; Đơn giá: 4.500 đồng; Kèm theo: bìa cứng",
        ),
        in_order=("Giá in đen trắng", "Đơn giá: 700 đồng", "Giá in màu", "gáy xoắn"),
        lacks=("TT:", "mềmghim", "cứnggáy"),
    ),
    Case(
        Kind.STRUCTURE,
        "articles with their heads in a form",
        "phong-doc.html",
        lambda: web_page(FEED),
        in_order=(
            "Khai trương phòng đọc",
            "Phòng đọc ở tầng bốn có hai mươi chỗ ngồi.",
            "Đăng ký học bơi",
            "khai giảng ngày mùng mười tháng Sáu",
            "Học phí đã gồm vé vào bể.",
            "Hỏi: Ai được mượn sách?",
            "Đáp: Mọi cán bộ có thẻ.",
        ),
    ),
    Case(
        Kind.STRUCTURE,
        "lists that begin or jump at a number, letters and reversed order",
        "nghiem-thu.html",
        lambda: web_page(LISTS),
        in_order=(
            "5. Kiểm tra hồ sơ",
            "8. Chạy thử",
            "- chạy không tải",
            "- chạy có tải",
            "9. Ký biên bản",
            "B. Bên giao",
            "C. Bên nhận",
            "i. bản chính",
            "ii. bản sao",
            "2. Lưu kho",
            "1. Đóng dấu",
            "mười tám tháng",
        ),
    ),
    Case(
        Kind.UNPUBLISHED,
        "hidden rows, parts of words, comments, deleted words",
        "thue-hoi-truong.html",
        lambda: web_page(HIDDEN),
        has=(
            "Giá thuê một buổi là 2.600.000 đồng.",
            "Thiết bị: Máy chiếu; Giá: 150.000",
            "một nửa.",
        ),
        lacks=(
            "900.000",
            "Phông cưới",
            "Loa kéo",
            "quá cũ",
            "8812",
            "3.100.000",
            "ba mươi phần trăm",
            "không công khai",
        ),
        told=("chữ ẩn",),
    ),
    Case(
        Kind.UNPUBLISHED,
        "page saved by Word with changes, a comment and hidden words",
        "thu-kho.html",
        lambda: WORD_HIDDEN,
        has=(
            "II. Trách nhiệm của thủ kho",
            "Kiểm kê mỗi quý một lần",
            "Báo cáo Chánh Văn phòng.",
        ),
        lacks=("đột xuất", "giám đốc", "hỏi lại kế toán", "supportLists", "Print"),
        told=("chữ ẩn",),
    ),
    Case(
        Kind.LEFTOVERS,
        "portal page made of plain divisions, sentences that look like leftovers",
        "the-thao.html",
        lambda: web_page(PORTAL),
        has=(
            "Hôm nay: khai mạc lúc 7 giờ tại nhà thi đấu.",
            "Đang thi đấu: 14 đội; đã nghỉ: 2 đội.",
            "Nội dung: Tất cả; Kết quả: 31 trận",
            "Nội dung: Hôm qua; Kết quả: 6 trận",
            "Nội dung: Lượt truy cập trang giải; Kết quả: 4.070",
            "Chia sẻ kinh nghiệm: đội vô địch tập ba buổi một tuần.",
        ),
        lacks=("7.654.321", "Đang truy cập", "Dịch vụ công"),
    ),
    Case(
        Kind.NOTES,
        "footnotes of a page saved by Word, one in a table",
        "cong-tac-phi.html",
        lambda: web_page(WORD_NOTES),
        has=("Nơi đến: Hà Nội; Tiền phòng: 900.000 (chú thích: Cán bộ nữ đi một mình",),
        in_order=(
            "Phụ cấp lưu trú là 250.000 đồng một ngày.",
            "Chú thích 1: Đi trên mười ngày hưởng 200.000 đồng.",
            "Nơi đến: Yên Bái; Tiền phòng: 600.000",
            "Chứng từ nộp trong mười ngày.",
        ),
        lacks=("[1]", "[2]", "250.0001", "900.0002"),
    ),
    Case(
        Kind.CHARACTERS,
        "kinds of spaces, joiners, numeric entities, tones of their own",
        "gui-xe.html",
        lambda: web_page(ODD_CHARACTERS),
        has=(
            "Quy định gửi xe",
            "Vé tháng là 60.000 đồng; mất vé phạt 20.000 đồng.",
            "Bãi xe mở cửa từ 6 giờ; xe đạp miễn phí, xe",
            "phân khối lớn",
            "gửi sân sau.",
            "báo bảo vệ ca tối",
        ),
        lacks=("\u200b", "\u200c", "\u200d", "\xad", "&"),
    ),
    Case(
        Kind.ENCODINGS,
        "UTF-16 declared as utf-8",
        "hop-chi-bo.html",
        lambda: web_page(
            "<h1>Lịch họp chi bộ</h1><p>Chi bộ họp vào chiều ngày mùng năm, địa điểm hội trường "
            "tầng hai.</p>",
            encoding="utf-16",
        ),
        has=("Chi bộ họp vào chiều ngày mùng năm, địa điểm hội trường tầng hai.",),
    ),
    Case(
        Kind.ENCODINGS,
        "windows-1258 without a declaration",
        "tuyen-bao-ve.html",
        lambda: OLD_PAGE,
        has=("Cần tuyển hai người biết tiếng Mông, sức khỏe tốt, ưu tiên bộ đội xuất ngũ",),
    ),
    Case(
        Kind.ENCODINGS,
        "paragraphs in .VnTime within a Unicode page",
        "kho-giong.html",
        lambda: web_page(TCVN3_FONT),
        has=(
            "Điều 2. Giờ mở cửa kho giống cây trồng.",
            "Kho giống mở cửa buổi sáng các ngày trong tuần, người mua phải đăng ký trước.",
        ),
    ),
    Case(
        Kind.CONTAINERS,
        "MHTML with a table named .html",
        "gia-dien.html",
        lambda: mhtml(
            "<table><tr><th>Bậc</th><th>Giá điện</th></tr><tr><td>Sinh hoạt</td>"
            "<td>1.984 đồng</td></tr><tr><td>Sản xuất</td><td>1.809 đồng</td></tr></table>"
        ),
        has=("Bậc: Sinh hoạt; Giá điện: 1.984 đồng", "Bậc: Sản xuất; Giá điện: 1.809 đồng"),
        lacks=("=C", "Content-T", "NextPart"),
        may_refuse=True,
    ),
    Case(
        Kind.LETTERHEAD,
        "notice with its letterhead and signature in tables without lines",
        "tiep-dan.html",
        lambda: web_page(LETTERHEAD),
        has=("công dân được tiếp tại nhà số 3",),
        details={
            "number": "58/TB-VP",
            "published": "2024-04-06",
            "signer": "Vàng Thị Kim Liên",
        },
    ),
    Case(
        Kind.BAD_INPUT,
        "table of five thousand rows",
        "muc-luc-kho.html",
        long_table,
        has=("Mã hồ sơ: HS-00001; Nơi để: Hộp 1", "Mã hồ sơ: HS-05000; Nơi để: Hộp 251"),
        in_order=("HS-02499; Nơi để: Hộp 125", "HS-02500; Nơi để: Hộp 126", "Hết danh mục."),
        lacks=("STT",),
    ),
    Case(
        Kind.BAD_INPUT,
        "thousands of nested lists and unclosed elements",
        "hong-nuoc.html",
        nested_lists,
        has=("Họng nước cứu hỏa ở góc sân phía tây.",),
        may_refuse=True,
    ),
)
