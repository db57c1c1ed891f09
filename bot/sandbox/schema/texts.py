"""What goes with texts: entities, link previews, replies."""

from bot.sandbox.schema.base import ApiObject, ChatId, JsonObject


class MessageEntity(ApiObject):
    """The Bot API's `MessageEntity`."""

    type: str
    offset: int
    length: int
    url: str | None = None
    user: JsonObject | None = None
    language: str | None = None
    custom_emoji_id: str | None = None
    unix_time: int | None = None
    date_time_format: str | None = None


class LinkPreviewOptions(ApiObject):
    """The Bot API's `LinkPreviewOptions`."""

    is_disabled: bool | None = None
    url: str | None = None
    prefer_small_media: bool | None = None
    prefer_large_media: bool | None = None
    show_above_text: bool | None = None


class ReplyParameters(ApiObject):
    """The Bot API's `ReplyParameters`."""

    message_id: int
    chat_id: ChatId | None = None
    allow_sending_without_reply: bool | None = None
    quote: str | None = None
    quote_parse_mode: str | None = None
    quote_entities: list[MessageEntity] | None = None
    quote_position: int | None = None
    checklist_task_id: int | None = None
    poll_option_id: str | None = None
