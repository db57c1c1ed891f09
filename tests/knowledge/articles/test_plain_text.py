"""Plain text: title, byline, paragraphs however their lines are broken, and tables."""

from textwrap import dedent

import pytest

from knowledge.articles.plain_text import read_plain_text

CASES = {
    "every line is a paragraph": (
        """
        Biên chế như sau.

        Công chức: 45
        Tổng số: 87
        Trong năm: 15.300
        Trang chủ
        """,
        """
        Biên chế như sau.
        Công chức: 45
        Tổng số: 87
        Trong năm: 15.300
        Trang chủ
        """,
    ),
    "lines broken at a fixed width": (
        """
        Cán bộ được điều động từ địa phương khác đến, chưa có nhà ở tại thành phố
        Lào Cai thì được ở nhà công vụ. Người ở nhà công vụ nộp tiền điện và tiền
        nước hằng tháng.

        1. Nhà công vụ chỉ giao cho người có quyết định điều động còn hiệu lực tại
        thời điểm nộp đơn.
        2. Đơn nộp tại
        Phòng Quản trị.
        """,
        """
        Cán bộ được điều động từ địa phương khác đến, chưa có nhà ở tại thành phố Lào Cai thì được ở nhà công vụ. Người ở nhà công vụ nộp tiền điện và tiền nước hằng tháng.
        1. Nhà công vụ chỉ giao cho người có quyết định điều động còn hiệu lực tại thời điểm nộp đơn.
        2. Đơn nộp tại Phòng Quản trị.
        """,  # noqa: E501
    ),
    "a phrase goes on in the next line": (
        """
        Thời hạn trả lời là
        2 ngày với đơn thường và
        4 ngày với đơn khó.
        Mức khoán:
        450.000 đồng trong tỉnh;
        900.000 đồng ngoài tỉnh.
        """,
        """
        Thời hạn trả lời là 2 ngày với đơn thường và 4 ngày với đơn khó.
        Mức khoán:
        450.000 đồng trong tỉnh;
        900.000 đồng ngoài tỉnh.
        """,
    ),
    "a sentence is broken before figures, a list of figures is none": (
        """
        1. Mỗi người được mượn nhiều nhất
        3 cuốn sách trong tuần
        và 10 cuốn trong tháng.

        Đọc giả nộp phí tuyến Sa Pa -
        Bắc Hà.

        Kho đang giữ
        3 giá sắt
        4 giá gỗ.
        """,
        """
        1. Mỗi người được mượn nhiều nhất 3 cuốn sách trong tuần và 10 cuốn trong tháng.
        Đọc giả nộp phí tuyến Sa Pa - Bắc Hà.
        Kho đang giữ
        3 giá sắt
        4 giá gỗ.
        """,
    ),
    "the counters of a portal are what its report is about": (
        """
        Thống kê truy cập
        Đang online: 14
        Hôm nay: 320
        Tổng cộng: 88.120
        """,
        """
        Thống kê truy cập
        Đang online: 14
        Hôm nay: 320
        Tổng cộng: 88.120
        """,
    ),
    "a list of long lines": (
        """
        Ông Nguyễn Văn An, Trưởng phòng Hành chính của Văn phòng
        Bà Trần Thị Bình, Trưởng phòng Tổng hợp của Văn phòng
        Ông Lê Văn Cường, Trưởng phòng Quản trị của Văn phòng
        """,
        """
        Ông Nguyễn Văn An, Trưởng phòng Hành chính của Văn phòng
        Bà Trần Thị Bình, Trưởng phòng Tổng hợp của Văn phòng
        Ông Lê Văn Cường, Trưởng phòng Quản trị của Văn phòng
        """,
    ),
    "rules part paragraphs": (
        """
        Một.
        -----
        Hai.
        * * *
        Ba.
        """,
        """
        Một.
        Hai.
        Ba.
        """,
    ),
    "columns by tabs, cells left empty": (
        """
        Lái xe của cơ quan
        STT\tBiển số\tLái xe\tTuyến
        1\t24A-001.12\tTài\tSa Pa
        2\t24A-003.90\t\tDự phòng
        Xe dự phòng để tại sân sau.
        """,
        """
        Lái xe của cơ quan
        Biển số: 24A-001.12; Lái xe: Tài; Tuyến: Sa Pa
        Biển số: 24A-003.90; Tuyến: Dự phòng
        Xe dự phòng để tại sân sau.
        """,
    ),
    "columns by as many tabs as it takes": (
        """
        Họ và tên\t\tĐiện thoại
        Nguyễn Văn An\t101
        Lê Bình\t\t\t102
        """,
        """
        Họ và tên: Nguyễn Văn An; Điện thoại: 101
        Họ và tên: Lê Bình; Điện thoại: 102
        """,
    ),
    "columns by blanks, figures on the right, a cell of two lines, a rule": (
        """
        STT  Phòng                Tầng      Số máy
        ------------------------------------------
        1    Hành chính              1         101
        2    Tổng hợp và theo        2       2.102
             dõi địa phương
        3    Quản trị               10          93
        """,
        """
        Phòng: Hành chính; Tầng: 1; Số máy: 101
        Phòng: Tổng hợp và theo dõi địa phương; Tầng: 2; Số máy: 2.102
        Phòng: Quản trị; Tầng: 10; Số máy: 93
        """,
    ),
    "columns by blanks, a group": (
        """
        STT  Họ tên           Ca
        Tổ một
        1    Thào Mí Sính     Sáng
        2    Lưu Ngọc Ánh     Chiều
        """,
        """
        Tổ một
        Họ tên: Thào Mí Sính; Ca: Sáng
        Họ tên: Lưu Ngọc Ánh; Ca: Chiều
        """,
    ),
    "columns by bars": (
        """
        +-------+------+--------+
        | Thẻ   | Màu  | Nơi cấp|
        +-------+------+--------+
        | Khách | vàng | Cổng   |
        | Báo   | đỏ   | Phòng  |
        +-------+------+--------+
        """,
        """
        Thẻ: Khách; Màu: vàng; Nơi cấp: Cổng
        Thẻ: Báo; Màu: đỏ; Nơi cấp: Phòng
        """,
    ),
    "no tables: labels and tabs, words and colons, blanks between sentences": (
        """
        1.\tNộp đơn
        2.\tChờ duyệt
        3.\tNhận kết quả

        Trưởng phòng:\tNguyễn Văn An
        Phó phòng:\tTrần Thị Bình
        Văn thư:\tLê Văn Cường

        Câu một.  Câu hai dài hơn.
        Câu ba dài hơn nữa.  Câu bốn.
        Câu năm.  Câu sáu.

        \tĐoạn thụt đầu dòng.
        \tĐoạn nữa.
        """,
        """
        1. Nộp đơn
        2. Chờ duyệt
        3. Nhận kết quả
        Trưởng phòng: Nguyễn Văn An
        Phó phòng: Trần Thị Bình
        Văn thư: Lê Văn Cường
        Câu một. Câu hai dài hơn.
        Câu ba dài hơn nữa. Câu bốn.
        Câu năm. Câu sáu.
        Đoạn thụt đầu dòng.
        Đoạn nữa.
        """,
    ),
    "a letterhead is no table": (
        """
        ỦY BAN NHÂN DÂN          CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
        TỈNH LÀO CAI             Độc lập - Tự do - Hạnh phúc
        Số: 19/CT-UBND           Lào Cai, ngày 8 tháng 8 năm 2022
        """,
        """
        ỦY BAN NHÂN DÂN
        CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
        TỈNH LÀO CAI
        Độc lập - Tự do - Hạnh phúc
        Số: 19/CT-UBND
        Lào Cai, ngày 8 tháng 8 năm 2022
        """,
    ),
    "the end of a letter is no table": (
        """
        Nơi nhận:\tTM. ỦY BAN NHÂN DÂN
        - Như trên;\tKT. CHỦ TỊCH
        - Lưu: VT.\tPHÓ CHỦ TỊCH

        Bản này in hai mặt.
        """,
        """
        Nơi nhận:
        - Như trên;
        - Lưu: VT.
        TM. ỦY BAN NHÂN DÂN
        KT. CHỦ TỊCH
        PHÓ CHỦ TỊCH
        Bản này in hai mặt.
        """,
    ),
    "who receives what is a table": (
        """
        Nơi nhận\tSố bản
        Phòng Tổng hợp\t2
        Phòng Quản trị\t1
        """,
        """
        Nơi nhận: Phòng Tổng hợp; Số bản: 2
        Nơi nhận: Phòng Quản trị; Số bản: 1
        """,
    ),
}


