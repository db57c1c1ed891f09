import asyncio
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from structlog.testing import capture_logs

from bot.features.answer_log import texts
from bot.features.answer_log.buttons import VotePress
from bot.features.answer_log.retention import Retention
from bot.features.reviews.texts import KEEP_BUTTON
from bot.features.sources.texts import SOURCE_BUTTON
from bot.limits import CALLBACK_DATA_BYTES
from tests.bot.conftest import GROUP
from tests.bot.features.answer_log.conftest import Office
from tests.bot.offline_request import Call

UP, DOWN = texts.UP_BUTTON, texts.DOWN_BUTTON


def answer_of(calls: list[Call]) -> Call:
    return next(call for call in calls if call.method == "sendMessage")


def rows(call: Call) -> list[list[str]]:
    keyboard = call.parameters["reply_markup"]["inline_keyboard"]
    return [[button["text"] for button in row] for row in keyboard]


def id_of(call: Call) -> str:
    press = VotePress.read(next(data for text, data in call.buttons.items() if text.startswith(UP)))
    assert press is not None
    return press.answer_id


async def test_an_answer_has_votes_beside_its_source_and_is_recorded(office: Office) -> None:
    answer = answer_of(await office.sends("ngay truyen thong vp la ngay nao"))
    assert rows(answer) == [[SOURCE_BUTTON, UP, DOWN], [KEEP_BUTTON]]
    assert all(len(data.encode()) <= CALLBACK_DATA_BYTES for data in answer.buttons.values())
    kept = await office.answer_log.answer(id_of(answer))
    assert kept is not None
    assert kept.question == "ngay truyen thong vp la ngay nao"
    assert kept.normalised == "ngày truyền thống văn phòng là ngày nào"
    assert (kept.person_id, kept.chat_kind, kept.refused) == (1001, "private", False)
    assert kept.passages[0].quote
    assert kept.kb_version == "v0001"


async def test_a_refusal_has_votes_below_its_topics(office: Office) -> None:
    refusal = answer_of(await office.sends("giá vàng hôm nay", chat=None))
    *topics, votes = rows(refusal)
    assert topics
    assert votes == [UP, DOWN]
    kept = await office.answer_log.answer(id_of(refusal))
    assert kept is not None
    assert (kept.refused, kept.passages) == (True, ())


async def test_a_vote_is_thanked_and_shown_and_the_other_buttons_stay(office: Office) -> None:
    answer = answer_of(await office.sends("2 thạo là gì"))
    thanked, shown = await office.presses(answer.buttons[UP], answer)
    assert thanked.parameters["text"] == texts.THANKS_UP.format(answer_id=id_of(answer))
    assert rows(shown) == [[SOURCE_BUTTON, f"{UP} ✓", DOWN], [KEEP_BUTTON]]
    office.clock.pass_time(seconds=5)
    taken_back, shown = await office.presses(shown.buttons[f"{UP} ✓"], shown)
    assert taken_back.parameters["text"] == texts.TAKEN_BACK
    assert rows(shown) == [[SOURCE_BUTTON, UP, DOWN], [KEEP_BUTTON]]
    _, source = await office.presses(shown.buttons[SOURCE_BUTTON], shown)
    assert "thạo nghề" in source.text


@pytest.mark.parametrize("reason", [*texts.REASONS.values(), texts.SKIP_BUTTON])
async def test_a_mark_down_asks_why_in_one_tap(office: Office, reason: str) -> None:
    answer = answer_of(await office.sends("2 thạo là gì"))
    asked, shown = await office.presses(answer.buttons[DOWN], answer)
    assert asked.parameters["text"] == texts.ASK_WHY.format(answer_id=id_of(answer))
    assert rows(shown)[0] == [SOURCE_BUTTON, UP, f"{DOWN} ✓"]
    assert [text for row in rows(shown)[1:] for text in row] == [
        KEEP_BUTTON,
        *texts.REASONS.values(),
        texts.SKIP_BUTTON,
    ]
    thanked, shown = await office.presses(shown.buttons[reason], shown)
    assert thanked.parameters["text"]
    assert rows(shown) == [[SOURCE_BUTTON, UP, f"{DOWN} ✓"], [KEEP_BUTTON]]
    standing = await office.answer_log.feedback(id_of(answer), 1001)
    assert standing is not None
    given = None if standing.reason is None else texts.REASONS[standing.reason]
    assert given == (None if reason == texts.SKIP_BUTTON else reason)


