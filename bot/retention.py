"""What is deleted once it is old: each feature says what it has, one upkeep asks them all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import delete, inspect, select

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Awaitable, Callable

    from sqlalchemy import ColumnElement

    from bot.database import Database
    from bot.database.schema import Base

_BATCH = 500
"""Rows deleted in one transaction: nobody waits longer for the database than these take."""


@dataclass(frozen=True, slots=True)
class Expiring:
    """Something that is kept for a time; `what` is a word for the log."""

    what: str
    purge: Callable[[], Awaitable[int]]
    """Deletes what is over its time and returns how much; raises DatabaseError."""


def rows_over(
    database: Database,
    table: type[Base],
    over: Callable[[dt.datetime], ColumnElement[bool]],
    now: Callable[[], dt.datetime],
) -> Expiring:
    """Return the rows of a table that are over by the condition `over(now)`.

    What belongs to them by a foreign key goes with them.
    """

    async def purge() -> int:
        return await delete_rows(database, table, over(now()))

    return Expiring(table.__tablename__, purge)


async def delete_rows(database: Database, table: type[Base], over: ColumnElement[bool]) -> int:
    """Delete the rows of a table that a condition holds of, some at a time; return how many.

    They are looked for without a lock: mostly there are none.
    """
    (key,) = inspect(table).primary_key
    deleted = 0
    while True:
        async with database.session() as session:
            found = list(await session.scalars(select(key).where(over).limit(_BATCH)))
        if not found:
            return deleted
        gone = delete(table).where(key.in_(found), over).returning(key)
        async with database.transaction() as session:
            options = {"synchronize_session": False}
            deleted += len(list(await session.scalars(gone.execution_options(**options))))
