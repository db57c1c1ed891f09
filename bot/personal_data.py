"""What every store of data about people offers, for /mydata and /forgetme."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import Delete, Update
    from sqlalchemy.ext.asyncio import AsyncSession

    from bot.database import Database

Exported = dict[str, Any] | list[Any] | None
"""Values that `json` writes; moments as ISO 8601 by the office's clock."""


class PersonalDataStore(Protocol):
    """Something that keeps data about people."""

    @property
    def title(self) -> str:
        """What is kept, in Vietnamese: a heading of the file that the person gets."""
        ...

    async def export(self, person_id: int) -> Exported:
        """Return all that is kept of a person; None or empty when there is nothing."""
        ...

    async def erase(self, person_id: int) -> None:
        """Erase it, or cut what stays off from the person; harmless when there is nothing."""
        ...


class PersonalTables(ABC):
    """The tables of a feature that hold data about people, as a PersonalDataStore."""

    title: str

    def __init__(self, database: Database) -> None:
        self._database = database

    @abstractmethod
    async def kept(self, session: AsyncSession, person_id: int) -> dict[str, Any] | list[Any]:
        """Return all that is kept of a person, oldest first."""

    @abstractmethod
    def erasing(self, person_id: int) -> Iterable[Update | Delete]:
        """Return the statements that erase it, or cut it off from the person."""

    async def leave_marks(self, session: AsyncSession, person_id: int) -> None:
        """Leave what must outlive the erasure (`bot/access/marks.py`), in its transaction."""
        del session, person_id

    async def settled(self, person_id: int) -> bool:  # noqa: ARG002 -- for who stores beside
        """Wait until what is on its way to these tables is stored; tell whether anything was.

        For a feature that stores something about people beside the conversation.
        """
        return False

    async def export(self, person_id: int) -> Exported:
        """Return all that is kept of a person; None when there is nothing."""
        async with self._database.session() as session:
            found = await self.kept(session, person_id)
        return found if any(found.values() if isinstance(found, dict) else found) else None

    async def erase(self, person_id: int) -> None:
        """Erase it in one transaction, and again what was on its way to be stored meanwhile."""
        await self._erase_stored(person_id)
        while await self.settled(person_id):
            await self._erase_stored(person_id)

    async def _erase_stored(self, person_id: int) -> None:
        async with self._database.transaction() as session:
            await self.leave_marks(session, person_id)
            for statement in self.erasing(person_id):
                await session.execute(statement)
