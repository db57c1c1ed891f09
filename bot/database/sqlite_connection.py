"""A connection to SQLite that crosses into its thread once a statement, and for little else.

aiosqlite crosses for the cursor, the statement, its rows and the cursor's end; at a hundred
people at once these crossings, not SQLite, are what a processor is busy with, and each waits until
an answer in the making lets go of Python.
"""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, Any, Self

import aiosqlite

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_ROWS_AT_ONCE = 64  # aiosqlite's own default, for iteration, which SQLAlchemy does not use


def open_sqlite(file: str, **options: Any) -> aiosqlite.Connection:  # noqa: ANN401 -- the driver's
    """Return a connection to a file that opens when awaited; `options` are sqlite3.connect's.

    Awaiting raises sqlite3.Error.
    """
    connection = SqliteConnection(lambda: sqlite3.connect(file, **options), _ROWS_AT_ONCE)
    connection._thread.daemon = True  # noqa: SLF001 -- as SQLAlchemy does with aiosqlite's own
    return connection


class SqliteConnection(aiosqlite.Connection):
    """What SQLAlchemy uses of a connection; how it begins, and is given back, is its own."""

    _begin: str | None = None

    def __del__(self) -> None:
        """End without a warning: SQLAlchemy drops one on whose opening a task was cancelled."""
        if self._connection is not None:
            self.stop()

    def begin(self, statement: str) -> None:
        """Let `statement` begin a transaction before the next one is executed, in one crossing."""
        self._begin = statement

    def begins(self) -> str | None:
        """Return what is to begin a transaction now, once."""
        statement, self._begin = self._begin, None
        return statement

    async def commit(self) -> None:
        """Commit, if anything was executed."""
        if self.begins() is None:
            await super().commit()

    async def rollback(self) -> None:
        """Undo what was executed.

        That is not waited for: what comes next comes behind it, and fails where it failed.
        """
        if self.begins() is None:
            self._tx.put_nowait((None, self._conn.rollback))

    def cursor(self) -> _Cursor:  # type: ignore[override]
        """Return a cursor; nothing crosses for it."""
        return _Cursor(self)


class _Cursor:
    """What SQLAlchemy's adapter uses of aiosqlite's cursor, with the rows read at once."""

    arraysize = 1

    def __init__(self, connection: SqliteConnection) -> None:
        self._connection = connection
        self._rows: list[Any] = []
        self.description: Any = None
        self.rowcount = -1
        self.lastrowid: int | None = None

    async def __aenter__(self) -> Self:
        return self

    async def execute(self, statement: str, parameters: Sequence[Any] = ()) -> Self:
        """Execute a statement and read all its rows."""
        await self._cross(self._run, statement, parameters)
        return self

    async def executemany(self, statement: str, parameters: Sequence[Sequence[Any]]) -> Self:
        """Execute a statement for each of `parameters`."""
        await self._cross(self._run_many, statement, parameters)
        return self

    async def fetchall(self) -> list[Any]:
        """Return the rows that were read."""
        rows, self._rows = self._rows, []
        return rows

    async def close(self) -> None:
        """Do nothing: SQLite's cursor was closed when its rows were read."""

    async def _cross(self, work: Callable[..., None], *arguments: object) -> None:
        await self._connection._execute(self._work, self._connection.begins(), work, *arguments)  # type: ignore[no-untyped-call]  # noqa: SLF001

    def _work(self, begins: str | None, work: Callable[..., None], *arguments: object) -> None:
        if begins is not None:
            self._connection._conn.execute(begins)  # noqa: SLF001
        work(*arguments)

    def _run(self, statement: str, parameters: Sequence[Any]) -> None:
        self._note(self._connection._conn.execute(statement, parameters))  # noqa: SLF001

    def _run_many(self, statement: str, parameters: Sequence[Sequence[Any]]) -> None:
        self._note(self._connection._conn.executemany(statement, parameters))  # noqa: SLF001

    def _note(self, cursor: sqlite3.Cursor) -> None:
        """Keep what a cursor has; runs in the connection's thread, as the cursor itself must."""
        self.description = cursor.description
        self._rows = [] if cursor.description is None else cursor.fetchall()
        self.rowcount, self.lastrowid = cursor.rowcount, cursor.lastrowid
        cursor.close()
