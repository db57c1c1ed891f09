"""The HTTP server that Telegram delivers updates to."""

from __future__ import annotations

import hmac
from collections import deque
from typing import TYPE_CHECKING, Any

from aiohttp import web
from telegram import Update

from bot.telegram.incoming import read_json, readable

if TYPE_CHECKING:
    import asyncio

    from telegram.ext import ExtBot

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 -- the name of a header
_UPDATE_BYTES = 1 << 20  # an update has no file in it; the longest have some tens of kilobytes
_REMEMBERED_UPDATES = 1024


class WebhookServer:
    """Puts updates into the application's queue; python-telegram-bot's own server logs them.

    An update that was delivered before is passed over: Telegram delivers again where it did not
    see the answer.
    """

    def __init__(
        self, bot: ExtBot[Any], updates: asyncio.Queue[object], path: str, secret: str
    ) -> None:
        self._bot = bot
        self._updates = updates
        self.secret = secret
        self._delivered: deque[int] = deque(maxlen=_REMEMBERED_UPDATES)
        place = web.Application(client_max_size=_UPDATE_BYTES)
        place.router.add_post(f"/{path.strip('/')}", self._take)
        self._runner = web.AppRunner(place, access_log=None)

    async def start(self, host: str, port: int) -> None:
        """Listen; raises OSError."""
        await self._runner.setup()
        try:
            await web.TCPSite(self._runner, host, port).start()
        except OSError:
            await self._runner.cleanup()
            raise

    async def stop(self) -> None:
        """Listen no more, once what is being delivered is in the queue."""
        await self._runner.cleanup()

    async def _take(self, request: web.Request) -> web.Response:
        given = request.headers.get(SECRET_HEADER, "").encode()
        if not hmac.compare_digest(given, self.secret.encode()):
            return web.Response(status=403)  # before a byte of the body is read
        try:
            update = readable(read_json(await request.read()))
        except ValueError:
            return web.Response(status=400)
        if update is not None and update["update_id"] not in self._delivered:
            self._delivered.append(update["update_id"])
            await self._updates.put(Update.de_json(update, self._bot))
        return web.Response()
