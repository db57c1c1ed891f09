import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.features.challenges.challenge import Answered, Challenge, ChallengeState, Outcome
from bot.features.challenges.leaderboard import leaderboard_text, ranking
from bot.features.challenges.topic_choice import EVERYTHING, meant_topic
from bot.limits import MESSAGE_UNITS
from bot.telegram.formatting import utf16_units
from knowledge.quiz.bank.reading import read_bank
from tests.bot.conftest import SHIPPED_QUIZZES

TOPICS = read_bank(SHIPPED_QUIZZES).bank.topics


def answer(position: int, person: int, seconds: float, *, correct: bool = True) -> Answered:
    return Answered(position, person, f"Người {person:02}", correct, seconds)


def outcome(*answers: Answered, state: ChallengeState = ChallengeState.FINISHED) -> Outcome:
    began = dt.datetime(2026, 11, 23, 2, 0, tzinfo=dt.UTC)
    challenge = Challenge(1, -1, None, None, state, 1, 30, began)
    return Outcome(challenge, 5, 3, answers)


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ([], []),
        # more right answers beat speed
        ([answer(0, 1, 1), answer(0, 2, 9), answer(1, 2, 9)], [(1, 2, 2, 18.0), (2, 1, 1, 1.0)]),
        # what a wrong answer took does not count
        (
            [answer(0, 1, 5), answer(1, 1, 29, correct=False), answer(0, 2, 6)],
            [(1, 1, 1, 5.0), (2, 2, 1, 6.0)],
        ),
        # equal to a tenth of a second: one place, and the next is left out
        (
            [answer(0, 1, 5.01), answer(0, 2, 5.04), answer(0, 3, 6), answer(0, 4, 4)],
            [(1, 4, 1, 4.0), (2, 1, 1, 5.0), (2, 2, 1, 5.0), (4, 3, 1, 6.0)],
        ),
        ([answer(0, 1, 5, correct=False)], [(1, 1, 0, 0.0)]),
    ],
)
def test_places(answers: list[Answered], expected: list[tuple[int, int, int, float]]) -> None:
    found = [(s.place, s.person_id, s.right, s.seconds) for s in ranking(answers)]
    assert found == expected


@given(
    st.lists(
        st.builds(
            answer,
            st.integers(0, 4),
            st.integers(1, 15),
            st.floats(0, 32),
            correct=st.booleans(),
        ),
        unique_by=lambda one: (one.position, one.person_id),
    )
)
def test_everybody_has_one_place_and_the_order_holds(answers: list[Answered]) -> None:
    found = ranking(answers)
    assert sorted(s.person_id for s in found) == sorted({a.person_id for a in answers})
    for number, standing in enumerate(found, 1):
        better = [s for s in found if (-s.right, s.seconds) < (-standing.right, standing.seconds)]
        assert standing.place == len(better) + 1 <= number
    assert utf16_units(leaderboard_text(outcome(*answers), "Tổng hợp")) < MESSAGE_UNITS


def test_the_ten_best_are_shown_with_medals_and_harmless_names() -> None:
    answers = [answer(0, person, person) for person in range(2, 13)]
    text = leaderboard_text(
        outcome(
            Answered(0, 1, "<b>Lan</b> & Minh\n" + "x" * 200, correct=True, seconds=1.25), *answers
        ),
        "A & B",
    )
    lines = text.split("\n")
    assert "A &amp; B" in lines[0]
    assert lines[1].startswith("🥇 &lt;b&gt;Lan&lt;/b&gt; &amp; Minh x")
    assert lines[1].endswith("<b>1/3</b> · 1,2 giây")
    assert [line[:2] for line in lines[2:5]] == ["🥈 ", "🥉 ", "4."]
    assert lines[10].startswith("10. Người 10")
    assert lines[11:] == ["… và 2 người nữa"]


def test_who_knew_nothing_gets_no_medal() -> None:
    text = leaderboard_text(outcome(answer(0, 1, 3, correct=False)), "Tổng hợp")
    assert "🥇" not in text
    assert "1. Người 01 – <b>0/3</b>" in text


def test_nobody_answered() -> None:
    stopped = leaderboard_text(outcome(state=ChallengeState.STOPPED), "Tổng hợp")
    assert "sau 3/5 câu" in stopped
    assert "Chưa có ai trả lời" in stopped


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("1", TOPICS[0].topic_id),
        (str(len(TOPICS)), TOPICS[-1].topic_id),
        (TOPICS[1].topic_id, TOPICS[1].topic_id),
        ("tong  HOP", EVERYTHING),
        ("Tổng hợp", EVERYTHING),
        ("ngay truyen thong", TOPICS[0].topic_id),
        ("99", None),
        ("zzzz qqqq", None),
    ],
)
def test_the_topic_that_is_meant(typed: str, meant: str | None) -> None:
    assert meant_topic(typed, TOPICS) == meant
