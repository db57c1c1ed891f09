"""What is kept of a person's use of the language model, for /mydata and /forgetme."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.database.statements import deleted, rows_of
from bot.features.written_answers import texts
from bot.features.written_answers.tables import ModelUseRow
from bot.personal_data import PersonalTables

if TYPE_CHECKING:
    from sqlalchemy import Delete
    from sqlalchemy.ext.asyncio import AsyncSession

    from bot.database import Database
    from bot.features.written_answers.daily_budget import DailyBudget


class ModelUsesOfPerson(PersonalTables):
    """How often the model was asked for a person today."""

    title = texts.PERSONAL_DATA_TITLE

    def __init__(self, database: Database, budget: DailyBudget) -> None:
        super().__init__(database)
        self._budget = budget

    async def kept(self, session: AsyncSession, person_id: int) -> list[Any]:
        """Return the person's uses, a day each."""
        theirs = ModelUseRow.person_id == person_id
        rows = await rows_of(session, ModelUseRow, theirs, ModelUseRow.day)
        return [{"Ngày": row.day.isoformat(), "Số lượt": row.uses} for row in rows]

    def erasing(self, person_id: int) -> tuple[Delete, ...]:
        """Return the statement that deletes them."""
        return (deleted(ModelUseRow.person_id, person_id),)

    async def settled(self, person_id: int) -> bool:
        """Wait until what the person used is stored, and take it out of the memory."""
        return await self._budget.forget(person_id)
