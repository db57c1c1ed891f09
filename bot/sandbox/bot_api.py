"""The Bot API over HTTP: tokens, the call itself, its outcome, and the faults that befall it."""

from __future__ import annotations

import asyncio
import hmac
import re
from typing import TYPE_CHECKING

import structlog
from aiohttp import web

from bot.sandbox.errors import ApiError
from bot.sandbox.faults import DOWNLOAD
from bot.sandbox.limits import DOWNLOAD_BYTES
from bot.sandbox.methods import Call, find_method
from bot.sandbox.parsing import parse_parameters
from bot.sandbox.request_parameters import RawCall, read_call

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from bot.sandbox.faults import FaultRequest
    from bot.sandbox.values import Json
    from bot.sandbox.world import World

TOKEN = re.compile(r"\d{1,20}:[A-Za-z0-9_-]{1,100}")
_TIMEOUT_SECONDS = 3600
_BAD_GATEWAY = (
    "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n"
    "<center><h1>502 Bad Gateway</h1></center>\r\n</body>\r\n</html>\r\n"
)
_REFUSALS = {
    "server_error": ApiError(500, "Internal Server Error"),
    "unauthorized": ApiError(401, "Unauthorized"),
}
_ODD_ANSWERS = {
    "bad_gateway": (502, "text/html", _BAD_GATEWAY),
    "nonsense": (200, "application/json", '{"error": null}'),
}

_log = structlog.get_logger(__name__)


class BotApi:
    """Serves the bot of one token."""

    def __init__(self, world: World, token: str) -> None:
        self._world = world
        self._token = token

    def routes(self) -> list[web.RouteDef]:
        """Return the routes below `/bot<token>` and `/file/bot<token>`."""
        return [
            web.route("*", r"/bot{token:[^/]*}/{method:[^/]*}", self._serve),
            web.get(r"/file/bot{token:[^/]*}/{path:.*}", self._download),
        ]

    async def call(self, name: str, raw: RawCall) -> object:
        """Do what a call asks and return its result; raises ApiError, and notes both."""
        noted = raw.shown()
        try:
            self._world.settle()
            method, handler = find_method(name)
            name = method.name
            noted = parse_parameters(method, raw.values, raw.uploads)
            result = await handler(Call(self._world, noted, raw.uploads))
        except ApiError as error:
            self._note(name, noted, error.status, error.description)
            raise
        except Exception as error:  # the server outlives whatever it is, and tells nothing of it
            _log.exception("sandbox_method_failed", method=name)
            self._note(name, noted, 500, "Internal Server Error")
            raise ApiError(500, "Internal Server Error") from error
        self._note(name, noted, 200, None)
        return result

    async def _serve(self, request: web.Request) -> web.StreamResponse:
        try:
            self._check(request)
            method = request.match_info["method"]
            raw = await read_call(request)

            async def answered() -> web.StreamResponse:
                return self._answer(await self.call(method, raw))

            fault = self._world.faults.meet(method)
            if fault is not None:
                return await self._fail(request, method, raw.shown(), fault, answered)
            return await answered()
        except ApiError as error:
            return refusal(error)
        except web.HTTPRequestEntityTooLarge:
            return refusal(ApiError(413, "Request Entity Too Large"))

    async def _fail(
        self,
        request: web.Request,
        method: str,
        noted: Json,
        fault: FaultRequest,
        answered: Callable[[], Awaitable[web.StreamResponse]],
    ) -> web.StreamResponse:
        match fault.kind:
            case "flood":
                return self._refuse(method, noted, _flood(fault.retry_after))
            case "server_error" | "unauthorized" as kind:
                return self._refuse(method, noted, _REFUSALS[kind])
            case "bad_gateway" | "nonsense" as kind:
                status, content_type, text = _ODD_ANSWERS[kind]
                self._note(method, noted, status, kind)
                return web.Response(status=status, text=text, content_type=content_type)
            case "timeout":
                self._note(method, noted, 504, "no answer (fault)")
                await asyncio.sleep(_TIMEOUT_SECONDS if fault.delay is None else fault.delay)
                return _hang_up(request)
            case "lost_reply":
                await answered()
                return _hang_up(request)
            case "slow":
                answer = await answered()
                await asyncio.sleep(1.0 if fault.delay is None else fault.delay)
                return answer

    def _answer(self, result: object) -> web.Response:
        return web.json_response({"ok": True, "result": self._world.written(result)})

    def _refuse(self, method: str, noted: Json, error: ApiError) -> web.Response:
        self._note(method, noted, error.status, error.description)
        return refusal(error)

    def _note(self, method: str, parameters: Json, status: int, description: str | None) -> None:
        if method.lower() != "getupdates":
            self._world.calls.add(method, parameters, status, description)

    def _check(self, request: web.Request) -> None:
        token = request.match_info["token"]
        if not TOKEN.fullmatch(token):
            raise ApiError(404, "Not Found")
        if not hmac.compare_digest(token, self._token):
            raise ApiError(401, "Unauthorized")
        if request.method not in {"GET", "POST"}:
            raise ApiError(405, "Method Not Allowed")

    async def _download(self, request: web.Request) -> web.StreamResponse:
        try:
            self._check(request)
        except ApiError as error:
            return refusal(error)
        path = request.match_info["path"]

        async def answered() -> web.StreamResponse:
            file = self._world.files.by_path(path)
            if file is None or len(file.content) > DOWNLOAD_BYTES:
                return refusal(ApiError(404, "Not Found"))
            return web.Response(body=file.content, content_type="application/octet-stream")

        fault = self._world.faults.meet(DOWNLOAD)
        if fault is not None:
            return await self._fail(request, DOWNLOAD, {"file_path": path}, fault, answered)
        return await answered()


def refusal(error: ApiError) -> web.Response:
    """Return an error as the Bot API writes it."""
    body: Json = {"ok": False, "error_code": error.status, "description": error.description}
    if error.parameters:
        body["parameters"] = error.parameters
    return web.json_response(body, status=error.status)


def _flood(seconds: int) -> ApiError:
    return ApiError(429, f"Too Many Requests: retry after {seconds}", {"retry_after": seconds})


def _hang_up(request: web.Request) -> web.Response:
    if request.transport is not None:
        request.transport.abort()
    return web.Response()
