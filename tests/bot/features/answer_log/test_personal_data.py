"""/forgetme and the answers that are on their way to be stored, as the chat sees them."""

import asyncio
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import Delete, Update, select

from bot.database import Database
from bot.features.answer_log.personal_data import AnswersOfPerson
from bot.features.answer_log.store import AnswerLog
from bot.features.answer_log.tables import AnswerRow, QuestionVectorRow
from bot.features.people import texts
from tests.bot.features.answer_log.conftest import Office


@pytest.mark.parametrize("question", ["2 thạo là gì", "giá vàng hôm nay của bà Lan"])
async def test_an_answer_on_its_way_to_be_stored_is_erased_too(
    office: Office, app_database: Database, monkeypatch: pytest.MonkeyPatch, question: str
) -> None:
    """The worst moment: it is stored just after the person's answers were erased."""
    shown, erased = asyncio.Event(), asyncio.Event()
    add, erasing = AnswerLog.add, AnswersOfPerson.erasing

    async def add_late(store: AnswerLog, *answer: Any) -> None:
        shown.set()
        await erased.wait()
        await add(store, *answer)

    def erase_first(store: AnswersOfPerson, person_id: int) -> Iterator[Update | Delete]:
        yield from erasing(store, person_id)
        erased.set()

    asked = (await office.sends("/forgetme"))[-1]
    monkeypatch.setattr(AnswerLog, "add", add_late)
    monkeypatch.setattr(AnswersOfPerson, "erasing", erase_first)
    asking = asyncio.create_task(office.sends(question))
    await shown.wait()
    calls = await office.presses(asked.buttons[texts.FORGET_YES], asked)
    await asking
    assert texts.FORGOTTEN in [call.text for call in calls if call.method == "editMessageText"]
    async with app_database.session() as session:
        (row,) = await session.scalars(select(AnswerRow))
        assert (row.person_id, row.question, row.normalised) == (None, "", "")
        assert list(await session.scalars(select(QuestionVectorRow))) == []
