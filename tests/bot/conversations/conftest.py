"""The real bot against the sandbox, over HTTP: people talk to it and see what it does."""

import datetime as dt
import shutil
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from bot.access.registry import People
from bot.app import App
from bot.database import Database
from bot.office_time import Clock
from bot.sandbox import Sandbox
from bot.sandbox.persona import Persona
from bot.serving import running_bot, serving
from bot.settings import Access, Settings
from embeddings import Encoder
from knowledge import KnowledgeBase, Writer
from tests.bot.conftest import SHIPPED
from tests.bot.whole_bot import whole_bot

ADMIN = 1003  # the persona `admin`
Serve = Callable[..., AbstractAsyncContextManager[App]]


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    async with Sandbox() as place:
        yield place


@pytest.fixture
def settings(sandbox: Sandbox, sqlite_url: str, tmp_path: Path) -> Settings:
    return Settings(
        database_url=SecretStr(sqlite_url),
        admin_ids=frozenset({ADMIN}),
        access=Access.OPEN,
        telegram_bot_token=SecretStr(sandbox.token),
        telegram_api_url=sandbox.api_url,
        data_dir=tmp_path,
        _env_file=None,
    )


@pytest.fixture
def serve(shipped_base: KnowledgeBase) -> Serve:
    """Runs the bot with the given settings, and maybe a clock, as `vanphong run` does."""

    @asynccontextmanager
    async def run(
        settings: Settings, clock: Clock | None = None, writer: Writer | None = None
    ) -> AsyncIterator[App]:
        database = Database.of(settings)
        await database.connect()
        await People(database, settings.admin_ids).ensure_configured_admins(dt.datetime.now(dt.UTC))
        bot = whole_bot(settings, database, shipped_base, clock=clock, writer=writer)
        bot.application.bot_data["menus"] = bot.core.menus
        async with serving(bot.application, settings):
            yield bot.application
        bot.core.worker.close()

    return run


@pytest.fixture
def hooked(settings: Settings, free_port: int) -> Settings:
    """The settings, by webhook."""
    return settings.model_copy(
        update={
            "webhook_url": f"http://127.0.0.1:{free_port}/tg/hook",
            "webhook_listen": f"127.0.0.1:{free_port}",
            "webhook_secret": SecretStr("mat-khau_1"),
        }
    )


@pytest.fixture
async def bot(settings: Settings, serve: Serve) -> AsyncIterator[App]:
    async with serve(settings) as application:
        yield application


@pytest.fixture
def staff(sandbox: Sandbox, bot: App) -> Persona:
    return sandbox.persona("staff")


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    """A copy of the shipped articles that a test may change, with a short exam."""
    folder = shutil.copytree(SHIPPED, tmp_path / "articles")
    folder.joinpath("golden.yaml").write_text(
        "answered:\n  - ask: 2 thạo là gì\n    contains: thạo nghề\nrefused:\n  - giá vàng\n",
        "utf-8",
    )
    return folder


@pytest.fixture
def delivery(database_url: str, free_port: int) -> dict[str, str]:
    """By webhook on PostgreSQL, by long polling on SQLite: both ways, at the price of one."""
    if database_url.startswith("sqlite"):
        return {}
    place = f"127.0.0.1:{free_port}"
    return {"webhook_url": f"http://{place}/hook", "webhook_listen": place}


@pytest.fixture
def whole(
    sandbox: Sandbox, database_url: str, delivery: dict[str, str], indexed: Path, articles: Path
) -> Settings:
    return Settings(
        telegram_bot_token=SecretStr(sandbox.token),
        telegram_api_url=sandbox.api_url,
        database_url=SecretStr(database_url),
        admin_ids=frozenset({ADMIN}),
        access=Access.OPEN,
        data_dir=indexed,
        articles_dir=articles,
        _env_file=None,
        **delivery,  # type: ignore[arg-type]
    )


@pytest.fixture
async def office(sandbox: Sandbox, whole: Settings, encoder: Encoder) -> AsyncIterator[Sandbox]:
    """The bot as `vanphong run` starts it, with every feature."""
    async with running_bot(whole, encoder):
        yield sandbox


def called(sandbox: Sandbox, method: str) -> list[dict[str, Any]]:
    """The calls of a method so far."""
    return [call for call in sandbox.world.calls.after(0) if call["method"] == method]
