import io
import logging
import shutil
import socket
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import structlog
from telegram import Update

from bot.app import App
from bot.cli.main import run
from bot.database import Database
from bot.database.url import parse_url
from bot.settings import Settings
from embeddings import Encoder, Reader
from knowledge import Assistant, KnowledgeBase
from tests.bot.offline_request import BOT, DATE, Call, OfflineRequest
from tests.bot.whole_bot import offline_bot

TOKEN = "123456:AAtest-token_0123456789abcdefghij"
STAFF = {"id": 1001, "is_bot": False, "first_name": "Lan"}
GROUP = {"id": -1001, "type": "supergroup", "title": "Phòng Tổng hợp"}
SHIPPED = Path(__file__).parents[2] / "knowledge" / "articles" / "office"
SHIPPED_QUIZZES = SHIPPED.parents[1] / "quiz" / "office"


Vanphong = Callable[..., int]


@pytest.fixture(scope="session")
def shipped_base(
    shipped_data: Path,
    tmp_path_factory: pytest.TempPathFactory,
    encoder: Encoder,
    reader: Reader,
) -> Iterator[KnowledgeBase]:
    """The shipped articles, indexed; its tests only read."""
    data_dir = shutil.copytree(shipped_data, tmp_path_factory.mktemp("shipped") / "data")
    with KnowledgeBase(data_dir, encoder, reader=reader) as base:
        yield base


@pytest.fixture(scope="session")
def shipped_assistant(shipped_base: KnowledgeBase) -> Assistant:
    """The assistant over the shipped articles."""
    return shipped_base.assistant()


class Telegram:
    """A person's side of the bot: sends real updates, sees what the bot requests."""

    def __init__(
        self, application: App, request: OfflineRequest, user: dict[str, Any] | None = None
    ) -> None:
        self.application = application
        self.request = request
        self.user = user or STAFF
        self._updates = 0

    def of(self, user_id: int, name: str) -> "Telegram":
        """Another person's side of the same bot."""
        user = {"id": user_id, "is_bot": False, "first_name": name}
        return Telegram(self.application, self.request, user)

    @property
    def private(self) -> dict[str, Any]:
        """The person's private chat with the bot."""
        return {"id": self.user["id"], "type": "private", "first_name": self.user["first_name"]}

    async def sends(
        self, text: str | None = None, *, chat: dict[str, Any] | None = None, **fields: Any
    ) -> list[Call]:
        """Deliver a message and return the requests that follow."""
        message: dict[str, Any] = {
            "message_id": self._updates + 1,
            "date": DATE,
            "from": self.user,
            "chat": chat or self.private,
            **fields,
        }
        if text is not None:
            message["text"] = text
            if text.startswith("/"):
                length = len(text.split()[0])
                message["entities"] = [{"type": "bot_command", "offset": 0, "length": length}]
        return await self.delivers({"message": message})

    async def presses(
        self,
        data: str,
        *,
        chat: dict[str, Any] | None = None,
        person: dict[str, Any] | None = None,
    ) -> list[Call]:
        """Deliver a button press under one of the bot's messages."""
        message: dict[str, Any] = {"message_id": 5, "date": DATE, "from": BOT, "text": "…"}
        message["chat"] = chat or self.private
        query = {
            "id": "77",
            "from": person or self.user,
            "chat_instance": "1",
            "message": message,
            "data": data,
        }
        return await self.delivers({"callback_query": query})

    async def delivers(self, update: dict[str, Any]) -> list[Call]:
        """Deliver an update and return the requests that follow."""
        self._updates += 1
        before = len(self.request.calls)
        parsed = Update.de_json({"update_id": self._updates, **update}, self.application.bot)
        await self.application.process_update(parsed)
        return self.request.calls[before:]


@pytest.fixture
def fresh_logging() -> Iterator[None]:
    """Logging can be configured in the test and is as before afterwards."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.reset_defaults()


@pytest.fixture
def nothing_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No setting in the environment, and no .env file in the working directory."""
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(telegram_bot_token=TOKEN, data_dir=tmp_path, _env_file=None)


@pytest.fixture
def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
async def app_database(sqlite_url: str) -> AsyncIterator[Database]:
    """The database behind the bot of the `telegram` fixture: SQLite, which is quick."""
    opened = Database(parse_url(sqlite_url))
    await opened.connect()
    yield opened
    await opened.close()


@pytest.fixture
async def telegram(
    settings: Settings, shipped_base: KnowledgeBase, app_database: Database
) -> AsyncIterator[Telegram]:
    request = OfflineRequest()
    async with offline_bot(settings, app_database, shipped_base, request) as bot:
        yield Telegram(bot.application, request)


def types_in(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    """Let `text` be what somebody types in the terminal."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode()), "utf-8"))


def messages(calls: list[Call]) -> list[Call]:
    return [call for call in calls if call.method == "sendMessage"]


@pytest.fixture
def data_dir(tmp_path: Path, models_dir: Path, encoder: object) -> Path:
    """A data directory whose model is prepared already."""
    folder = tmp_path / "data"
    folder.mkdir()
    folder.joinpath("models").symlink_to(models_dir, target_is_directory=True)
    return folder


@pytest.fixture
def indexed(data_dir: Path, shipped_data: Path) -> Path:
    """That data directory, in which the shipped articles are indexed already."""
    return shutil.copytree(shipped_data, data_dir, dirs_exist_ok=True)


@pytest.fixture
def vanphong(indexed: Path) -> Vanphong:
    """Runs the command line where the shipped articles are indexed; returns the exit code."""
    return lambda *arguments: run(["--data-dir", str(indexed), *arguments])


@pytest.fixture
def vanphong_anew(data_dir: Path) -> Vanphong:
    """Runs the command line where there is no index yet; returns the exit code."""
    return lambda *arguments: run(["--data-dir", str(data_dir), *arguments])
