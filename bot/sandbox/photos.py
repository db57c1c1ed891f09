"""Photos: what Telegram takes as one, and the sizes it makes of it."""

from __future__ import annotations

import asyncio
import io
from typing import TYPE_CHECKING

from bot.sandbox.errors import bad_request
from bot.sandbox.limits import PHOTO_BYTES, PHOTO_SIDES_RATIO, PHOTO_SIDES_TOGETHER

if TYPE_CHECKING:
    from bot.sandbox.files import FileStore
    from bot.sandbox.values import Json

_LONGER_SIDES = (90, 320, 800, 1280)
"""Telegram's sizes s, m, x and y."""


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
