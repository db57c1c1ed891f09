"""Getting updates: long polling and webhooks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.sandbox.api_error import ApiError
from bot.sandbox.limits import POLL_SECONDS, SECRET_TOKEN_CHARACTERS, UPDATES
from bot.sandbox.methods.registry import Call, handles
from bot.sandbox.schema import (
    Close,
    DeleteWebhook,
    GetUpdates,
    GetWebhookInfo,
    LogOut,
    SetWebhook,
)
from bot.sandbox.webhook import WebhookTarget

if TYPE_CHECKING:
    from bot.sandbox.json_object import Json
    from bot.sandbox.webhook import Webhook
    from bot.sandbox.world import World

_SECRET = re.compile(rf"[A-Za-z0-9_-]{{1,{SECRET_TOKEN_CHARACTERS}}}")


def _webhook(world: World) -> Webhook:
    if world.webhook is None:
        raise ApiError(500, "Internal Server Error: the server has not started")
    return world.webhook


@handles(GetUpdates)
async def get_updates(call: Call[GetUpdates]) -> list[Json]:
    """Return waiting updates, or wait for some."""
    asked, world = call.parameters, call.world
    if _webhook(world).is_set:
        raise ApiError(
            409,
            "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to "
            "delete the webhook first",
        )
    world.bot_connects()
    world.updates.allow(asked.allowed_updates)
    limit = UPDATES if asked.limit is None else min(max(asked.limit, 1), UPDATES)
    wait = min(max(asked.timeout or 0, 0), POLL_SECONDS)
    return await world.updates.poll(asked.offset or 0, limit, wait)


@handles(SetWebhook)
async def set_webhook(call: Call[SetWebhook]) -> bool:
    """Deliver updates to an address on loopback; an empty one ends that."""
    asked, world = call.parameters, call.world
    if not asked.url:
        return await _delete(world, drop=bool(asked.drop_pending_updates))
    if asked.secret_token is not None and not _SECRET.fullmatch(asked.secret_token):
        raise ApiError(400, "Bad Request: secret token contains unallowed characters")
    certificate = call.uploads.get("certificate")
    target = WebhookTarget(
        asked.url,
        asked.secret_token,
        certificate.content if certificate else None,
        asked.max_connections or 40,
    )
    if asked.drop_pending_updates:
        world.updates.clear()
    world.updates.allow(asked.allowed_updates)
    await _webhook(world).set(target)
    world.bot_connects()
    return True


@handles(DeleteWebhook)
async def delete_webhook(call: Call[DeleteWebhook]) -> bool:
    """Go back to long polling."""
    return await _delete(call.world, drop=bool(call.parameters.drop_pending_updates))


async def _delete(world: World, *, drop: bool) -> bool:
    await _webhook(world).stop()
    if drop:
        world.updates.clear()
    return True


@handles(GetWebhookInfo)
async def get_webhook_info(call: Call[GetWebhookInfo]) -> Json:
    """Return how deliveries to the webhook go."""
    return _webhook(call.world).json()


@handles(LogOut)
async def log_out(call: Call[LogOut]) -> bool:
    """Say goodbye to the cloud; nothing follows from it here."""
    call.world.updates.take_over()
    return True


@handles(Close)
async def close(call: Call[Close]) -> bool:
    """Close the bot's instance; nothing follows from it here."""
    call.world.updates.take_over()
    return True
