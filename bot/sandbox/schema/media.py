"""Media of albums, edits and polls."""

from typing import Annotated, Literal

from pydantic import Field

from bot.sandbox.schema.base import ApiObject, JsonObject
from bot.sandbox.schema.texts import MessageEntity


class InputMediaAnimation(ApiObject):
    """The Bot API's `InputMediaAnimation`."""

    type: Literal["animation"]
    media: str
    thumbnail: str | None = None
    caption: str | None = None
    parse_mode: str | None = None
    caption_entities: list[MessageEntity] | None = None
    show_caption_above_media: bool | None = None
    width: int | None = None
    height: int | None = None
    duration: int | None = None
    has_spoiler: bool | None = None


class InputMediaAudio(ApiObject):
    """The Bot API's `InputMediaAudio`."""

    type: Literal["audio"]
    media: str
    thumbnail: str | None = None
    caption: str | None = None
    parse_mode: str | None = None
    caption_entities: list[MessageEntity] | None = None
    duration: int | None = None
    performer: str | None = None
    title: str | None = None


class InputMediaDocument(ApiObject):
    """The Bot API's `InputMediaDocument`."""

    type: Literal["document"]
    media: str
    thumbnail: str | None = None
    caption: str | None = None
    parse_mode: str | None = None
    caption_entities: list[MessageEntity] | None = None
    disable_content_type_detection: bool | None = None


class InputMediaPhoto(ApiObject):
    """The Bot API's `InputMediaPhoto`."""

    type: Literal["photo"]
    media: str
    caption: str | None = None
    parse_mode: str | None = None
    caption_entities: list[MessageEntity] | None = None
    show_caption_above_media: bool | None = None
    has_spoiler: bool | None = None


class InputMediaVideo(ApiObject):
    """The Bot API's `InputMediaVideo`."""

    type: Literal["video"]
    media: str
    thumbnail: str | None = None
    cover: str | None = None
    start_timestamp: int | None = None
    caption: str | None = None
    parse_mode: str | None = None
    caption_entities: list[MessageEntity] | None = None
    show_caption_above_media: bool | None = None
    width: int | None = None
    height: int | None = None
    duration: int | None = None
    supports_streaming: bool | None = None
    has_spoiler: bool | None = None


class InputPollOption(ApiObject):
    """The Bot API's `InputPollOption`."""

    text: str
    text_parse_mode: str | None = None
    text_entities: list[MessageEntity] | None = None
    media: JsonObject | None = None


InputMedia = Annotated[
    InputMediaAnimation | InputMediaAudio | InputMediaDocument | InputMediaPhoto | InputMediaVideo,
    Field(discriminator="type"),
]

AlbumMedia = Annotated[
    InputMediaAudio | InputMediaDocument | InputMediaPhoto | InputMediaVideo,
    Field(discriminator="type"),
]
