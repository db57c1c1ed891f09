"""Getting updates: long polling and webhooks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.sandbox.errors import ApiError, bad_request
from bot.sandbox.limits import POLL_SECONDS, SECRET_TOKEN_CHARACTERS, UPDATES
from bot.sandbox.methods.registry import Call, handles
from bot.sandbox.webhook import WebhookTarget

if TYPE_CHECKING:
    from bot.sandbox.values import Json

_SECRET = re.compile(rf"[A-Za-z0-9_-]{{1,{SECRET_TOKEN_CHARACTERS}}}")


@handles("getUpdates")
async def get_updates(call: Call) -> list[Json]:
    """Return waiting updates, or wait for some."""
    asked, world = call.asked, call.world
    if world.webhook.is_set:
        raise ApiError(
            409,
            "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to "
            "delete the webhook first",
        )
    world.bot_connects()
    world.updates.allow(asked.get("allowed_updates"))
    limit = min(max(asked.get("limit", UPDATES), 1), UPDATES)
    wait = min(max(asked.get("timeout", 0), 0), POLL_SECONDS)
    return await world.updates.poll(asked.get("offset", 0), limit, wait)


@handles("setWebhook")
async def set_webhook(call: Call) -> bool:
    """Deliver updates to an address on loopback; an empty one ends that."""
    asked, world = call.asked, call.world
    if not asked["url"]:
        return await _delete(call)
    if "secret_token" in asked and not _SECRET.fullmatch(asked["secret_token"]):
        raise bad_request("secret token contains unallowed characters")
    certificate = call.uploads.get("certificate")
    target = WebhookTarget(
        asked["url"],
        asked.get("secret_token"),
        certificate.content if certificate else None,
        asked.get("max_connections") or 40,
    )
    if asked.get("drop_pending_updates"):
        world.updates.clear()
    world.updates.allow(asked.get("allowed_updates"))
    await world.webhook.set(target)
    world.bot_connects()
    return True


@handles("deleteWebhook")
async def delete_webhook(call: Call) -> bool:
    """Go back to long polling."""
    return await _delete(call)


async def _delete(call: Call) -> bool:
    await call.world.webhook.stop()
    if call.asked.get("drop_pending_updates"):
        call.world.updates.clear()
    return True


@handles("getWebhookInfo")
async def get_webhook_info(call: Call) -> Json:
    """Return how deliveries to the webhook go."""
    return call.world.webhook.json()
