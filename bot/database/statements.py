"""What both databases know but SQLAlchemy spells per dialect."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import Date
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement

from bot.office_time import OFFICE_TIME

if TYPE_CHECKING:
    import datetime as dt

    from sqlalchemy.ext.asyncio import AsyncSession
    from sqlalchemy.sql.compiler import SQLCompiler

    from bot.database.schema import Base

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
