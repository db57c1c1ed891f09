"""Answering pressed buttons and inline queries."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.sandbox.errors import bad_request
from bot.sandbox.inline_results import check_results
from bot.sandbox.limits import (
    CALLBACK_ANSWER_CHARACTERS,
    INLINE_LIFETIME,
    INLINE_OFFSET_BYTES,
    START_PARAMETER,
)
from bot.sandbox.methods.registry import Call, handles
from bot.sandbox.queries import answer_query

if TYPE_CHECKING:
    from bot.sandbox.queries import Query
    from bot.sandbox.values import Json
    from bot.sandbox.world import World


@handles("answerCallbackQuery")
async def answer_callback_query(call: Call) -> bool:
    """Answer a pressed button."""
    asked, world = call.asked, call.world
    if len(asked.get("text", "")) > CALLBACK_ANSWER_CHARACTERS:
        raise bad_request("MESSAGE_TOO_LONG")
    answer = {
        "text": asked.get("text") or None,
        "show_alert": asked.get("show_alert", False),
        "url": asked.get("url") or None,
    }
    query = answer_query(
        world.callback_queries,
        asked["callback_query_id"],
        answer,
        now=world.now,
        lifetime=world.settings.callback_lifetime,
    )
    said = {"callback_query_id": query.id, "message_id": query.message.message_id, **answer}
    _publish(world, "callback_answer", query, said)
    return True


@handles("answerInlineQuery")
async def answer_inline_query(call: Call) -> bool:
    """Answer an inline query with results to choose from."""
    asked, world = call.asked, call.world
    if len(asked.get("next_offset", "").encode()) > INLINE_OFFSET_BYTES:
        raise bad_request("NEXT_OFFSET_INVALID")
    _check_button(asked.get("button"))
    check_results(asked["results"])
    answer = {
        "results": asked["results"],
        "next_offset": asked.get("next_offset", ""),
        "button": asked.get("button"),
    }
    query = answer_query(
        world.inline_queries,
        asked["inline_query_id"],
        answer,
        now=world.now,
        lifetime=INLINE_LIFETIME,
    )
    _publish(world, "inline_answer", query, {"inline_query_id": query.id, **answer})
    return True


def _publish(world: World, name: str, query: Query, said: Json) -> None:
    """Tell the app of the one who asked; in a group, nobody else's."""
    world.events.publish(name, {"chat_id": query.chat.id, "persona": query.persona.key, **said})


def _check_button(button: Json | None) -> None:
    """Raise ApiError 400 for a button above the results that leads nowhere."""
    if button is None or "web_app" in button:
        return
    if "start_parameter" not in button:
        raise bad_request(
            "can't parse InlineQueryResultsButton: Can't find field \"start_parameter\""
        )
    if not START_PARAMETER.fullmatch(button["start_parameter"]):
        raise bad_request("START_PARAM_INVALID")
