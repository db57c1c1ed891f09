"""The stream of events that keeps people's apps up to date (server-sent events)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from aiohttp import web

from bot.sandbox.errors import UserApiError

if TYPE_CHECKING:
    from bot.sandbox.events import Event
    from bot.sandbox.world import World

KEEP_ALIVE_SECONDS = 15
"""How often a quiet stream sends a comment line."""


def event_stream_routes(world: World) -> list[web.RouteDef]:
    """Return the route that streams events to apps, each from where it left off."""

    async def stream(request: web.Request) -> web.StreamResponse:
        key = request.query.get("persona")
        persona = world.people.persona(key) if key is not None else None

        def sees(event: Event) -> bool:
            if persona is None:
                return True
            if (event.data["chat_id"] or 0) < 0:
                return world.group.has(persona.user)
            return event.data["persona"] in {None, persona.key}

        response = web.StreamResponse(
            headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"}
        )
        after = _last_seen(request, world.events.last_id)
        await response.prepare(request)
        await response.write(b": connected\n\n")
        async for events in world.events.stream(after, sees, KEEP_ALIVE_SECONDS):
            lines = "".join(_lines(event) for event in events)
            await response.write(lines.encode() if lines else b": still here\n\n")
        return response

    return [web.get("/users/events", stream)]


def _last_seen(request: web.Request, newest: int) -> int:
    given = request.headers.get("Last-Event-ID") or request.query.get("after")
    if given is None:
        return newest
    if not given.isdecimal() or len(given) > 15:
        raise UserApiError(400, f"the id of the last event must be a number, got {given!r}")
    return int(given)


def _lines(event: Event) -> str:
    data = json.dumps(event.data, separators=(",", ":"))
    return f"id: {event.id}\nevent: {event.name}\ndata: {data}\n\n"
