import io
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import aiohttp
import pytest
from telegram import Bot

from bot.sandbox import Sandbox
from bot.sandbox.world import World
from tests.bot.sandbox.bot_api_types import DESCRIPTION, problems, problems_of_result

TOKEN = "700000001:AAsandbox-token_0123456789abcdefghi"
GROUP = -1001000000001


class MovableClock:
    """Stands still until it is moved."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 24, 9, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def passes(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


class BotSide:
    """A plain Bot API client that checks the types of all it gets."""

    def __init__(self, session: aiohttp.ClientSession) -> None:
        self.session = session

    async def raw(self, method: str, **parameters: Any) -> tuple[int, dict[str, Any]]:
        async with self.session.post(f"/bot{TOKEN}/{method}", json=parameters) as response:
            answer = await response.json()
            assert answer["ok"] == (response.status == 200)
            return response.status, answer

    async def __call__(self, method: str, **parameters: Any) -> Any:
        status, answer = await self.raw(method, **parameters)
        assert status == 200, answer
        if DESCRIPTION.exists():
            assert not problems_of_result(method, answer["result"])
        return answer["result"]

    async def refused(self, method: str, **parameters: Any) -> str:
        """The status and description of a refusal."""
        status, answer = await self.raw(method, **parameters)
        assert answer["error_code"] == status != 200, answer
        return f"{status} {answer['description']}"

    async def updates(self, **parameters: Any) -> list[dict[str, Any]]:
        """What waits for the bot, confirmed."""
        updates: list[dict[str, Any]] = await self("getUpdates", **parameters)
        if updates:
            await self("getUpdates", offset=updates[-1]["update_id"] + 1)
        if DESCRIPTION.exists():
            assert not [p for update in updates for p in problems(update, "Update")]
        return updates


class UserApi:
    """What people do; `world` is the state behind it, which tests arrange."""

    def __init__(self, session: aiohttp.ClientSession, world: World) -> None:
        self.session = session
        self.world = world

    async def raw(self, verb: str, path: str, body: Any = None) -> tuple[int, Any]:
        async with self.session.request(verb, f"/users{path}", json=body) as response:
            return response.status, await response.json()

    async def get(self, path: str) -> Any:
        return await self._good("GET", path)

    async def post(self, path: str, **body: Any) -> Any:
        return await self._good("POST", path, body)

    async def patch(self, path: str, **body: Any) -> Any:
        return await self._good("PATCH", path, body)

    async def delete(self, path: str) -> Any:
        return await self._good("DELETE", path)

    async def says(self, text: str, chat: str = "/staff/chats/private", **more: Any) -> Any:
        return await self.post(f"{chat}/messages", text=text, **more)

    async def refused(self, verb: str, path: str, body: Any = None) -> int:
        status, answer = await self.raw(verb, path, body)
        assert status >= 400, answer
        assert set(answer) == {"error"}
        return status

    async def uploads(
        self, path: str, files: list[tuple[str, bytes, str]], **fields: str
    ) -> tuple[int, Any]:
        form = aiohttp.FormData()
        for name, content, mime_type in files:
            form.add_field("file", io.BytesIO(content), filename=name, content_type=mime_type)
        for name, value in fields.items():
            form.add_field(name, value)
        async with self.session.post(f"/users{path}/files", data=form) as response:
            return response.status, await response.json()

    async def _good(self, verb: str, path: str, body: Any = None) -> Any:
        status, answer = await self.raw(verb, path, body)
        assert status in {200, 201}, answer
        messages = answer.get("messages") or ([answer] if "message_id" in answer else [])
        for message in messages if DESCRIPTION.exists() else []:
            plain = {name: value for name, value in message.items() if name != "sandbox"}
            assert not problems(plain, "Message")
        return answer


@pytest.fixture
def clock() -> MovableClock:
    return MovableClock()


@pytest.fixture
async def sandbox(clock: MovableClock) -> AsyncIterator[Sandbox]:
    async with Sandbox(token=TOKEN, clock=clock) as running:
        yield running


@pytest.fixture
async def session(sandbox: Sandbox) -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession(sandbox.api_url) as client:
        yield client


@pytest.fixture
def api(session: aiohttp.ClientSession) -> BotSide:
    return BotSide(session)


@pytest.fixture
def users(session: aiohttp.ClientSession, sandbox: Sandbox) -> UserApi:
    return UserApi(session, sandbox.world)


@pytest.fixture
async def ptb(sandbox: Sandbox) -> AsyncIterator[Bot]:
    """A real python-telegram-bot client."""
    base = sandbox.api_url
    async with Bot(TOKEN, base_url=f"{base}/bot", base_file_url=f"{base}/file/bot") as client:
        yield client


@pytest.fixture
async def staff_started(users: UserApi, api: BotSide) -> int:
    """The staff member has opened the private chat; its id. Nothing waits for the bot."""
    await users.says("xin chào")
    await api.updates()
    return 1001
