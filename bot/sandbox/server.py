"""The sandbox as an HTTP server: starting, stopping, and what every request goes through."""

from __future__ import annotations

import asyncio
import contextlib
import secrets
from typing import TYPE_CHECKING, Self

import structlog
from aiohttp import web

from bot.sandbox.bot_api import TOKEN, BotApi
from bot.sandbox.errors import SandboxError, UserApiError
from bot.sandbox.loopback_guard import check_listening_host, loopback_guard
from bot.sandbox.page_files import PageFiles
from bot.sandbox.persona import Persona
from bot.sandbox.request_parameters import BODY_BYTES
from bot.sandbox.user_api import user_api_routes
from bot.sandbox.values import system_clock
from bot.sandbox.webhook import Webhook
from bot.sandbox.world import World

if TYPE_CHECKING:
    from aiohttp.typedefs import Handler

    from bot.sandbox.values import Clock

BOT_ID = 700_000_001
_SETTLE_SECONDS = 0.25
_SHUTDOWN_SECONDS = 0.2

_log = structlog.get_logger(__name__)


class Sandbox:
    """A Bot API on loopback with people in it; `async with` starts and stops it.

    `port` 0 takes any free port; without `token` a new one is made. The bot's user id is the
    number at the token's front. With `bot_expected` the page says that the bot is starting until it
    asks for updates, otherwise that none has connected.
    """

    def __init__(
        self,
        port: int = 0,
        token: str | None = None,
        *,
        host: str = "127.0.0.1",
        clock: Clock = system_clock,
        bot_expected: bool = False,
    ) -> None:
        check_listening_host(host)
        if token is not None and not TOKEN.fullmatch(token):
            raise SandboxError("Mã bot phải có dạng 123456:ABC-DEF, gồm chữ không dấu, số, - và _.")
        self.token = token or f"{BOT_ID}:AA{secrets.token_urlsafe(24)}"
        self._host = host
        self._port = port
        self.world = World(int(self.token.partition(":")[0]), clock)
        if bot_expected:
            self.world.bot.connection = "starting"
        self._api = BotApi(self.world, self.token)
        self.world.webhook = Webhook(self.world.updates, clock, self._api.call, self.world.written)
        self._runner: web.AppRunner | None = None
        self._settling: asyncio.Task[None] | None = None
        self._personas: dict[str, Persona] = {}

    @property
    def api_url(self) -> str:
        """The address before `/bot<token>`, while the server runs."""
        host = f"[{self._host}]" if ":" in self._host else self._host
        return f"http://{host}:{self._port}"

    @property
    def page_url(self) -> str:
        """The address of the chat page, while the server runs."""
        return f"{self.api_url}/"

    def persona(self, key: str) -> Persona:
        """Return a person to play, connected to the running server; the same one every time.

        UserApiError 404 for a key that nobody has.
        """
        self.world.people.persona(key)
        if key not in self._personas:
            self._personas[key] = Persona(self.page_url, key)
        return self._personas[key]

    async def start(self) -> None:
        """Listen; OSError when the port is taken."""
        app = web.Application(
            client_max_size=BODY_BYTES, middlewares=[_plain_errors, loopback_guard()]
        )
        app.add_routes([*self._api.routes(), *user_api_routes(self.world), *PageFiles().routes()])
        self._runner = web.AppRunner(
            app, access_log=None, handler_cancellation=True, shutdown_timeout=_SHUTDOWN_SECONDS
        )
        await self._runner.setup()
        try:
            await web.TCPSite(self._runner, self._host, self._port).start()
        except OSError:
            await self._runner.cleanup()
            raise
        self._port = self._runner.addresses[0][1]
        self._settling = asyncio.create_task(self._settle_on())

    async def stop(self) -> None:
        """Hang up on everyone."""
        for persona in self._personas.values():
            await persona.close()
        if self._settling is not None:
            self._settling.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._settling
        await self.world.webhook.stop()
        if self._runner is not None:
            await self._runner.cleanup()

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    async def _settle_on(self) -> None:
        while True:
            await asyncio.sleep(_SETTLE_SECONDS)
            self.world.settle()


@web.middleware
async def _plain_errors(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Answer errors in JSON, with nothing of the inside in them."""
    try:
        return await handler(request)
    except UserApiError as error:
        return _refused(request, error.status, str(error))
    except web.HTTPException as error:
        return _refused(request, error.status, error.text or error.reason)
    except (ConnectionError, asyncio.CancelledError):
        raise  # the client hung up
    except Exception:  # noqa: BLE001 (the server outlives whatever it is; logged in full)
        _log.exception("sandbox_request_failed", path=request.match_info.get_info().get("path"))
        return _refused(request, 500, "internal error")


def _refused(request: web.Request, status: int, message: str) -> web.Response:
    if request.path.startswith(("/bot", "/file/bot")):
        body: dict[str, object] = {"ok": False, "error_code": status, "description": message}
    else:
        body = {"error": message}
    return web.json_response(body, status=status)
