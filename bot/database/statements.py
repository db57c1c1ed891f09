"""Statements that both databases know but SQLAlchemy spells per dialect."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy.dialects import postgresql, sqlite

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncSession

    from bot.database.schema import Base

Insert = sqlite.Insert | postgresql.Insert


def insert_or_ignore(session: AsyncSession, table: type[Base], **values: object) -> Insert:
    """Return an insert that does nothing where a key is taken already; it waits for no answer."""
    if session.get_bind().dialect.name == "sqlite":
        return sqlite.insert(table).values(**values).on_conflict_do_nothing()
    return postgresql.insert(table).values(**values).on_conflict_do_nothing()
