"""How often the model may be asked for somebody: counted at once, kept beside the answers."""

import datetime as dt
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from bot.access.marks import Marks
from bot.access.tables import MarkRow
from bot.database import Database
from bot.features.written_answers.daily_budget import DailyBudget
from bot.features.written_answers.model_uses import ModelUses
from tests.bot.whole_bot import MORNING, HandClock

EVENING = MORNING + dt.timedelta(hours=14)
TOMORROW = MORNING + dt.timedelta(days=1)


@pytest.fixture
def uses(database: Database) -> ModelUses:
    return ModelUses(database)


@pytest.fixture
def marks(tmp_path: Path) -> Marks:
    return Marks.beside(tmp_path)


async def test_uses_are_counted_by_mark_until_the_day_is_over(uses: ModelUses) -> None:
    for mark in ("a", "a", "b", "a"):
        await uses.add(mark, MORNING, EVENING)
    assert await uses.today(MORNING) == {"a": 3, "b": 1}
    assert await uses.today(TOMORROW) == {}
    await uses.add("a", TOMORROW, TOMORROW + dt.timedelta(hours=14))
    assert await uses.today(TOMORROW) == {"a": 1}
    assert await uses.today(TOMORROW) == {"a": 1}


async def test_a_restart_begins_no_new_day(uses: ModelUses, marks: Marks) -> None:
    clock = HandClock()
    budget = DailyBudget(uses, marks, 2, clock)
    assert [budget.take(1) for _ in range(3)] == [True, True, False]
    assert budget.take(2)
    await budget.settled()
    again = DailyBudget(uses, marks, 2, clock)
    await again.load()
    assert [again.take(1), again.take(2), again.take(2)] == [False, True, False]
    clock.pass_time(hours=15)  # midnight in the office
    assert again.take(1)
    await again.settled()
    assert list((await uses.today(clock())).values()) == [1]


async def test_nothing_of_the_person_is_kept(
    uses: ModelUses, marks: Marks, database: Database
) -> None:
    budget = DailyBudget(uses, marks, 1, HandClock())
    person = 987_654_321
    assert budget.take(person)
    await budget.settled()
    async with database.session() as session:
        row = await session.get(MarkRow, next(iter(await uses.today(MORNING))))
    assert row is not None
    assert len(row.mark) == 64
    assert str(person) not in row.mark


async def test_a_clock_that_is_put_on_and_back_gives_nobody_more(
    uses: ModelUses, marks: Marks
) -> None:
    clock = HandClock()
    budget = DailyBudget(uses, marks, 1, clock)
    assert [budget.take(1), budget.take(1)] == [True, False]
    for hours, left in ((-1, False), (25, True), (-24, False), (24, False)):
        clock.pass_time(hours=hours)
        assert budget.take(1) is left
    await budget.settled()


async def test_nothing_is_allowed_by_a_budget_of_none(uses: ModelUses, marks: Marks) -> None:
    assert not DailyBudget(uses, marks, 0, HandClock()).take(1)


async def test_a_database_that_fails_stops_no_answer(app_database: Database, marks: Marks) -> None:
    await app_database.close()
    budget = DailyBudget(ModelUses(app_database), marks, 1, lambda: MORNING)
    with capture_logs() as logs:
        assert budget.take(1)
        await budget.settled()
    assert "model_use_not_stored" in [log["event"] for log in logs]
