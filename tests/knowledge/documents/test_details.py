import datetime as dt

import pytest

from knowledge.documents.details import DetailField, DocumentDetails, iso_day, one_line
from knowledge.errors import DocumentDetailError

TODAY = dt.date(2026, 3, 1)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("5/8/2024", "2024-08-05"),
        ("05-08-2024", "2024-08-05"),
        (" 5.8.2024 ", "2024-08-05"),
        ("2024-08-05", "2024-08-05"),
        ("ngày 5 tháng 8 năm 2024", "2024-08-05"),
        ("Ngày 05/8/2024", "2024-08-05"),
        ("5 tháng 8, 2024", "2024-08-05"),
        ("5 tháng Tám năm 2024", "2024-08-05"),
        ("5 / 8 / 2024", "2024-08-05"),
        ("hôm nay", "2026-03-01"),
        ("Hôm  qua", "2026-02-28"),
        ("hom kia", "2026-02-27"),
    ],
)
def test_days(text: str, day: str) -> None:
    assert iso_day(text, TODAY) == day


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("31/2/2024", "không phải ngày có thật"),
        ("hôm nọ", "ngày/tháng/năm"),
        ("", "ngày/tháng/năm"),
        ("1/1/1800", "nhận được 1800"),
        ("5/8/24", "ngày/tháng/năm"),
        ("tháng 8/2024", "thiếu ngày"),
        ("năm 2024", "thiếu ngày"),
        ("5/8", "thiếu năm"),
    ],
)
def test_bad_days_say_the_rule(text: str, says: str) -> None:
    with pytest.raises(DocumentDetailError, match=says):
        iso_day(text, TODAY)


def test_lines() -> None:
    assert one_line("Tiêu đề", "  Quy\x00 chế\n\nmới ") == "Quy chế mới"
    for text, says in ((" \n", "phải có chữ"), ("😀", "phải có chữ"), ("x" * 301, "dài 301")):
        with pytest.raises(DocumentDetailError, match=says):
            one_line("Tiêu đề", text)


DETAILS = DocumentDetails("Quy chế", "Quyết định số 4/QĐ-VP", "2024-08-05", "4/QĐ-VP")


@pytest.mark.parametrize(
    ("field", "text", "expected"),
    [
        (DetailField.SIGNER, " Lê  An, Chánh Văn phòng", "Lê An, Chánh Văn phòng"),
        (DetailField.PUBLISHED, "hôm nay", "2026-03-01"),
        (DetailField.SUMMARY, "", None),
    ],
)
def test_a_detail_is_typed_or_taken_away(
    field: DetailField, text: str, expected: str | None
) -> None:
    assert getattr(DETAILS.with_typed(field, text, TODAY), field) == expected


def test_a_new_number_stands_in_the_source_too() -> None:
    typed = DETAILS.with_typed(DetailField.NUMBER, "45/QĐ-VP", TODAY)
    assert (typed.number, typed.source) == ("45/QĐ-VP", "Quyết định số 45/QĐ-VP")


def test_a_title_cannot_be_taken_away() -> None:
    with pytest.raises(DocumentDetailError, match="phải có chữ"):
        DETAILS.with_typed(DetailField.TITLE, "", TODAY)


def test_the_number_of_a_document_of_earlier_days_is_that_of_its_source() -> None:
    assert DocumentDetails("Quy chế", "Quyết định số 4/QĐ-VP").own_number == "4/QĐ-VP"
