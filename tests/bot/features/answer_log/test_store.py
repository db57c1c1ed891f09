import asyncio
import datetime as dt

import pytest

from bot.database import Database
from bot.database.errors import DataConflictError
from bot.features.answer_log.logged_answer import ChatKind, Feedback, Reason, Vote
from bot.features.answer_log.personal_data import RecordOfPerson
from bot.features.answer_log.store import Record
from tests.bot.features.answer_log.recorded import NOON, a_refusal, an_answer

LATER = NOON + dt.timedelta(minutes=1)


@pytest.fixture
def record(database: Database) -> Record:
    return Record(database)


async def test_an_answer_comes_back_as_it_went_in(record: Record) -> None:
    kept = an_answer("2 thạo là gì", chat_kind=ChatKind.GROUP, restored_question="2 thạo là gì")
    await record.add(kept)
    assert await record.answer(kept.answer_id) == kept
    assert await record.answer("0000000") is None


async def test_an_id_is_never_given_to_two_answers(record: Record) -> None:
    first = an_answer()
    await record.add(first)
    with pytest.raises(DataConflictError):
        await record.add(an_answer("câu khác", answer_id=first.answer_id))
    assert await record.answer(first.answer_id) == first


async def test_a_vote_is_changed_taken_back_and_explained(record: Record) -> None:
    answer = an_answer()
    await record.add(answer)
    steps = [
        (Vote.UP, Feedback(Vote.UP, None, 1, 0)),
        (Vote.DOWN, Feedback(Vote.DOWN, None, 0, 1)),
        (Vote.DOWN, Feedback(None, None, 0, 0)),
        (Vote.DOWN, Feedback(Vote.DOWN, None, 0, 1)),
    ]
    for minute, (vote, standing) in enumerate(steps):
        moment = NOON + dt.timedelta(minutes=minute)
        assert await record.vote(answer.answer_id, 1, vote, moment) == standing
    reasoned = Feedback(Vote.DOWN, Reason.WRONG, 0, 1)
    assert await record.give_reason(answer.answer_id, 1, Reason.WRONG, LATER) == reasoned
    # a reason belongs to the 👎 of the person who gives it
    bystander = await record.give_reason(answer.answer_id, 2, Reason.UNCLEAR, LATER)
    assert bystander == Feedback(None, None, 0, 1)
    assert await record.feedback(answer.answer_id, 1) == reasoned


async def test_a_double_press_counts_once(record: Record) -> None:
    answer = an_answer()
    await record.add(answer)
    presses = [record.vote(answer.answer_id, 1, Vote.DOWN, NOON) for _ in range(5)]
    counted = await asyncio.gather(*presses)
    assert sorted(c.repeated for c in counted if c) == [False, True, True, True, True]
    assert await record.feedback(answer.answer_id, 1) == Feedback(Vote.DOWN, None, 0, 1)


async def test_people_of_a_group_vote_at_once(record: Record) -> None:
    answer = an_answer(chat_kind=ChatKind.GROUP)
    await record.add(answer)
    votes = [Vote.UP if person % 3 else Vote.DOWN for person in range(30)]
    await asyncio.gather(
        *(record.vote(answer.answer_id, person, vote, NOON) for person, vote in enumerate(votes))
    )
    assert await record.feedback(answer.answer_id, 1) == Feedback(Vote.UP, None, 20, 10)


async def test_a_vote_on_an_answer_that_is_gone(record: Record) -> None:
    assert await record.vote("0000000", 1, Vote.UP, NOON) is None
    assert await record.give_reason("0000000", 1, Reason.WRONG, NOON) is None
    assert await record.feedback("0000000", 1) is None


async def test_a_person_sees_and_erases_what_is_kept(record: Record, database: Database) -> None:
    mine = a_refusal("số điện thoại của tôi 0912345678", restored_question="số điện thoại của tôi")
    another = an_answer(person_id=2)
    for answer in (mine, another):
        await record.add(answer)
    await record.vote(another.answer_id, 1001, Vote.DOWN, NOON)
    store = RecordOfPerson(database)
    exported = await store.export(1001)
    assert exported is not None
    assert [entry["Câu hỏi"] for entry in exported["Câu hỏi"]] == [mine.question]
    assert [entry["Đánh giá"] for entry in exported["Đánh giá"]] == ["👎"]
    assert await store.export(3) is None
    for _ in range(2):
        await store.erase(1001)
        assert await store.export(1001) is None
    left = await record.answer(mine.answer_id)
    assert left is not None
    assert (left.person_id, left.question, left.normalised) == (None, "", "")
    assert (left.restored_question, left.refused) == (None, True)
    assert await record.feedback(another.answer_id, 2) == Feedback(None, None, 0, 1)
    assert await record.answer(another.answer_id) == another
