"""Questions up to the limit, of whatever people type, paste or try: an answer or a rule."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from knowledge import Assistant, QuestionError, read_office
from knowledge.conversation.conversation import Conversation
from knowledge.conversation.turn import Turn
from knowledge.retrieval.typed_question import MAX_QUESTION_CHARACTERS

OFFICE = read_office().glossary
ODD = (
    *(
        "1",
        "2",
        "828",
        "28/8",
        "12/QĐ-UBND",
        "điều 3",
        "khoản 2 điều 3",
        "ngày 31/2/2020",
        "10.000",
    ),
    *(
        "?",
        "!",
        ";",
        ".",
        "…",
        "-",
        "/",
        "\\",
        "@",
        "%",
        "*",
        "_",
        "<b>",
        "</b>",
        "\n",
        "\t",
        "\x00",
    ),
    *("½", "²", "٣", "ﬁ", "İ", "ß", "ǅ", "đ", "Ơ", "\u0301", "\u0323\u0302", "\ud800", "\u200b"),
    *(
        "\u202e",
        "😀",
        "👨‍👩‍👧",
        "漢",
        "ع",
        "q1đ",
        "mục IV",
        "1.2.3.4",
        "what is",
        "không",
        "là",
        "nó",
    ),
)
WORDS = st.sampled_from([*OFFICE.abbreviations, *OFFICE.english, *ODD])
SPACES = st.sampled_from([" ", "", ", ", "? ", "\n", "."])


@st.composite
def questions(draw: st.DrawFn) -> str:
    """A few words over and over, up to the limit, cut wherever that is."""
    words = draw(st.lists(st.one_of(WORDS, WORDS.map(str.upper)), min_size=1, max_size=6))
    once = draw(SPACES).join([*words, ""]) or "?"
    length = draw(st.sampled_from([MAX_QUESTION_CHARACTERS, MAX_QUESTION_CHARACTERS - 1, 60]))
    return (once * length)[:length]


FEW = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@FEW
@given(question=questions())
def test_a_long_question_is_answered_or_refused(assistant: Assistant, question: str) -> None:
    try:
        answer = assistant.answer(question)
    except QuestionError:  # nothing in it that can be looked up
        return
    assert answer.question == question
    assert answer.refused == (not answer.sentences)


@settings(FEW, max_examples=8)
@given(first=questions(), then=questions())
def test_so_is_one_after_another(assistant: Assistant, first: str, then: str) -> None:
    conversation = Conversation(assistant)
    try:
        turn = Turn.of(first, conversation.answer(first))
        assert conversation.answer(then, [turn]).question == then
    except QuestionError:
        return


@pytest.mark.parametrize("words", ["UBND TP HCM ", "tt ", "điều 3 khoản 2 "])
def test_the_longest_question_is_no_error(assistant: Assistant, words: str) -> None:
    question = (words * MAX_QUESTION_CHARACTERS)[:MAX_QUESTION_CHARACTERS].strip()
    assert assistant.answer(question).question == question


def test_what_follows_the_longest_question_is_no_error(assistant: Assistant) -> None:
    long = f"{'quy trình báo cáo tổng hợp ' * 36}là gì"
    turn = Turn.of(long, assistant.answer(long))
    Conversation(assistant).answer("thế còn thời hạn nộp và người ký quyết định đó là ai?", [turn])
