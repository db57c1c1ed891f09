"""Changing, deleting, pinning and answering what is there already."""

from typing import Annotated, Literal

from pydantic import Field

from bot.sandbox.schema.base import ApiObject, ChatId, JsonObject, Parameters
from bot.sandbox.schema.keyboards import InlineKeyboardMarkup
from bot.sandbox.schema.media import InputMedia
from bot.sandbox.schema.texts import LinkPreviewOptions, MessageEntity


class ReactionTypeEmoji(ApiObject):
    """The Bot API's `ReactionTypeEmoji`."""

    type: Literal["emoji"]
    emoji: str


class ReactionTypeCustomEmoji(ApiObject):
    """The Bot API's `ReactionTypeCustomEmoji`."""

    type: Literal["custom_emoji"]
    custom_emoji_id: str


class ReactionTypePaid(ApiObject):
    """The Bot API's `ReactionTypePaid`."""

    type: Literal["paid"]


ReactionType = Annotated[
    ReactionTypeEmoji | ReactionTypeCustomEmoji | ReactionTypePaid,
    Field(discriminator="type"),
]


class EditMessageText(Parameters):
    """What `editMessageText` takes."""

    business_connection_id: str | None = None
    chat_id: ChatId | None = None
    message_id: int | None = None
    inline_message_id: str | None = None
    text: str | None = None
    parse_mode: str | None = None
    entities: list[MessageEntity] | None = None
    link_preview_options: LinkPreviewOptions | None = None
    rich_message: JsonObject | None = None
    reply_markup: InlineKeyboardMarkup | None = None


class EditMessageCaption(Parameters):
    """What `editMessageCaption` takes."""

    business_connection_id: str | None = None
    chat_id: ChatId | None = None
    message_id: int | None = None
    inline_message_id: str | None = None
    caption: str | None = None
    parse_mode: str | None = None
    caption_entities: list[MessageEntity] | None = None
    show_caption_above_media: bool | None = None
    reply_markup: InlineKeyboardMarkup | None = None


class EditMessageMedia(Parameters):
    """What `editMessageMedia` takes."""

    media: InputMedia
    business_connection_id: str | None = None
    chat_id: ChatId | None = None
    message_id: int | None = None
    inline_message_id: str | None = None
    reply_markup: InlineKeyboardMarkup | None = None


class EditMessageReplyMarkup(Parameters):
    """What `editMessageReplyMarkup` takes."""

    business_connection_id: str | None = None
    chat_id: ChatId | None = None
    message_id: int | None = None
    inline_message_id: str | None = None
    reply_markup: InlineKeyboardMarkup | None = None


class StopPoll(Parameters):
    """What `stopPoll` takes."""

    chat_id: ChatId
    message_id: int
    business_connection_id: str | None = None
    reply_markup: InlineKeyboardMarkup | None = None


class SetMessageReaction(Parameters):
    """What `setMessageReaction` takes."""

    chat_id: ChatId
    message_id: int
    reaction: list[ReactionType] | None = None
    is_big: bool | None = None


class DeleteMessage(Parameters):
    """What `deleteMessage` takes."""

    chat_id: ChatId
    message_id: int


class DeleteMessages(Parameters):
    """What `deleteMessages` takes."""

    chat_id: ChatId
    message_ids: list[int]


class PinChatMessage(Parameters):
    """What `pinChatMessage` takes."""

    chat_id: ChatId
    message_id: int
    business_connection_id: str | None = None
    disable_notification: bool | None = None


class UnpinChatMessage(Parameters):
    """What `unpinChatMessage` takes."""

    chat_id: ChatId
    business_connection_id: str | None = None
    message_id: int | None = None


class UnpinAllChatMessages(Parameters):
    """What `unpinAllChatMessages` takes."""

    chat_id: ChatId


class AnswerCallbackQuery(Parameters):
    """What `answerCallbackQuery` takes."""

    callback_query_id: str
    text: str | None = None
    show_alert: bool | None = None
    url: str | None = None
    cache_time: int | None = None
