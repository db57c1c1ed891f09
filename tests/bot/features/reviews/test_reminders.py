"""Reminders of a large office: who gets one, and what looking for them costs."""

import datetime as dt
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import Engine, delete, event

from bot.access.person import CLI
from bot.access.registry import People
from bot.access.roles import Role
from bot.database import Database
from bot.features.quizzes.feature import QuizzesFeature
from bot.features.quizzes.tables import LearnerRow
from bot.features.reviews.feature import ReviewsFeature
from bot.features.reviews.reminders import LEARNERS_A_LOOK
from bot.settings import Access, Settings
from knowledge import KnowledgeBase
from tests.bot.features.quizzes.learners import DAY, NOW, Learning
from tests.bot.offline_request import OfflineRequest
from tests.bot.whole_bot import HandClock, WholeBot, offline_bot

LEARNERS = 2 * LEARNERS_A_LOOK + 10
WITH_CARDS = (1, 7, LEARNERS_A_LOOK, LEARNERS_A_LOOK + 1, LEARNERS)
"""Who have a card that is due; on the others' paths it is an odd day without work."""


class Office:
    """The whole bot of an office whose learners' reminders a test sends by hand."""

    def __init__(self, bot: WholeBot, request: OfflineRequest, clock: HandClock) -> None:
        self._bot = bot
        self._request = request
        self.clock = clock
        self.learners = bot.feature(QuizzesFeature).study.learners

    async def tick(self) -> list[int]:
        """Let the bot look who is to be reminded; return who was."""
        before = len(self._request.calls)
        await self._bot.feature(ReviewsFeature).reminders.send(self._bot.application.bot)
        return [call.parameters["chat_id"] for call in self._request.calls[before:]]


@pytest.fixture
def access() -> Access:
    """Who may learn; a test that wants another office parametrises this."""
    return Access.OPEN


@pytest.fixture
async def office(
    settings: Settings, database: Database, shipped_base: KnowledgeBase, access: Access
) -> AsyncIterator[Office]:
    request, clock = OfflineRequest(), HandClock(NOW)
    configured = settings.model_copy(update={"access": access})
    async with offline_bot(configured, database, shipped_base, request, clock=clock) as bot:
        yield Office(bot, request, clock)


async def learn(database: Database, count: int, *, with_cards: tuple[int, ...] = ()) -> None:
    """Put people on the path today, with a card of their own that is due or without."""
    learning = Learning()
    for person_id in range(1, count + 1):
        learning.learner(person_id, enrolled_at=NOW)
    for person_id in with_cards:
        learning.card(person_id, "own:7", due=NOW - DAY)
        learning.card(person_id, "gone_1", due=NOW - DAY)  # not asked any more: it doesn't count
    await learning.store(database)


@contextmanager
def counted_statements() -> Iterator[list[str]]:
    """Collect the statements that are sent to a database."""
    found: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        found.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    yield found
    event.remove(Engine, "before_cursor_execute", note)


async def test_everybody_is_looked_at_in_turn_and_reminded_once(
    office: Office, database: Database
) -> None:
    await learn(database, LEARNERS, with_cards=WITH_CARDS)
    looks = [await office.tick() for _ in range(6)]
    assert looks == [[1, 7, LEARNERS_A_LOOK], [LEARNERS_A_LOOK + 1], [LEARNERS], [], [], []]
    office.clock.pass_time(days=1)
    assert [await office.tick() for _ in range(3)] == looks[:3]


async def test_a_clock_that_is_put_on_and_back_reminds_nobody_twice(
    office: Office, database: Database
) -> None:
    await learn(database, 2, with_cards=(1,))
    assert await office.tick() == [1]
    office.clock.pass_time(hours=-1)
    assert await office.tick() == []
    office.clock.pass_time(days=1)
    assert await office.tick() == [1]  # tomorrow's, a day early
    office.clock.pass_time(days=-1)
    assert await office.tick() == []
    office.clock.pass_time(days=1)
    assert await office.tick() == []  # it had come
    office.clock.pass_time(days=364)  # the clock's battery
    assert await office.tick() == [1]
    office.clock.pass_time(days=-364)
    assert await office.tick() == [1]  # and nobody waits a year


async def test_a_look_at_many_takes_as_many_queries_as_one_at_a_few(
    office: Office, database: Database
) -> None:
    await learn(database, 3)
    with counted_statements() as few:
        assert await office.tick() == []
    async with database.transaction() as session:
        await session.execute(delete(LearnerRow))
    await learn(database, LEARNERS)
    with counted_statements() as many:
        assert await office.tick() == []
    assert len(many) == len(few)


@pytest.mark.parametrize("access", [Access.INVITE])
async def test_only_who_may_learn_is_reminded(office: Office, database: Database) -> None:
    await learn(database, 3, with_cards=(1, 2, 3))
    people = People(database)
    await people.set_role(CLI, 1, Role.NEWCOMER, NOW, name="Lan")
    assert await office.tick() == [1]


async def test_who_is_reminded_is_noted_once_a_day_and_only_if_they_want_it(
    office: Office, database: Database
) -> None:
    """So who switches reminders off, or is forgotten, between the look and the message."""
    await learn(database, 2)
    learners = office.learners
    evening = NOW + dt.timedelta(hours=13, minutes=59)  # 23:59 in the office
    assert await learners.reminded(1, NOW)
    assert not await learners.reminded(1, evening)
    assert await learners.reminded(1, evening + dt.timedelta(minutes=1))
    await learners.switch_reminders(2, on=False)
    assert not await learners.reminded(2, NOW)
    assert not await learners.reminded(99, NOW)
