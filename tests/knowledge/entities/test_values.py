"""Values of a text, and when those of two texts differ."""

import pytest

from knowledge.entities.values import differ, values_in


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("8 giờ 30", {"giờ": 510}),
        ("8h30", {"giờ": 510}),
        ("lúc 17 giờ", {"giờ": 1020}),
        ("35 nghìn đồng", {"đồng": 35_000}),
        ("1.302 văn bản", {"văn": 1302}),
        ("2,5 triệu đồng", {"đồng": 2_500_000}),
        ("1,302,000 đồng", {"đồng": 1_302_000}),
        ("0,8 lần", {"lần": 0.8}),
        ("30%", {"%": 30}),
        ("sáu người", {"người": 6}),
        ("12/QĐ-VP", {}),
        ("buổi sáng", {}),
    ],
)
def test_numbers_with_their_units(text: str, kinds: dict[str, float]) -> None:
    assert {value.kind: value.number for value in values_in(text)} == kinds


@pytest.mark.parametrize(
    ("one", "two", "expected"),
    [
        ("8 giờ 30", "9 giờ", True),
        ("8 giờ 30", "8h30", False),
        ("30.000 đồng", "30 nghìn đồng", False),
        ("ba ngày", "5 ngày", True),
        ("5 ngày", "5 tháng", False),
        ("12/5/2025", "19/5/2025", True),
        ("15/5", "15/5/2024", False),
        ("năm 2019", "15/5/2024", False),
        ("khoảng 400 mét", "412 mét", False),
        ("hơn 20 đề án", "29 đề án", False),
        ("30 cm, cao 10 cm", "10 cm", False),
        ("12/QĐ-VP", "13/QĐ-VP", False),
    ],
)
def test_values_of_a_kind_differ(one: str, two: str, *, expected: bool) -> None:
    assert differ(values_in(one), values_in(two)) is expected
    assert differ(values_in(two), values_in(one)) is expected
