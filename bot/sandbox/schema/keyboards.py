"""Keyboards under messages and in place of the phone's own."""

from bot.sandbox.schema.base import ApiObject, JsonObject


class WebAppInfo(ApiObject):
    """The Bot API's `WebAppInfo`."""

    url: str


class LoginUrl(ApiObject):
    """The Bot API's `LoginUrl`."""

    url: str
    forward_text: str | None = None
    bot_username: str | None = None
    request_write_access: bool | None = None


class SwitchInlineQueryChosenChat(ApiObject):
    """The Bot API's `SwitchInlineQueryChosenChat`."""

    query: str | None = None
    allow_user_chats: bool | None = None
    allow_bot_chats: bool | None = None
    allow_group_chats: bool | None = None
    allow_channel_chats: bool | None = None


class CopyTextButton(ApiObject):
    """The Bot API's `CopyTextButton`."""

    text: str


class InlineKeyboardButton(ApiObject):
    """The Bot API's `InlineKeyboardButton`."""

    text: str
    icon_custom_emoji_id: str | None = None
    style: str | None = None
    url: str | None = None
    callback_data: str | None = None
    web_app: WebAppInfo | None = None
    login_url: LoginUrl | None = None
    switch_inline_query: str | None = None
    switch_inline_query_current_chat: str | None = None
    switch_inline_query_chosen_chat: SwitchInlineQueryChosenChat | None = None
    copy_text: CopyTextButton | None = None
    callback_game: JsonObject | None = None
    pay: bool | None = None


class InlineKeyboardMarkup(ApiObject):
    """The Bot API's `InlineKeyboardMarkup`."""

    inline_keyboard: list[list[InlineKeyboardButton]]


class KeyboardButtonPollType(ApiObject):
    """The Bot API's `KeyboardButtonPollType`."""

    type: str | None = None


class KeyboardButton(ApiObject):
    """The Bot API's `KeyboardButton`."""

    text: str
    icon_custom_emoji_id: str | None = None
    style: str | None = None
    request_users: JsonObject | None = None
    request_chat: JsonObject | None = None
    request_managed_bot: JsonObject | None = None
    request_contact: bool | None = None
    request_location: bool | None = None
    request_poll: KeyboardButtonPollType | None = None
    web_app: WebAppInfo | None = None


class ReplyKeyboardMarkup(ApiObject):
    """The Bot API's `ReplyKeyboardMarkup`."""

    keyboard: list[list[KeyboardButton]]
    is_persistent: bool | None = None
    resize_keyboard: bool | None = None
    one_time_keyboard: bool | None = None
    input_field_placeholder: str | None = None
    selective: bool | None = None


class ReplyKeyboardRemove(ApiObject):
    """The Bot API's `ReplyKeyboardRemove`."""

    remove_keyboard: bool
    selective: bool | None = None


class ForceReply(ApiObject):
    """The Bot API's `ForceReply`."""

    force_reply: bool
    input_field_placeholder: str | None = None
    selective: bool | None = None


ReplyMarkup = InlineKeyboardMarkup | ReplyKeyboardMarkup | ReplyKeyboardRemove | ForceReply