@pytest.mark.parametrize(("typed", "expected"), CASES.values(), ids=CASES)
def test_lines(typed: str, expected: str) -> None:
    reading = read_plain_text("Tiêu đề\n\n" + dedent(typed).strip("\n"))
    assert reading.title == "Tiêu đề"
    assert reading.text == dedent(expected).strip()


@pytest.mark.parametrize(
    ("text", "title", "author"),
    [
        ("Tên bài\n\nMột câu.\n\nPhạm Vy", "Tên bài", "Phạm Vy"),
        ("Tên bài\nMột câu.\n\nTác giả: Phạm Thị Vy", "Tên bài", "Phạm Thị Vy"),
        ("Một câu.\n\nHai câu.", None, None),
        ("Điều 1. Họp\n\nHai câu.", None, None),
        ("Chỉ một dòng", None, None),
    ],
)
def test_title_and_byline(text: str, title: str | None, author: str | None) -> None:
    reading = read_plain_text(text)
    assert (reading.title, reading.author) == (title, author)


def test_a_long_line_is_read_fast() -> None:
    line = "Cửa kho phía bắc chỉ mở khi có lệnh. " * 20_000
    assert read_plain_text(line).text == line.strip()
    assert len(read_plain_text("a  b\n" * 20_000).blocks) == 1
