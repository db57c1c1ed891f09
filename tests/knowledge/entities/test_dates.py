import pytest

from knowledge.entities.dates import CalendarDate, date_spans, dates_in, day_of


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Ngày 22/7/2004, 03/02 và 2 - 9 - 1945.", ["22/7/2004", "03/02", "2 - 9 - 1945"]),
        ("Từ 23–24/9 đến 28.8.1945", ["23–24/9", "28.8.1945"]),
        ("ngày 19 tháng 5, năm 1890", ["19 tháng 5, năm 1890"]),
        ("ngày 19 tháng 5 năm 1890", ["19 tháng 5 năm 1890"]),
        ("mồng 1 tháng giêng", ["1 tháng giêng"]),
        ("tháng 8/1945, tháng 10 năm 1991", ["tháng 8/1945", "tháng 10 năm 1991"]),
        ("cuối năm 1976, 1991", ["cuối năm 1976", "1991"]),
        ("ban hành 2024-08-05", ["2024-08-05"]),
        ("Nghị định 30/2020/NĐ-CP", []),
        ("32/5, 5/13, 5/8/24, 7 ngày, 12345", []),
    ],
)
def test_everything_that_may_be_a_date_is_found(text: str, written: list[str]) -> None:
    assert [text[start:end] for start, end in date_spans(text)] == written


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("Ngày 22/7/2004", [CalendarDate(22, 7, 2004)]),
        ("dịp 03/02.", [CalendarDate(3, 2, None, padded_day=True, padded_month=True)]),
        ("19 tháng 5 năm 1890", [CalendarDate(19, 5, 1890, in_words=True)]),
        ("Đầu năm 1976", [CalendarDate(None, None, 1976, part="đầu ")]),
        ("vào tháng 5 năm 1996", [CalendarDate(None, None, 1996)]),
        ("29/2", [CalendarDate(29, 2, None)]),
        ("30/2, 31/4/2020", []),
        ("2.9.1945, 1945, tháng 8/1945", []),
        ("từ 2/9 đến 5/9", []),
        ("những năm 1990", []),
        ("30/2020/NĐ-CP", []),
    ],
)
def test_dates_that_can_be_asked_for_have_their_value(text: str, dates: list[CalendarDate]) -> None:
    assert [date for _, date in dates_in(text)] == dates


@pytest.mark.parametrize("text", ["22/7/2004", "03/02", "19 tháng 5 năm 1890", "khoảng năm 1976"])
def test_a_date_is_written_as_it_stood(text: str) -> None:
    (((start, end), date),) = dates_in(text)
    assert text[start:end] == str(date) == text


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("5/8/2024", "2024-08-05"),
        ("2024-08-05", "2024-08-05"),
        ("Ngày 5 tháng 8 năm 2024", "2024-08-05"),
        ("5 / 8 / 2024", "2024-08-05"),
        ("31/2/2024", None),
        ("5/8", None),
        ("năm 2024", None),
    ],
)
def test_a_text_that_is_one_date(text: str, iso: str | None) -> None:
    date = day_of(text)
    assert date is not None
    assert date.iso() == iso


@pytest.mark.parametrize("text", ["", "hôm qua", "4-5/8/2024", "sáng 5/8/2024", "5/8/24"])
def test_a_text_that_is_no_date_or_not_only_one(text: str) -> None:
    assert day_of(text) is None


@pytest.mark.parametrize(
    ("one", "other", "agree"),
    [
        ("2/9", "2/9/1945", True),
        ("2/9/1945", "2 tháng 9 năm 1945", True),
        ("2/9/1945", "2/9/1946", False),
        ("năm 1945", "2/9/1945", True),
        ("2/9", "năm 1945", False),
    ],
)
def test_dates_agree_when_they_may_be_the_same(one: str, other: str, *, agree: bool) -> None:
    ((_, first),), ((_, second),) = dates_in(one), dates_in(other)
    assert first.agrees_with(second) is second.agrees_with(first) is agree
