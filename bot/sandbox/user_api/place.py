"""Who does something and where, and the actions that people have there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from aiohttp import web

from bot.sandbox.chats import GroupChat, PrivateChat
from bot.sandbox.errors import UserApiError
from bot.sandbox.user_api.request_body import Body, read_body

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from bot.sandbox.chats import Message
    from bot.sandbox.people import PersonaProfile
    from bot.sandbox.values import Json
    from bot.sandbox.world import World

CHAT_PATH = "/users/{persona}/chats/{chat}"
MESSAGE_PATH = r"/messages/{message_id:\d{1,9}}"


@dataclass(frozen=True, slots=True)
class Place:
    """A persona in one of their chats; `path` holds the variable parts of the request's path."""

    world: World
    persona: PersonaProfile
    chat: PrivateChat | GroupChat
    path: Mapping[str, str]

    @property
    def message(self) -> Message:
        """The message that the path names; UserApiError 404 when it isn't in the chat."""
        number = int(self.path["message_id"])
        try:
            return self.chat.messages[number]
        except KeyError:
            raise UserApiError(404, f"there is no message {number} in this chat") from None

    def must_be_open(self) -> None:
        """Raise UserApiError 409 if they stopped the bot."""
        if isinstance(self.chat, PrivateChat) and self.chat.blocked:
            raise UserApiError(409, "the bot is stopped in this chat; restart it first")

    @property
    def is_admin(self) -> bool:
        """Whether the persona may do what administrators do here."""
        if isinstance(self.chat, PrivateChat):
            return True
        return self.chat.members[self.persona.user.id].is_admin


def place_of(world: World, request: web.Request, *, outsiders: bool = False) -> Place:
    """Return the place that the path names.

    UserApiError 404 for an unknown persona or chat; UserApiError 403 for a group that they are not
    in, unless `outsiders` are welcome.
    """
    path = request.match_info
    persona = world.people.persona(path["persona"])
    if path["chat"] == "private" and (private := world.private_chat(persona.user.id)) is not None:
        return Place(world, persona, private, path)
    if path["chat"] != "group":
        raise UserApiError(404, f"a chat is 'private' or 'group', got {path['chat']!r}")
    if not outsiders and not world.group.has(persona.user):
        raise UserApiError(403, f"{persona.key} is not in the group")
    return Place(world, persona, world.group, path)


@dataclass(frozen=True, slots=True)
class Action:
    """Something that people do in a chat: its request, and the function that does it.

    `do` gets the place and the body, None where there is none, and returns the answer.
    """

    verb: str
    path: str
    body: type[Body] | None
    do: Callable[[Place, Any], Awaitable[Json]]
    status: int = 200
    outsiders: bool = False

    def route(self, world: World) -> web.RouteDef:
        """Return the route, below the chat's own path."""

        async def serve(request: web.Request) -> web.Response:
            place = place_of(world, request, outsiders=self.outsiders)
            body = None if self.body is None else await read_body(request, self.body)
            return web.json_response(await self.do(place, body), status=self.status)

        return web.route(self.verb, CHAT_PATH + self.path, serve)
