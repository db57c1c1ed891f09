"""Sending photos, other files and albums, and downloading files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.sandbox.api_error import ApiError
from bot.sandbox.json_object import without_none
from bot.sandbox.limits import ALBUM_FILES, DOWNLOAD_BYTES
from bot.sandbox.media import file_content, media_content
from bot.sandbox.message_texts import caption_content
from bot.sandbox.methods.outgoing import outgoing
from bot.sandbox.methods.registry import Call, handles
from bot.sandbox.schema import (
    GetFile,
    SendAnimation,
    SendAudio,
    SendDocument,
    SendMediaGroup,
    SendPhoto,
    SendSticker,
    SendVideo,
    SendVoice,
)

if TYPE_CHECKING:
    from bot.sandbox.json_object import Json


@handles(SendPhoto)
async def send_photo(call: Call[SendPhoto]) -> Json:
    """Send a photo."""
    asked = call.parameters
    content = caption_content(asked.caption, asked.parse_mode, asked.caption_entities)
    if asked.show_caption_above_media:
        content["show_caption_above_media"] = True
    if asked.has_spoiler:
        content["has_media_spoiler"] = True
    photo = await file_content(call.world.files, "photo", asked.photo, call.uploads)
    return outgoing(call.world, asked).send({**photo, **content}).json()


@handles(SendDocument)
async def send_document(call: Call[SendDocument]) -> Json:
    """Send a file."""
    asked = call.parameters
    content = caption_content(asked.caption, asked.parse_mode, asked.caption_entities)
    file = await file_content(call.world.files, "document", asked.document, call.uploads)
    return outgoing(call.world, asked).send({**file, **content}).json()


@handles(SendVoice)
async def send_voice(call: Call[SendVoice]) -> Json:
    """Send a voice message."""
    asked = call.parameters
    content = caption_content(asked.caption, asked.parse_mode, asked.caption_entities)
    file = await file_content(call.world.files, "voice", asked.voice, call.uploads)
    if asked.duration is not None:
        file["voice"]["duration"] = asked.duration
    return outgoing(call.world, asked).send({**file, **content}).json()


@handles(SendAudio)
async def send_audio(call: Call[SendAudio]) -> Json:
    """Send music."""
    asked = call.parameters
    content = caption_content(asked.caption, asked.parse_mode, asked.caption_entities)
    file = await file_content(call.world.files, "audio", asked.audio, call.uploads)
    said = {"duration": asked.duration, "performer": asked.performer, "title": asked.title}
    file["audio"] |= without_none(said)
    return outgoing(call.world, asked).send({**file, **content}).json()


@handles(SendVideo)
async def send_video(call: Call[SendVideo]) -> Json:
    """Send a video."""
    asked = call.parameters
    file = await file_content(call.world.files, "video", asked.video, call.uploads)
    return _send_moving(call, "video", file)


@handles(SendAnimation)
async def send_animation(call: Call[SendAnimation]) -> Json:
    """Send a video without sound that plays over and over."""
    asked = call.parameters
    file = await file_content(call.world.files, "animation", asked.animation, call.uploads)
    file["document"] = {
        name: value
        for name, value in file["animation"].items()
        if name not in {"duration", "width", "height"}
    }
    return _send_moving(call, "animation", file)


def _send_moving(call: Call[SendVideo] | Call[SendAnimation], kind: str, file: Json) -> Json:
    asked = call.parameters
    content = caption_content(asked.caption, asked.parse_mode, asked.caption_entities)
    said = {"duration": asked.duration, "width": asked.width, "height": asked.height}
    file[kind] |= without_none(said)
    if asked.show_caption_above_media:
        content["show_caption_above_media"] = True
    if asked.has_spoiler:
        content["has_media_spoiler"] = True
    return outgoing(call.world, asked).send({**file, **content}).json()


@handles(SendSticker)
async def send_sticker(call: Call[SendSticker]) -> Json:
    """Send a sticker: a file of its own, in no set."""
    asked = call.parameters
    file = await file_content(call.world.files, "sticker", asked.sticker, call.uploads)
    shown = {name: file["sticker"][name] for name in ("file_id", "file_unique_id", "file_size")}
    shown |= {"type": "regular", "width": 512, "height": 512}
    shown |= {"is_animated": False, "is_video": False}
    shown |= without_none({"emoji": asked.emoji})
    return outgoing(call.world, asked).send({"sticker": shown}).json()


@handles(SendMediaGroup)
async def send_media_group(call: Call[SendMediaGroup]) -> list[Json]:
    """Send 2-10 photos or documents as an album."""
    asked, world = call.parameters, call.world
    if not ALBUM_FILES[0] <= len(asked.media) <= ALBUM_FILES[1]:
        raise ApiError(400, "Bad Request: an album must have 2-10 files")
    kinds = {item.type for item in asked.media}
    if len(kinds) > 1 and not kinds <= {"photo", "video"}:
        raise ApiError(400, "Bad Request: documents and audio can't be mixed with other media")
    contents = [await media_content(world.files, item, call.uploads) for item in asked.media]
    place = outgoing(world, asked, len(contents))
    album = str(13_000_000_000_000_000 + world.number())
    return [place.send(content, media_group_id=album).json() for content in contents]


@handles(GetFile)
async def get_file(call: Call[GetFile]) -> Json:
    """Return where a file can be downloaded."""
    file = call.world.files.by_id(call.parameters.file_id)
    if len(file.content) > DOWNLOAD_BYTES:
        raise ApiError(400, "Bad Request: file is too big")
    return {**file.json(), "file_path": file.path}
