"""The connection to the database: sessions to read, transactions to write."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from sqlalchemy import event
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, create_async_engine
from sqlalchemy.pool import NullPool

from bot.closed_files import close_to_others
from bot.database.errors import DatabaseUnreachableError, busy, translate
from bot.database.migration import migrate
from bot.database.sqlite_connection import open_sqlite
from bot.database.url import database_url, shown
from embeddings.errors import system_reason

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping, Sequence

    from sqlalchemy import URL, Connection, Executable
    from sqlalchemy.engine.interfaces import DBAPIConnection

    from bot.database.sqlite_connection import SqliteConnection
    from bot.settings import Settings

    Parameters = Mapping[str, Any]

BUSY_SECONDS = 10.0
"""How long SQLite waits for another writer."""
CONNECT_SECONDS = 10.0
"""How long a PostgreSQL server may take to let us in."""
_POOL_SIZE = 5  # a connection is held for a few statements only, never while an answer is made

_WRITES = "vanphong_writes"


class Database:
    """One database, shared by the whole process; every method belongs to one event loop.

    Errors of SQLAlchemy and its drivers leave here as DatabaseError.
    """

    def __init__(self, url: URL) -> None:
        self._url = url
        self._engine: AsyncEngine | None = None
        self._writing = asyncio.Lock()

    def __repr__(self) -> str:
        return f"Database({self.place!r})"

    @classmethod
    def of(cls, settings: Settings) -> Database:
        """Return the configured database, not yet connected; raises SettingsError."""
        return cls(database_url(settings))

    @property
    def place(self) -> str:
        """Where the database is, for messages: without a password."""
        return shown(self._url)

    @property
    def is_sqlite(self) -> bool:
        """Whether this is SQLite, not PostgreSQL."""
        return self._url.get_backend_name() == "sqlite"

    async def connect(self) -> None:
        """Open the pool of connections and try one; raises DatabaseError."""
        if self._engine is None:
            self._make_directory()
            self._engine = self._new_engine()
            self._reader = self._engine.execution_options(**{_WRITES: False})
            self._writer = self._engine.execution_options(**{_WRITES: True})
        try:
            async with self.session():
                pass
        except BaseException:
            await self.close()
            raise

    async def migrate(self) -> None:
        """Bring the tables up to this program's version; harmless when they are.

        Two processes may do it at once: the second waits for the first. Raises SchemaNewerError and
        other DatabaseErrors. Needs no `connect()` before.
        """
        self._make_directory()
        self._close_files()
        engine = self._new_engine(for_migration=True)
        try:
            await migrate(engine)
        except driver_errors() as error:
            raise translate(error, self.place) from error
        finally:
            await engine.dispose()

    async def close(self) -> None:
        """Close all connections; harmless when there are none."""
        if self._engine is not None:
            engine, self._engine = self._engine, None
            await engine.dispose()

    @asynccontextmanager
    async def session(self) -> AsyncIterator[AsyncSession]:
        """Yield a session for reading; what it changes is thrown away."""
        async with self._opened(writes=False) as session:
            yield session

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[AsyncSession]:
        """Yield a session whose changes are committed at the end, or undone if an error leaves.

        SQLite is locked for other writers from the beginning, so what was read in it stays true;
        the writers of this process take turns in the order they came.
        PostgreSQL works at READ COMMITTED: lock the rows that a decision rests on with
        `with_for_update()`.
        """
        async with self._write_lock(), self._opened(writes=True) as session:
            yield session
            try:
                await session.commit()
            except SQLAlchemyError as error:
                raise translate(error, self.place) from error

    async def execute(self, *statements: tuple[Executable, Sequence[Parameters]]) -> None:
        """Execute statements in one transaction, each for all its parameters, without a session.

        That takes a third less of a processor. Raises DatabaseError.
        """
        async with self._write_lock():
            try:
                async with self._connectable(writes=True).begin() as connection:
                    for statement, parameters in statements:
                        await connection.execute(statement, parameters)
            except driver_errors() as error:
                raise translate(error, self.place) from error

    @asynccontextmanager
    async def _write_lock(self) -> AsyncIterator[None]:
        """Wait for the writers that came before, where the database has one writer at a time.

        SQLite itself lets who waits look again after up to 0.1 seconds, and keeps no order: where
        many wait, some would never get their turn.
        """
        if not self.is_sqlite:
            yield
            return
        try:
            async with asyncio.timeout(BUSY_SECONDS):
                await self._writing.acquire()
        except TimeoutError as error:
            raise busy(self.place) from error
        try:
            yield
        finally:
            self._writing.release()

    @asynccontextmanager
    async def _opened(self, *, writes: bool) -> AsyncIterator[AsyncSession]:
        async with AsyncSession(
            self._connectable(writes=writes), expire_on_commit=False
        ) as session:
            try:
                await session.connection()
            except driver_errors() as error:
                raise translate(error, self.place) from error
            try:
                yield session
            except SQLAlchemyError as error:
                raise translate(error, self.place) from error

    def _connectable(self, *, writes: bool) -> AsyncEngine:
        if self._engine is None:
            raise RuntimeError("the database is not connected: call connect() first")
        return self._writer if writes else self._reader

    def _new_engine(self, *, for_migration: bool = False) -> AsyncEngine:
        pool: dict[str, Any] = {"pool_size": _POOL_SIZE, "max_overflow": _POOL_SIZE}
        if for_migration:
            pool = {"poolclass": NullPool}
        elif self.is_sqlite:
            pool["pool_use_lifo"] = True
        else:
            pool["pool_pre_ping"] = True
        if not self.is_sqlite:
            options: dict[str, Any] = {"timeout": CONNECT_SECONDS}
            return _engine(self._url, connect_args=options, **pool)
        options = {"timeout": BUSY_SECONDS, "async_creator_fn": open_sqlite}
        engine = _engine(self._url, connect_args=options, **pool)
        event.listen(engine.sync_engine, "connect", _prepare_sqlite)
        if not for_migration:
            event.listen(engine.sync_engine, "connect", _enforce_foreign_keys)
        event.listen(engine.sync_engine, "begin", _begin_sqlite)
        return engine

    def _make_directory(self) -> None:
        """Create the directory of SQLite's file, which SQLite itself does not."""
        if not self.is_sqlite or self._url.database is None:
            return
        folder = Path(self._url.database).parent
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise DatabaseUnreachableError(
                f"Không tạo được thư mục '{folder}' ({system_reason(error)}). Hãy đổi DATA_DIR."
            ) from error

    def _close_files(self) -> None:
        """Close SQLite's files to other accounts; new ones beside it get the mode of the first."""
        if self.is_sqlite:
            with suppress(OSError):  # it is there, or SQLite will say what is wrong with the place
                Path(self.place).touch(mode=0o600, exist_ok=False)
            close_to_others(*(Path(f"{self.place}{end}") for end in ("", "-wal", "-shm")))


