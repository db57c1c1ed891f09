"""How often the model may be asked for somebody: counted at once, kept beside the answers."""

import asyncio
import datetime as dt
from collections.abc import Iterator

import pytest
from sqlalchemy import Delete
from structlog.testing import capture_logs

from bot.database import Database
from bot.features.written_answers.daily_budget import DailyBudget
from bot.features.written_answers.model_uses import ModelUses
from bot.features.written_answers.personal_data import ModelUsesOfPerson
from tests.bot.whole_bot import MORNING, HandClock

TODAY = dt.date(2026, 11, 23)
YESTERDAY = TODAY - dt.timedelta(days=1)


@pytest.fixture
def uses(database: Database) -> ModelUses:
    return ModelUses(database)


async def test_uses_are_counted_by_person_and_day(uses: ModelUses) -> None:
    await asyncio.gather(*(uses.add(person, TODAY) for person in (1, 1, 2, 1)))
    await uses.add(1, YESTERDAY)
    assert await uses.of_day(TODAY) == {1: 3, 2: 1}
    await uses.purge(TODAY)
    assert await uses.of_day(YESTERDAY) == {}
    assert await uses.of_day(TODAY) == {1: 3, 2: 1}


async def test_a_restart_begins_no_new_day(uses: ModelUses) -> None:
    clock = HandClock()
    budget = DailyBudget(uses, 2, clock)
    assert [budget.take(1) for _ in range(3)] == [True, True, False]
    assert budget.take(2)
    await budget.settled()
    again = DailyBudget(uses, 2, clock)
    await again.load()
    assert [again.take(1), again.take(2), again.take(2)] == [False, True, False]
    clock.pass_time(hours=15)  # midnight in the office
    assert again.take(1)
    await again.settled()
    clock.pass_time(days=1)
    await again.purge()
    assert await uses.of_day(TODAY) == {}
    assert await uses.of_day(TODAY + dt.timedelta(days=1)) == {1: 1}


async def test_a_clock_that_is_put_on_and_back_gives_nobody_more(uses: ModelUses) -> None:
    clock = HandClock()
    budget = DailyBudget(uses, 1, clock)
    assert [budget.take(1), budget.take(1)] == [True, False]
    for hours, left in ((-1, False), (25, True), (-24, False), (24, False)):
        clock.pass_time(hours=hours)
        assert budget.take(1) is left
        await budget.settled()
        await budget.purge()
        again = DailyBudget(uses, 1, clock)  # a restart knows it, too
        await again.load()
        assert not again.take(1)


async def test_nothing_is_allowed_by_a_budget_of_none(uses: ModelUses) -> None:
    assert not DailyBudget(uses, 0, HandClock()).take(1)


async def test_what_is_kept_of_a_person_is_shown_and_erased(
    uses: ModelUses, database: Database
) -> None:
    budget = DailyBudget(uses, 1, HandClock())
    store = ModelUsesOfPerson(database, budget)
    assert await store.export(1) is None
    assert budget.take(1)
    assert budget.take(2)
    await budget.settled()
    assert await store.export(1) == [{"Ngày": "2026-11-23", "Số lượt": 1}]
    await store.erase(1)
    await store.erase(1)
    assert await store.export(1) is None
    assert await uses.of_day(TODAY) == {2: 1}


async def test_what_is_being_stored_of_a_person_is_erased_too(
    uses: ModelUses, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    erased = asyncio.Event()
    add, erasing = uses.add, ModelUsesOfPerson.erasing

    async def add_late(person_id: int, day: dt.date) -> None:
        await erased.wait()
        await add(person_id, day)

    def erase_first(store: ModelUsesOfPerson, person_id: int) -> Iterator[Delete]:
        yield from erasing(store, person_id)
        erased.set()

    monkeypatch.setattr(uses, "add", add_late)
    monkeypatch.setattr(ModelUsesOfPerson, "erasing", erase_first)
    budget = DailyBudget(uses, 1, HandClock())
    assert budget.take(1)
    assert budget.take(2)
    await ModelUsesOfPerson(database, budget).erase(1)
    await budget.settled()
    assert await uses.of_day(TODAY) == {2: 1}
    assert budget.take(1)  # nothing of the person is in the memory either
    await budget.settled()


async def test_a_database_that_fails_stops_no_answer(app_database: Database) -> None:
    await app_database.close()
    budget = DailyBudget(ModelUses(app_database), 1, lambda: MORNING)
    with capture_logs() as logs:
        assert budget.take(1)
        await budget.settled()
    assert [log["event"] for log in logs] == ["model_use_not_stored"]
