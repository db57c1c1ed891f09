import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.generation.sentence_cutter import WrittenSentence, written_sentences

WHOLE = "Ngày truyền thống là ngày 28/8 [1]. Quyết định số 828/QĐ-TTg ký ngày 22/7/2004 [1, 2].\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Đúng là 28/8 [1].", [("Đúng là 28/8.", (1,))]),
        ("Là 28/8. [1] Ký năm 2004.[2][3]", [("Là 28/8.", (1,)), ("Ký năm 2004.", (2, 3))]),
        ("[2] Ký năm 2004.", [("Ký năm 2004.", (2,))]),
        ("- **Công đoàn** [1]\n- Chi hội [1; 2]", [("Công đoàn", (1,)), ("Chi hội", (1, 2))]),
        ("1. Công đoàn [1]\n2) Hội [4]", [("Công đoàn", (1,)), ("Hội", (4,))]),
        ("<p>Ký <b>năm</b> 2004 [1].</p>", [("Ký năm 2004.", (1,))]),
        ("<think>Nói gì đây. Bịa đi [1].</think>Ký năm 2004 [1].", [("Ký năm 2004.", (1,))]),
        ("<script>alert(1)</script>", []),
        ("Không căn cứ.", [("Không căn cứ.", ())]),
        ("[1] [2] …", []),
        ("Ký năm 2004 [1]. Nghị quyết được thông qua và", [("Ký năm 2004.", (1,))]),
        ("Ký năm 2004 [1]. Nghị quyết [1] được thông qua và", [("Ký năm 2004.", (1,))]),
        ('"Ký năm 2004 [1].', [("Ký năm 2004.", (1,))]),
        ("", []),
        ("Ký \ud800 năm 2004 [1].", [("Ký ? năm 2004.", (1,))]),
    ],
)  # fmt: skip
def test_a_reply_is_cut_into_sentences_with_what_they_cite(
    text: str, expected: list[tuple[str, tuple[int, ...]]]
) -> None:
    assert written_sentences(text, finished=True) == [WrittenSentence(*one) for one in expected]


@pytest.mark.parametrize("end", range(len(WHOLE)))
def test_a_sentence_is_given_only_once_it_stays_as_it_is(end: int) -> None:
    whole = written_sentences(WHOLE, finished=True)
    early = written_sentences(WHOLE[:end], finished=False)
    assert early == whole[: len(early)]


PIECES = ["Ký ", "28/8", ". ", *"[1] [ 2] <b> </b> <think> </think> ** A và".split(), "\n"]


@given(st.lists(st.sampled_from(PIECES), max_size=14), st.integers(0, 14))
def test_no_more_text_takes_a_given_sentence_back(pieces: list[str], cut: int) -> None:
    whole = written_sentences("".join(pieces), finished=True)
    early = written_sentences("".join(pieces[:cut]), finished=False)
    assert [s.text for s in early] == [s.text for s in whole[: len(early)]]
