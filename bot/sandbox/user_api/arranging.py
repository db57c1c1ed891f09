"""Settings, faults and the log of calls, for tests and demonstrations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aiohttp import web

from bot.sandbox.errors import InvalidRequestError
from bot.sandbox.faults import FaultRequest
from bot.sandbox.membership import set_bot_status
from bot.sandbox.user_api.request_body import check, query_number, read_body, read_json
from bot.sandbox.world import SandboxSettings

if TYPE_CHECKING:
    from bot.sandbox.world import World


def arranging_routes(world: World) -> list[web.RouteDef]:
    """Return the routes that change how the server behaves."""

    async def settings(_: web.Request) -> web.Response:
        return web.json_response(world.settings.model_dump())

    async def change_settings(request: web.Request) -> web.Response:
        changes = await read_json(request)
        if not isinstance(changes, dict):
            raise InvalidRequestError("the body must be an object of settings")
        before = world.settings
        world.settings = check(SandboxSettings, {**before.model_dump(), **changes})
        if world.settings.bot_group_status != before.bot_group_status:
            set_bot_status(world, world.settings.bot_group_status)
        return web.json_response(world.settings.model_dump())

    async def faults(_: web.Request) -> web.Response:
        return web.json_response({"faults": world.faults.json()})

    async def add_fault(request: web.Request) -> web.Response:
        fault = await read_body(request, FaultRequest)
        return web.json_response({"id": world.faults.add(fault)}, status=201)

    async def clear_faults(_: web.Request) -> web.Response:
        world.faults.clear()
        return web.json_response({})

    async def remove_fault(request: web.Request) -> web.Response:
        world.faults.remove(int(request.match_info["fault_id"]))
        return web.json_response({})

    async def calls(request: web.Request) -> web.Response:
        after = query_number(request, "after", 0, 0, 2**53)
        return web.json_response({"calls": world.calls.after(after)})

    return [
        web.get("/users/settings", settings),
        web.patch("/users/settings", change_settings),
        web.get("/users/faults", faults),
        web.post("/users/faults", add_fault),
        web.delete("/users/faults", clear_faults),
        web.delete(r"/users/faults/{fault_id:\d{1,9}}", remove_fault),
        web.get("/users/calls", calls),
    ]
