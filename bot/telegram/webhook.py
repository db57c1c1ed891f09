"""The HTTP server that Telegram delivers updates to."""

from __future__ import annotations

import hmac
from typing import TYPE_CHECKING

from aiohttp import web
from telegram.error import TelegramError

from bot.telegram.incoming import read_json

if TYPE_CHECKING:
    from bot.telegram.incoming import Take

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 -- the name of a header
_UPDATE_BYTES = 1 << 20  # an update has no file in it; the longest have some tens of kilobytes


class WebhookServer:
    """Hands updates to `take`; python-telegram-bot's own server logs them.

    Telegram hears that an update arrived once `take` returned; else it delivers it again.
    """

    def __init__(self, take: Take, path: str, secret: str) -> None:
        self._take = take
        self.secret = secret
        place = web.Application(client_max_size=_UPDATE_BYTES)
        place.router.add_post(f"/{path.strip('/')}", self._deliver)
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
        """Listen no more, once what is being delivered is taken."""
        await self._runner.cleanup()

    async def _deliver(self, request: web.Request) -> web.Response:
        given = request.headers.get(SECRET_HEADER, "").encode()
        if not hmac.compare_digest(given, self.secret.encode()):
            return web.Response(status=403)  # before a byte of the body is read
        try:
            await self._take([read_json(await request.read())])
        except ValueError:
            return web.Response(status=400)
        except TelegramError:  # it was not taken; `take` logs why
            return web.Response(status=503)
        return web.Response()
