"""Photos and documents of messages: uploads, `attach://` and files sent before.

A photo is kept in the sizes that Telegram makes of it.
"""

from __future__ import annotations

import asyncio
import io
from typing import TYPE_CHECKING

from bot.sandbox.errors import bad_request
from bot.sandbox.limits import PHOTO_BYTES, PHOTO_SIDES_RATIO, PHOTO_SIDES_TOGETHER
from bot.sandbox.parsing import ATTACHED

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.sandbox.files import FileKind, FileStore
    from bot.sandbox.request_parameters import Upload
    from bot.sandbox.values import Json

_ADDRESSES = ("http://", "https://")
_LONGER_SIDES = (90, 320, 800, 1280)
"""Telegram's sizes s, m, x and y."""


async def file_content(
    files: FileStore, kind: FileKind, given: str, uploads: Mapping[str, Upload]
) -> Json:
    """Return a photo or document as a message's content, under the name of its kind.

    `given` is `attach://<part>` or the `file_id` of a file sent before. ApiError 400 for anything
    else; addresses too, as the sandbox fetches nothing.
    """
    if given.lower().startswith(_ADDRESSES):
        raise bad_request("failed to get HTTP URL content")
    if not given.startswith(ATTACHED):
        return known_file(files, kind, given)
    upload = uploads.get(given.removeprefix(ATTACHED))
    if upload is None:
        raise bad_request("file is not attached to the request")
    if kind == "photo":
        return {"photo": await add_photo(files, upload.content)}
    if not upload.content:
        raise bad_request("file must be non-empty")
    file = files.add(kind, upload.content, upload.name, upload.mime_type or None)
    return {kind: file.named_json()}


def known_file(files: FileStore, kind: FileKind, file_id: str) -> Json:
    """Return a photo or document sent before as a message's content; ApiError 400 for others."""
    file = files.by_id(file_id)
    if file.kind != kind:
        raise bad_request(f"can't use file of type {file.kind.title()} as {kind.title()}")
    return {kind: files.photo_sizes(file) if kind == "photo" else file.named_json()}


async def add_photo(files: FileStore, content: bytes) -> list[Json]:
    """Keep a photo in Telegram's sizes and return its `PhotoSize` objects, smallest first.

    ApiError 400 for what is no picture, or one that Telegram does not take as a photo.
    """
    if not content:
        raise bad_request("file must be non-empty")
    if len(content) > PHOTO_BYTES:
        size = len(content)
        raise bad_request(f"file of size {size} bytes is too big for a photo")
    pictures = await asyncio.to_thread(_resized, content)
    sizes = []
    for width, height, jpeg in pictures:
        file = files.add("photo", jpeg, "photo.jpg", "image/jpeg")
        sizes.append({**file.json(), "width": width, "height": height})
    files.remember_photo(sizes)
    return sizes


def _resized(content: bytes) -> list[tuple[int, int, bytes]]:
    """Return a picture in all sizes: width, height and JPEG of each."""
    from PIL import Image, UnidentifiedImageError  # noqa: PLC0415 (heavy)

    try:
        with Image.open(io.BytesIO(content), formats=("JPEG", "PNG", "GIF", "WEBP")) as opened:
            width, height = opened.size
            if width + height > PHOTO_SIDES_TOGETHER or max(
                width, height
            ) > PHOTO_SIDES_RATIO * min(width, height):
                raise bad_request("PHOTO_INVALID_DIMENSIONS")
            picture = opened.convert("RGB")
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        raise bad_request("IMAGE_PROCESS_FAILED") from error
    pictures = []
    longest = min(max(width, height), _LONGER_SIDES[-1])
    for side in [*(side for side in _LONGER_SIDES if side < longest), longest]:
        smaller = picture.copy()
        smaller.thumbnail((side, side))
        written = io.BytesIO()
        smaller.save(written, "JPEG", quality=87)
        pictures.append((*smaller.size, written.getvalue()))
    return pictures
