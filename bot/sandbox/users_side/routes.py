"""All of the users' side, put together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.sandbox.users_side.answering import AnsweringRoutes
from bot.sandbox.users_side.arranging import ArrangingRoutes
from bot.sandbox.users_side.event_stream import EventStreamRoutes
from bot.sandbox.users_side.inline_mode import InlineRoutes
from bot.sandbox.users_side.reading import ReadingRoutes
from bot.sandbox.users_side.uploading import UploadingRoutes
from bot.sandbox.users_side.writing import WritingRoutes

if TYPE_CHECKING:
    from aiohttp import web

    from bot.sandbox.world import World


def users_side_routes(world: World) -> list[web.RouteDef]:
    """Return the routes below `/users`; fixed names come before personas' keys."""
    rooms = (
        ArrangingRoutes(world),
        EventStreamRoutes(world),
        ReadingRoutes(world),
        WritingRoutes(world),
        UploadingRoutes(world),
        AnsweringRoutes(world),
        InlineRoutes(world),
    )
    return [route for room in rooms for route in room.routes()]
