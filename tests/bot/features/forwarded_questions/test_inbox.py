"""The inbox over SQLite and PostgreSQL."""

import asyncio
import datetime as dt
from pathlib import Path

import pytest

from bot.access.marks import Marks
from bot.access.person import Identity
from bot.database import Database
from bot.features.answer_log.logged_answer import Reason
from bot.features.answer_log.store import AnswerLog
from bot.features.forwarded_questions.entry import EntryKind
from bot.features.forwarded_questions.errors import (
    AlreadyForwardedError,
    MessageLengthError,
    NotOpenError,
    TooManyOpenError,
)
from bot.features.forwarded_questions.inbox import MOST_OPEN, MOST_OPEN_FEEDBACK, Inbox
from bot.features.forwarded_questions.personal_data import ForwardedQuestionsOfPerson
from tests.bot.features.answer_log.logged import a_refusal, an_answer

NOW = dt.datetime(2026, 11, 23, 2, 0, tzinfo=dt.UTC)
LAN, MINH = Identity(1, "Lan"), Identity(2, "Minh")
EDITOR = 9


def after(minutes: float) -> dt.datetime:
    return NOW + dt.timedelta(minutes=minutes)


@pytest.fixture
def marks(tmp_path: Path) -> Marks:
    return Marks.beside(tmp_path)


@pytest.fixture
def inbox(database: Database, marks: Marks) -> Inbox:
    return Inbox(database, marks)


async def test_a_question_waits_until_it_is_answered_once(inbox: Inbox) -> None:
    sent = await inbox.send(LAN, "Ai  ký\nQuyết định 828?", NOW)
    assert (sent.kind, sent.name, sent.question) == (
        EntryKind.QUESTION,
        "Lan",
        "Ai ký Quyết định 828?",
    )
    assert await inbox.page(0, 8) == [sent] == [await inbox.get(sent.id)]
    closed = await inbox.close(sent.id, EDITOR, after(5), reply=" Dòng một\nDòng hai ")
    assert (closed.reply, closed.closed_at) == ("Dòng một\nDòng hai", after(5))
    assert await inbox.count() == 0
    for reply in ("muộn", None):
        with pytest.raises(NotOpenError):
            await inbox.close(sent.id, EDITOR, after(6), reply=reply)


@pytest.mark.parametrize("again", ["Ai ký?", "ai ky", "AI KÝ !!"])
async def test_a_repeated_question_is_recognised_while_it_is_open(inbox: Inbox, again: str) -> None:
    sent = await inbox.send(LAN, "Ai ký?", NOW)
    with pytest.raises(AlreadyForwardedError):
        await inbox.send(LAN, again, NOW)
    await inbox.send(MINH, again, NOW)
    await inbox.close(sent.id, EDITOR, NOW)
    await inbox.send(LAN, again, NOW)
    assert await inbox.count() == 2


async def test_a_person_has_a_few_open_questions_only(inbox: Inbox) -> None:
    first, *_ = [await inbox.send(LAN, f"Câu {n}", after(n)) for n in range(MOST_OPEN)]
    with pytest.raises(TooManyOpenError, match=f"{MOST_OPEN} câu hỏi"):
        await inbox.send(LAN, "Câu nữa", NOW)
    await inbox.close(first.id, EDITOR, NOW)
    await inbox.send(LAN, "Câu nữa", after(9))
    assert [one.question for one in await inbox.page(0, 8)] == ["Câu 1", "Câu 2", "Câu nữa"]


@pytest.mark.parametrize("text", ["", " \n\x00", "ạ" * 1001])
async def test_what_is_empty_or_too_long_is_refused(inbox: Inbox, text: str) -> None:
    with pytest.raises(MessageLengthError, match="từ 1 đến 1000 ký tự"):
        await inbox.send(LAN, text, NOW)
    sent = await inbox.send(LAN, "Câu", NOW)
    with pytest.raises(MessageLengthError):
        await inbox.close(sent.id, EDITOR, NOW, reply=text * 4)
    assert await inbox.count() == 1


async def test_two_editors_at_once_close_one_thing_once(inbox: Inbox) -> None:
    sent = await inbox.send(LAN, "Câu", NOW)
    both = await asyncio.gather(
        *(inbox.close(sent.id, editor, NOW, reply="đây") for editor in (8, 9)),
        return_exceptions=True,
    )
    assert sorted(isinstance(one, NotOpenError) for one in both) == [False, True]


