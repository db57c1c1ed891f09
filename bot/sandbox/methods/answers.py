"""Answering pressed buttons and inline queries."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from bot.sandbox.api_error import bad_request
from bot.sandbox.inline_results import checked_results
from bot.sandbox.limits import (
    CALLBACK_ANSWER_CHARACTERS,
    INLINE_OFFSET_BYTES,
    START_PARAMETER,
)
from bot.sandbox.methods.outgoing import dump, dump_all
from bot.sandbox.methods.registry import Call, handles
from bot.sandbox.schema import AnswerCallbackQuery, AnswerInlineQuery
from bot.sandbox.world import INLINE_LIFETIME

if TYPE_CHECKING:
    from bot.sandbox.schema.inline import InlineQueryResultsButton


@handles(AnswerCallbackQuery)
async def answer_callback_query(call: Call[AnswerCallbackQuery]) -> bool:
    """Answer a pressed button."""
    asked, world = call.parameters, call.world
    lifetime = timedelta(seconds=world.settings.callback_lifetime)
    if len(asked.text or "") > CALLBACK_ANSWER_CHARACTERS:
        raise bad_request("MESSAGE_TOO_LONG")
    answer = {
        "text": asked.text or None,
        "show_alert": bool(asked.show_alert),
        "url": asked.url or None,
    }
    query = world.callbacks.answer(asked.callback_query_id, answer, world.now, lifetime)
    world.events.publish(
        "callback_answer",
        {
            "chat_id": query.chat.id,
            "persona": query.persona.key,
            "callback_query_id": query.id,
            "message_id": query.message.message_id,
            **answer,
        },
    )
    return True


@handles(AnswerInlineQuery)
async def answer_inline_query(call: Call[AnswerInlineQuery]) -> bool:
    """Answer an inline query with results to choose from."""
    asked, world = call.parameters, call.world
    if len((asked.next_offset or "").encode()) > INLINE_OFFSET_BYTES:
        raise bad_request("NEXT_OFFSET_INVALID")
    _check_button(asked.button)
    answer = {
        "results": checked_results(dump_all(asked.results) or []),
        "next_offset": asked.next_offset or "",
        "button": dump(asked.button),
    }
    query = world.inline.answer(asked.inline_query_id, answer, world.now, INLINE_LIFETIME)
    world.events.publish(
        "inline_answer",
        {
            "chat_id": query.chat.id,
            "persona": query.persona.key,
            "inline_query_id": query.id,
            **answer,
        },
    )
    return True


def _check_button(button: InlineQueryResultsButton | None) -> None:
    """Raise ApiError 400 for a button above the results that leads nowhere."""
    if button is None or button.web_app is not None:
        return
    parameter = button.start_parameter
    if parameter is None:
        raise bad_request(
            "can't parse InlineQueryResultsButton: Can't find field \"start_parameter\""
        )
    if not START_PARAMETER.fullmatch(parameter):
        raise bad_request("START_PARAM_INVALID")
