"""Inline mode: results and their answer."""

from typing import Literal

from bot.sandbox.schema.base import ApiObject, Parameters
from bot.sandbox.schema.inline_content import InputMessageContent
from bot.sandbox.schema.keyboards import InlineKeyboardMarkup, WebAppInfo
from bot.sandbox.schema.texts import MessageEntity


class InlineQueryResultArticle(ApiObject):
    """The Bot API's `InlineQueryResultArticle`."""

    type: Literal["article"]
    id: str
    title: str
    input_message_content: InputMessageContent
    reply_markup: InlineKeyboardMarkup | None = None
    url: str | None = None
    description: str | None = None
    thumbnail_url: str | None = None
    thumbnail_width: int | None = None
    thumbnail_height: int | None = None


class InlineQueryResultAudio(ApiObject):
    """The Bot API's `InlineQueryResultAudio`."""

    type: Literal["audio"]
    id: str
    audio_url: str
    title: str
    caption: str | None = None
    parse_mode: str | None = None
    caption_entities: list[MessageEntity] | None = None
    performer: str | None = None
    audio_duration: int | None = None
    reply_markup: InlineKeyboardMarkup | None = None
    input_message_content: InputMessageContent | None = None


class InlineQueryResultCachedAudio(ApiObject):
    """The Bot API's `InlineQueryResultCachedAudio`."""

    type: Literal["audio"]
    id: str
    audio_file_id: str
    caption: str | None = None
    parse_mode: str | None = None
    caption_entities: list[MessageEntity] | None = None
    reply_markup: InlineKeyboardMarkup | None = None
    input_message_content: InputMessageContent | None = None


class InlineQueryResultCachedDocument(ApiObject):
    """The Bot API's `InlineQueryResultCachedDocument`."""

    type: Literal["document"]
    id: str
    title: str
    document_file_id: str
    description: str | None = None
    caption: str | None = None
    parse_mode: str | None = None
    caption_entities: list[MessageEntity] | None = None
    reply_markup: InlineKeyboardMarkup | None = None
    input_message_content: InputMessageContent | None = None


class InlineQueryResultCachedGif(ApiObject):
    """The Bot API's `InlineQueryResultCachedGif`."""

    type: Literal["gif"]
    id: str
    gif_file_id: str
    title: str | None = None
    caption: str | None = None
    parse_mode: str | None = None
    caption_entities: list[MessageEntity] | None = None
    show_caption_above_media: bool | None = None
    reply_markup: InlineKeyboardMarkup | None = None
    input_message_content: InputMessageContent | None = None


class InlineQueryResultCachedMpeg4Gif(ApiObject):
    """The Bot API's `InlineQueryResultCachedMpeg4Gif`."""

    type: Literal["mpeg4_gif"]
    id: str
    mpeg4_file_id: str
    title: str | None = None
    caption: str | None = None
    parse_mode: str | None = None
    caption_entities: list[MessageEntity] | None = None
    show_caption_above_media: bool | None = None
    reply_markup: InlineKeyboardMarkup | None = None
    input_message_content: InputMessageContent | None = None


class InlineQueryResultCachedPhoto(ApiObject):
    """The Bot API's `InlineQueryResultCachedPhoto`."""

    type: Literal["photo"]
    id: str
    photo_file_id: str
    title: str | None = None
    description: str | None = None
    caption: str | None = None
    parse_mode: str | None = None
    caption_entities: list[MessageEntity] | None = None
    show_caption_above_media: bool | None = None
    reply_markup: InlineKeyboardMarkup | None = None
    input_message_content: InputMessageContent | None = None


class InlineQueryResultCachedSticker(ApiObject):
    """The Bot API's `InlineQueryResultCachedSticker`."""

    type: Literal["sticker"]
    id: str
    sticker_file_id: str
    reply_markup: InlineKeyboardMarkup | None = None
    input_message_content: InputMessageContent | None = None


class InlineQueryResultCachedVideo(ApiObject):
    """The Bot API's `InlineQueryResultCachedVideo`."""

    type: Literal["video"]
    id: str
    video_file_id: str
    title: str
    description: str | None = None
    caption: str | None = None
    parse_mode: str | None = None
    caption_entities: list[MessageEntity] | None = None
    show_caption_above_media: bool | None = None
    reply_markup: InlineKeyboardMarkup | None = None
    input_message_content: InputMessageContent | None = None


class InlineQueryResultCachedVoice(ApiObject):
    """The Bot API's `InlineQueryResultCachedVoice`."""

    type: Literal["voice"]
    id: str
    voice_file_id: str
    title: str
    caption: str | None = None
    parse_mode: str | None = None
    caption_entities: list[MessageEntity] | None = None
    reply_markup: InlineKeyboardMarkup | None = None
    input_message_content: InputMessageContent | None = None


class InlineQueryResultContact(ApiObject):
    """The Bot API's `InlineQueryResultContact`."""

    type: Literal["contact"]
    id: str
    phone_number: str
    first_name: str
    last_name: str | None = None
    vcard: str | None = None
    reply_markup: InlineKeyboardMarkup | None = None
    input_message_content: InputMessageContent | None = None
    thumbnail_url: str | None = None
    thumbnail_width: int | None = None
    thumbnail_height: int | None = None


class InlineQueryResultDocument(ApiObject):
    """The Bot API's `InlineQueryResultDocument`."""

    type: Literal["document"]
    id: str
    title: str
    document_url: str
    mime_type: str
    caption: str | None = None
    parse_mode: str | None = None
    caption_entities: list[MessageEntity] | None = None
    description: str | None = None
    reply_markup: InlineKeyboardMarkup | None = None
    input_message_content: InputMessageContent | None = None
    thumbnail_url: str | None = None
    thumbnail_width: int | None = None
    thumbnail_height: int | None = None


