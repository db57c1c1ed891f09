"""What people are told when the database does not work, on real files and a real server."""

import asyncio
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import make_url, text

from bot.database import Database
from bot.database.errors import (
    DatabaseAccessError,
    DatabaseBusyError,
    DatabaseDamagedError,
    DatabaseError,
    DatabaseReadOnlyError,
    DatabaseUnreachableError,
    DataConflictError,
)
from bot.database.url import database_url, parse_url
from bot.errors import SettingsError
from bot.settings import Settings
from tests import postgresql_server

ROOT = Path(__file__).parents[3]
SECRET = "s3cret-word"


INSERT = "INSERT INTO audit_subjects (person_id) VALUES (1)"


async def execute(database: Database, *statements: str) -> None:
    """Run statements in one transaction."""
    async with database.transaction() as session:
        for statement in statements:
            await session.execute(text(statement))


async def failing(url: str) -> DatabaseError:
    database = Database(parse_url(url))
    with pytest.raises(DatabaseError) as caught:
        await database.connect()
    with pytest.raises(DatabaseError):
        await database.migrate()
    assert SECRET not in f"{caught.value} {database!r} {database.place}"
    return caught.value


async def test_no_server() -> None:
    error = await failing(f"postgresql://a:{SECRET}@127.0.0.1:9/vanphong")
    assert isinstance(error, DatabaseUnreachableError)
    assert "127.0.0.1:9/vanphong" in str(error)


async def test_no_such_database(postgresql_url: str) -> None:
    url = make_url(postgresql_url).set(database="no_such", password=SECRET)
    error = await failing(url.render_as_string(hide_password=False))
    assert isinstance(error, DatabaseAccessError)
    assert "createdb" in str(error)


async def test_wrong_password(postgresql_url: str) -> None:
    account = postgresql_server.WITH_PASSWORD
    create = f"CREATE ROLE {account} LOGIN PASSWORD 'right'"
    postgresql_server.execute_on(postgresql_url, f"DROP ROLE IF EXISTS {account}", create)
    url = make_url(postgresql_url).set(username=account, password=SECRET)
    error = await failing(url.render_as_string(hide_password=False))
    assert isinstance(error, DatabaseAccessError)
    assert "mật khẩu" in str(error)


async def test_not_a_database(tmp_path: Path) -> None:
    tmp_path.joinpath("x.db").write_bytes(b"not a database at all" * 100)
    error = await failing(f"sqlite:///{tmp_path / 'x.db'}")
    assert isinstance(error, DatabaseDamagedError)


async def test_no_directory_can_be_made(tmp_path: Path) -> None:
    tmp_path.joinpath("file").touch()
    error = await failing(f"sqlite:///{tmp_path / 'file' / 'x.db'}")
    assert isinstance(error, DatabaseUnreachableError)
    assert "DATA_DIR" in str(error)


async def test_somebody_else_holds_it_too_long(
    sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.database.database.BUSY_SECONDS", 0.05)
    database = Database(parse_url(sqlite_url))
    await database.connect()
    other = sqlite3.connect(sqlite_url.removeprefix("sqlite:///"), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(DatabaseBusyError):
        async with database.transaction() as session:
            await session.scalar(text("SELECT count(*) FROM people"))
    with pytest.raises(DatabaseBusyError):
        await database.execute((text("DELETE FROM people"), [{}]))
    async with database.session() as session:  # reading goes on
        assert await session.scalar(text("SELECT count(*) FROM people")) == 0
    other.close()
    await database.close()


async def test_a_server_that_takes_no_changes(migrated_postgresql_url: str) -> None:
    database = Database(parse_url(migrated_postgresql_url))
    await database.connect()
    with pytest.raises(DatabaseReadOnlyError):
        await execute(database, "SET TRANSACTION READ ONLY", INSERT)
    await database.close()


async def test_a_failed_transaction_leaves_nothing(database: Database) -> None:
    with pytest.raises(DataConflictError):
        await execute(database, INSERT, INSERT)
    with pytest.raises(DatabaseError):
        await execute(database, INSERT, "SELECT no_such_column")
    async with database.session() as session:
        await session.execute(text(INSERT))  # a session's changes are thrown away
    async with database.session() as session:
        assert await session.scalar(text("SELECT count(*) FROM audit_subjects")) == 0


_LIMITED = """
import asyncio, resource, sys
from bot.database import Database
from bot.database.errors import DatabaseError
from bot.database.url import parse_url
resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, 60_000))
try:
    asyncio.run(Database(parse_url(sys.argv[1])).migrate())
except DatabaseError as error:
    print(type(error).__name__, error)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="limits are set the Unix way")
def test_a_full_disk_is_told_and_can_be_tried_again(tmp_path: Path) -> None:
    command = [sys.executable, "-c", _LIMITED, f"sqlite:///{tmp_path / 'x.db'}"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.startswith("DatabaseFullError Hết chỗ ghi"), done.stdout + done.stderr
    command[2] = _LIMITED.replace("60_000", "1 << 30")
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == ""


@pytest.mark.parametrize(
    ("given", "driver"),
    [
        ("postgres://a@b/c", "postgresql+asyncpg"),
        ("postgresql://a@b/c", "postgresql+asyncpg"),
        ("postgresql+asyncpg://a@b/c", "postgresql+asyncpg"),
        ("sqlite:///x.db", "sqlite+aiosqlite"),
        ("sqlite+aiosqlite:////x.db", "sqlite+aiosqlite"),
    ],
)
def test_addresses_get_their_driver(given: str, driver: str) -> None:
    assert parse_url(given).drivername == driver


def test_libpqs_sslmode_is_understood() -> None:
    url = parse_url("postgresql://a@b/c?sslmode=require&application_name=x")
    assert dict(url.query) == {"ssl": "require", "application_name": "x"}


@pytest.mark.parametrize(
    "given",
    ["mysql://a/b", "sqlite://", "sqlite:///:memory:", "postgresql://b", f"postgresql://a:{SECRET}@b:x/c"],
)  # fmt: skip
def test_bad_addresses_are_refused_without_showing_them(given: str) -> None:
    with pytest.raises(SettingsError) as caught:
        parse_url(given)
    assert "DATABASE_URL" in str(caught.value)
    assert SECRET not in str(caught.value)


def test_the_default_is_a_file_in_the_data_directory(tmp_path: Path) -> None:
    url = database_url(Settings(data_dir=tmp_path, _env_file=None))
    assert url.database == str(tmp_path / "vanphong.db")


def test_the_password_is_in_no_settings_text() -> None:
    settings = Settings(database_url=f"postgresql://a:{SECRET}@b/c", _env_file=None)
    assert SECRET not in f"{settings} {settings!r} {settings.model_dump_json()}"
    assert SECRET not in repr(Database.of(settings))


async def test_many_writers_at_once_take_turns(
    sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    database = Database(parse_url(sqlite_url))
    await database.connect()
    order: list[int] = []

    async def write(number: int) -> None:
        async with database.transaction() as session:
            order.append(number)
            insert = text("INSERT INTO audit_subjects (person_id) VALUES (:person)")
            await session.execute(insert, {"person": number})

    await asyncio.gather(*(write(number) for number in range(100)))
    assert order == list(range(100))  # nobody is overtaken
    monkeypatch.setattr("bot.database.database.BUSY_SECONDS", 0.05)
    async with database.transaction():  # one that takes too long
        with pytest.raises(DatabaseBusyError):
            await write(100)
    await write(101)
    async with database.session() as session:
        assert await session.scalar(text("SELECT count(*) FROM audit_subjects")) == 101
    await database.close()
