"""What Telegram brought, in the database: over SQLite and PostgreSQL."""

import asyncio
import datetime as dt
import json
from contextlib import AbstractAsyncContextManager

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from bot.database import Database
from bot.database.errors import DatabaseError
from bot.database.group_commit import GroupCommit
from bot.database.once import CAUSE, Cause, first_time
from bot.database.update_tables import UpdateDeedRow, UpdateRow
from bot.telegram.update_journal import KEPT_IDS, KeptUpdate, UpdateJournal
from bot.telegram.waiting_updates import WaitingUpdatesOfPerson
from tests.bot.conftest import TOKEN
from tests.bot.whole_bot import MORNING

LAN, MINH = 1001, 1002


def kept(update_id: int, person_id: int | None = LAN) -> KeptUpdate:
    payload = json.dumps({"update_id": update_id, "x": "2 thạo là gì \0 \ud800"})
    return KeptUpdate(update_id, MORNING, person_id, payload, 0)


@pytest.fixture
def journal(database: Database) -> UpdateJournal:
    return UpdateJournal(database, TOKEN)


async def note(database: Database, update_id: int) -> None:
    """Let something come of an update."""
    CAUSE.set(Cause(123456, update_id, b""))
    async with database.transaction() as session:
        await first_time(session, "vote")
    CAUSE.set(None)


async def left(database: Database) -> tuple[list[tuple[int, str | None, int | None]], int]:
    """The updates that are kept, with content and person, and how many deeds are noted."""
    async with database.session() as session:
        rows = await session.scalars(select(UpdateRow).order_by(UpdateRow.update_id))
        deeds = await session.scalar(select(func.count()).select_from(UpdateDeedRow))
        return [(row.update_id, row.payload, row.person_id) for row in rows], deeds or 0


async def test_what_came_before_is_told_also_after_a_start(
    database: Database, journal: UpdateJournal
) -> None:
    assert await journal.load() == []
    assert await journal.keep([kept(7), kept(8)]) == {7, 8}
    assert await journal.keep([kept(8), kept(9)]) == {9}
    await journal.done(7, noted=False)
    again = UpdateJournal(database, TOKEN)
    assert [each.update_id for each in await again.load()] == [8, 9]
    assert await again.keep([kept(7), kept(8), kept(10), kept(3)]) == {10, 3}


async def test_what_waits_comes_back_as_it_was(database: Database, journal: UpdateJournal) -> None:
    await journal.keep([kept(9), kept(8)])
    await journal.replayed(9)
    await journal.replayed(9)
    await journal.replayed(9, -1)
    first, second = await UpdateJournal(database, TOKEN).load()
    assert [(each.update_id, each.replays) for each in (first, second)] == [(8, 0), (9, 1)]
    assert first.content == json.loads(kept(8).payload)
    assert (first.taken_at, first.person_id) == (MORNING, LAN)


async def test_what_is_done_keeps_its_id_alone(database: Database, journal: UpdateJournal) -> None:
    await journal.keep([kept(7)])
    await note(database, 7)
    await journal.done(7, noted=True)
    assert await left(database) == ([(7, None, None)], 0)


async def test_ids_are_forgotten_once_they_do_not_come_again(
    database: Database, journal: UpdateJournal
) -> None:
    await journal.keep([kept(7), kept(8)])
    await journal.done(7, noted=False)
    await note(database, 7)  # by what went on after it was done
    await journal.tidy(MORNING + KEPT_IDS)
    assert ([each[0] for each in (await left(database))[0]], (await left(database))[1]) == (
        [7, 8],
        0,
    )
    await journal.tidy(MORNING + KEPT_IDS + dt.timedelta(seconds=1))
    assert [each[0] for each in (await left(database))[0]] == [8]


async def test_another_bots_updates_are_its_own(database: Database, journal: UpdateJournal) -> None:
    other = UpdateJournal(database, "7:other")
    await other.keep([kept(7)])
    assert await journal.keep([kept(7)]) == {7}
    await journal.done(7, noted=False)
    assert [each.update_id for each in await other.load()] == [7]
    assert journal.seed(7) != other.seed(7)


async def test_who_is_forgotten_leaves_nothing_waiting_but_the_asking(
    database: Database, journal: UpdateJournal
) -> None:
    await journal.keep([kept(7), kept(8), kept(9, MINH), kept(10, None)])
    for update_id in (7, 9):
        await note(database, update_id)
    data = WaitingUpdatesOfPerson(database)
    CAUSE.set(Cause(journal.bot_id, 8, b""))
    assert await data.export(LAN) == [{"Nhận lúc": "2026-11-23T09:00:00+07:00"}]
    await data.erase(LAN)
    rows, deeds = await left(database)
    assert [row[0] for row in rows if row[1] is not None] == [8, 9, 10]
    assert (rows[0], deeds) == ((7, None, None), 1)
    assert await data.export(LAN) is None


async def test_a_deed_is_done_once_however_often_its_update_is_handled(
    database: Database, journal: UpdateJournal
) -> None:
    async def handled(update_id: int) -> list[bool]:
        CAUSE.set(Cause(journal.bot_id, update_id, journal.seed(update_id)))
        async with database.transaction() as session:
            return [await first_time(session, deed) for deed in ("vote", "vote", "audit")]

    async def killed() -> None:
        CAUSE.set(Cause(journal.bot_id, 7, b""))
        async with database.transaction() as session:
            await first_time(session, "vote")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        await killed()
    assert await handled(7) == [True, True, True]
    assert await handled(7) == [False, False, False]
    assert await handled(8) == [True, True, True]
    CAUSE.set(None)
    async with database.transaction() as session:
        assert [await first_time(session, "vote") for _ in range(2)] == [True, True]


async def test_an_update_gives_the_same_ids_each_time(journal: UpdateJournal) -> None:
    def numbers(update_id: int) -> list[float]:
        cause = Cause(journal.bot_id, update_id, journal.seed(update_id))
        return [cause.rng.random() for _ in range(3)]

    assert numbers(7) == numbers(7)
    assert numbers(7) != numbers(8)


async def test_writes_that_come_meanwhile_share_a_transaction(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun = 0
    begin = database.transaction

    def counted() -> AbstractAsyncContextManager[AsyncSession]:
        nonlocal begun
        begun += 1
        return begin()

    monkeypatch.setattr(database, "transaction", counted)
    writes = GroupCommit(database)
    note = text("INSERT INTO update_deeds (bot_id, update_id, deed) VALUES (1, :id, 'x')")
    await asyncio.gather(*(writes.write((note, {"id": number})) for number in range(20)))
    assert begun <= 2
    with pytest.raises(DatabaseError):
        await writes.write((note, {"id": 1}))
    await writes.write((note, {"id": 21}))
    await writes.close()
    async with database.session() as session:
        assert await session.scalar(text("SELECT count(*) FROM update_deeds")) == 21
