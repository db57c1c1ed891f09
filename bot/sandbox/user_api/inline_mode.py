"""Typing the bot's name and a query into a chat, and sending one of the results."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import Field

from bot.sandbox.chats import Message
from bot.sandbox.errors import UserApiError
from bot.sandbox.inline_results import inline_content
from bot.sandbox.limits import INLINE_OFFSET_BYTES, INLINE_QUERY_CHARACTERS
from bot.sandbox.posting import post
from bot.sandbox.queries import InlineQuery
from bot.sandbox.user_api.answering import LONGEST_WAIT
from bot.sandbox.user_api.place import Action, Place
from bot.sandbox.user_api.request_body import Body
from bot.sandbox.values import without_none

if TYPE_CHECKING:
    from bot.sandbox.values import Json


class Typed(Body):
    """What follows the bot's name."""

    query: str = Field(max_length=INLINE_QUERY_CHARACTERS)
    offset: str = Field(default="", max_length=INLINE_OFFSET_BYTES)
    wait: float = Field(default=10, ge=0, le=LONGEST_WAIT)


class Choice(Body):
    """The result to send."""

    result_id: str


async def ask(place: Place, typed: Typed) -> Json:
    """Ask the bot and wait for what it offers."""
    world = place.world
    query = InlineQuery(
        id=world.new_id(),
        persona=place.persona,
        chat=place.chat,
        asked=world.now,
        text=typed.query,
        offset=typed.offset,
    )
    world.inline_queries[query.id] = query
    world.updates.add("inline_query", query.json())
    answer = await query.wait(typed.wait)
    if answer is None:
        raise UserApiError(504, f"the bot did not answer within {typed.wait:g} s")
    return {"inline_query_id": query.id, **answer}


async def choose(place: Place, choice: Choice) -> Json:
    """Send one of the results into the chat."""
    query = place.world.inline_queries.get(place.path["query_id"])
    if query is None or query.persona != place.persona or query.answer is None:
        raise UserApiError(404, "there is no such answered inline query of this persona")
    for result in query.answer["results"]:
        if result["id"] == choice.result_id:
            return _chosen(place, query, result)
    raise UserApiError(404, f"there is no result {choice.result_id!r}")


def _chosen(place: Place, query: InlineQuery, result: Json) -> Json:
    place.must_be_open()
    world, user = place.world, place.persona.user
    markup = result.get("reply_markup")
    inline_id = f"BAAAAI{world.new_id()}" if markup else None
    message = Message(
        place.chat,
        user,
        inline_content(world.files, result),
        reply_markup=markup,
        via_bot=world.bot.user(),
        inline_message_id=inline_id,
    )
    post(world, message)
    chosen = {
        "result_id": result["id"],
        "from": user.json(),
        "query": query.text,
        "inline_message_id": inline_id,
    }
    world.updates.add("chosen_inline_result", without_none(chosen))
    return message.seen_by_people()


INLINE_MODE = (
    Action("POST", "/inline", Typed, ask),
    Action("POST", r"/inline/{query_id:\d{1,20}}", Choice, choose, 201),
)
"""Asking the bot from within any chat."""
