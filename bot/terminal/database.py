"""The database for a command: migrated, connected for one piece of work, closed again.

The command line stores what it means to do to the knowledge base and the documents, and notes in
the audit log itself what it has done: so it is the same whether the work was done in this process
or by a running bot, and SQLite (with its write-ahead log) and PostgreSQL let both write. The actor
is `CLI`, of `vanphong watch` too: whoever runs it on the terminal wants each of its reloads. A bot
that watches by itself (WATCH_ARTICLES) notes its reloads as `SETTINGS`.
"""

from __future__ import annotations

import asyncio
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeVar

from bot.closed_files import close_to_others
from bot.errors import BotError
from bot.office_time import utc_now
from bot.terminal.console import alert

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator

    from bot.access.audit import AuditAction
    from bot.access.deeds import Deed
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


@contextmanager
def doing(settings: Settings, action: AuditAction, **details: object) -> Iterator[Deed]:
    """Store what the command line means to do, and at the end note what was done (`Deed.did`).

    What is cut off in between, the next bot that starts finishes or notes. What was done stays done
    when the database can't be reached: that is only a warning on stderr.
    """
    from bot.access.audit import AuditLog
    from bot.access.deeds import Deed, Deeds
    from bot.access.person import CLI

    try:
        deed = with_database(settings, lambda db: Deeds(db, utc_now).begin(CLI, action, **details))
        stored = True
    except BotError:
        deed, stored = Deed("", action, CLI, details), False

    async def note_it(database: Database) -> None:
        if stored:
            await Deeds(database, utc_now).note(deed)
        for event in () if stored else deed.done:
            await AuditLog(database).record(CLI, event, utc_now())

    try:
        yield deed
    except Exception:
        if stored:
            _noted(settings, note_it)
        raise
    if stored or deed.done:
        _noted(settings, note_it)


def note(
    settings: Settings, action: AuditAction, target: str | None = None, **details: object
) -> None:
    """Write into the audit log that the command line did `action` to `target`.

    What was done stays done when the log can't be written: that is only a warning on stderr.
    """
    _noted(settings, lambda database: record(database, action, target, **details))


def _noted(settings: Settings, work: Callable[[Database], Awaitable[None]]) -> None:
    try:
        with_database(settings, work)
    except BotError as error:
        message = f"việc này đã làm xong nhưng chưa ghi được vào nhật ký quản trị. {error}"
        alert("Cảnh báo", message, "yellow")
