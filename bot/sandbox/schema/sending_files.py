"""Sending files, and getting them."""

from bot.sandbox.schema.base import ChatId, InputFile, Parameters
from bot.sandbox.schema.media import AlbumMedia
from bot.sandbox.schema.sending import Sending
from bot.sandbox.schema.texts import MessageEntity, ReplyParameters


class SendingFile(Sending):
    """What the methods that send a file with a caption have in common."""

    caption: str | None = None
    parse_mode: str | None = None
    caption_entities: list[MessageEntity] | None = None


class SendPhoto(SendingFile):
    """What `sendPhoto` takes."""

    photo: InputFile
    show_caption_above_media: bool | None = None
    has_spoiler: bool | None = None


class SendDocument(SendingFile):
    """What `sendDocument` takes."""

    document: InputFile
    thumbnail: InputFile | None = None
    disable_content_type_detection: bool | None = None


class SendVoice(SendingFile):
    """What `sendVoice` takes."""

    voice: InputFile
    duration: int | None = None


class SendAudio(SendingFile):
    """What `sendAudio` takes."""

    audio: InputFile
    duration: int | None = None
    performer: str | None = None
    title: str | None = None
    thumbnail: InputFile | None = None


class SendVideo(SendingFile):
    """What `sendVideo` takes."""

    video: InputFile
    duration: int | None = None
    width: int | None = None
    height: int | None = None
    thumbnail: InputFile | None = None
    cover: InputFile | None = None
    start_timestamp: int | None = None
    show_caption_above_media: bool | None = None
    has_spoiler: bool | None = None
    supports_streaming: bool | None = None


class SendAnimation(SendingFile):
    """What `sendAnimation` takes."""

    animation: InputFile
    duration: int | None = None
    width: int | None = None
    height: int | None = None
    thumbnail: InputFile | None = None
    show_caption_above_media: bool | None = None
    has_spoiler: bool | None = None


class SendSticker(Sending):
    """What `sendSticker` takes."""

    sticker: InputFile
    emoji: str | None = None


class SendMediaGroup(Parameters):
    """What `sendMediaGroup` takes."""

    chat_id: ChatId
    media: list[AlbumMedia]
    business_connection_id: str | None = None
    message_thread_id: int | None = None
    direct_messages_topic_id: int | None = None
    disable_notification: bool | None = None
    protect_content: bool | None = None
    allow_paid_broadcast: bool | None = None
    message_effect_id: str | None = None
    reply_parameters: ReplyParameters | None = None


class GetFile(Parameters):
    """What `getFile` takes."""

    file_id: str
