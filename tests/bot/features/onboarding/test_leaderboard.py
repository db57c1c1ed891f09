"""The leaderboard: only who wants to be on it, by department."""

from collections.abc import AsyncIterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.access.person import shown_name
from bot.database import Database
from bot.features.onboarding import leaderboard_texts as texts
from bot.features.onboarding.leaderboard import (
    DepartmentNameError,
    Leaderboard,
    Membership,
    department_name,
)
from tests.bot.features.mentoring.mentor_chat import MentorChat, answer_prompt, mentor_chat
from tests.bot.features.quizzes.learners import Learning

PROMPT = texts.PROMPT.format(most=80)


@pytest.fixture
async def chat(app_database: Database) -> AsyncIterator[MentorChat]:
    async with mentor_chat(app_database) as opened:
        yield opened


def an_office_of_players() -> Learning:
    """Three of A, two of B, one of none; 9 is the best and not on the leaderboard."""
    learning = Learning()
    for person, department, joined in (
        (1, "A", True), (2, "A", True), (3, "A", True), (4, "B", True), (5, "B", True),
        (6, None, True), (9, "A", False),
    ):  # fmt: skip
        learning.learner(person, f"Người {person}", department=department, on_leaderboard=joined)
    learning.quiz(1, "t0", [True] * 8)  # 8 questions and a topic: 18
    learning.quiz(1, "t0", [True] * 8)  # again: nothing more
    learning.quiz(2, "t0", [True] * 3 + [False] * 5)  # 3
    learning.quiz(3, "t0", [True] * 3 + [False] * 5, kind="practice")  # 3
    learning.quiz(4, "t1", [True] * 8, kind="practice")  # 8: practice passes nothing
    for topic in ("t0", "t1", "t2"):
        learning.quiz(9, topic, [True] * 8)
    return learning


async def test_points_are_of_topics_and_of_different_questions(database: Database) -> None:
    await an_office_of_players().store(database)
    board = await Leaderboard(database).departments()
    assert [department.name for department in board] == ["A", "B", None]
    assert [(p.person_id, p.points, p.place) for p in board[0].people] == [
        (1, 18, 1), (2, 3, 2), (3, 3, 2),
    ]  # fmt: skip
    assert board[0].mean == 8
    assert [department.shown for department in board] == [True, False, False]
    assert 9 not in {person.person_id for department in board for person in department.people}


async def test_choices_are_kept(database: Database) -> None:
    learning = Learning()
    learning.learner(1)
    await learning.store(database)
    board = Leaderboard(database)
    assert await board.membership(1) == await board.membership(2) == Membership()
    await board.join(1, on=True)
    await board.set_department(1, "  Phòng\n Tổng  hợp ")
    assert await board.membership(1) == Membership(on_leaderboard=True, department="Phòng Tổng hợp")
    assert await board.names() == ("Phòng Tổng hợp",)
    await board.set_department(1, None)
    await board.join(1, on=False)
    assert await board.membership(1) == Membership()


@given(st.text(max_size=200))
def test_a_department_is_one_short_line_or_refused(typed: str) -> None:
    kept = shown_name(typed)
    if 0 < len(kept) <= 80:
        assert department_name(typed) == department_name(kept) == kept
    else:
        with pytest.raises(DepartmentNameError, match="phòng"):
            department_name(typed)


async def test_nobody_is_on_it_unless_they_want(chat: MentorChat) -> None:
    await an_office_of_players().store(chat.database)
    newcomer = chat.of(600, "Lan <3")
    (board,) = await newcomer.sends("/leaderboard")
    assert "🥇 A: 8,0 điểm · 3 người" in board.text
    assert "Người 9" not in board.text
    assert "B: " not in board.text  # two people: no mean
    assert "chưa tham gia" in board.text
    answered, joined = await newcomer.presses(board.buttons["🙋 Tham gia"])
    assert "đang tham gia" in answered.text
    assert "Lan &lt;3: 0 điểm ← anh/chị" in joined.text
    _, left = await newcomer.presses(joined.buttons["🚪 Rời bảng"])
    assert "Lan &lt;3" not in left.text


async def test_departments_are_turned(chat: MentorChat) -> None:
    await an_office_of_players().store(chat.database)
    (board,) = await chat.sends("/leaderboard")
    assert "Chưa chọn phòng" in board.text  # the viewer's own
    _, second = await chat.presses(board.buttons["◀"])
    assert "<b>B</b> (phòng 2/3)" in second.text
    assert "🥇 Người 4: 8 điểm" in second.text
    assert {"◀", "▶"} <= set(second.buttons)


async def test_a_department_is_chosen_or_typed(chat: MentorChat) -> None:
    await an_office_of_players().store(chat.database)
    board = Leaderboard(chat.database)
    newcomer = chat.of(600, "Lan")
    (shown,) = await newcomer.sends("/leaderboard")
    _, choice = await newcomer.presses(shown.buttons["🏢 Chọn phòng"])
    assert list(choice.buttons) == ["A", "B", "✍️ Phòng khác", "◀ Bảng xếp hạng"]
    await newcomer.presses(choice.buttons["B"])
    assert (await board.membership(600)).department == "B"
    _, prompt = await newcomer.presses(choice.buttons["✍️ Phòng khác"])
    assert prompt.text == PROMPT
    assert prompt.parameters["reply_markup"]["force_reply"]
    (told,) = await answer_prompt(newcomer, "Phòng <Hành chính>", PROMPT)
    assert "Phòng &lt;Hành chính&gt;" in told.text
    assert (await board.membership(600)).department == "Phòng <Hành chính>"
    refused, again = await answer_prompt(newcomer, "x" * 81, PROMPT)
    assert "dài 81 ký tự, tối đa 80" in refused.text
    assert again.text == PROMPT
    _, choice = await newcomer.presses(shown.buttons["🏢 Chọn phòng"])
    await newcomer.presses(choice.buttons["✖️ Bỏ chọn"])
    assert (await board.membership(600)).department is None


async def test_only_a_reply_to_the_prompt_sets_a_department(chat: MentorChat) -> None:
    newcomer = chat.of(600, "Lan")
    assert await answer_prompt(newcomer, "Phòng A", "Một tin khác") == []
    asked = {"message_id": 4, "date": 1, "from": newcomer.user, "chat": newcomer.private}
    assert await newcomer.sends("Phòng A", reply_to_message={**asked, "text": PROMPT}) == []
    assert await Leaderboard(chat.database).names() == ()


async def test_a_department_that_went_meanwhile(chat: MentorChat) -> None:
    learning = Learning()
    learning.learner(1, department="A")
    await learning.store(chat.database)
    (shown,) = await chat.sends("/leaderboard")
    _, choice = await chat.presses(shown.buttons["🏢 Chọn phòng"])
    await Leaderboard(chat.database).set_department(1, "B")
    (told,) = await chat.presses(choice.buttons["A"])
    assert "không còn trong danh sách" in told.text


async def test_a_full_leaderboard_fits_in_a_message(chat: MentorChat) -> None:
    learning = Learning()
    for person in range(400):
        name = f"{'Ư' * 150} {person}"
        learning.learner(person, name, department=f"{'P' * 70} {person % 40}", on_leaderboard=True)
    await learning.store(chat.database)
    (board,) = await chat.sends("/leaderboard")
    assert len(board.text) < 4096
