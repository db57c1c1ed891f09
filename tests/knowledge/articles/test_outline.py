"""What typed lines are: headings, items or text, judged by the sequence that they stand in."""

from textwrap import dedent

import pytest

from knowledge.articles.article import Block, Heading, ListItem, Note, Paragraph
from knowledge.articles.outline import outlined


def shown(block: Block) -> str:
    """Return "# text [label]" a heading's level in #, "  1. text" for an item, else the text."""
    match block:
        case Heading(text, level, label):
            return f"{'#' * level} {text}" + (f" [{label}]" if label else "")
        case ListItem(text, label, level):
            return f"{'  ' * level}{label or '-'} {text}"
        case Paragraph(text) | Note(text):
            return text
        case _:
            return str(block)


SENTENCE = "Lời văn có chấm cuối."
CASES = {
    "numbers of things": (
        """
        15 ngày làm việc đối với đơn
        12 lái xe
        2024 là năm đầu
        """,
        """
        15 ngày làm việc đối với đơn
        12 lái xe
        2024 là năm đầu
        """,
    ),
    "a lone number is no heading": (
        """
        3. Nghỉ phép phải báo trước
        3 ngày với người lao động
        """,
        """
        3. Nghỉ phép phải báo trước
        3 ngày với người lao động
        """,
    ),
    "initials and decimals": (
        """
        C. Mác viết bộ Tư bản
        Lời văn có chấm cuối.
        1.5 tỷ đồng mua xe
        V. Lê-nin
        """,
        """
        C. Mác viết bộ Tư bản
        Lời văn có chấm cuối.
        1.5 tỷ đồng mua xe
        V. Lê-nin
        """,
    ),
    "numbered headings": (
        """
        1. Chức năng
        Lời văn có chấm cuối.
        2. Nhiệm vụ
        Lời văn có chấm cuối.
        3. Quyền hạn
        Lời văn có chấm cuối.
        """,
        """
        #### 1. Chức năng [1.]
        Lời văn có chấm cuối.
        #### 2. Nhiệm vụ [2.]
        Lời văn có chấm cuối.
        #### 3. Quyền hạn [3.]
        Lời văn có chấm cuối.
        """,
    ),
    "one sentence makes items of all": (
        """
        1. Chức năng
        Lời văn có chấm cuối.
        2. Văn phòng có ba phòng.
        Lời văn có chấm cuối.
        """,
        """
        1. Chức năng
        Lời văn có chấm cuối.
        2. Văn phòng có ba phòng.
        Lời văn có chấm cuối.
        """,
    ),
    "a numbered list": (
        """
        Hồ sơ gồm:
        1. Đơn
        2. Giấy khai sinh
        3. Ảnh
        Lời văn có chấm cuối.
        """,
        """
        Hồ sơ gồm:
        1. Đơn
        2. Giấy khai sinh
        3. Ảnh
        Lời văn có chấm cuối.
        """,
    ),
    "outline numbers": (
        """
        1. Tổ chức
        1.1. Lãnh đạo
        Lời văn có chấm cuối.
        1.2. Các phòng
        Lời văn có chấm cuối.
        2. Kinh phí
        Lời văn có chấm cuối.
        """,
        """
        #### 1. Tổ chức [1.]
        ##### 1.1. Lãnh đạo [1.1.]
        Lời văn có chấm cuối.
        ##### 1.2. Các phòng [1.2.]
        Lời văn có chấm cuối.
        #### 2. Kinh phí [2.]
        Lời văn có chấm cuối.
        """,
    ),
    "capitals and roman figures": (
        """
        A. Phần chung
        I. Mục tiêu
        Lời văn có chấm cuối.
        II. Yêu cầu
        Lời văn có chấm cuối.
        B. Phần riêng
        I. Nhân sự
        Lời văn có chấm cuối.
        """,
        """
        ## A. Phần chung [A.]
        ### I. Mục tiêu [I.]
        Lời văn có chấm cuối.
        ### II. Yêu cầu [II.]
        Lời văn có chấm cuối.
        ## B. Phần riêng [B.]
        ### I. Nhân sự [I.]
        Lời văn có chấm cuối.
        """,
    ),
    "C, D and I in a row of capitals": (
        """
        A. Phần A
        B. Phần B
        C. Phần C
        D. Phần D
        Đ. Phần Đ
        E. Phần E
        G. Phần G
        H. Phần H
        I. Phần I
        Lời văn có chấm cuối.
        """,
        """
        ## A. Phần A [A.]
        ## B. Phần B [B.]
        ## C. Phần C [C.]
        ## D. Phần D [D.]
        ## Đ. Phần Đ [Đ.]
        ## E. Phần E [E.]
        ## G. Phần G [G.]
        ## H. Phần H [H.]
        ## I. Phần I [I.]
        Lời văn có chấm cuối.
        """,
    ),
    "roman headings with a stop": (
        """
        I. Đặc điểm tình hình:
        Lời văn có chấm cuối.
        II. Kết quả.
        Lời văn có chấm cuối.
        """,
        """
        ### I. Đặc điểm tình hình: [I.]
        Lời văn có chấm cuối.
        ### II. Kết quả. [II.]
        Lời văn có chấm cuối.
        """,
    ),
    "a list in roman figures": (
        """
        I. Đơn
        II. Ảnh
        III. Bằng
        """,
        """
        I. Đơn
        II. Ảnh
        III. Bằng
        """,
    ),
    "titles on the next line": (
        """
        CHƯƠNG I
        QUY ĐỊNH
        CHUNG
        Mục 1
        Cách tính
        Điều 1
        Phạm vi
        Lời văn có chấm cuối.
        """,
        """
        ## CHƯƠNG I QUY ĐỊNH CHUNG [CHƯƠNG I]
        ### Mục 1 Cách tính [Mục 1]
        ##### Điều 1 Phạm vi [Điều 1]
        Lời văn có chấm cuối.
        """,
    ),
    "parts without a title": (
        """
        Chương III
        Điều 7
        Lời văn có chấm cuối.
        PHỤ LỤC
        (Ban hành kèm theo Quy chế)
        """,
        """
        ## Chương III [Chương III]
        ##### Điều 7 [Điều 7]
        Lời văn có chấm cuối.
        # PHỤ LỤC [PHỤ LỤC]
        (Ban hành kèm theo Quy chế)
        """,
    ),
    "khoản, điểm, dashes": (
        """
        Điều 1. Chế độ họp
        1. Họp tuần:
        a) Sáng thứ hai;
        - Có biên bản;
        + Ký tên
        - Có phụ lục;
        b) Chiều thứ sáu.
        2. Họp tháng
        Lời văn có chấm cuối.
        Điều 2. Nghỉ
        1. Nghỉ phép
        2. Nghỉ ốm
        """,
        """
        ##### Điều 1. Chế độ họp [Điều 1]
        1. Họp tuần:
          a) Sáng thứ hai;
            - Có biên bản;
              - Ký tên
            - Có phụ lục;
          b) Chiều thứ sáu.
        2. Họp tháng
        Lời văn có chấm cuối.
        ##### Điều 2. Nghỉ [Điều 2]
        1. Nghỉ phép
        2. Nghỉ ốm
        """,
    ),
    "a paragraph within a list": (
        """
        Điều 1. Họp
        1. Một
        a) Hai
        b) Ba
        Lời văn có chấm cuối.
        c) Bốn
        đ) Năm
        2. Sáu
        """,
        """
        ##### Điều 1. Họp [Điều 1]
        1. Một
          a) Hai
          b) Ba
        Lời văn có chấm cuối.
          c) Bốn
          đ) Năm
        2. Sáu
        """,
    ),
    "bullets end with the list": (
        """
        - Một
        - Hai
        Lời văn có chấm cuối.
        1. Ba.
        - Bốn
        """,
        """
        - Một
        - Hai
        Lời văn có chấm cuối.
        1. Ba.
          - Bốn
        """,
    ),
    "sentences behind a label": (
        """
        QUYẾT ĐỊNH:
        Điều 1. Công nhận ông A là Trưởng phòng.
        Điều 2. Quyết định này có hiệu lực từ ngày ký.
        Điều 3. Chế độ họp.
        1. Họp tuần.
        2. Họp tháng.
        """,
        """
        ## QUYẾT ĐỊNH:
        ##### Điều 1 [Điều 1]
        Điều 1. Công nhận ông A là Trưởng phòng.
        ##### Điều 2 [Điều 2]
        Điều 2. Quyết định này có hiệu lực từ ngày ký.
        ##### Điều 3. Chế độ họp. [Điều 3]
        1. Họp tuần.
        2. Họp tháng.
        """,
    ),
    "references at the beginning of a line": (
        """
        Điều 5 của Luật này được sửa đổi
        Điều 3 Luật Cán bộ quy định rõ
        Khoản 2 Điều 3 được bãi bỏ
        Mục 3 Chương II nói về lương
        Điều 9 Việc khác
        """,
        """
        Điều 5 của Luật này được sửa đổi
        Điều 3 Luật Cán bộ quy định rõ
        Khoản 2 Điều 3 được bãi bỏ
        Mục 3 Chương II nói về lương
        Điều 9 Việc khác
        """,
    ),
    "labels without a stop, in sequence": (
        """
        Điều 1 Phạm vi
        Lời văn có chấm cuối.
        Điều 2 Đối tượng
        Lời văn có chấm cuối.
        Khoản 1. Họp
        Lời văn có chấm cuối.
        """,
        """
        ##### Điều 1 Phạm vi [Điều 1]
        Lời văn có chấm cuối.
        ##### Điều 2 Đối tượng [Điều 2]
        Lời văn có chấm cuối.
        Khoản 1. Họp
        Lời văn có chấm cuối.
        """,
    ),
    "lines in capitals": (
        """
        CHỨC NĂNG, NHIỆM VỤ
        Lời văn có chấm cuối.
        ĐT: 0214 000 111
        CẤM HÚT THUỐC.
        1. VNPT
        2. FPT
        1. MỤC ĐÍCH CHUNG
        Lời văn có chấm cuối.
        TRẦN VĂN A
        """,
        """
        ## CHỨC NĂNG, NHIỆM VỤ
        Lời văn có chấm cuối.
        ĐT: 0214 000 111
        CẤM HÚT THUỐC.
        1. VNPT
        2. FPT
        #### 1. MỤC ĐÍCH CHUNG [1.]
        Lời văn có chấm cuối.
        TRẦN VĂN A
        """,
    ),
}


