"""Which labels a line begins with, and which a question names."""

import pytest

from knowledge.entities.labels import labels_asked, leading_label


@pytest.mark.parametrize(
    ("line", "part", "value", "shown", "words"),
    [
        ("Điều 3. Chế độ họp", "dieu", "3", "Điều 3", "Chế độ họp"),
        ("ĐIỀU 12a: Chế độ họp", "dieu", "12a", "ĐIỀU 12a", "Chế độ họp"),
        ("Điều 3", "dieu", "3", "Điều 3", ""),
        ("Chương IV TỔ CHỨC", "chuong", "4", "Chương IV", "TỔ CHỨC"),
        ("Phần thứ nhất: Lịch sử", "phan", "1", "Phần thứ nhất", "Lịch sử"),
        ("PHẦN THỨ HAI", "phan", "2", "PHẦN THỨ HAI", ""),
        ("PHẦN MỘT. MỞ ĐẦU", "phan", "1", "PHẦN MỘT", "MỞ ĐẦU"),
        ("Mục 2 – Hồ sơ", "muc", "2", "Mục 2", "Hồ sơ"),
        ("Tiểu mục 1. Nộp hồ sơ", "tieu muc", "1", "Tiểu mục 1", "Nộp hồ sơ"),
        ("Phụ lục số 02: Mẫu đơn", "phu luc", "02", "Phụ lục số 02", "Mẫu đơn"),
        ("PHỤ LỤC", "phu luc", "", "PHỤ LỤC", ""),
        ("Phụ lục B", "phu luc", "b", "Phụ lục B", ""),
        ("Khoản 2. Được sửa đổi", "khoan", "2", "Khoản 2", "Được sửa đổi"),
        ("IX. Kinh phí", "", "9", "IX.", "Kinh phí"),
        ("1.2. Phạm vi", "", "1.2", "1.2.", "Phạm vi"),
        ("1.2 Phạm vi", "", "1.2", "1.2", "Phạm vi"),
        ("12) Phạm vi", "", "12", "12)", "Phạm vi"),
        ("(3) Phạm vi", "", "3", "(3)", "Phạm vi"),
        ("đ) Phạm vi", "", "đ", "đ)", "Phạm vi"),
        ("i) Phạm vi", "", "i", "i)", "Phạm vi"),
        ("B. Phạm vi", "", "b", "B.", "Phạm vi"),
    ],
)
def test_leading_labels(line: str, part: str, value: str, shown: str, words: str) -> None:
    label = leading_label(line)
    assert label is not None
    assert (label.part, label.value, label.text) == (part, value, shown)
    assert line[label.span[1] :] == words


@pytest.mark.parametrize(
    "line",
    [
        "15 ngày làm việc đối với đơn thuộc thẩm quyền",
        "12 lái xe",
        "1.250.000 đồng",
        "2024. Năm ấy",
        "Điều kiện làm việc",
        "Điều 5 của Luật này được thay thế",
        "Điều 5, Điều 6 của Luật này",
        "Mục đích, yêu cầu",
        "Mục Đích",
        "Phần mềm quản lý",
        "Phần hai bên góp",
        "Điểm tin",
        "Khoản thu 3",
        "Phụ lục kèm theo",
        "Chương trình số 5",
        "a, b và c",
    ],
)
def test_lines_without_label(line: str) -> None:
    assert leading_label(line) is None


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("Điều 3 nói gì", ["dieu 3"]),
        ("dieu 3 khoan 2", ["dieu 3", "khoan 2"]),
        ("khoản 2, điều 3 quy định gì?", ["khoan 2", "dieu 3"]),
        ("điểm đ khoản 1 Điều 4", ["diem đ", "khoan 1", "dieu 4"]),
        ("điểm i khoản 1", ["diem i", "khoan 1"]),
        ("diem b khoan1 dieu4 la gi", ["diem b", "khoan 1", "dieu 4"]),
        ("k2 đ3", ["khoan 2", "dieu 3"]),
        ("k2, d3 noi gi", ["khoan 2", "dieu 3"]),
        ("điều thứ 3", ["dieu 3"]),
        ("điều số 12a", ["dieu 12a"]),
        ("chương II có mấy điều", ["chuong 2"]),
        ("chuong ii noi gi", ["chuong 2"]),
        ("chương vi quy định gì", ["chuong 6"]),
        ("chương thứ hai", ["chuong 2"]),
        ("phần I", ["phan 1"]),
        ("phần thứ nhất viết gì", ["phan 1"]),
        ("mục 3 chương 2", ["muc 3", "chuong 2"]),
        ("tiểu mục 1", ["tieu muc 1"]),
        ("phụ lục 2 có gì", ["phu luc 2"]),
        ("Phụ lục A là gì", ["phu luc a"]),
        ("mục 1.2 nói gì", ["muc 1.2"]),
        # none of these names a part
        ("điều kiện nghỉ phép là gì", []),
        ("mục đích của quy chế", []),
        ("mục tiêu 2025", []),
        ("phần mềm nào", []),
        ("điều vi phạm", []),
        ("điều ví dụ", []),
        ("phần vi phạm quy định", []),
        ("mục ở đâu", []),
        ("điểm ở đâu", []),
        ("diem o dau", []),
        ("phan vi pham", []),
        ("địa điểm 2", []),
        ("thời điểm 31/12/2024", []),
        ("thoi diem 1", []),
        ("tài khoản 3", []),
        ("khoản 5 triệu đồng", []),
        ("bộ phận 1 cửa", []),
        ("bo phan 1 cua", []),
        ("mức 3", []),
        ("một phần 3", []),
        ("chương trình 5", []),
        ("điều 3/2024", []),
        ("đ/c Ba", []),
        ("", []),
    ],
)
def test_labels_asked(question: str, asked: list[str]) -> None:
    found = labels_asked(question)
    assert [f"{label.part} {label.value}" for label in found] == asked
    assert all(question[slice(*label.span)] == label.text for label in found)


def test_what_a_question_asks_for_is_met_by_bare_labels_too() -> None:
    (khoan,) = labels_asked("khoản 2")
    (dieu,) = labels_asked("điều 2")
    bare, named = leading_label("2. Nội dung"), leading_label("Điều 2. Nội dung")
    assert bare is not None
    assert named is not None
    assert bare.meets(khoan)
    assert named.meets(dieu)
    assert not named.meets(khoan)
