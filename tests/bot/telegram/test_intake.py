"""How updates are taken: none is before it is kept, and a database that fails loses none."""

import asyncio
import datetime as dt
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from telegram import Bot, Update

from bot.database import Database
from bot.telegram import intake as module
from bot.telegram.flood import PERSON_LIMITS, FloodGuard, Kind
from bot.telegram.intake import Intake, NotKeptError
from bot.telegram.sent_calls import SentCalls
from bot.telegram.update_journal import UpdateJournal
from bot.telegram.update_processor import FairUpdateProcessor
from tests.bot.conftest import STAFF, TOKEN
from tests.bot.offline_request import DATE, OfflineRequest
from tests.bot.whole_bot import HandClock

FULL = "CREATE TRIGGER full BEFORE {what} ON updates BEGIN SELECT RAISE(FAIL, 'full'); END"


def update(update_id: int, words: str = "x", *, person: int = 1001) -> dict[str, Any]:
    chat, user = {"id": person, "type": "private"}, {**STAFF, "id": person}
    message = {"message_id": 1, "date": DATE, "from": user, "chat": chat, "text": words}
    return {"update_id": update_id, "message": message}


class Office:
    """The way of updates through the program; `handle` waits until it is let go on."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.clock = HandClock()
        self.begun: asyncio.Queue[int] = asyncio.Queue()
        self.go_on = asyncio.Event()
        self.patience = 5.0
        self.given_up: list[int] = []
        self._tasks: list[asyncio.Task[None]] = []

    async def start(self) -> None:
        self.queue: asyncio.Queue[Any] = asyncio.Queue()
        journal = UpdateJournal(self.database, TOKEN)

        def takes(update: Update) -> bool:
            return update.message is None or update.message.text != "talk"

        sent = SentCalls(Path(self.database.place).with_name("sent.jsonl"), journal.bot_id)
        guard = FloodGuard(self.clock.now)
        self.intake = Intake(journal, sent, self.queue, takes, guard, clock=self.clock)
        self.processor = FairUpdateProcessor(self.intake, self.give_up)
        bot = Bot(TOKEN, request=OfflineRequest(), get_updates_request=OfflineRequest())
        await self.intake.start(bot)  # type: ignore[arg-type]

    async def give_up(self, update: Update) -> None:
        self.given_up.append(update.update_id)

    async def handle(self, update: Update) -> None:
        self.begun.put_nowait(update.update_id)
        await self.go_on.wait()

    def process(self) -> None:
        """Begin to handle what is in the queue."""
        while not self.queue.empty():
            each = self.queue.get_nowait()
            work = self.processor.process_update(each, self.handle(each))
            self._tasks.append(asyncio.ensure_future(work))

    async def done(self) -> None:
        await asyncio.wait(self._tasks)

    async def ends(self) -> None:
        """End in an orderly way."""
        await self.processor.stop(self.patience)
        if self._tasks:
            await asyncio.wait(self._tasks)
        await self.intake.close()

    async def waiting(self) -> list[tuple[int, int]]:
        """The updates that wait in the database, and how often they were taken up again."""
        async with self.database.session() as session:
            query = "SELECT update_id, replays FROM updates WHERE payload IS NOT NULL ORDER BY 1"
            return [(row[0], row[1]) for row in await session.execute(text(query))]

    async def execute(self, statement: str) -> None:
        async with self.database.transaction() as session:
            await session.execute(text(statement))


@pytest.fixture
async def office(app_database: Database) -> AsyncIterator[Office]:
    office = Office(app_database)
    await office.start()
    yield office
    await office.ends()


async def test_only_what_a_handler_takes_is_kept(office: Office) -> None:
    assert await office.intake.take([update(7), update(9, "talk"), update(8)]) == 9
    assert await office.waiting() == [(7, 0), (8, 0)]
    assert [office.queue.get_nowait().update_id for _ in range(2)] == [7, 8]


async def test_of_a_flood_only_what_is_answered_or_told_is_kept(office: Office) -> None:
    flood = [update(number) for number in range(1, 101)]
    assert await office.intake.take(flood) == 100
    passed = PERSON_LIMITS[Kind.MESSAGE].burst
    assert [number for number, _ in await office.waiting()] == [*range(1, passed + 2)]
    office.go_on.set()
    office.process()
    await office.done()
    assert [office.begun.get_nowait() for _ in range(office.begun.qsize())] == [
        *range(1, passed + 1)
    ]
    assert await office.waiting() == []


async def test_what_no_handler_takes_is_no_flood(office: Office) -> None:
    talk = [update(number, "talk") for number in range(1, 101)]
    assert await office.intake.take([*talk, update(101)]) == 101
    assert await office.waiting() == [(101, 0)]


async def test_what_comes_again_until_it_is_kept_is_no_flood(office: Office) -> None:
    await office.execute(FULL.format(what="INSERT"))
    for _ in range(2 * PERSON_LIMITS[Kind.MESSAGE].burst):
        with pytest.raises(NotKeptError):
            await office.intake.take([update(7)])
    await office.execute("DROP TRIGGER full")
    assert await office.intake.take([update(7), update(8)]) == 8
    assert await office.waiting() == [(7, 0), (8, 0)]


async def test_a_full_disk_takes_no_update_and_is_logged_once(
    office: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    await office.execute(FULL.format(what="INSERT"))
    for _ in range(3):
        with pytest.raises(NotKeptError):
            await office.intake.take([update(7)])
    assert office.queue.empty()
    await office.execute("DROP TRIGGER full")
    assert await office.intake.take([update(7)]) == 7
    assert office.queue.qsize() == 1
    logged = capsys.readouterr()
    events = [line for line in (logged.out + logged.err).splitlines() if "updates_" in line]
    assert ["updates_not_kept" in event for event in events] == [True, False]
    assert "updates_kept_again" in events[-1]


async def test_what_could_not_be_marked_as_done_is_marked_later(office: Office) -> None:
    await office.intake.take([update(7)])
    await office.execute(FULL.format(what="UPDATE"))
    office.go_on.set()
    office.process()
    await office.done()
    assert await office.waiting() == [(7, 0)]
    await office.execute("DROP TRIGGER full")
    await office.ends()
    assert await office.waiting() == []


async def test_more_is_left_with_telegram_than_there_is_room_for(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "ROOM", 1000)
    await office.intake.take([update(7, "x" * 2000)])
    with pytest.raises(NotKeptError):
        await office.intake.take([update(8)])
    office.go_on.set()
    office.process()
    await office.done()
    assert await office.intake.take([update(8)]) == 8


async def test_an_orderly_end_leaves_the_rest_to_the_next_start(office: Office) -> None:
    office.patience = 0.01
    await office.intake.take([update(number) for number in range(1, 8)])
    office.process()
    for _ in range(4):  # the chat's slots
        await office.begun.get()
    await office.ends()
    assert len(await office.waiting()) == 7
    for _ in range(5):  # ended again and again in an orderly way: that is no update's fault
        await office.start()
        office.process()
        await office.begun.get()
        await office.ends()
    assert office.given_up == []
    office.go_on.set()
    await office.start()
    office.process()
    await office.done()
    assert await office.waiting() == []


async def test_what_may_have_ended_the_program_is_handled_alone(office: Office) -> None:
    await office.intake.take([update(number, person=number) for number in range(1, 5)])
    await office.execute("UPDATE updates SET replays = 1 WHERE update_id < 4")
    await office.start()
    office.process()
    assert {await office.begun.get(), await office.begun.get()} == {1, 4}
    assert await office.waiting() == [(1, 2), (2, 1), (3, 1), (4, 1)]
    office.go_on.set()
    await office.done()
    assert await office.waiting() == []


async def test_what_was_typed_inline_long_ago_is_done(office: Office) -> None:
    query = {"id": "1", "from": STAFF, "query": "x", "offset": ""}
    await office.intake.take([{"update_id": number, "inline_query": query} for number in (7, 8)])
    office.clock.pass_time(seconds=10)
    await office.start()
    assert office.queue.qsize() == 2
    office.clock.moment += dt.timedelta(minutes=1)
    await office.start()
    assert office.queue.qsize() == 0
    assert await office.waiting() == []


async def test_what_waited_in_a_chat_goes_first_and_in_order(office: Office) -> None:
    await office.intake.take([update(1), update(2), update(3, person=9)])
    await office.start()
    await office.intake.take([update(4), update(5, person=8)])
    office.process()
    assert {await office.begun.get() for _ in range(3)} == {1, 3, 5}
    office.go_on.set()
    await office.done()
    assert [office.begun.get_nowait() for _ in range(2)] == [2, 4]