async def test_feedback_shows_what_was_answered_and_why_it_was_marked_down(
    inbox: Inbox, database: Database
) -> None:
    answer = an_answer("2 thạo là gì", shown_at=NOW, person_id=1)
    await AnswerLog(database).add(answer)
    await inbox.take_feedback(answer.answer_id, 2, Reason.WRONG, NOW)
    await inbox.take_feedback(answer.answer_id, 2, Reason.UNCLEAR, NOW)
    await inbox.send(LAN, "Câu hỏi sau", after(1))
    question, feedback = await inbox.page(0, 8)
    assert question.question == "Câu hỏi sau"
    assert (feedback.question, feedback.reason, feedback.name) == (
        "2 thạo là gì",
        Reason.UNCLEAR,
        None,
    )
    assert answer.passages[0].quote in feedback.told
    await inbox.take_feedback(answer.answer_id, 2, None, NOW)
    assert await inbox.page(0, 8) == [question]
    await inbox.take_feedback("0000000", 2, Reason.WRONG, NOW)  # an answer that is not kept
    assert await inbox.count() == 1


async def test_one_person_fills_the_list_with_so_much_feedback_only(
    inbox: Inbox, database: Database
) -> None:
    for number in range(MOST_OPEN_FEEDBACK + 2):
        refusal = a_refusal(f"câu {number}", shown_at=NOW)
        await AnswerLog(database).add(refusal)
        await inbox.take_feedback(refusal.answer_id, 2, Reason.WRONG, NOW)
    assert await inbox.count() == MOST_OPEN_FEEDBACK


async def test_only_whoever_asked_learns_their_question(inbox: Inbox, database: Database) -> None:
    assert await inbox.last_answer_id(1) is None
    for minute, question in enumerate(("trước", "sau")):
        refusal = a_refusal(question, shown_at=after(minute), person_id=1)
        await AnswerLog(database).add(refusal)
    last = await inbox.last_answer_id(1)
    assert last == refusal.answer_id
    assert await inbox.question(last, 1) == "sau"
    assert await inbox.question(last, 2) is None
    assert await inbox.question("0000000", 1) is None


async def test_what_is_over_its_time_is_deleted(inbox: Inbox) -> None:
    old = await inbox.send(LAN, "cũ", NOW)
    await inbox.close(old.id, EDITOR, NOW)
    await inbox.send(LAN, "cũ mà mở", NOW)
    kept = await inbox.send(LAN, "mới", after(10))
    assert await inbox.purge(after(5)) == 2
    assert await inbox.purge(after(5)) == 0
    assert await inbox.page(0, 8) == [kept]


async def test_personal_data_are_told_and_erased(
    inbox: Inbox, database: Database, marks: Marks
) -> None:
    store = ForwardedQuestionsOfPerson(database, marks, lambda: NOW)
    assert await store.export(LAN.id) is None
    sent = await inbox.send(LAN, "Câu", NOW)
    other = await inbox.send(MINH, "Câu của Minh", NOW)
    await inbox.close(other.id, LAN.id, NOW, reply="đáp")
    told = await store.export(LAN.id)
    assert isinstance(told, dict)
    ((mine,), (done,)) = told.values()
    assert (mine["Số"], mine["Tên"], mine["Nội dung"]) == (sent.id, "Lan", "Câu")
    assert (done["Số"], done["Trả lời"]) == (other.id, "đáp")
    assert "Nội dung" not in done
    await store.erase(LAN.id)
    assert await store.export(LAN.id) is None
    assert await inbox.count() == 0
    assert await store.export(MINH.id) is not None


async def test_an_erasure_makes_no_room_for_more(
    inbox: Inbox, database: Database, marks: Marks
) -> None:
    """Or somebody could flood the editors: send, erase, send again."""
    store = ForwardedQuestionsOfPerson(database, marks, lambda: NOW)
    for number in range(MOST_OPEN - 1):
        await inbox.send(LAN, f"Câu {number}", NOW)
    await store.erase(LAN.id)
    await inbox.send(LAN, "Câu cuối", NOW)
    await store.erase(LAN.id)
    with pytest.raises(TooManyOpenError):
        await inbox.send(LAN, "Câu nữa", after(60))
    await inbox.send(MINH, "Câu của Minh", after(60))
    await inbox.send(LAN, "Câu hôm sau", after(24 * 60 + 1))
