import pytest
from hypothesis import given
from hypothesis import strategies as st

from embeddings.vietnamese import fold
from knowledge.evaluation.answer_match import holds


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("Mở cửa lúc 7 giờ 30 phút.", "7 giờ 30"),
        ("MO CUA LUC 7 GIO 30", "7 giờ 30"),
        ("gồm **Phòng Tổng hợp**, Phòng Nội chính", "phòng tổng hợp"),
        ("Nộp 250.000 đồng", "250 000 đồng"),
        ("đi từ 30km trở lên", "30 km"),
        ("ngày 28/8/1945", "28/8"),
        ("- thẻ công chức;\n- giấy mời.", "* giấy mời\n* thẻ công chức"),
        ("Lan; Phòng Hành chính; 0123", "| Lan | 0123 |"),
        ("ông Đỗ Văn Đạt", "do van dat"),
    ],
)
def test_the_answer_is_held(text: str, answer: str) -> None:
    assert holds(text, answer)


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("nghỉ 15 ngày", "5 ngày"),
        ("cách 30 km", "3"),
        ("phòng hành chính", "nh chính"),
        ("thẻ công chức", "thẻ công chức\ngiấy mời"),
        ("Lan; 0123", "Lan | 0124"),
        ("mở cửa", ""),
        ("mở cửa", "…\n|"),
        ("", "mở cửa"),
    ],
)
def test_the_answer_is_missing(text: str, answer: str) -> None:
    assert not holds(text, answer)


ANSWERS = st.lists(
    st.text(st.sampled_from("aăâđêôơưÀẾỘ19 .,"), min_size=1, max_size=9).filter(
        lambda text: any(map(str.isalnum, text))
    ),
    min_size=1,
    max_size=4,
)


@given(ANSWERS, st.permutations(range(4)), st.sampled_from(["\n", " | "]))
def test_parts_are_held_in_any_order_and_typing(
    parts: list[str], order: list[int], between: str
) -> None:
    shown = "; ".join(f"*{fold(parts[n]).upper()}*" for n in order if n < len(parts))
    assert holds(shown, between.join(parts))
