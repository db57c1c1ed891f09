import pytest

from knowledge.entities.names import NameKind, name_spans, names_in


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "Chủ tịch Hồ Chí Minh ký sắc lệnh tại Hà Nội.",
            ["Chủ tịch Hồ Chí Minh", "Hà Nội"],
        ),
        ("do Thủ tướng Chính phủ Phạm Văn Đồng", ["Thủ tướng Chính phủ Phạm Văn Đồng"]),
        ("Phó Chủ tịch UBND tỉnh chủ trì", ["Phó Chủ tịch UBND tỉnh"]),
        ("Văn phòng của tỉnh", []),
        ("nước ta", []),
    ],
)
def test_everything_that_may_be_a_name_is_found(text: str, names: list[str]) -> None:
    assert [text[start:end] for start, end in name_spans(text)] == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("tỉnh Lào Cai", [(NameKind.PLACE, "Lào Cai", "tỉnh")]),
        ("Thị xã Sa Pa", [(NameKind.PLACE, "Sa Pa", "thị xã")]),
        ("Bác Hồ thăm", [(NameKind.PERSON, "Bác Hồ", "")]),
        ("Chủ tịch nước", [(NameKind.HOLDER, "Chủ tịch nước", "")]),
        ("Chủ tịch UBND tỉnh", [(NameKind.HOLDER, "Chủ tịch UBND tỉnh", "")]),
        (
            "do Tỉnh ủy và Bộ Nội vụ",
            [(NameKind.BODY, "Tỉnh ủy", ""), (NameKind.BODY, "Bộ Nội vụ", "")],
        ),
        ("Phạm Vy", []),
    ],
)
def test_names_come_with_what_they_name(text: str, names: list[tuple[NameKind, str, str]]) -> None:
    assert [(name.kind, name.core, name.unit) for name in names_in(text)] == names


def test_spellings_of_one_name_share_a_key() -> None:
    uncle, president = names_in("Bác Hồ, Chủ tịch Hồ Chí Minh")
    new, old = names_in("tỉnh Hoà Bình, tỉnh Hòa Bình")
    assert uncle.key == president.key
    assert new.key == old.key
