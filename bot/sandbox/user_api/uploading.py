"""People sending photos, documents, videos and voice messages, alone or as an album."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aiohttp import web

from bot.sandbox.errors import ApiError, UserApiError
from bot.sandbox.limits import ALBUM_FILES, PHOTO_BYTES
from bot.sandbox.media import add_photo
from bot.sandbox.request_parameters import Upload, check_length, read_multipart
from bot.sandbox.user_api.place import CHAT_PATH, place_of
from bot.sandbox.user_api.writing import caption_content, say

if TYPE_CHECKING:
    from bot.sandbox.values import Json
    from bot.sandbox.world import World

_KINDS = ("photo", "document", "video", "voice")


def uploading_routes(world: World) -> list[web.RouteDef]:
    """Return the route that takes people's files."""

    async def upload(request: web.Request) -> web.Response:
        place = place_of(world, request)
        place.must_be_open()
        try:
            fields, uploads = await _read_form(request)
            contents = [await _content(world, fields["kind"], file) for file in uploads]
        except ApiError as error:
            why = error.description.removeprefix("Bad Request: ")
            raise UserApiError(error.status, why) from error
        contents[0].update(caption_content(fields.get("caption")))
        reply_to = fields.get("reply_to_message_id") or None
        if reply_to is not None and not reply_to.isdecimal():
            raise UserApiError(400, "reply_to_message_id must be a number")
        replied = None if reply_to is None else int(reply_to)
        album = world.new_id() if len(contents) > 1 else None
        messages = [
            say(place, content, reply_to=replied, media_group_id=album) for content in contents
        ]
        return web.json_response({"messages": [m.seen_by_people() for m in messages]}, status=201)

    return [web.post(f"{CHAT_PATH}/files", upload)]


async def _content(world: World, kind: str, file: Upload) -> Json:
    files = world.files
    if kind == "photo":
        if len(file.content) > PHOTO_BYTES:
            raise UserApiError(413, f"a photo must have at most {PHOTO_BYTES} bytes")
        return {"photo": await add_photo(files, file.content)}
    if not file.content:
        raise UserApiError(400, f"the file {file.name!r} is empty")
    if kind == "document":
        stored = files.add("document", file.content, file.name, file.mime_type or None)
        return {"document": stored.named_json()}
    if kind == "video":
        stored = files.add("video", file.content, file.name, file.mime_type or None)
        return {"video": {**stored.named_json(), "duration": 1, "width": 640, "height": 360}}
    mime_type = file.mime_type or "audio/ogg"
    stored = files.add("voice", file.content, file.name, mime_type)
    seconds = world.settings.voice_seconds
    return {"voice": {**stored.json(), "duration": seconds, "mime_type": mime_type}}


async def _read_form(request: web.Request) -> tuple[dict[str, str], list[Upload]]:
    """Return the fields of a form, and its files."""
    if request.content_type != "multipart/form-data":
        raise UserApiError(
            415, f"Content-Type must be multipart/form-data, got {request.content_type!r}"
        )
    check_length(request)
    fields: dict[str, str] = {}
    files: list[Upload] = []
    async for name, value in read_multipart(request):
        if isinstance(value, str):
            fields[name] = value
        elif name == "file":
            files.append(value)
    if fields.get("kind") not in _KINDS:
        raise UserApiError(400, f"kind must be one of {', '.join(_KINDS)}")
    most = 1 if fields["kind"] == "voice" else ALBUM_FILES
    if not 0 < len(files) <= most:
        raise UserApiError(400, f"send 1-{most} files in `file`, got {len(files)}")
    return fields, files
