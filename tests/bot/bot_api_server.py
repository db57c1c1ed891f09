"""A small Bot API on loopback for end-to-end runs over real HTTP long polling."""

from __future__ import annotations

import asyncio
import itertools
import json
from dataclasses import dataclass, field
from typing import Any, Self

from aiohttp import web

from tests.bot.offline_request import BOT, DATE, Call, OfflineRequest

_WAIT_SECONDS = 60


@dataclass
class BotApiServer:
    """Serves one bot: queues what a person does and collects what the bot requests."""

    token: str
    url: str = ""
    requested: asyncio.Queue[Call] = field(default_factory=asyncio.Queue)
    _updates: list[dict[str, Any]] = field(default_factory=list)
    _arrived: asyncio.Event = field(default_factory=asyncio.Event)
    _ids: itertools.count[int] = field(default_factory=lambda: itertools.count(1))
    _memory: OfflineRequest = field(default_factory=OfflineRequest)
    _runner: web.AppRunner | None = None

    async def __aenter__(self) -> Self:
        app = web.Application()
        app.router.add_route("*", "/bot{token}/{method}", self._serve)
        self._runner = web.AppRunner(app, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._runner is not None
        await self._runner.cleanup()

    def sends(self, text: str, user_id: int = 1001) -> None:
        """A person writes to the bot."""
        user = {"id": user_id, "is_bot": False, "first_name": "Lan"}
        chat = {"id": user_id, "type": "private", "first_name": "Lan"}
        message = {"message_id": next(self._ids), "date": DATE, "from": user, "chat": chat}
        if text.startswith("/"):
            length = len(text.split(maxsplit=1)[0])
            message["entities"] = [{"type": "bot_command", "offset": 0, "length": length}]
        self._queue({"message": {**message, "text": text}})

    def presses(self, data: str, user_id: int = 1001) -> None:
        """A person presses a button of the bot's last message."""
        user = {"id": user_id, "is_bot": False, "first_name": "Lan"}
        chat = {"id": user_id, "type": "private", "first_name": "Lan"}
        message = {"message_id": 1, "date": DATE, "from": BOT, "chat": chat, "text": "…"}
        query = {"id": str(next(self._ids)), "from": user, "chat_instance": "1", "data": data}
        self._queue({"callback_query": {**query, "message": message}})

    async def receives(self) -> Call:
        """The next message of the bot."""
        async with asyncio.timeout(_WAIT_SECONDS):
            while (call := await self.requested.get()).method != "sendMessage":
                pass
            return call

    def _queue(self, update: dict[str, Any]) -> None:
        self._updates.append({"update_id": next(self._ids), **update})
        self._arrived.set()

    async def _serve(self, request: web.Request) -> web.Response:
        if request.match_info["token"] != self.token:
            error = {"ok": False, "error_code": 401, "description": "Unauthorized"}
            return web.json_response(error, status=401)
        method = request.match_info["method"]
        parameters = {name: _parsed(str(value)) for name, value in (await request.post()).items()}
        if method == "getUpdates":
            result = await self._get_updates(parameters)
            return web.json_response({"ok": True, "result": result})
        await self.requested.put(Call(method, parameters))
        result = self._memory.result(method, parameters)
        return web.json_response({"ok": True, "result": result})

    async def _get_updates(self, parameters: dict[str, Any]) -> list[dict[str, Any]]:
        offset = parameters.get("offset", 0)
        self._updates = [update for update in self._updates if update["update_id"] >= offset]
        if not self._updates:
            self._arrived.clear()
            try:
                async with asyncio.timeout(parameters.get("timeout", 0)):
                    await self._arrived.wait()
            except TimeoutError:
                return []
        return self._updates


def _parsed(value: str) -> Any:
    try:
        return json.loads(value)
    except ValueError:
        return value
