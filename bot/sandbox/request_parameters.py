"""Reads a Bot API request: query string, form, multipart or JSON, as Telegram takes them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

from aiohttp import BodyPartReader, web
from aiohttp.http import HttpProcessingError

from bot.sandbox.errors import ApiError, bad_request
from bot.sandbox.limits import UPLOAD_BYTES
from bot.sandbox.values import parse_json

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from aiohttp import MultipartReader

BODY_BYTES = UPLOAD_BYTES + 1024 * 1024
"""Largest body: a file of the largest size, and the fields around it."""

_MOST_PARTS = 256
_CHUNK = 64 * 1024


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that came with a request; its name is the sender's and not to be trusted."""

    name: str
    content: bytes
    mime_type: str


@dataclass(frozen=True, slots=True)
class RawCall:
    """A call as it came: values (texts, or JSON values of a JSON body) and files, by field."""

    values: dict[str, object] = field(default_factory=dict)
    uploads: dict[str, Upload] = field(default_factory=dict)

    def shown(self) -> dict[str, object]:
        """Return the values for the log of calls: JSON as JSON, and files by their names."""
        values = {name: _json_or_text(value) for name, value in self.values.items()}
        return {**values, **{name: f"<{file.name}>" for name, file in self.uploads.items()}}


async def read_call(request: web.Request) -> RawCall:
    """Return what a request brings along; ApiError 400, 413 or 415 when it can't be read."""
    call = RawCall(dict(request.query))
    if request.can_read_body:
        check_length(request)
        if request.content_type == "application/json":
            call.values.update(await _json_body(request))
        elif request.content_type == "application/x-www-form-urlencoded":
            await _read_form(request, call)
        elif request.content_type == "multipart/form-data":
            async for name, value in read_multipart(request):
                if isinstance(value, Upload):
                    call.uploads[name] = value
                else:
                    call.values[name] = value
        elif await request.read():
            raise ApiError(415, "Unsupported Media Type")
    return call


def check_length(request: web.Request) -> None:
    """Refuse a body that announces itself as too large, before a byte of it is read."""
    if (request.content_length or 0) > BODY_BYTES:
        raise ApiError(413, "Request Entity Too Large")


def _json_or_text(value: object) -> object:
    if not isinstance(value, str):
        return value
    try:
        return parse_json(value)
    except ValueError:
        return value


async def _json_body(request: web.Request) -> dict[str, object]:
    body = await request.read()
    try:
        values = parse_json(body) if body else {}
    except ValueError as error:
        raise bad_request("can't parse request body as a JSON object") from error
    if not isinstance(values, dict):
        raise bad_request("expected a JSON object")
    return values


async def _read_form(request: web.Request, call: RawCall) -> None:
    try:
        body = (await request.read()).decode()
        fields = parse_qsl(
            body, keep_blank_values=True, errors="strict", max_num_fields=_MOST_PARTS
        )
    except ValueError as error:
        raise bad_request("can't parse request parameters") from error
    call.values.update(fields)


async def read_multipart(request: web.Request) -> AsyncIterator[tuple[str, str | Upload]]:
    """Yield the fields and files of a multipart body; ApiError 400 or 413 when it can't be read."""
    room = BODY_BYTES
    try:
        async for name, part in _parts(await request.multipart()):
            content = await _content(part, room)
            room -= len(content)
            if part.filename is None:
                yield name, content.decode()
            else:
                mime_type = part.headers.get("Content-Type", "").partition(";")[0].strip()
                yield name, Upload(part.filename, content, mime_type)
    except (ValueError, HttpProcessingError, AssertionError) as error:
        raise bad_request("can't parse the multipart body") from error


async def _parts(reader: MultipartReader) -> AsyncIterator[tuple[str, BodyPartReader]]:
    count = 0
    while (part := await reader.next()) is not None:
        count += 1
        if count > _MOST_PARTS:
            raise ValueError(f"a body must have at most {_MOST_PARTS} parts")
        if not isinstance(part, BodyPartReader) or part.name is None:
            raise ValueError("every part must be a field with a name")
        yield part.name, part
    if not reader.at_eof():
        raise ValueError("the last boundary is missing")


async def _content(part: BodyPartReader, room: int) -> bytes:
    content = bytearray()
    while chunk := await part.read_chunk(_CHUNK):
        content += chunk
        if len(content) > room:
            raise ApiError(413, "Request Entity Too Large")
    return bytes(content)
