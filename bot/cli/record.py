"""What the commands of the record share: the database, open while the bot may be running."""

from __future__ import annotations

import datetime as dt
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.database import Database
    from bot.settings import Settings

MOST_DAYS = 3660

Days = Annotated[
    int, typer.Option("--days", min=1, max=MOST_DAYS, help="Số ngày, tính cả hôm nay.")
]
AsJson = Annotated[bool, typer.Option("--json", help="In kết quả là JSON.")]


def utc_now() -> dt.datetime:
    """Return this moment."""
    return dt.datetime.now(dt.UTC)


@asynccontextmanager
async def opened_database(settings: Settings) -> AsyncIterator[Database]:
    """Connect to the configured database, migrated; raises DatabaseError."""
    # late: SQLAlchemy takes half a second
    from bot.database import Database  # noqa: PLC0415

    database = Database.of(settings)
    await database.migrate()
    await database.connect()
    try:
        yield database
    finally:
        await database.close()
