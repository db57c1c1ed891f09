"""The database for a command: migrated, connected for one piece of work, closed again.

The command line notes in the audit log itself what it has done to the knowledge base and the
documents, after it has succeeded: so it is the same whether the work was done in this process or by
a running bot, and SQLite (with its write-ahead log) and PostgreSQL let both write. The actor is
`CLI`, of `vanphong watch` too: whoever runs it on the terminal wants each of its reloads. A bot
that watches by itself (WATCH_ARTICLES) notes its reloads as `SETTINGS`.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, TypeVar

from bot.closed_files import close_to_others
from bot.errors import BotError
from bot.office_time import utc_now
from bot.terminal.console import alert

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from bot.access.audit import AuditAction
    from bot.database import Database
    from bot.settings import Settings

_Result = TypeVar("_Result")


def prepare_database(settings: Settings) -> Database:
    """Migrate the database, make ADMIN_IDS admins, and return it closed. Raises DatabaseError."""
    from bot.database import Database

    async def nothing(_database: Database) -> None:
        return

    with_database(settings, nothing)
    return Database.of(settings)


def with_database(settings: Settings, work: Callable[[Database], Awaitable[_Result]]) -> _Result:
    """Run `work` on the migrated, connected database; a bot that runs meanwhile goes on."""
    from bot.access.registry import People
    from bot.database import Database

    close_to_others(settings.data_dir)

    async def run() -> _Result:
        database = Database.of(settings)
        await database.migrate()
        await database.connect()
        try:
            people = People(database, settings.admin_ids)
            await people.ensure_configured_admins(utc_now())
            return await work(database)
        finally:
            await database.close()

    return asyncio.run(run())


async def record(
    database: Database, action: AuditAction, target: str | None = None, **details: object
) -> None:
    """Write into the audit log that the command line does `action`. Raises DatabaseError."""
    from bot.access.audit import AuditEvent, AuditLog
    from bot.access.person import CLI

    event = AuditEvent(action, target=target, details=details)
    await AuditLog(database).record(CLI, event, utc_now())


def note(
    settings: Settings, action: AuditAction, target: str | None = None, **details: object
) -> None:
    """Write into the audit log that the command line did `action` to `target`.

    What was done stays done when the log can't be written: that is only a warning on stderr.
    """
    try:
        with_database(settings, lambda database: record(database, action, target, **details))
    except BotError as error:
        message = f"việc này đã làm xong nhưng chưa ghi được vào nhật ký quản trị. {error}"
        alert("Cảnh báo", message, "yellow")
