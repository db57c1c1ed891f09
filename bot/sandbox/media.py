"""Media of the bot's messages: uploads, `attach://` and files sent before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.sandbox.errors import bad_request
from bot.sandbox.parsing import ATTACHED
from bot.sandbox.photos import add_photo

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.sandbox.files import FileKind, FileStore
    from bot.sandbox.request_parameters import Upload
    from bot.sandbox.values import Json

_ADDRESSES = ("http://", "https://")


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
