import pytest

from knowledge.documents.details import iso_day, one_line
from knowledge.errors import DocumentDetailError


@pytest.mark.parametrize(
    "text",
    [
        "5/8/2024",
        "05-08-2024",
        " 5.8.2024 ",
        "2024-08-05",
        "ngày 5 tháng 8 năm 2024",
        "5 / 8 / 2024",
    ],
)
def test_days(text: str) -> None:
    assert iso_day(text) == "2024-08-05"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("31/2/2024", "không phải ngày có thật"),
        ("hôm qua", "ngày/tháng/năm"),
        ("", "ngày/tháng/năm"),
        ("1/1/1800", "nhận được 1800"),
        ("5/8/24", "ngày/tháng/năm"),
    ],
)
def test_bad_days_say_the_rule(text: str, says: str) -> None:
    with pytest.raises(DocumentDetailError, match=says):
        iso_day(text)


def test_lines() -> None:
    assert one_line("Tiêu đề", "  Quy\x00 chế\n\nmới ") == "Quy chế mới"
    for text, says in ((" \n", "phải có chữ"), ("😀", "phải có chữ"), ("x" * 301, "dài 301")):
        with pytest.raises(DocumentDetailError, match=says):
            one_line("Tiêu đề", text)
