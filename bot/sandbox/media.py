"""Media of the bot's messages: uploads, `attach://` and files sent before."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.sandbox.api_error import ApiError
from bot.sandbox.message_texts import caption_content
from bot.sandbox.photos import add_photo

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.sandbox.files import FileKind, FileStore, StoredFile
    from bot.sandbox.json_object import Json
    from bot.sandbox.request_parameters import Upload

_ATTACHED = "attach://"
_ADDRESSES = ("http://", "https://")


async def media_content(files: FileStore, media: Any, uploads: Mapping[str, Upload]) -> Json:  # noqa: ANN401
    """Return the content of an `InputMedia…` object: its file and its caption."""
    content = await file_content(files, media.type, media.media, uploads)
    content |= caption_content(media.caption, media.parse_mode, media.caption_entities)
    if getattr(media, "show_caption_above_media", None):
        content["show_caption_above_media"] = True
    if getattr(media, "has_spoiler", None):
        content["has_media_spoiler"] = True
    return content


async def file_content(
    files: FileStore, kind: FileKind, given: str, uploads: Mapping[str, Upload]
) -> Json:
    """Return a file as a message's content, under the name of its kind.

    `given` is `attach://<part>` or the `file_id` of a file sent before. ApiError 400 for anything
    else; addresses too, as the sandbox fetches nothing.
    """
    upload = _upload(given, uploads)
    if upload is None:
        file = files.by_id(given)
        if file.kind != kind:
            raise ApiError(
                400,
                f"Bad Request: can't use file of type {file.kind.title()} as {kind.title()}",
            )
        if kind == "photo":
            return {"photo": files.photo_sizes(file)}
    elif kind == "photo":
        return {"photo": await add_photo(files, upload.content)}
    else:
        if not upload.content:
            raise ApiError(400, "Bad Request: file must be non-empty")
        file = files.add(kind, upload.content, upload.name, upload.mime_type or None)
    return {kind: _file_json(file)}


def _upload(given: str, uploads: Mapping[str, Upload]) -> Upload | None:
    if given.startswith(_ATTACHED):
        try:
            return uploads[given.removeprefix(_ATTACHED)]
        except KeyError:
            raise ApiError(400, "Bad Request: file is not attached to the request") from None
    if given.lower().startswith(_ADDRESSES):
        raise ApiError(400, "Bad Request: failed to get HTTP URL content")
    return None


def _file_json(file: StoredFile) -> Json:
    shown = file.named_json()
    if file.kind in {"voice", "audio", "video", "animation"}:
        shown["duration"] = 1
    if file.kind in {"video", "animation"}:
        shown |= {"width": 640, "height": 360}
    if file.kind == "voice":
        del shown["file_name"]
    return shown
