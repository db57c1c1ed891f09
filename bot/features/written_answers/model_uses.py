"""How often the language model was asked for each person today, in the database, by their marks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from bot.access.marks import MarkKind, holding, leave
from bot.access.tables import MarkRow

if TYPE_CHECKING:
    import datetime as dt

    from bot.database import Database


class ModelUses:
    """Counts, whichever process adds to them; methods raise DatabaseError."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(self, mark: str, now: dt.datetime, until: dt.datetime) -> None:
        """Count one use more of the person with `mark`, until their day is over."""
        async with self._database.transaction() as session:
            await leave(session, MarkKind.MODEL_USE, mark, now, until=until)

    async def today(self, now: dt.datetime) -> dict[str, int]:
        """Return the uses of everybody who had any today, by mark."""
        mine = MarkRow.kind == MarkKind.MODEL_USE
        async with self._database.session() as session:
            rows = await session.scalars(select(MarkRow).where(mine, holding(now)))
            return {row.mark: row.amount for row in rows}
