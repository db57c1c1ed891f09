"""Brings the tables up to this program's version with the revisions in `migrations/`."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import filelock
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text

from bot.database.errors import DatabaseBusyError, SchemaNewerError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from sqlalchemy import Connection
    from sqlalchemy.ext.asyncio import AsyncEngine

MIGRATIONS = Path(__file__).parent / "migrations"
LOCK_SECONDS = 60.0
"""How long a process waits for another one that migrates."""
_LOCK_KEY = 0x76616E70686F6E67  # "vanphong"; any number that others don't use


def configuration(connection: Connection | None = None) -> Config:
    """Return Alembic's configuration, without a file; `env.py` takes the connection from it."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


async def migrate(engine: AsyncEngine) -> None:
    """Upgrade to the newest revision, in one transaction and one process at a time.

    Raises SchemaNewerError when the database is ahead of this program, DatabaseBusyError when
    another process migrates for too long, and what the drivers raise.
    """
    if engine.dialect.name == "sqlite":
        async with _sqlite_lock(Path(engine.url.database or "")):
            await _use_write_ahead_log(engine)
            async with engine.begin() as connection:
                await connection.run_sync(_upgrade)
        return
    async with engine.begin() as connection:
        # Freed with the transaction, however it ends.
        await connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK_KEY})
        await connection.run_sync(_upgrade)


def _upgrade(connection: Connection) -> None:
    config = configuration(connection)
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    for revision in MigrationContext.configure(connection).get_current_heads():
        if revision not in known:
            raise SchemaNewerError(
                f"Cơ sở dữ liệu đang ở phiên bản '{revision}', mới hơn chương trình này. Hãy cập "
                "nhật chương trình, hoặc khôi phục bản sao lưu của phiên bản cũ."
            )
    command.upgrade(config, "head")


async def _use_write_ahead_log(engine: AsyncEngine) -> None:
    """Let readers go on while somebody writes; the file remembers it."""
    async with engine.connect() as connection:
        raw = await connection.get_raw_connection()
        driver = raw.driver_connection
        if driver is not None:
            await driver.execute_fetchall("PRAGMA journal_mode=WAL")


@asynccontextmanager
async def _sqlite_lock(file: Path) -> AsyncIterator[None]:
    """Hold a lock beside the file: SQLite's own does not cover the change to a write-ahead log."""
    lock = filelock.FileLock(f"{file}.lock", timeout=LOCK_SECONDS, thread_local=False)
    try:
        await asyncio.to_thread(lock.acquire)
    except filelock.Timeout as error:
        raise DatabaseBusyError(
            f"Một tiến trình khác đang nâng cấp {file} quá {LOCK_SECONDS:.0f} giây. Hãy đợi nó "
            "xong rồi chạy lại."
        ) from error
    try:
        yield
    finally:
        lock.release()