class InlineQueryResultGif(ApiObject):
    """The Bot API's `InlineQueryResultGif`."""

    type: Literal["gif"]
    id: str
    gif_url: str
    thumbnail_url: str
    gif_width: int | None = None
    gif_height: int | None = None
    gif_duration: int | None = None
    thumbnail_mime_type: str | None = None
    title: str | None = None
    caption: str | None = None
    parse_mode: str | None = None
    caption_entities: list[MessageEntity] | None = None
    show_caption_above_media: bool | None = None
    reply_markup: InlineKeyboardMarkup | None = None
    input_message_content: InputMessageContent | None = None


class InlineQueryResultLocation(ApiObject):
    """The Bot API's `InlineQueryResultLocation`."""

    type: Literal["location"]
    id: str
    latitude: float
    longitude: float
    title: str
    horizontal_accuracy: float | None = None
    live_period: int | None = None
    heading: int | None = None
    proximity_alert_radius: int | None = None
    reply_markup: InlineKeyboardMarkup | None = None
    input_message_content: InputMessageContent | None = None
    thumbnail_url: str | None = None
    thumbnail_width: int | None = None
    thumbnail_height: int | None = None


class InlineQueryResultMpeg4Gif(ApiObject):
    """The Bot API's `InlineQueryResultMpeg4Gif`."""

    type: Literal["mpeg4_gif"]
    id: str
    mpeg4_url: str
    thumbnail_url: str
    mpeg4_width: int | None = None
    mpeg4_height: int | None = None
    mpeg4_duration: int | None = None
    thumbnail_mime_type: str | None = None
    title: str | None = None
    caption: str | None = None
    parse_mode: str | None = None
    caption_entities: list[MessageEntity] | None = None
    show_caption_above_media: bool | None = None
    reply_markup: InlineKeyboardMarkup | None = None
    input_message_content: InputMessageContent | None = None


class InlineQueryResultPhoto(ApiObject):
    """The Bot API's `InlineQueryResultPhoto`."""

    type: Literal["photo"]
    id: str
    photo_url: str
    thumbnail_url: str
    photo_width: int | None = None
    photo_height: int | None = None
    title: str | None = None
    description: str | None = None
    caption: str | None = None
    parse_mode: str | None = None
    caption_entities: list[MessageEntity] | None = None
    show_caption_above_media: bool | None = None
    reply_markup: InlineKeyboardMarkup | None = None
    input_message_content: InputMessageContent | None = None


class InlineQueryResultVenue(ApiObject):
    """The Bot API's `InlineQueryResultVenue`."""

    type: Literal["venue"]
    id: str
    latitude: float
    longitude: float
    title: str
    address: str
    foursquare_id: str | None = None
    foursquare_type: str | None = None
    google_place_id: str | None = None
    google_place_type: str | None = None
    reply_markup: InlineKeyboardMarkup | None = None
    input_message_content: InputMessageContent | None = None
    thumbnail_url: str | None = None
    thumbnail_width: int | None = None
    thumbnail_height: int | None = None


class InlineQueryResultVideo(ApiObject):
    """The Bot API's `InlineQueryResultVideo`."""

    type: Literal["video"]
    id: str
    video_url: str
    mime_type: str
    thumbnail_url: str
    title: str
    caption: str | None = None
    parse_mode: str | None = None
    caption_entities: list[MessageEntity] | None = None
    show_caption_above_media: bool | None = None
    video_width: int | None = None
    video_height: int | None = None
    video_duration: int | None = None
    description: str | None = None
    reply_markup: InlineKeyboardMarkup | None = None
    input_message_content: InputMessageContent | None = None


class InlineQueryResultVoice(ApiObject):
    """The Bot API's `InlineQueryResultVoice`."""

    type: Literal["voice"]
    id: str
    voice_url: str
    title: str
    caption: str | None = None
    parse_mode: str | None = None
    caption_entities: list[MessageEntity] | None = None
    voice_duration: int | None = None
    reply_markup: InlineKeyboardMarkup | None = None
    input_message_content: InputMessageContent | None = None


InlineQueryResult = (
    InlineQueryResultArticle
    | InlineQueryResultAudio
    | InlineQueryResultCachedAudio
    | InlineQueryResultCachedDocument
    | InlineQueryResultCachedGif
    | InlineQueryResultCachedMpeg4Gif
    | InlineQueryResultCachedPhoto
    | InlineQueryResultCachedSticker
    | InlineQueryResultCachedVideo
    | InlineQueryResultCachedVoice
    | InlineQueryResultContact
    | InlineQueryResultDocument
    | InlineQueryResultGif
    | InlineQueryResultLocation
    | InlineQueryResultMpeg4Gif
    | InlineQueryResultPhoto
    | InlineQueryResultVenue
    | InlineQueryResultVideo
    | InlineQueryResultVoice
)


class InlineQueryResultsButton(ApiObject):
    """The Bot API's `InlineQueryResultsButton`."""

    text: str
    web_app: WebAppInfo | None = None
    start_parameter: str | None = None


class AnswerInlineQuery(Parameters):
    """What `answerInlineQuery` takes."""

    inline_query_id: str
    results: list[InlineQueryResult]
    cache_time: int | None = None
    is_personal: bool | None = None
    next_offset: str | None = None
    button: InlineQueryResultsButton | None = None
