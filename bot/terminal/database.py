"""The database for a command: migrated, connected for one piece of work, closed again."""

from __future__ import annotations

import asyncio
import datetime as dt
from typing import TYPE_CHECKING, TypeVar

from bot.access.registry import People
from bot.database import Database

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from bot.settings import Settings

_Result = TypeVar("_Result")


def prepare_database(settings: Settings) -> Database:
    """Migrate the database, make ADMIN_IDS admins, and return it closed. Raises DatabaseError."""

    async def nothing(_database: Database) -> None:
        return

    with_database(settings, nothing)
    return Database.of(settings)


def with_database(settings: Settings, work: Callable[[Database], Awaitable[_Result]]) -> _Result:
    """Run `work` on the migrated, connected database; a bot that runs meanwhile goes on."""

    async def run() -> _Result:
        database = Database.of(settings)
        await database.migrate()
        await database.connect()
        try:
            people = People(database, settings.admin_ids)
            await people.ensure_configured_admins(dt.datetime.now(dt.UTC))
            return await work(database)
        finally:
            await database.close()

    return asyncio.run(run())
