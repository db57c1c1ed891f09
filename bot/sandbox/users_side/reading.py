"""What apps load: who is there, a chat, a message, a file."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from aiohttp import web

from bot.sandbox.chats import GroupChat, PrivateChat
from bot.sandbox.errors import NotThereError
from bot.sandbox.users_side.place import Place, place_of
from bot.sandbox.users_side.request_body import Body, query_number, read_body

if TYPE_CHECKING:
    from bot.sandbox.json_object import Json
    from bot.sandbox.people import PersonaProfile
    from bot.sandbox.world import World

_SHOWN_INLINE = frozenset({"image/jpeg", "image/png", "image/gif", "image/webp"})
_HIGHEST_ID = 2**31


class NewPersona(Body):
    """Someone to be made."""

    key: str
    first_name: str
    label: str | None = None
    username: str | None = None
    in_group: bool = False


class ReadingRoutes:
    """Answers what apps ask without changing anything, and makes new people."""

    def __init__(self, world: World) -> None:
        self._world = world

    def routes(self) -> list[web.RouteDef]:
        """Return the routes."""
        chat = "/users/{persona}/chats/{chat}"
        return [
            web.get("/users", self._people),
            web.post("/users", self._new_persona),
            web.get("/users/files/{unique_id}", self._file),
            web.get(chat, self._chat),
            web.get(chat + r"/messages/{message_id:\d{1,9}}", self._message),
        ]

    async def _people(self, _: web.Request) -> web.Response:
        world = self._world
        return web.json_response(
            {
                "bot": world.bot.json("vi"),
                "personas": [self._persona_json(persona) for persona in world.people.all()],
                "group": world.group.json(),
                "settings": world.settings.model_dump(),
                "server_began": world.began.isoformat(),
                "last_event_id": world.events.last_id,
            }
        )

    async def _new_persona(self, request: web.Request) -> web.Response:
        new = await read_body(request, NewPersona)
        persona = self._world.people.add(new.key, new.first_name, new.label, new.username)
        self._world.welcome(persona, "member" if new.in_group else None)
        if new.in_group:
            self._world.publish("chat_changed", self._world.group)
        return web.json_response(self._persona_json(persona), status=201)

    def _persona_json(self, persona: PersonaProfile) -> Json:
        in_group = self._world.group.has(persona.user)
        return {
            "key": persona.key,
            "label": persona.label,
            "user": persona.user.json(),
            "chats": ["private", "group"] if in_group else ["private"],
        }

    async def _chat(self, request: web.Request) -> web.Response:
        place = place_of(self._world, request)
        before = query_number(request, "before", _HIGHEST_ID, 1, _HIGHEST_ID)
        limit = query_number(request, "limit", 50, 1, 1000)
        return web.json_response(self._chat_json(place, before, limit))

    def _chat_json(self, place: Place, before: int, limit: int) -> Json:
        world, chat, user = self._world, place.chat, place.persona.user
        earlier = [number for number in chat.messages if number < before]
        shown = [chat.messages[number] for number in earlier[-limit:]]
        private = chat if isinstance(chat, PrivateChat) else None
        button = (private and private.menu_button) or world.bot.menu_button
        is_admin = isinstance(chat, GroupChat) and place.is_admin
        answer: Json = {
            "chat": chat.json(),
            "messages": [message.seen_by_people() for message in shown],
            "has_more": len(earlier) > limit,
            "pinned": chat.pinned,
            "started": private is None or private.started,
            "blocked": private is not None and private.blocked,
            "commands": world.menus.shown(chat, user, is_admin=is_admin),
            "menu_button": button or {"type": "commands"},
            "keyboard": chat.keyboard,
            "action": chat.action and chat.action.name,
            "draft": chat.draft and chat.draft.json(),
            "last_event_id": world.events.last_id,
        }
        if isinstance(chat, GroupChat):
            answer["members"] = [m.user.json() for m in chat.members.values() if m.is_in]
        return answer

    async def _message(self, request: web.Request) -> web.Response:
        message = place_of(self._world, request).message(request)
        return web.json_response(message.seen_by_people())

    async def _file(self, request: web.Request) -> web.Response:
        file = self._world.files.by_unique_id(request.match_info["unique_id"])
        if file is None:
            raise NotThereError("there is no such file")
        inline = file.mime_type in _SHOWN_INLINE and request.query.get("download") != "1"
        headers = {
            "X-Content-Type-Options": "nosniff",
            "Content-Security-Policy": "default-src 'none'; sandbox",
            "Cache-Control": "private, max-age=3600",
        }
        if not inline:
            name = quote(file.name, safe="")
            headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{name}"
        content_type = file.mime_type if inline else "application/octet-stream"
        return web.Response(body=file.content, content_type=content_type, headers=headers)
