"""/learn, /quiz, /review and reminders, seen from the chat of the whole bot."""

import datetime as dt
from dataclasses import replace

import pytest
from sqlalchemy import select

from bot.access.person import CLI
from bot.access.registry import People
from bot.access.roles import Role
from bot.features.answer_log.tables import AnswerRow
from bot.features.onboarding import texts as onboarding
from bot.features.quizzes import texts
from bot.features.quizzes.buttons import PathAction, PathPress
from bot.features.quizzes.tables import OutOfUse, ReviewCardRow
from bot.features.reviews import texts as reviews
from bot.features.reviews.buttons import keep_button
from bot.settings import Access
from knowledge.quiz.bank.bank import QuestionBank
from knowledge.quiz.drafting import Draft, DraftKind
from tests.bot.features.quizzes.conftest import Classroom
from tests.bot.features.quizzes.quiz_people import asked, next_poll, right_places, take_quiz
from tests.bot.whole_bot import HandClock
from tests.databases import on_sqlite

pytestmark = on_sqlite

NEWCOMER = 1002


@pytest.fixture
def bank(classroom: Classroom) -> QuestionBank:
    return classroom.study.pool.everything


@pytest.mark.parametrize(
    ("typed", "topic"),
    [
        ("3", "hai_thao_ba_dung"),
        ("ngay truyen thong", "ngay_truyen_thong"),
        ("Sap xep tinh nam 2025", "sap_xep_tinh_2025"),
        ("ket qua tham muu", "ket_qua_tham_muu"),
        ("moc lich su tinh lao caii", "lich_su_tinh"),
    ],
)
async def test_a_quiz_of_the_topic_that_was_typed(
    classroom: Classroom, bank: QuestionBank, typed: str, topic: str
) -> None:
    staff = classroom.persona("staff")
    await staff.sends(f"/quiz {typed}")
    poll = await next_poll(staff)
    assert asked(bank, poll.poll).topic == topic
    result = await take_quiz(bank, staff, first=poll)
    assert result.text.startswith("🏁")
    assert result.buttons == [texts.OTHER_QUIZ_BUTTON]


async def test_topics_are_offered_and_mixed(classroom: Classroom, bank: QuestionBank) -> None:
    staff = classroom.persona("staff")
    await staff.sends("/quiz thời tiết hôm nay")
    offer = await staff.receives()
    assert "thời tiết hôm nay" in offer.text
    assert len(offer.buttons) == len(bank.topics) + 1
    await offer.press(texts.MIXED_BUTTON)
    result = await take_quiz(bank, staff)
    assert "“Tổng hợp”" in result.text


async def test_pause_and_go_on_from_the_buttons(classroom: Classroom, bank: QuestionBank) -> None:
    staff = classroom.persona("staff")
    await staff.sends("/quiz 1")
    first = await next_poll(staff)
    await first.vote(*right_places(bank, first.poll))
    second = await next_poll(staff)
    await second.press(texts.PAUSE_BUTTON)
    paused = await staff.receives()
    assert paused.text == texts.PAUSED
    await staff.sends("/quiz")
    unfinished = await staff.receives()
    assert "đã xong 1/7" in unfinished.text
    await unfinished.press(texts.CONTINUE_BUTTON)
    again = await next_poll(staff)
    assert again.poll["question"] == second.poll["question"]
    result = await take_quiz(bank, staff, first=again)
    assert "7/7" in result.text
    assert (await unfinished.changes()).buttons == []
    await paused.press(texts.CONTINUE_BUTTON)
    assert (await staff.receives()).text == texts.NOTHING_UNFINISHED


async def test_the_lesson_leads_back_to_an_unfinished_quiz(
    classroom: Classroom, bank: QuestionBank
) -> None:
    newcomer = classroom.persona()
    await newcomer.sends("/learn")
    home = await newcomer.receives()
    await home.press(home.buttons[0])
    lesson = await newcomer.receives()
    await lesson.press(lesson.buttons[0])
    first = await next_poll(newcomer)
    await first.vote(*right_places(bank, first.poll))
    second = await next_poll(newcomer)
    await second.press(texts.PAUSE_BUTTON)
    await newcomer.sends("/quiz 3")  # something else meanwhile
    await next_poll(newcomer)
    await lesson.press(lesson.buttons[0])
    again = await next_poll(newcomer)
    assert again.poll["question"] == second.poll["question"]
    result = await take_quiz(bank, newcomer, first=again)
    assert "7/7" in result.text


