"""How often the language model was asked for each person, day by day, in the database."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete, select, update

from bot.database.statements import insert_or_ignore
from bot.features.written_answers.tables import ModelUseRow

if TYPE_CHECKING:
    import datetime as dt

    from bot.database import Database

Row = ModelUseRow


class ModelUses:
    """Counts, whichever process adds to them; methods raise DatabaseError."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(self, person_id: int, day: dt.date) -> None:
        """Count one use more."""
        async with self._database.transaction() as session:
            new = insert_or_ignore(session, Row, day=day, person_id=person_id, uses=0)
            await session.execute(new)
            theirs = (Row.day == day, Row.person_id == person_id)
            await session.execute(update(Row).where(*theirs).values(uses=Row.uses + 1))

    async def of_day(self, day: dt.date) -> dict[int, int]:
        """Return the uses of everybody who had any that day, by person."""
        async with self._database.session() as session:
            rows = await session.scalars(select(Row).where(Row.day == day))
            return {row.person_id: row.uses for row in rows}

    async def purge(self, before: dt.date) -> None:
        """Delete the days before `before`."""
        async with self._database.transaction() as session:
            await session.execute(delete(Row).where(Row.day < before))
