"""Fresh, migrated databases for tests: copies of one that was migrated once."""

import itertools
import os
import shutil
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import make_url

from bot.database import Database
from bot.database.url import parse_url
from tests import postgresql_server


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


class _Server:
    """Makes databases on a PostgreSQL server; dropping them in batches is three times as quick."""

    _BATCH = 20  # 8 MB each

    def __init__(self, url: str) -> None:
        self._url = url
        self._names = (f"vanphong_{os.getpid()}_{number}" for number in itertools.count(1))
        self._done: list[str] = []

    @contextmanager
    def database(self, template: str = "template1") -> Iterator[str]:
        """Yield the name of a new database, which is no longer needed afterwards."""
        name = next(self._names)
        postgresql_server.execute_on(self._url, f"CREATE DATABASE {name} TEMPLATE {template}")
        yield name
        self._done.append(name)
        if len(self._done) >= self._BATCH:
            self.drop()

    def drop(self) -> None:
        """Drop the databases that are no longer needed."""
        drops = [f"DROP DATABASE {name} WITH (FORCE)" for name in self._done]
        postgresql_server.execute_on(self._url, *drops)
        self._done.clear()


@pytest.fixture(scope="session")
def _postgresql_server(postgresql_url: str) -> Iterator[_Server]:
    server = _Server(postgresql_url)
    yield server
    server.drop()


@pytest.fixture(scope="session")
def _postgresql_template(postgresql_url: str, _postgresql_server: _Server) -> Iterator[str]:
    with _postgresql_server.database() as name:
        postgresql_server.in_thread(_migrate(on_server(postgresql_url, name)))
        yield name


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
def migrated_postgresql_url(
    postgresql_url: str, _postgresql_server: _Server, _postgresql_template: str
) -> Iterator[str]:
    """A migrated PostgreSQL database of the test's own."""
    with _postgresql_server.database(_postgresql_template) as name:
        yield on_server(postgresql_url, name)


@pytest.fixture
def empty_postgresql_url(postgresql_url: str, _postgresql_server: _Server) -> Iterator[str]:
    """An empty PostgreSQL database of the test's own."""
    with _postgresql_server.database() as name:
        yield on_server(postgresql_url, name)


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """A migrated database of each kind; the contract tests run over both."""
    name = {"sqlite": "sqlite_url", "postgresql": "migrated_postgresql_url"}[request.param]
    return str(request.getfixturevalue(name))


on_sqlite, on_postgresql = (
    pytest.mark.parametrize("database_url", [name], indirect=True)
    for name in ("sqlite", "postgresql")
)
"""For tests that begin above the stores and take seconds: each needs one kind alone."""


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
