"""The user API: what people do in their Telegram app, as a small HTTP interface."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.sandbox.user_api.answering import ANSWERING
from bot.sandbox.user_api.event_stream import event_stream_routes
from bot.sandbox.user_api.inline_mode import INLINE_MODE
from bot.sandbox.user_api.reading import reading_routes
from bot.sandbox.user_api.uploading import uploading_routes
from bot.sandbox.user_api.writing import WRITING

if TYPE_CHECKING:
    from aiohttp import web

    from bot.sandbox.world import World


def user_api_routes(world: World) -> list[web.RouteDef]:
    """Return the routes below `/users`; fixed names come before personas' keys."""
    return [
        *event_stream_routes(world),
        *reading_routes(world),
        *uploading_routes(world),
        *(action.route(world) for action in (*WRITING, *ANSWERING, *INLINE_MODE)),
    ]
