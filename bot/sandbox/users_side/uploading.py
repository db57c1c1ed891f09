"""People sending photos, documents and voice messages, alone or as an album."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from aiohttp import web
from aiohttp.http import HttpProcessingError

from bot.sandbox.api_error import ApiError
from bot.sandbox.errors import ContentTypeError, InvalidRequestError, TooLargeError
from bot.sandbox.limits import ALBUM_FILES, PHOTO_BYTES
from bot.sandbox.photos import add_photo
from bot.sandbox.request_parameters import (
    BODY_BYTES,
    Upload,
    check_length,
    part_content,
    parts,
)
from bot.sandbox.users_side.place import place_of
from bot.sandbox.users_side.request_body import as_users_side
from bot.sandbox.users_side.writing import caption_content, say

if TYPE_CHECKING:
    from bot.sandbox.json_object import Json
    from bot.sandbox.world import World


@dataclass(slots=True)
class _Form:
    files: list[Upload] = field(default_factory=list)
    fields: dict[str, str] = field(default_factory=dict)


class UploadingRoutes:
    """Takes people's files."""

    def __init__(self, world: World) -> None:
        self._world = world

    def routes(self) -> list[web.RouteDef]:
        """Return the routes."""
        return [web.post("/users/{persona}/chats/{chat}/files", self._upload)]

    async def _upload(self, request: web.Request) -> web.Response:
        place = place_of(self._world, request)
        place.must_be_open()
        try:
            form = await _read_form(request)
            contents = [await self._content(form, file) for file in form.files]
        except ApiError as error:
            raise as_users_side(error) from error
        contents[0].update(caption_content(form.fields.get("caption")))
        reply_to = form.fields.get("reply_to_message_id")
        if reply_to is not None and not reply_to.isdecimal():
            raise InvalidRequestError("reply_to_message_id must be a number")
        album = str(self._world.number() + 13_000_000_000_000_000) if len(contents) > 1 else None
        messages = [
            say(
                self._world,
                place,
                content,
                reply_to=int(reply_to) if reply_to else None,
                media_group_id=album,
            )
            for content in contents
        ]
        return web.json_response({"messages": [m.seen_by_people() for m in messages]}, status=201)

    async def _content(self, form: _Form, file: Upload) -> Json:
        kind = form.fields.get("kind")
        if kind == "photo":
            if len(file.content) > PHOTO_BYTES:
                raise TooLargeError(f"a photo must have at most {PHOTO_BYTES} bytes")
            return {"photo": await add_photo(self._world.files, file.content)}
        if not file.content:
            raise InvalidRequestError(f"the file {file.name!r} is empty")
        if kind == "document":
            mime_type = file.mime_type or None
            stored = self._world.files.add("document", file.content, file.name, mime_type)
            return {"document": stored.named_json()}
        mime_type = file.mime_type or "audio/ogg"
        stored = self._world.files.add("voice", file.content, file.name, mime_type)
        return {"voice": {**stored.json(), "duration": 1, "mime_type": mime_type}}


async def _read_form(request: web.Request) -> _Form:
    if request.content_type != "multipart/form-data":
        raise ContentTypeError(
            f"Content-Type must be multipart/form-data, got {request.content_type!r}"
        )
    check_length(request)
    form, room = _Form(), BODY_BYTES
    try:
        async for name, part in parts(await request.multipart()):
            content = await part_content(part, room)
            room -= len(content)
            if part.filename is not None and name == "file":
                mime_type = part.headers.get("Content-Type", "").partition(";")[0].strip()
                form.files.append(Upload(part.filename, content, mime_type))
            else:
                form.fields[name] = content.decode()
    except (ValueError, HttpProcessingError, AssertionError) as error:
        raise InvalidRequestError("the multipart body can't be read") from error
    if form.fields.get("kind") not in {"photo", "document", "voice"}:
        raise InvalidRequestError("kind must be photo, document or voice")
    most = 1 if form.fields["kind"] == "voice" else ALBUM_FILES[1]
    if not 0 < len(form.files) <= most:
        raise InvalidRequestError(f"send 1-{most} files in `file`, got {len(form.files)}")
    return form
