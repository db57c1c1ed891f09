"""Where the answers of the training data stand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.knowledge.small_corpus import chunks_of
from training.answers import places, span_of, squeezed
from training.documents import Answer, Document

TEXT = "Văn phòng họp lúc 8 giờ. Họp ở phòng số 2. Chủ trì là An."
TWICE = "Kho mở lúc 8 giờ.\n\nBãi xe mở lúc 8 giờ.\n\nCổng phụ cạnh nhà ăn khóa từ 8 giờ."
LIST = "Cần mang:\n\n- giấy **khai sinh**\n- bút\n- thước"
TABLE = "| Tên | Số máy |\n|---|---|\n| An | 231 |\n| Bình | 232 |"


@pytest.mark.parametrize(
    ("text", "answer", "at", "found"),
    [
        (TEXT, "8 giờ", None, [["Văn phòng họp lúc 8 giờ."]]),
        (TEXT, "9 giờ", None, []),
        (TEXT, "phòng số 2. Chủ trì là An", None, [["Họp ở phòng số 2.", "Chủ trì là An."]]),
        (TWICE, "8 giờ", None, [["Kho mở lúc 8 giờ."], ["Bãi xe mở lúc 8 giờ."]]),
        (TWICE, "8 giờ", 33, [["Bãi xe mở lúc 8 giờ."], ["Kho mở lúc 8 giờ."]]),
        (TWICE, "8 giờ", 5, [["Kho mở lúc 8 giờ."], ["Bãi xe mở lúc 8 giờ."]]),
        (LIST, "giấy **khai sinh**\n- bút", None, [["giấy khai sinh", "bút"]]),
        (LIST, "- giấy **khai sinh**\n- bút\n- thước", None, [["giấy khai sinh", "bút", "thước"]]),
        (TABLE, "232", None, [["Tên: Bình; Số máy: 232"]]),
        (TABLE, "| Bình | 232 |", None, [["Tên: Bình; Số máy: 232"]]),
        (TABLE, "| An | 231 |\n| Bình | 232 |", None,
         [["Tên: An; Số máy: 231", "Tên: Bình; Số máy: 232"]]),
        ("Ký ngày **22/7**/2004.", "22/7**/2004", None, [["Ký ngày 22/7/2004."]]),
    ],
)  # fmt: skip
def test_an_answer_is_placed_in_the_units_that_hold_it(
    text: str, answer: str, at: int | None, found: list[list[str]]
) -> None:
    chunks = chunks_of(text)
    units = {chunk.chunk_id: chunk.sentences for chunk in chunks}
    placed = places(Answer("d", answer, at), Document("d", "Tên bài", text), chunks)
    assert [[u.text for u in units[chunk][a : b + 1]] for chunk, a, b in placed] == found


@pytest.mark.parametrize(
    ("answer", "text", "stretch"),
    [
        ("8 giờ", TEXT, "8 giờ"),
        ("8 GIO", TEXT, "8 giờ"),
        ("phòng số 2. Chủ trì", TEXT, "phòng số 2. Chủ trì"),
        ("9 giờ", TEXT, None),
        ("họp lúc 9 giờ", TEXT, None),
        ("", TEXT, None),
        ("- ", TEXT, None),
        ("231 | An", "Tên: An; Số máy: 231", "An; Số máy: 231"),
        ("| An | 232 |", "Tên: An; Số máy: 231", None),
        ("- giấy **khai sinh**\n- bút", "Mang giấy khai sinh, thước, bút.",
         "giấy khai sinh, thước, bút"),
        ("đường Đỗ", "Đường Đỗ Mười", "Đường Đỗ"),
    ],
)  # fmt: skip
def test_a_span_reaches_from_the_first_to_the_last_part(
    answer: str, text: str, stretch: str | None
) -> None:
    span = span_of(answer, text)
    assert (None if span is None else text[slice(*span)]) == stretch


@given(st.text(), st.text())
def test_squeezed_keeps_the_place_of_every_letter(text: str, more: str) -> None:
    small, at = squeezed(text + more)
    assert len(small) == len(at)
    assert at == sorted(at)
    assert small == squeezed(text)[0] + squeezed(more)[0]
    assert all(part in squeezed(text + more)[0] for part in squeezed(text)[0])


WORDS = st.lists(st.sampled_from("Đỗ giờ 28/8 (an) – Bộ, ốm".split()), min_size=1).map(" ".join)


@given(WORDS, WORDS, WORDS)
def test_what_a_text_holds_is_found_in_it(before: str, answer: str, behind: str) -> None:
    text = f"{before} {answer} {behind}"
    span = span_of(answer, text)
    if not squeezed(answer)[0]:
        assert span is None
    else:
        assert span is not None
        assert squeezed(text[slice(*span)])[0] == squeezed(answer)[0]
