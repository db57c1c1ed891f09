"""What apps load: who is there, a chat, a message, a file."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from aiohttp import web

from bot.sandbox.chats import GroupChat, PrivateChat
from bot.sandbox.errors import UserApiError
from bot.sandbox.user_api.place import CHAT_PATH, MESSAGE_PATH, Place, place_of
from bot.sandbox.user_api.request_body import Body, query_number, read_body

if TYPE_CHECKING:
    from bot.sandbox.files import StoredFile
    from bot.sandbox.people import PersonaProfile
    from bot.sandbox.values import Json
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


def reading_routes(world: World) -> list[web.RouteDef]:
    """Return the routes that answer what apps ask, and the one that makes new people."""

    async def people(_: web.Request) -> web.Response:
        return web.json_response(
            {
                "bot": world.bot.json("vi"),
                "personas": [_persona_json(world, persona) for persona in world.people.all()],
                "group": world.group.json(),
                "server_began": world.began.isoformat(),
                "last_event_id": world.events.last_id,
            }
        )

    async def new_persona(request: web.Request) -> web.Response:
        new = await read_body(request, NewPersona)
        persona = world.people.add(new.key, new.first_name, new.label, new.username)
        world.welcome(persona, "member" if new.in_group else None)
        if new.in_group:
            world.publish("chat_changed", world.group)
        return web.json_response(_persona_json(world, persona), status=201)

    async def file(request: web.Request) -> web.Response:
        found = world.files.by_unique_id(request.match_info["unique_id"])
        if found is None:
            raise UserApiError(404, "there is no such file")
        return _file_response(found, download=request.query.get("download") == "1")

    async def chat(request: web.Request) -> web.Response:
        place = place_of(world, request)
        before = query_number(request, "before", _HIGHEST_ID, 1, _HIGHEST_ID)
        limit = query_number(request, "limit", 50, 1, 1000)
        return web.json_response(_chat_json(place, before, limit))

    async def message(request: web.Request) -> web.Response:
        return web.json_response(place_of(world, request).message.seen_by_people())

    return [
        web.get("/users", people),
        web.post("/users", new_persona),
        web.get("/users/files/{unique_id}", file),
        web.get(CHAT_PATH, chat),
        web.get(CHAT_PATH + MESSAGE_PATH, message),
    ]


def _persona_json(world: World, persona: PersonaProfile) -> Json:
    in_group = world.group.has(persona.user)
    return {
        "key": persona.key,
        "label": persona.label,
        "user": persona.user.json(),
        "chats": ["private", "group"] if in_group else ["private"],
    }


def _chat_json(place: Place, before: int, limit: int) -> Json:
    world, chat = place.world, place.chat
    earlier = [number for number in chat.messages if number < before]
    shown = [chat.messages[number] for number in earlier[-limit:]]
    private = chat if isinstance(chat, PrivateChat) else None
    answer: Json = {
        "chat": chat.json(),
        "messages": [message.seen_by_people() for message in shown],
        "has_more": len(earlier) > limit,
        "pinned": chat.pinned,
        "started": private is None or private.started,
        "blocked": private is not None and private.blocked,
        "commands": world.menus.shown(chat, place.persona.user, is_admin=place.is_admin),
        "keyboard": chat.keyboard,
        "action": chat.action and chat.action.name,
        "draft": chat.draft and chat.draft.json(),
        "last_event_id": world.events.last_id,
    }
    if isinstance(chat, GroupChat):
        answer["members"] = [m.user.json() for m in chat.members.values() if m.is_in]
        answer["bot_status"] = world.bot_member.status
        answer["is_admin"] = place.is_admin
    return answer


def _file_response(file: StoredFile, *, download: bool) -> web.Response:
    inline = file.mime_type in _SHOWN_INLINE and not download
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
