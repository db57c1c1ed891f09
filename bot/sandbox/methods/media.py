"""Sending photos and documents, and downloading files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.sandbox.errors import bad_request
from bot.sandbox.limits import DOWNLOAD_BYTES
from bot.sandbox.media import file_content
from bot.sandbox.message_texts import caption_content
from bot.sandbox.methods.outgoing import send
from bot.sandbox.methods.registry import Call, handles

if TYPE_CHECKING:
    from bot.sandbox.files import FileKind
    from bot.sandbox.values import Json


@handles("sendPhoto")
async def send_photo(call: Call) -> Json:
    """Send a photo."""
    return await _send_file(call, "photo")


@handles("sendDocument")
async def send_document(call: Call) -> Json:
    """Send a file."""
    return await _send_file(call, "document")


async def _send_file(call: Call, kind: FileKind) -> Json:
    caption = caption_content(call.asked)
    file = await file_content(call.world.files, kind, call.asked[kind], call.uploads)
    return send(call.world, call.asked, {**file, **caption})


@handles("getFile")
async def get_file(call: Call) -> Json:
    """Return where a file can be downloaded."""
    file = call.world.files.by_id(call.asked["file_id"])
    if len(file.content) > DOWNLOAD_BYTES:
        raise bad_request("file is too big")
    return {**file.json(), "file_path": file.path}
