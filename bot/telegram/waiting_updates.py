"""What waits of a person's messages and presses until it is handled, for /mydata and /forgetme."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, exists, update

from bot.database.once import cause
from bot.database.statements import rows_of
from bot.database.update_tables import UpdateDeedRow, UpdateRow
from bot.office_time import iso
from bot.personal_data import PersonalTables
from bot.telegram import texts

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, Delete, Update
    from sqlalchemy.ext.asyncio import AsyncSession


class WaitingUpdatesOfPerson(PersonalTables):
    """Updates that a person sent and that are not done, but for the one that asks for this."""

    title = texts.WAITING_UPDATES_TITLE

    async def kept(self, session: AsyncSession, person_id: int) -> list[Any]:
        """Return when the person's updates were taken; what is in them may be others' too."""
        rows = await rows_of(session, UpdateRow, _waits(person_id), UpdateRow.update_id)
        return [{"Nhận lúc": iso(row.taken_at)} for row in rows]

    def erasing(self, person_id: int) -> tuple[Delete, Update]:
        """Return the statements that delete their contents, and what came of them so far."""
        theirs = exists().where(
            UpdateRow.bot_id == UpdateDeedRow.bot_id,
            UpdateRow.update_id == UpdateDeedRow.update_id,
            _waits(person_id),
        )
        return (
            delete(UpdateDeedRow).where(theirs),
            update(UpdateRow).where(_waits(person_id)).values(payload=None, person_id=None),
        )


def _waits(person_id: int) -> ColumnElement[bool]:
    """Tell of an update whether it is a person's and waits; that which is handled now does not.

    It is done soon; killed before, the program has to go on with it, maybe with erasing somebody.
    """
    waits = (UpdateRow.person_id == person_id) & UpdateRow.payload.is_not(None)
    return waits if (now := cause()) is None else waits & (UpdateRow.update_id != now.update_id)