async def test_a_group_votes_once_each_and_sees_the_counts(office: Office) -> None:
    answer = answer_of(await office.sends("/ask 2 thạo là gì", chat=GROUP))
    shown = answer
    for voter in (11, 12, 11, 13):
        _, shown = await office.presses(answer.buttons[UP], shown, by=voter, chat=GROUP)
    assert rows(shown) == [[SOURCE_BUTTON, f"{UP} 3", DOWN]]
    _, shown = await office.presses(answer.buttons[DOWN], shown, by=12, chat=GROUP)
    assert rows(shown)[0] == [SOURCE_BUTTON, f"{UP} 2", f"{DOWN} 1"]
    # the reasons are for whoever pressed 👎
    reason = shown.buttons[next(iter(texts.REASONS.values()))]
    (refused,) = await office.presses(reason, shown, by=13, chat=GROUP)
    assert refused.parameters["text"] == texts.NOT_YOUR_VOTE
    _, shown = await office.presses(reason, shown, by=12, chat=GROUP)
    assert rows(shown) == [[SOURCE_BUTTON, f"{UP} 2", f"{DOWN} 1"]]
    kept = await office.answer_log.answer(id_of(answer))
    assert kept is not None
    assert kept.chat_kind == "group"


async def test_a_double_press_is_one_vote(office: Office) -> None:
    answer = answer_of(await office.sends("2 thạo là gì"))
    presses = [office.presses(answer.buttons[DOWN], answer) for _ in range(3)]
    await asyncio.gather(*presses)
    standing = await office.answer_log.feedback(id_of(answer), 1001)
    assert standing is not None
    assert (standing.own, standing.down) == ("down", 1)


@pytest.mark.parametrize("data", ["v:ABC:u", "v:0000000:u", "v:ILOU000:d", "v:0000000:z", "v:"])
async def test_a_forged_vote_counts_nothing(office: Office, data: str) -> None:
    answer = answer_of(await office.sends("2 thạo là gì"))
    (told,) = await office.presses(data, answer)
    assert told.parameters["text"] == texts.ANSWER_GONE


async def test_a_vote_on_a_purged_answer_says_so(office: Office, app_database: Any) -> None:
    answer = answer_of(await office.sends("2 thạo là gì"))
    office.clock.pass_time(days=1)
    assert await Retention(app_database, 0, now=office.clock).purge() == 1
    (told,) = await office.presses(answer.buttons[UP], answer)
    assert told.parameters["text"] == texts.ANSWER_GONE


def broken(database_file: Path, table: str) -> None:
    """Take a table away under the running bot."""
    with sqlite3.connect(database_file) as connection:
        connection.execute(f"DROP TABLE {table}")
    connection.close()


async def test_answers_arrive_while_the_record_fails(office: Office, tmp_path: Path) -> None:
    answer = answer_of(await office.sends("2 thạo là gì"))
    broken(tmp_path / "vanphong.db", "answers")
    with capture_logs() as logs:
        another = answer_of(await office.sends("3 đúng là gì"))
        (told,) = await office.presses(answer.buttons[UP], answer)
    assert "đúng thẩm quyền" in another.text
    assert told.parameters["text"] == texts.NOT_COUNTED
    events = {entry["event"]: entry for entry in logs}
    assert events["answer_not_recorded"]["answer_id"] == id_of(another)
    assert "3 đúng" not in str(logs)
    assert "vote_not_counted" in events


async def test_an_answer_does_not_wait_for_the_record(office: Office, tmp_path: Path) -> None:
    """Somebody else holds the database's write lock: the answer comes, it is logged later."""
    blocker = sqlite3.connect(tmp_path / "vanphong.db", isolation_level=None)
    blocker.execute("BEGIN IMMEDIATE")
    sending = asyncio.ensure_future(office.sends("2 thạo là gì"))
    while not office.request.sent():
        assert not sending.done()
        await asyncio.wait([sending], timeout=0.01)
    answer = office.request.sent()[-1]
    assert "thạo nghề" in answer.text
    assert await office.answer_log.answer(id_of(answer)) is None
    blocker.execute("COMMIT")
    blocker.close()
    await sending
    assert await office.answer_log.answer(id_of(answer)) is not None


async def test_what_was_not_sent_is_not_recorded(office: Office, app_database: Any) -> None:
    office.request.failures["sendMessage"] = (403, "Forbidden: bot was blocked by the user")
    await office.sends("2 thạo là gì")
    async with app_database.session() as session:
        assert await session.scalar(text("SELECT count(*) FROM answers")) == 0
