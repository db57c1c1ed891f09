"""What looking after running quizzes reads: not the history of everybody."""

import datetime as dt
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from sqlalchemy import Engine, event

from bot.database import Database
from bot.database.url import parse_url
from bot.features.quizzes.store import QuizStore
from bot.features.quizzes.tables import AttemptRow
from tests.bot.features.quizzes.learners import NOW, Learning

Look = Callable[[QuizStore], Awaitable[object]]


@pytest.mark.parametrize(
    ("look", "index"),
    [
        (lambda store: store.open_attempts(asked_after=NOW, asked_before=NOW), "running"),
        (lambda store: store.untold(NOW, NOW), "untold"),
    ],
    ids=["open questions", "results to be told"],
)
async def test_what_is_looked_for_is_found_by_its_index(
    sqlite_url: str, look: Look, index: str
) -> None:
    """It is looked every few seconds, and the quizzes and attempts of years are many."""
    database = Database(parse_url(sqlite_url))
    await database.connect()
    sent: list[tuple[str, Any]] = []

    def note(_connection: object, _cursor: object, statement: str, given: Any, *_: object) -> None:
        sent.append((statement, given))

    event.listen(Engine, "before_cursor_execute", note)
    try:
        await look(QuizStore(database))
    finally:
        event.remove(Engine, "before_cursor_execute", note)
    (statement, given) = next(each for each in sent if "quiz_sessions" in each[0])
    async with database.session() as session:
        connection = await session.connection()
        steps = await connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", given)
        plan = [step[-1] for step in steps]
    await database.close()
    assert any(f"ix_quiz_sessions_{index}" in step for step in plan)
    assert not any(step.startswith("SCAN quiz_") for step in plan)


async def test_open_questions_come_in_the_order_of_asking(database: Database) -> None:
    learning = Learning()
    for person_id in (3, 1, 2):
        learning.quiz(person_id, "t0", [True], NOW, state="running")
    for attempt in learning.rows[AttemptRow]:
        attempt |= {"state": "asked", "answered_at": None, "chosen": None, "correct": None}
    await learning.store(database)
    store = QuizStore(database)
    found = await store.open_attempts(asked_before=NOW + dt.timedelta(seconds=1))
    assert [session.person_id for session, _ in found] == [3, 1, 2]
    assert await store.open_attempts(asked_before=NOW) == ()
