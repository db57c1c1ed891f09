"""Settings, faults and the log of calls, for tests and demonstrations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aiohttp import web

from bot.sandbox.errors import InvalidRequestError
from bot.sandbox.faults import FaultRequest
from bot.sandbox.membership import set_bot_status
from bot.sandbox.settings import SandboxSettings
from bot.sandbox.users_side.request_body import check, query_number, read_body, read_json

if TYPE_CHECKING:
    from bot.sandbox.world import World


class ArrangingRoutes:
    """Changes how the server behaves."""

    def __init__(self, world: World) -> None:
        self._world = world

    def routes(self) -> list[web.RouteDef]:
        """Return the routes."""
        return [
            web.get("/users/settings", self._settings),
            web.patch("/users/settings", self._change_settings),
            web.get("/users/faults", self._faults),
            web.post("/users/faults", self._add_fault),
            web.delete("/users/faults", self._clear_faults),
            web.delete(r"/users/faults/{fault_id:\d{1,9}}", self._remove_fault),
            web.get("/users/calls", self._calls),
        ]

    async def _settings(self, _: web.Request) -> web.Response:
        return web.json_response(self._world.settings.model_dump())

    async def _change_settings(self, request: web.Request) -> web.Response:
        changes = await read_json(request)
        if not isinstance(changes, dict):
            raise InvalidRequestError("the body must be an object of settings")
        before = self._world.settings
        after = check(SandboxSettings, {**before.model_dump(), **changes})
        self._world.settings = after
        if after.bot_group_status != before.bot_group_status:
            set_bot_status(self._world, after.bot_group_status)
        return web.json_response(self._world.settings.model_dump())

    async def _faults(self, _: web.Request) -> web.Response:
        return web.json_response({"faults": self._world.faults.json()})

    async def _add_fault(self, request: web.Request) -> web.Response:
        fault = await read_body(request, FaultRequest)
        return web.json_response({"id": self._world.faults.add(fault)}, status=201)

    async def _clear_faults(self, _: web.Request) -> web.Response:
        self._world.faults.clear()
        return web.json_response({})

    async def _remove_fault(self, request: web.Request) -> web.Response:
        self._world.faults.remove(int(request.match_info["fault_id"]))
        return web.json_response({})

    async def _calls(self, request: web.Request) -> web.Response:
        after = query_number(request, "after", 0, 0, 2**53)
        return web.json_response({"calls": self._world.calls.after(after)})