async def test_a_locked_topic_stays_locked(classroom: Classroom, bank: QuestionBank) -> None:
    newcomer = classroom.persona()
    await newcomer.sends("/learn")
    home = await newcomer.receives()
    assert home.text.count("🔒") == len(bank.topics) - 1
    assert "Hạn hoàn thành: 17:00 07/12/2026" in home.text
    locked = bank.topics[4].topic_id
    for topic_id, answer in ((locked, onboarding.TOPIC_LOCKED), ("no_such", texts.TOPIC_GONE)):
        shown = await classroom.shows(
            newcomer, PathPress(NEWCOMER, PathAction.LESSON, topic_id).button("Đi")
        )
        assert (await shown.press("Đi")).text == answer


async def test_what_was_wrong_comes_back_for_review(
    classroom: Classroom, bank: QuestionBank, clock: HandClock
) -> None:
    staff = classroom.persona("staff")
    await staff.sends("/review")
    assert (await staff.receives()).text == reviews.NO_CARDS
    await staff.sends("/quiz 3")
    await take_quiz(bank, staff, wrong=1)
    await staff.sends("/review")
    assert "Lần ôn tới" in (await staff.receives()).text
    clock.pass_time(days=1)
    await staff.sends("/review")
    result = await take_quiz(bank, staff)
    assert result.text.startswith("🔁 Ôn xong: nhớ 7/7")
    await staff.sends("/review")
    assert "Lần ôn tới" in (await staff.receives()).text
    async with classroom.database.session() as session:
        cards = list(await session.scalars(select(ReviewCardRow)))
    assert len(cards) == 7
    assert all(card.due > clock() for card in cards)


async def test_an_answer_becomes_a_card(classroom: Classroom, clock: HandClock) -> None:
    staff = classroom.persona("staff")
    await staff.sends("quyet dinh 828 ky ngay nao")
    answer = await staff.receives()
    assert (await answer.press(reviews.KEEP_BUTTON)).text == reviews.KEPT
    assert (await answer.press(reviews.KEEP_BUTTON)).text == reviews.KEPT
    await staff.sends("/review")
    card = await staff.receives()
    assert "quyet dinh 828 ky ngay nao" in card.text
    await card.press(reviews.SHOW_ANSWER_BUTTON)
    shown = await card.changes()
    assert "22/7/2004" in shown.text
    await shown.press("Nhớ")
    rated = await shown.changes()
    assert "→ Nhớ. Ôn lại:" in rated.text
    clock.pass_time(days=30)
    await staff.sends("/review")
    again = await staff.receives()
    await again.press(reviews.DELETE_CARD_BUTTON)
    assert (await again.changes()).text == reviews.CARD_DELETED
    await staff.sends("/review")
    assert (await staff.receives()).text == reviews.NO_CARDS


async def test_somebody_elses_answer_is_no_card_of_mine(classroom: Classroom) -> None:
    staff, newcomer = classroom.persona("staff"), classroom.persona()
    await staff.sends("quyet dinh 828 ky ngay nao")
    await (await staff.receives()).press("👍")  # answered once the answer is stored
    async with classroom.database.session() as session:
        answer_id = await session.scalar(select(AnswerRow.id))
    assert answer_id is not None
    await newcomer.starts()
    await newcomer.receives()
    shown = await classroom.shows(newcomer, keep_button(NEWCOMER, answer_id))
    assert (await shown.press(reviews.KEEP_BUTTON)).text == reviews.NOT_KEPT


async def test_reminders_keep_to_working_hours_and_can_be_switched_off(
    classroom: Classroom, bank: QuestionBank, clock: HandClock
) -> None:
    newcomer = classroom.persona()
    await newcomer.sends("/learn")
    home = await newcomer.receives()
    await classroom.tick()
    for hours in (24, 24):  # Tuesday, Wednesday at 9:00
        clock.pass_time(hours=hours)
        await classroom.tick()
        await classroom.tick()
    reminder = await newcomer.receives()
    assert f"còn {len(bank.topics)} chủ đề, hạn 17:00 07/12/2026" in reminder.text
    clock.moment = dt.datetime(2026, 11, 28, 2, 0, tzinfo=dt.UTC)  # Saturday
    await classroom.tick()
    clock.moment = dt.datetime(2026, 11, 30, 12, 0, tzinfo=dt.UTC)  # Monday, 19:00
    await classroom.tick()
    clock.moment = dt.datetime(2026, 12, 4, 2, 0, tzinfo=dt.UTC)  # Friday: an odd day of rest
    await classroom.tick()
    clock.moment = dt.datetime(2026, 12, 7, 2, 0, tzinfo=dt.UTC)  # Monday, near the deadline
    await classroom.tick()
    second = await newcomer.receives()
    assert second.message_id == reminder.message_id + 1
    await second.press(onboarding.REMINDERS_OFF_BUTTON)
    assert onboarding.REMINDERS_ON_BUTTON in (await second.changes()).buttons
    clock.moment = dt.datetime(2026, 12, 8, 2, 0, tzinfo=dt.UTC)  # overdue
    await classroom.tick()
    await home.press(onboarding.REMINDERS_OFF_BUTTON)
    await newcomer.sends("/learn")
    late = await newcomer.receives()
    assert late.message_id == second.message_id + 2
    assert "quá hạn" in late.text


