"""Sending messages."""

from bot.sandbox.schema.base import ChatId, JsonObject, Parameters
from bot.sandbox.schema.keyboards import ReplyMarkup
from bot.sandbox.schema.media import InputPollOption
from bot.sandbox.schema.texts import LinkPreviewOptions, MessageEntity, ReplyParameters


class Sending(Parameters):
    """What the methods that send one message have in common."""

    chat_id: ChatId
    business_connection_id: str | None = None
    message_thread_id: int | None = None
    direct_messages_topic_id: int | None = None
    disable_notification: bool | None = None
    protect_content: bool | None = None
    allow_paid_broadcast: bool | None = None
    message_effect_id: str | None = None
    suggested_post_parameters: JsonObject | None = None
    reply_parameters: ReplyParameters | None = None
    reply_markup: ReplyMarkup | None = None


class SendMessage(Sending):
    """What `sendMessage` takes."""

    text: str
    parse_mode: str | None = None
    entities: list[MessageEntity] | None = None
    link_preview_options: LinkPreviewOptions | None = None


class ForwardMessage(Parameters):
    """What `forwardMessage` takes."""

    chat_id: ChatId
    from_chat_id: ChatId
    message_id: int
    message_thread_id: int | None = None
    direct_messages_topic_id: int | None = None
    video_start_timestamp: int | None = None
    disable_notification: bool | None = None
    protect_content: bool | None = None
    message_effect_id: str | None = None
    suggested_post_parameters: JsonObject | None = None


class ForwardMessages(Parameters):
    """What `forwardMessages` takes."""

    chat_id: ChatId
    from_chat_id: ChatId
    message_ids: list[int]
    message_thread_id: int | None = None
    direct_messages_topic_id: int | None = None
    disable_notification: bool | None = None
    protect_content: bool | None = None


class CopyMessage(Parameters):
    """What `copyMessage` takes."""

    chat_id: ChatId
    from_chat_id: ChatId
    message_id: int
    message_thread_id: int | None = None
    direct_messages_topic_id: int | None = None
    video_start_timestamp: int | None = None
    caption: str | None = None
    parse_mode: str | None = None
    caption_entities: list[MessageEntity] | None = None
    show_caption_above_media: bool | None = None
    disable_notification: bool | None = None
    protect_content: bool | None = None
    allow_paid_broadcast: bool | None = None
    message_effect_id: str | None = None
    suggested_post_parameters: JsonObject | None = None
    reply_parameters: ReplyParameters | None = None
    reply_markup: ReplyMarkup | None = None


class CopyMessages(Parameters):
    """What `copyMessages` takes."""

    chat_id: ChatId
    from_chat_id: ChatId
    message_ids: list[int]
    message_thread_id: int | None = None
    direct_messages_topic_id: int | None = None
    disable_notification: bool | None = None
    protect_content: bool | None = None
    remove_caption: bool | None = None


class SendPoll(Parameters):
    """What `sendPoll` takes."""

    chat_id: ChatId
    question: str
    options: list[InputPollOption]
    business_connection_id: str | None = None
    message_thread_id: int | None = None
    question_parse_mode: str | None = None
    question_entities: list[MessageEntity] | None = None
    is_anonymous: bool | None = None
    type: str | None = None
    allows_multiple_answers: bool | None = None
    allows_revoting: bool | None = None
    shuffle_options: bool | None = None
    allow_adding_options: bool | None = None
    hide_results_until_closes: bool | None = None
    members_only: bool | None = None
    country_codes: list[str] | None = None
    correct_option_ids: list[int] | None = None
    explanation: str | None = None
    explanation_parse_mode: str | None = None
    explanation_entities: list[MessageEntity] | None = None
    explanation_media: JsonObject | None = None
    open_period: int | None = None
    close_date: int | None = None
    is_closed: bool | None = None
    description: str | None = None
    description_parse_mode: str | None = None
    description_entities: list[MessageEntity] | None = None
    media: JsonObject | None = None
    disable_notification: bool | None = None
    protect_content: bool | None = None
    allow_paid_broadcast: bool | None = None
    message_effect_id: str | None = None
    reply_parameters: ReplyParameters | None = None
    reply_markup: ReplyMarkup | None = None


class SendLocation(Sending):
    """What `sendLocation` takes."""

    latitude: float
    longitude: float
    horizontal_accuracy: float | None = None
    live_period: int | None = None
    heading: int | None = None
    proximity_alert_radius: int | None = None


class SendContact(Sending):
    """What `sendContact` takes."""

    phone_number: str
    first_name: str
    last_name: str | None = None
    vcard: str | None = None


class SendDice(Sending):
    """What `sendDice` takes."""

    emoji: str | None = None


class SendChatAction(Parameters):
    """What `sendChatAction` takes."""

    chat_id: ChatId
    action: str
    business_connection_id: str | None = None
    message_thread_id: int | None = None


class SendMessageDraft(Parameters):
    """What `sendMessageDraft` takes."""

    chat_id: int
    draft_id: int
    message_thread_id: int | None = None
    text: str | None = None
    parse_mode: str | None = None
    entities: list[MessageEntity] | None = None
