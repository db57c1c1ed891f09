import pytest

from knowledge.entities.quantities import count_spans, duration_spans, number_value


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("7 chương trình và hơn 29 đề án", ["7", "hơn 29"]),
        ("gần 1,5 triệu người", ["gần 1,5 triệu"]),
        ("ba nhóm, Nửa tỉnh", ["ba", "Nửa"]),
        ("đạt 95 %", ["95 %"]),
        ("ngày 22/7/2004, năm 1991, tháng 8", []),
        ("Quyết định số 828/QĐ-TTg", []),
        ("năm điều", []),
    ],
)
def test_counts_stand_outside_dates_and_document_numbers(text: str, counts: list[str]) -> None:
    assert [text[start:end] for start, end in count_spans(text)] == counts


@pytest.mark.parametrize(
    ("text", "durations"),
    [
        ("gần 76 năm xây dựng", ["gần 76 năm"]),
        ("trong hai ngày 23 và 24/9", ["hai ngày"]),
        ("suốt nửa thế kỷ", ["suốt nửa thế kỷ"]),
        ("3 tháng 2, tháng 8", []),
    ],
)
def test_durations(text: str, durations: list[str]) -> None:
    assert [text[start:end] for start, end in duration_spans(text)] == durations


@pytest.mark.parametrize(
    ("written", "value"), [("7", 7), ("1.302", 1302), ("Bảy", 7), ("mười", 10)]
)
def test_values(written: str, value: int) -> None:
    assert number_value(written) == value
