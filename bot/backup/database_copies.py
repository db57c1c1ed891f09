"""A copy of the database as of one moment, while others write, and the way back into an empty one.

SQLite's own backup API makes the copy, or PostgreSQL's `pg_dump`, told to see what a transaction of
ours sees: so the moment is ours to choose.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import sqlite3
import subprocess
from contextlib import (
    AbstractContextManager,
    AsyncExitStack,
    asynccontextmanager,
    closing,
    contextmanager,
)
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeVar
from urllib.parse import quote

from alembic.script import ScriptDirectory
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from bot.backup.errors import BackupError, DumpError, NewerArchiveError
from bot.database.database import BUSY_SECONDS, CONNECT_SECONDS, driver_errors
from bot.database.errors import damaged, translate
from bot.database.migration import configuration
from bot.database.url import database_url, shown
from embeddings.errors import system_reason

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from sqlalchemy import URL
    from sqlalchemy.ext.asyncio import AsyncConnection

    from bot.settings import Settings

_Held = TypeVar("_Held")

_REVISION = "SELECT version_num FROM alembic_version"
_IS_OURS = "SELECT to_regclass('alembic_version')::text"
_HAS_UPDATES = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'updates'"
"""Updates are not in a copy: what waited then was answered where it was made."""
_READ_ONLY = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"
_TABLES = (
    "SELECT count(*) FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace "
    "WHERE relkind IN ('r', 'p', 'v', 'S') AND nspname NOT IN ('pg_catalog', 'information_schema') "
    "AND nspname NOT LIKE 'pg\\_%'"
)
_NOTHING_YET = "Chưa có dữ liệu để sao lưu ở {place}. Hãy chạy bot trước, hoặc sửa DATA_DIR."
_PLACES = Path("/usr/lib/postgresql")  # Debian's, where not everything is on the path
_FOR_LIBPQ = {"ssl": "sslmode", "host": "host", "port": "port"}


class DatabaseCopies(Protocol):
    """Copies one kind of database, and brings a copy back."""

    kind: str
    place: str
    """Where the database is, for messages."""

    def write(self, file: Path, still: AbstractContextManager[_Held]) -> tuple[str, _Held]:
        """Write the database into a new file, as it was at a moment at which `still` was entered.

        Returns the revision of its tables and what `still` gave. Raises DatabaseError, BackupError.
        """

    def is_empty(self) -> bool:
        """Tell whether nothing is stored yet; raises DatabaseError, BackupError."""

    def restore(self, copy: Path) -> None:
        """Bring a copy into the empty database, all of it or nothing.

        Raises DatabaseError, BackupError, OSError.
        """


def database_copies(settings: Settings) -> DatabaseCopies:
    """Return what copies the configured database; raises SettingsError."""
    url = database_url(settings)
    return SqliteCopies(url) if url.get_backend_name() == "sqlite" else PostgresqlCopies(url)


def require_known(revision: str) -> None:
    """Raise NewerArchiveError for tables of a revision that this program does not know."""
    scripts = ScriptDirectory.from_config(configuration()).walk_revisions()
    if revision not in {script.revision for script in scripts}:
        raise NewerArchiveError(
            f"Bản sao lưu có cơ sở dữ liệu ở phiên bản '{revision}', mới hơn chương trình này. Hãy "
            "cập nhật chương trình rồi phục hồi."
        )


class SqliteCopies:
    """Copies of a SQLite file; a bot that writes it meanwhile goes on."""

    kind = "sqlite"

    def __init__(self, url: URL) -> None:
        self._file = Path(str(url.database)).absolute()
        self.place = str(self._file)

    def write(self, file: Path, still: AbstractContextManager[_Held]) -> tuple[str, _Held]:
        """Copy what a transaction sees that only reads: what is written later is not in it."""
        if not self._file.is_file():
            raise BackupError(_NOTHING_YET.format(place=self.place))
        with self._translated():
            source = _connected(self._file, "mode=ro")
        with closing(source):
            with still as held, self._translated():
                source.execute("BEGIN")
                (revision,) = source.execute(_REVISION).fetchone()
            both = f"{self.place} → {file}"  # either may be the one that fails
            with _translated(both, sqlite3.Error), closing(sqlite3.connect(file)) as target:
                source.backup(target)
                target.execute("PRAGMA journal_mode=DELETE")  # one file, without a log beside it
                if target.execute(_HAS_UPDATES).fetchone():  # an older program's copy has none
                    target.execute("DELETE FROM updates")
                    target.commit()
                self._require_sound(target)
        return revision, held

    def is_empty(self) -> bool:
        """Tell whether there is no file."""
        return not self._file.exists()

    def restore(self, copy: Path) -> None:
        """Bring the copy to its place in one step, once it was found sound."""
        beside = self._file.with_name(f".{self._file.name}.restored")
        with self._translated(), closing(_connected(copy, "mode=ro&immutable=1")) as found:
            self._require_sound(found)
        self._file.parent.mkdir(parents=True, exist_ok=True)
        try:
            with copy.open("rb") as source, beside.open("wb") as target:
                beside.chmod(0o600)
                shutil.copyfileobj(source, target)
                target.flush()
                os.fsync(target.fileno())
            beside.replace(self._file)
        finally:
            beside.unlink(missing_ok=True)

    def _require_sound(self, copy: sqlite3.Connection) -> None:
        """Raise DatabaseDamagedError unless all pages of a copy agree with each other."""
        (found,) = copy.execute("PRAGMA integrity_check(1)").fetchone()
        if found != "ok":
            raise damaged(self.place)

    @contextmanager
    def _translated(self) -> Iterator[None]:
        with _translated(self.place, sqlite3.Error):
            yield


class PostgresqlCopies:
    """Copies of a PostgreSQL database by the server's own programs."""

    kind = "postgresql"

    def __init__(self, url: URL) -> None:
        self._url = url
        self.place = shown(url)

    def write(self, file: Path, still: AbstractContextManager[_Held]) -> tuple[str, _Held]:
        """Let `pg_dump` see what a transaction sees."""
        program = _program("pg_dump")

        async def dump() -> tuple[str, _Held]:
            async with self._connected() as connection:
                with still as held, self._translated():
                    await connection.execute(text(_READ_ONLY))
                    if not await connection.scalar(text(_IS_OURS)):
                        raise BackupError(_NOTHING_YET.format(place=self.place))
                    revision = await connection.scalar(text(_REVISION))
                    snapshot = await connection.scalar(text("SELECT pg_export_snapshot()"))
                options = ["--format=custom", "--compress=0", "--no-owner", "--no-privileges"]
                options.append("--exclude-table-data=updates")
                self._run(program, *options, f"--snapshot={snapshot}", f"--file={file}")
            return str(revision), held

        return asyncio.run(dump())

    def is_empty(self) -> bool:
        """Tell whether there is no table; raises DumpError without `pg_restore`."""
        _program("pg_restore")

        async def look() -> bool:
            async with self._connected() as connection:
                with self._translated():
                    return not await connection.scalar(text(_TABLES))

        return asyncio.run(look())

    def restore(self, copy: Path) -> None:
        """Run the dump in one transaction."""
        options = ["--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges"]
        self._run(_program("pg_restore"), *options, str(copy))

    def _run(self, program: Path, *options: str) -> None:
        """Run a program of PostgreSQL's on this database; its password stands in no list."""
        query = {
            _FOR_LIBPQ[name]: self._url.query[name] for name in _FOR_LIBPQ & self._url.query.keys()
        }
        address = self._url.set(drivername="postgresql", password=None, query=query)
        environment = {**os.environ, "LC_ALL": "C", "PGCONNECT_TIMEOUT": f"{CONNECT_SECONDS:.0f}"}
        if self._url.password is not None:
            environment["PGPASSWORD"] = str(self._url.password)
        command = [str(program), f"--dbname={address.render_as_string()}", *options]
        try:
            done = subprocess.run(  # noqa: S603 -- PostgreSQL's program, with options of ours
                command, env=environment, capture_output=True, text=True, check=False
            )
        except OSError as error:
            raise DumpError(f"Không chạy được '{program}' ({system_reason(error)}).") from error
        if done.returncode:
            reason = next(iter(done.stderr.splitlines()), "")[:300]  # rows stand in later lines
            raise DumpError(
                f"Cơ sở dữ liệu {self.place}: {program.name} không làm được ({reason}). Nếu máy "
                "chủ PostgreSQL mới hơn chương trình này, hãy cài postgresql-client cùng bản."
            )

    @asynccontextmanager
    async def _connected(self) -> AsyncIterator[AsyncConnection]:
        engine = create_async_engine(
            self._url,
            hide_parameters=True,
            poolclass=NullPool,
            connect_args={"timeout": CONNECT_SECONDS},
        )
        async with AsyncExitStack() as opened:
            opened.push_async_callback(engine.dispose)
            with self._translated():
                connection = await opened.enter_async_context(engine.connect())
            yield connection

    @contextmanager
    def _translated(self) -> Iterator[None]:
        with _translated(self.place, *driver_errors()):
            yield


def _connected(file: Path, options: str) -> sqlite3.Connection:
    address = f"file:{quote(str(file))}?{options}"
    return sqlite3.connect(address, uri=True, isolation_level=None, timeout=BUSY_SECONDS)


def _program(name: str) -> Path:
    """Return one of PostgreSQL's programs; raises DumpError where it is not installed."""
    installed = _PLACES.glob(f"*/bin/{name}")
    newest = max(installed, key=lambda path: path.parts[-3], default=None)
    found = shutil.which(name) or newest
    if found is None:
        raise DumpError(
            f"Máy này chưa có chương trình {name} của PostgreSQL. Hãy cài gói postgresql-client "
            "(cùng bản với máy chủ, hoặc mới hơn) rồi chạy lại."
        )
    return Path(found)


@contextmanager
def _translated(place: str, *errors: type[BaseException]) -> Iterator[None]:
    """Turn the drivers' errors into this package's."""
    try:
        yield
    except errors as error:
        raise translate(error, place) from error
