import asyncio
from pathlib import Path

import pytest
from telegram import Update

from bot.database import Database
from bot.database.url import parse_url
from bot.telegram.flood import PERSON_LIMITS, FloodGuard, Kind
from bot.telegram.intake import Intake
from bot.telegram.sent_calls import SentCalls
from bot.telegram.update_journal import UpdateJournal
from bot.telegram.update_processor import CHAT_SLOTS, FairUpdateProcessor
from tests.bot.conftest import GROUP, TOKEN
from tests.bot.telegram.test_flood import update
from tests.bot.whole_bot import HandClock


class Handlers:
    """Handlers that stand still until they are let go on."""

    def __init__(self) -> None:
        self.go_on = asyncio.Event()
        self.begun: list[Update] = []
        self._arrival = asyncio.Condition()

    async def wait(self, update: Update) -> None:
        async with self._arrival:
            self.begun.append(update)
            self._arrival.notify_all()
        await self.go_on.wait()

    async def have_begun(self, count: int) -> None:
        async with asyncio.timeout(20), self._arrival:
            await self._arrival.wait_for(lambda: len(self.begun) >= count)


@pytest.fixture
def processor() -> FairUpdateProcessor:
    """Of updates that are kept nowhere."""
    journal = UpdateJournal(Database(parse_url("sqlite:///none.db")), TOKEN)
    clock = HandClock()

    async def give_up(_update: Update) -> None:
        raise AssertionError("nothing is taken up again")

    intake = Intake(
        journal,
        SentCalls(Path("none"), 1),
        asyncio.Queue(),
        lambda _update: True,
        FloodGuard(clock.now),
        clock=clock,
    )
    return FairUpdateProcessor(intake, give_up)


async def test_a_chat_that_waits_holds_up_no_other(processor: FairUpdateProcessor) -> None:
    handlers = Handlers()
    flood = [update(Kind.MESSAGE, 1) for _ in range(PERSON_LIMITS[Kind.MESSAGE].burst)]
    private, group = update(Kind.MESSAGE, 2), update(Kind.MESSAGE, 3, GROUP)
    vote, press, file = update(None, 1), update(Kind.PRESS, 1), update(Kind.FILE, 1)
    others = [private, group, vote, press, file]
    async with asyncio.TaskGroup() as tasks:
        for each in (*flood, *others):
            tasks.create_task(processor.process_update(each, handlers.wait(each)))
        await handlers.have_begun(CHAT_SLOTS + len(others))
        assert len(handlers.begun) == CHAT_SLOTS + len(others)
        assert all(any(one is each for one in handlers.begun) for each in others)
        handlers.go_on.set()
    assert len(handlers.begun) == len(flood) + len(others)


async def test_however_many_chats_wait_another_is_handled(processor: FairUpdateProcessor) -> None:
    handlers = Handlers()
    waiting = [update(Kind.MESSAGE, 1 + number % 300) for number in range(300 * CHAT_SLOTS)]
    async with asyncio.TaskGroup() as tasks:
        for each in (*waiting, update(Kind.MESSAGE, 999)):
            tasks.create_task(processor.process_update(each, handlers.wait(each)))
        await handlers.have_begun(len(waiting) + 1)
        handlers.go_on.set()


async def test_what_fails_gives_its_slot_back(processor: FairUpdateProcessor) -> None:
    async def fail() -> None:
        raise ValueError("boom")

    for _ in range(5 * CHAT_SLOTS):
        with pytest.raises(ValueError, match="boom"):
            await processor.process_update(update(None), fail())