@pytest.mark.parametrize("access", [Access.INVITE])
async def test_who_was_removed_in_the_middle_loses_nothing(
    classroom: Classroom, bank: QuestionBank, clock: HandClock
) -> None:
    people = People(classroom.database, frozenset())
    await people.set_role(CLI, NEWCOMER, Role.NEWCOMER, clock(), name="Mới")
    newcomer = classroom.persona()
    await newcomer.sends("/learn")
    home = await newcomer.receives()
    await home.press(home.buttons[0])
    lesson = await newcomer.receives()
    await lesson.press(lesson.buttons[0])
    first = await next_poll(newcomer)
    await first.vote(*right_places(bank, first.poll))
    second = await next_poll(newcomer)
    await people.remove(CLI, NEWCOMER, clock())
    await second.vote(*right_places(bank, second.poll))
    await newcomer.sends("/quiz")  # refused, after the answer was
    assert "liên kết mời" in (await newcomer.receives()).text
    clock.pass_time(days=8)
    await classroom.tick()  # nobody who left is reminded
    assert "liên kết mời" in (await newcomer.messages())[-1].text
    await people.set_role(CLI, NEWCOMER, Role.NEWCOMER, clock(), name="Mới")
    await newcomer.sends("/quiz")
    unfinished = await newcomer.receives()
    assert "đã xong 1/7" in unfinished.text
    await unfinished.press(texts.CONTINUE_BUTTON)
    third = await next_poll(newcomer)  # the answer of meanwhile stands in the poll
    assert third.poll["question"].startswith("Câu 3/7")


async def test_an_approved_draft_is_asked_and_a_retired_question_is_not(
    classroom: Classroom, bank: QuestionBank, clock: HandClock
) -> None:
    topic = bank.topics[2]
    question = topic.questions[0]
    draft = Draft(
        "f" * 16, DraftKind.DATE, "c", replace(question, question_id="x", text="Hỏi lại: mấy nhóm?")
    )
    store = classroom.study.questions
    await store.add([draft], clock())
    waiting = await store.next_draft()
    assert waiting is not None
    await classroom.tick()
    assert len(classroom.study.pool.bank.questions) == len(bank.questions)
    approved = await store.approve(waiting.draft_id, 1003, clock(), waiting.question)
    await classroom.tick()
    assert classroom.study.pool.question(approved.question_id) == approved
    await store.retire(question.question_id, "thử", clock(), 1003)
    await classroom.tick()
    assert classroom.study.pool.question(question.question_id) is None
    await store.restore(question.question_id, OutOfUse.RETIRED)
    await classroom.tick()
    assert classroom.study.pool.question(question.question_id) == question


async def test_a_changed_article_suspends_its_questions_and_editors_hear_of_it(
    classroom: Classroom,
) -> None:
    admin = classroom.persona("admin")
    await admin.starts()
    await admin.receives()
    file = classroom.quizzes / "03-hai-thao-ba-dung-ba-khong.yaml"
    changed = file.read_text(encoding="utf-8").replace("2 thạo là: thạo nghề", "2 thạo là: bịa ra")
    file.write_text(changed, encoding="utf-8")
    await classroom.tick()
    news = await admin.receives()
    assert "tạm ngừng" in news.text
    file.write_text(changed.replace("bịa ra", "thạo nghề"), encoding="utf-8")
    await classroom.tick()
    assert "dùng lại được" in (await admin.receives()).text
    file.write_text(changed.replace("correct: 1", "correct: 9", 1), encoding="utf-8")
    await classroom.tick()
    assert "phương án đúng phải là số từ 1" in (await admin.receives()).text