def _engine(url: URL, **options: Any) -> AsyncEngine:  # noqa: ANN401 -- SQLAlchemy's
    """Return an engine whose errors and logs hold no values: names and questions are among them."""
    return create_async_engine(url, hide_parameters=True, **options)


def _prepare_sqlite(connection: DBAPIConnection, _record: object) -> None:
    """Let SQLAlchemy begin transactions itself; Python's own rules would begin them too late."""
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute("PRAGMA synchronous=NORMAL")  # safe with a write-ahead log
    cursor.close()


def _enforce_foreign_keys(connection: DBAPIConnection, _record: object) -> None:
    cursor = connection.cursor()
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    """Take the write lock at once where writing is meant: upgrading a read lock may fail."""
    writes = connection.get_execution_options().get(_WRITES, True)
    driver = cast("SqliteConnection", connection.connection.driver_connection)
    driver.begin("BEGIN IMMEDIATE" if writes else "BEGIN")


def driver_errors() -> tuple[type[BaseException], ...]:
    """Return what may come out of opening a connection: asyncpg's errors come as they are."""
    # late: only a connection needs the driver
    import asyncpg  # type: ignore[import-untyped]  # noqa: PLC0415

    return (SQLAlchemyError, OSError, asyncpg.PostgresError, asyncpg.InterfaceError)