@pytest.mark.parametrize(("typed", "expected"), CASES.values(), ids=CASES)
def test_typed_lines(typed: str, expected: str) -> None:
    lines = dedent(typed).strip().split("\n")
    blocks = outlined(Paragraph(line) for line in lines)
    assert "\n".join(map(shown, blocks)) == dedent(expected).strip()
    assert outlined(blocks) == blocks


def test_headings_of_the_format_give_their_level_to_those_that_were_typed() -> None:
    blocks = [Heading("Điều 1. Họp", 3), Paragraph(SENTENCE), Paragraph("Điều 2. Nghỉ")]
    assert [shown(block) for block in outlined(blocks)] == [
        "### Điều 1. Họp [Điều 1]",
        SENTENCE,
        "### Điều 2. Nghỉ [Điều 2]",
    ]


def test_items_of_the_format_hold_those_that_were_typed() -> None:
    blocks = [ListItem("Một", "1."), Paragraph("a) Hai"), Note("Ba", "1"), Paragraph("b) Bốn")]
    blocks += [ListItem("Năm", "2."), Paragraph("a) Sáu")]
    assert [shown(block) for block in outlined(blocks)] == [
        "1. Một",
        "  a) Hai",
        "Ba",
        "  b) Bốn",
        "2. Năm",
        "  a) Sáu",
    ]
