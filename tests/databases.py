"""Fresh, migrated databases for tests: copies of one that was migrated once."""

import itertools
import os
import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from sqlalchemy import make_url

from bot.database import Database
from bot.database.url import parse_url
from tests import postgresql_server

_TEMPLATE = "vanphong_template"
_numbers = itertools.count(1)


@pytest.fixture(scope="session")
def postgresql_url() -> Iterator[str]:
    """A PostgreSQL server on which tests may create databases.

    VANPHONG_TEST_DATABASE_URL names one; otherwise a throw-away one is started.
    """
    if given := os.environ.get("VANPHONG_TEST_DATABASE_URL"):
        yield given
        return
    bin_dir = postgresql_server.programs()
    if bin_dir is None:
        pytest.skip("PostgreSQL (initdb, pg_ctl) is not installed")
    with postgresql_server.running_server(bin_dir) as url:
        yield url


def on_server(url: str, name: str) -> str:
    """The address of another database on the same server."""
    return make_url(url).set(database=name).render_as_string(hide_password=False)


async def _migrate(url: str) -> None:
    await Database(parse_url(url)).migrate()


@pytest.fixture(scope="session")
def _postgresql_template(postgresql_url: str) -> Iterator[str]:
    name = f"{_TEMPLATE}_{os.getpid()}"
    postgresql_server.execute_on(postgresql_url, f"CREATE DATABASE {name}")
    postgresql_server.in_thread(_migrate(on_server(postgresql_url, name)))
    yield name
    postgresql_server.execute_on(postgresql_url, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="session")
def _sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("template") / "vanphong.db"
    postgresql_server.in_thread(_migrate(f"sqlite:///{file}"))
    return file


@pytest.fixture
def sqlite_url(_sqlite_template: Path, tmp_path: Path) -> str:
    """A migrated SQLite database of the test's own."""
    file = tmp_path / "vanphong.db"
    shutil.copyfile(_sqlite_template, file)
    return f"sqlite:///{file}"


@pytest.fixture
def migrated_postgresql_url(postgresql_url: str, _postgresql_template: str) -> Iterator[str]:
    """A migrated PostgreSQL database of the test's own."""
    name = f"vanphong_{os.getpid()}_{next(_numbers)}"
    create = f"CREATE DATABASE {name} TEMPLATE {_postgresql_template}"
    postgresql_server.execute_on(postgresql_url, create)
    yield on_server(postgresql_url, name)
    postgresql_server.execute_on(postgresql_url, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def empty_postgresql_url(postgresql_url: str) -> Iterator[str]:
    """An empty PostgreSQL database of the test's own."""
    name = f"vanphong_{os.getpid()}_{next(_numbers)}"
    postgresql_server.execute_on(postgresql_url, f"CREATE DATABASE {name}")
    yield on_server(postgresql_url, name)
    postgresql_server.execute_on(postgresql_url, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """A migrated database of each kind; the contract tests run over both."""
    name = {"sqlite": "sqlite_url", "postgresql": "migrated_postgresql_url"}[request.param]
    return str(request.getfixturevalue(name))


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty database of each kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'empty.db'}"
    return str(request.getfixturevalue("empty_postgresql_url"))


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """Connected, migrated, empty: each test runs on SQLite and on PostgreSQL."""
    opened = Database(parse_url(database_url))
    await opened.connect()
    yield opened
    await opened.close()
