"""Statements that stores share, and what SQLAlchemy spells per dialect."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import Date, delete, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement

from bot.office_time import OFFICE_TIME

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from sqlalchemy import ColumnElement, Delete, Update
    from sqlalchemy.ext.asyncio import AsyncSession
    from sqlalchemy.orm import InstrumentedAttribute
    from sqlalchemy.sql.compiler import SQLCompiler

    from bot.database.schema import Base

    Row = TypeVar("Row", bound=Base)
    PersonColumn = InstrumentedAttribute[int] | InstrumentedAttribute[int | None]
    Element = FunctionElement[dt.date]
else:
    Element = FunctionElement

Insert = sqlite.Insert | postgresql.Insert
_SQLITE_OFFSET = "+7 hours"  # Asia/Ho_Chi_Minh has had no other since 1975 (tz database)


def insert_or_ignore(session: AsyncSession, table: type[Base], **values: object) -> Insert:
    """Return an insert that does nothing where a key is taken already; it waits for no answer."""
    if session.get_bind().dialect.name == "sqlite":
        return sqlite.insert(table).values(**values).on_conflict_do_nothing()
    return postgresql.insert(table).values(**values).on_conflict_do_nothing()


async def rows_of(
    session: AsyncSession,
    table: type[Row],
    wanted: ColumnElement[bool],
    *order: InstrumentedAttribute[Any],
) -> Sequence[Row]:
    """Return the rows of a table that are wanted, in order."""
    return (await session.scalars(select(table).where(wanted).order_by(*order))).all()


def cut_off(column: PersonColumn, person_id: int) -> Update:
    """Return the statement that takes a person out of a column and leaves the rows."""
    return update(column.class_).where(column == person_id).values({column: None})


def deleted(column: PersonColumn, person_id: int) -> Delete:
    """Return the statement that deletes the rows with a person in a column."""
    return delete(column.class_).where(column == person_id)


class OfficeDay(Element):
    """`OfficeDay(column)`: the day of a UtcDateTime column in the office, as a date."""

    type = Date()
    inherit_cache = True
    name = "office_day"


@compiles(OfficeDay, "sqlite")
def _on_sqlite(element: OfficeDay, compiler: SQLCompiler, **options: Any) -> str:  # noqa: ANN401
    column = compiler.process(element.clauses, **options)
    # whole seconds: SQLite would round the last half millisecond of a day into the next
    return f"date(substr({column}, 1, 19), '{_SQLITE_OFFSET}')"


@compiles(OfficeDay, "postgresql")
def _on_postgresql(
    element: OfficeDay, compiler: SQLCompiler, **options: Any  # noqa: ANN401
) -> str:  # fmt: skip
    column = compiler.process(element.clauses, **options)
    return f"CAST(({column}) AT TIME ZONE '{OFFICE_TIME.key}' AS DATE)"
