"""Typing the bot's name and a query into a chat, and sending one of the results."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aiohttp import web
from pydantic import Field

from bot.sandbox.errors import ConflictError, NoAnswerError, NotThereError
from bot.sandbox.inline_results import inline_content
from bot.sandbox.limits import INLINE_OFFSET_BYTES, INLINE_QUERY_CHARACTERS
from bot.sandbox.posting import post
from bot.sandbox.queries import InlineQuery
from bot.sandbox.users_side.answering import LONGEST_WAIT
from bot.sandbox.users_side.place import Place, place_of
from bot.sandbox.users_side.request_body import Body, read_body

if TYPE_CHECKING:
    from bot.sandbox.json_object import Json
    from bot.sandbox.world import World


class Typed(Body):
    """What follows the bot's name."""

    query: str = Field(max_length=INLINE_QUERY_CHARACTERS)
    offset: str = Field(default="", max_length=INLINE_OFFSET_BYTES)
    wait: float = Field(default=10, ge=0, le=LONGEST_WAIT)


class Choice(Body):
    """The result to send."""

    result_id: str


class InlineRoutes:
    """Takes inline queries and choices."""

    def __init__(self, world: World) -> None:
        self._world = world

    def routes(self) -> list[web.RouteDef]:
        """Return the routes."""
        chat = "/users/{persona}/chats/{chat}"
        return [
            web.post(f"{chat}/inline", self._ask),
            web.post(chat + r"/inline/{query_id:\d{1,20}}", self._send),
        ]

    async def _ask(self, request: web.Request) -> web.Response:
        place = place_of(self._world, request)
        typed = await read_body(request, Typed)
        if not self._world.bot.supports_inline_queries:
            raise ConflictError("the bot has no inline mode")
        query = InlineQuery(
            id=self._world.inline.new_id(),
            persona=place.persona,
            chat=place.chat,
            asked=self._world.now,
            text=typed.query,
            offset=typed.offset,
        )
        self._world.inline.add(query)
        self._world.updates.add("inline_query", query.json())
        answer = await query.wait(typed.wait)
        if answer is None:
            raise NoAnswerError(f"the bot did not answer within {typed.wait:g} s")
        return web.json_response({"inline_query_id": query.id, **answer})

    async def _send(self, request: web.Request) -> web.Response:
        place = place_of(self._world, request)
        choice = await read_body(request, Choice)
        query = self._world.inline.find(request.match_info["query_id"])
        if query is None or query.persona != place.persona or query.answer is None:
            raise NotThereError("there is no such answered inline query of this persona")
        for result in query.answer["results"]:
            if result["id"] == choice.result_id:
                return self._chosen(place, query, result)
        raise NotThereError(f"there is no result {choice.result_id!r}")

    def _chosen(self, place: Place, query: InlineQuery, result: Json) -> web.Response:
        place.must_be_open()
        markup = result.get("reply_markup")
        inline_id = f"BAAAAI{self._world.number():08d}" if markup else None
        message = post(
            self._world,
            place.chat,
            place.persona.user,
            inline_content(self._world, result),
            reply_markup=markup,
            via_bot=self._world.bot.user(),
            inline_message_id=inline_id,
        )
        chosen: Json = {
            "result_id": result["id"],
            "from": place.persona.user.json(),
            "query": query.text,
        }
        if inline_id is not None:
            chosen["inline_message_id"] = inline_id
        self._world.updates.add("chosen_inline_result", chosen)
        return web.json_response(message.seen_by_people(), status=201)
