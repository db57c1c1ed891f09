import pytest

from knowledge.entities.document_numbers import document_numbers, labelled_number


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "Theo Quyết định số 828/QĐ-TTg và Nghị định 30/2020/NĐ-CP.",
            [("Quyết định", "828", "/QĐ-TTg"), ("Nghị định", "30", "/2020/NĐ-CP")],
        ),
        ("Công văn số 12/UBND-NC", [("Công văn", "12", "/UBND-NC")]),
        ("Luật 91/2025/QH15", [("Luật", "91", "/2025/QH15")]),
        ("số 06/HD-CTK", [(None, "06", "/HD-CTK")]),
        ("ngày 22/7/2004, 3/4 số phiếu", []),
    ],
)
def test_numbers_come_with_the_kind_of_document(
    text: str, found: list[tuple[str | None, str, str]]
) -> None:
    numbers = document_numbers(text)
    assert [(n.kind, n.number, n.symbol) for n in numbers] == found
    assert [text[slice(*number.span)] for number in numbers] == [str(number) for number in numbers]


def test_a_document_is_called_alike_with_another_number() -> None:
    marked, bare = document_numbers("Quyết định số 828/QĐ-TTg, 12/TB-VP")
    assert (marked.called("882"), bare.called("21")) == ("Quyết định số 882/QĐ-TTg", "21/TB-VP")


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Số: 123/QĐ-UBND", "123/QĐ-UBND"),
        ("UBND TỈNH Số 12 / BC-VP", "12/BC-VP"),
        ("Số:     /QĐ-UBND", None),
        ("123/QĐ-UBND", None),
    ],
)
def test_number_of_a_letterhead(text: str, number: str | None) -> None:
    assert labelled_number(text) == number
