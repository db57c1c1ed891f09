import asyncio
import datetime as dt
import sys
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from bot.database import Database
from bot.database.all_tables import METADATA
from bot.database.errors import DatabaseError, SchemaNewerError
from bot.database.migration import configuration
from bot.database.url import parse_url

ROOT = Path(__file__).parents[3]


def differences(connection: Connection) -> list[object]:
    options = {"compare_type": True, "compare_server_default": True}
    return list(compare_metadata(MigrationContext.configure(connection, opts=options), METADATA))


async def test_models_and_migrations_agree(empty_database_url: str) -> None:
    url = parse_url(empty_database_url)
    await Database(url).migrate()
    engine = create_async_engine(url, poolclass=NullPool)
    async with engine.connect() as connection:
        assert await connection.run_sync(differences) == []


async def test_migrating_twice_changes_nothing(empty_database_url: str) -> None:
    database = Database(parse_url(empty_database_url))
    await database.migrate()
    await database.connect()
    async with database.transaction() as session:
        await session.execute(text("INSERT INTO audit_subjects (person_id) VALUES (7)"))
    await database.migrate()
    async with database.session() as session:
        assert (await session.scalars(text("SELECT person_id FROM audit_subjects"))).all() == [7]
    await database.close()


def test_revisions_form_one_line() -> None:
    script = ScriptDirectory.from_config(configuration())
    assert len(script.get_heads()) == 1
    assert len(script.get_bases()) == 1


_MIGRATE = """
import asyncio, sys
from bot.database import Database
from bot.database.url import parse_url
asyncio.run(Database(parse_url(sys.argv[1])).migrate())
"""


@pytest.mark.slow
async def test_processes_that_start_at_once_migrate_once(empty_database_url: str) -> None:
    processes = [
        await asyncio.create_subprocess_exec(
            sys.executable,
            "-c",
            _MIGRATE,
            empty_database_url,
            cwd=ROOT,
            stderr=asyncio.subprocess.PIPE,
        )
        for _ in range(4)
    ]
    ended = [await process.communicate() for process in processes]
    assert [errors.decode() for _, errors in ended] == [""] * 4
    assert [process.returncode for process in processes] == [0] * 4
    database = Database(parse_url(empty_database_url))
    await database.connect()
    async with database.session() as session:
        revisions = (await session.scalars(text("SELECT version_num FROM alembic_version"))).all()
        assert len(revisions) == 1
    await database.close()


async def test_a_newer_schema_is_refused_and_left_alone(database: Database) -> None:
    async with database.transaction() as session:
        await session.execute(text("UPDATE alembic_version SET version_num = '9999_future'"))
    with pytest.raises(SchemaNewerError, match="9999_future"):
        await database.migrate()
    async with database.session() as session:
        found = await session.scalar(text("SELECT version_num FROM alembic_version"))
        assert found == "9999_future"


@pytest.mark.parametrize(
    "statement", ["UPDATE audit_log SET action = 'y'", "DELETE FROM audit_log"]
)
async def test_the_audit_log_refuses_changes(database: Database, statement: str) -> None:
    async with database.transaction() as session:
        await session.execute(
            text(
                "INSERT INTO audit_log (at, channel, action, denied, details) "
                "VALUES (:at, 'cli', 'x', :denied, '{}')"
            ).bindparams(at=_moment(database), denied=False)
        )
    with pytest.raises(DatabaseError) as caught:
        async with database.transaction() as session:
            await session.execute(text(statement))
    assert "append-only" in str(caught.value.__cause__)
    async with database.session() as session:
        assert (await session.scalars(text("SELECT action FROM audit_log"))).all() == ["x"]


def _moment(database: Database) -> object:
    moment = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
    return moment.isoformat() if database.is_sqlite else moment
