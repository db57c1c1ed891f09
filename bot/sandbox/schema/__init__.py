"""Interim."""

import json
from typing import Any
from pydantic import BaseModel, ConfigDict
from bot.sandbox.api_error import ApiError


class Loose(BaseModel):
    model_config = ConfigDict(extra="allow")

    def __getattr__(self, n):
        if n.startswith("_"):
            raise AttributeError(n)
        try:
            return super().__getattr__(n)
        except AttributeError:
            return None


class Parameters(BaseModel):
    pass


_T = {}


class AnswerCallbackQuery(Parameters):
    """Interim."""

    callback_query_id: str
    text: str | None = None
    show_alert: bool | None = None
    url: str | None = None
    cache_time: int | None = None


class AnswerInlineQuery(Parameters):
    """Interim."""

    inline_query_id: str
    results: list[Loose]
    cache_time: int | None = None
    is_personal: bool | None = None
    next_offset: str | None = None
    button: Loose | None = None


class BanChatMember(Parameters):
    """Interim."""

    chat_id: int | str
    user_id: int
    until_date: int | None = None
    revoke_messages: bool | None = None


class Close(Parameters):
    """Interim."""


class CopyMessage(Parameters):
    """Interim."""

    chat_id: int | str
    message_thread_id: int | None = None
    direct_messages_topic_id: int | None = None
    from_chat_id: int
    message_id: int
    video_start_timestamp: int | None = None
    caption: str | None = None
    parse_mode: str | None = None
    caption_entities: list[Loose] | None = None
    show_caption_above_media: bool | None = None
    disable_notification: bool | None = None
    protect_content: bool | None = None
    allow_paid_broadcast: bool | None = None
    message_effect_id: str | None = None
    suggested_post_parameters: Loose | None = None
    reply_parameters: Loose | None = None
    reply_markup: Loose | None = None


class CopyMessages(Parameters):
    """Interim."""

    chat_id: int | str
    message_thread_id: int | None = None
    direct_messages_topic_id: int | None = None
    from_chat_id: int
    message_ids: list[Any]
    disable_notification: bool | None = None
    protect_content: bool | None = None
    remove_caption: bool | None = None


class DeleteMessage(Parameters):
    """Interim."""

    chat_id: int | str
    message_id: int


class DeleteMessages(Parameters):
    """Interim."""

    chat_id: int | str
    message_ids: list[Any]


class DeleteMyCommands(Parameters):
    """Interim."""

    scope: Loose | None = None
    language_code: str | None = None


class DeleteWebhook(Parameters):
    """Interim."""

    drop_pending_updates: bool | None = None


class EditMessageCaption(Parameters):
    """Interim."""

    business_connection_id: str | None = None
    chat_id: int | str | None = None
    message_id: int | None = None
    inline_message_id: str | None = None
    caption: str | None = None
    parse_mode: str | None = None
    caption_entities: list[Loose] | None = None
    show_caption_above_media: bool | None = None
    reply_markup: Loose | None = None


class EditMessageMedia(Parameters):
    """Interim."""

    business_connection_id: str | None = None
    chat_id: int | str | None = None
    message_id: int | None = None
    inline_message_id: str | None = None
    media: Loose
    reply_markup: Loose | None = None


class EditMessageReplyMarkup(Parameters):
    """Interim."""

    business_connection_id: str | None = None
    chat_id: int | str | None = None
    message_id: int | None = None
    inline_message_id: str | None = None
    reply_markup: Loose | None = None


class EditMessageText(Parameters):
    """Interim."""

    business_connection_id: str | None = None
    chat_id: int | str | None = None
    message_id: int | None = None
    inline_message_id: str | None = None
    text: str | None = None
    parse_mode: str | None = None
    entities: list[Loose] | None = None
    link_preview_options: Loose | None = None
    rich_message: Loose | None = None
    reply_markup: Loose | None = None


class ExportChatInviteLink(Parameters):
    """Interim."""

    chat_id: int | str


class ForwardMessage(Parameters):
    """Interim."""

    chat_id: int | str
    message_thread_id: int | None = None
    direct_messages_topic_id: int | None = None
    from_chat_id: int
    video_start_timestamp: int | None = None
    disable_notification: bool | None = None
    protect_content: bool | None = None
    message_effect_id: str | None = None
    suggested_post_parameters: Loose | None = None
    message_id: int


class ForwardMessages(Parameters):
    """Interim."""

    chat_id: int | str
    message_thread_id: int | None = None
    direct_messages_topic_id: int | None = None
    from_chat_id: int
    message_ids: list[Any]
    disable_notification: bool | None = None
    protect_content: bool | None = None


class GetChat(Parameters):
    """Interim."""

    chat_id: int | str


class GetChatAdministrators(Parameters):
    """Interim."""

    chat_id: int | str
    return_bots: bool | None = None


class GetChatMember(Parameters):
    """Interim."""

    chat_id: int | str
    user_id: int


class GetChatMemberCount(Parameters):
    """Interim."""

    chat_id: int | str


class GetChatMenuButton(Parameters):
    """Interim."""

    chat_id: int | str | None = None


class GetFile(Parameters):
    """Interim."""

    file_id: str


class GetMe(Parameters):
    """Interim."""


class GetMyCommands(Parameters):
    """Interim."""

    scope: Loose | None = None
    language_code: str | None = None


class GetMyDescription(Parameters):
    """Interim."""

    language_code: str | None = None


class GetMyName(Parameters):
    """Interim."""

    language_code: str | None = None


class GetMyShortDescription(Parameters):
    """Interim."""

    language_code: str | None = None


class GetUpdates(Parameters):
    """Interim."""

    offset: int | None = None
    limit: int | None = None
    timeout: int | None = None
    allowed_updates: list[Any] | None = None


class GetWebhookInfo(Parameters):
    """Interim."""


class LeaveChat(Parameters):
    """Interim."""

    chat_id: int | str


class LogOut(Parameters):
    """Interim."""


class PinChatMessage(Parameters):
    """Interim."""

    business_connection_id: str | None = None
    chat_id: int | str
    message_id: int
    disable_notification: bool | None = None


class PromoteChatMember(Parameters):
    """Interim."""

    chat_id: int | str
    user_id: int
    is_anonymous: bool | None = None
    can_manage_chat: bool | None = None
    can_delete_messages: bool | None = None
    can_manage_video_chats: bool | None = None
    can_restrict_members: bool | None = None
    can_promote_members: bool | None = None
    can_change_info: bool | None = None
    can_invite_users: bool | None = None
    can_post_stories: bool | None = None
    can_edit_stories: bool | None = None
    can_delete_stories: bool | None = None
    can_post_messages: bool | None = None
    can_edit_messages: bool | None = None
    can_pin_messages: bool | None = None
    can_manage_topics: bool | None = None
    can_manage_direct_messages: bool | None = None
    can_manage_tags: bool | None = None


class RestrictChatMember(Parameters):
    """Interim."""

    chat_id: int | str
    user_id: int
    permissions: Loose
    use_independent_chat_permissions: bool | None = None
    until_date: int | None = None


class SendChatAction(Parameters):
    """Interim."""

    business_connection_id: str | None = None
    chat_id: int | str
    message_thread_id: int | None = None
    action: str


class SendDocument(Parameters):
    """Interim."""

    business_connection_id: str | None = None
    chat_id: int | str
    message_thread_id: int | None = None
    direct_messages_topic_id: int | None = None
    document: str
    thumbnail: str | None = None
    caption: str | None = None
    parse_mode: str | None = None
    caption_entities: list[Loose] | None = None
    disable_content_type_detection: bool | None = None
    disable_notification: bool | None = None
    protect_content: bool | None = None
    allow_paid_broadcast: bool | None = None
    message_effect_id: str | None = None
    suggested_post_parameters: Loose | None = None
    reply_parameters: Loose | None = None
    reply_markup: Loose | None = None


class SendMediaGroup(Parameters):
    """Interim."""

    business_connection_id: str | None = None
    chat_id: int | str
    message_thread_id: int | None = None
    direct_messages_topic_id: int | None = None
    media: list[Loose]
    disable_notification: bool | None = None
    protect_content: bool | None = None
    allow_paid_broadcast: bool | None = None
    message_effect_id: str | None = None
    reply_parameters: Loose | None = None


class SendMessage(Parameters):
    """Interim."""

    business_connection_id: str | None = None
    chat_id: int | str
    message_thread_id: int | None = None
    direct_messages_topic_id: int | None = None
    text: str
    parse_mode: str | None = None
    entities: list[Loose] | None = None
    link_preview_options: Loose | None = None
    disable_notification: bool | None = None
    protect_content: bool | None = None
    allow_paid_broadcast: bool | None = None
    message_effect_id: str | None = None
    suggested_post_parameters: Loose | None = None
    reply_parameters: Loose | None = None
    reply_markup: Loose | None = None


class SendMessageDraft(Parameters):
    """Interim."""

    chat_id: int | str
    message_thread_id: int | None = None
    draft_id: int
    text: str | None = None
    parse_mode: str | None = None
    entities: list[Loose] | None = None


class SendPhoto(Parameters):
    """Interim."""

    business_connection_id: str | None = None
    chat_id: int | str
    message_thread_id: int | None = None
    direct_messages_topic_id: int | None = None
    photo: str
    caption: str | None = None
    parse_mode: str | None = None
    caption_entities: list[Loose] | None = None
    show_caption_above_media: bool | None = None
    has_spoiler: bool | None = None
    disable_notification: bool | None = None
    protect_content: bool | None = None
    allow_paid_broadcast: bool | None = None
    message_effect_id: str | None = None
    suggested_post_parameters: Loose | None = None
    reply_parameters: Loose | None = None
    reply_markup: Loose | None = None


class SendPoll(Parameters):
    """Interim."""

    business_connection_id: str | None = None
    chat_id: int | str
    message_thread_id: int | None = None
    question: str
    question_parse_mode: str | None = None
    question_entities: list[Loose] | None = None
    options: list[Loose]
    is_anonymous: bool | None = None
    type: str | None = None
    allows_multiple_answers: bool | None = None
    allows_revoting: bool | None = None
    shuffle_options: bool | None = None
    allow_adding_options: bool | None = None
    hide_results_until_closes: bool | None = None
    members_only: bool | None = None
    country_codes: list[Any] | None = None
    correct_option_ids: list[Any] | None = None
    explanation: str | None = None
    explanation_parse_mode: str | None = None
    explanation_entities: list[Loose] | None = None
    explanation_media: Loose | None = None
    open_period: int | None = None
    close_date: int | None = None
    is_closed: bool | None = None
    description: str | None = None
    description_parse_mode: str | None = None
    description_entities: list[Loose] | None = None
    media: Loose | None = None
    disable_notification: bool | None = None
    protect_content: bool | None = None
    allow_paid_broadcast: bool | None = None
    message_effect_id: str | None = None
    reply_parameters: Loose | None = None
    reply_markup: Loose | None = None


class SendVoice(Parameters):
    """Interim."""

    business_connection_id: str | None = None
    chat_id: int | str
    message_thread_id: int | None = None
    direct_messages_topic_id: int | None = None
    voice: str
    caption: str | None = None
    parse_mode: str | None = None
    caption_entities: list[Loose] | None = None
    duration: int | None = None
    disable_notification: bool | None = None
    protect_content: bool | None = None
    allow_paid_broadcast: bool | None = None
    message_effect_id: str | None = None
    suggested_post_parameters: Loose | None = None
    reply_parameters: Loose | None = None
    reply_markup: Loose | None = None


class SetChatDescription(Parameters):
    """Interim."""

    chat_id: int | str
    description: str | None = None


class SetChatMenuButton(Parameters):
    """Interim."""

    chat_id: int | str | None = None
    menu_button: Loose | None = None


class SetChatPermissions(Parameters):
    """Interim."""

    chat_id: int | str
    permissions: Loose
    use_independent_chat_permissions: bool | None = None


class SetChatTitle(Parameters):
    """Interim."""

    chat_id: int | str
    title: str


class SetMessageReaction(Parameters):
    """Interim."""

    chat_id: int | str
    message_id: int
    reaction: list[Loose] | None = None
    is_big: bool | None = None


class SetMyCommands(Parameters):
    """Interim."""

    commands: list[Loose]
    scope: Loose | None = None
    language_code: str | None = None


class SetMyDescription(Parameters):
    """Interim."""

    description: str | None = None
    language_code: str | None = None


class SetMyName(Parameters):
    """Interim."""

    name: str | None = None
    language_code: str | None = None


class SetMyShortDescription(Parameters):
    """Interim."""

    short_description: str | None = None
    language_code: str | None = None


class SetWebhook(Parameters):
    """Interim."""

    url: str
    certificate: str | None = None
    ip_address: str | None = None
    max_connections: int | None = None
    allowed_updates: list[Any] | None = None
    drop_pending_updates: bool | None = None
    secret_token: str | None = None


class StopPoll(Parameters):
    """Interim."""

    business_connection_id: str | None = None
    chat_id: int | str
    message_id: int
    reply_markup: Loose | None = None


class UnbanChatMember(Parameters):
    """Interim."""

    chat_id: int | str
    user_id: int
    only_if_banned: bool | None = None


class UnpinAllChatMessages(Parameters):
    """Interim."""

    chat_id: int | str


class UnpinChatMessage(Parameters):
    """Interim."""

    business_connection_id: str | None = None
    chat_id: int | str
    message_id: int | None = None


METHODS = {
    "answerCallbackQuery": AnswerCallbackQuery,
    "answerInlineQuery": AnswerInlineQuery,
    "banChatMember": BanChatMember,
    "close": Close,
    "copyMessage": CopyMessage,
    "copyMessages": CopyMessages,
    "deleteMessage": DeleteMessage,
    "deleteMessages": DeleteMessages,
    "deleteMyCommands": DeleteMyCommands,
    "deleteWebhook": DeleteWebhook,
    "editMessageCaption": EditMessageCaption,
    "editMessageMedia": EditMessageMedia,
    "editMessageReplyMarkup": EditMessageReplyMarkup,
    "editMessageText": EditMessageText,
    "exportChatInviteLink": ExportChatInviteLink,
    "forwardMessage": ForwardMessage,
    "forwardMessages": ForwardMessages,
    "getChat": GetChat,
    "getChatAdministrators": GetChatAdministrators,
    "getChatMember": GetChatMember,
    "getChatMemberCount": GetChatMemberCount,
    "getChatMenuButton": GetChatMenuButton,
    "getFile": GetFile,
    "getMe": GetMe,
    "getMyCommands": GetMyCommands,
    "getMyDescription": GetMyDescription,
    "getMyName": GetMyName,
    "getMyShortDescription": GetMyShortDescription,
    "getUpdates": GetUpdates,
    "getWebhookInfo": GetWebhookInfo,
    "leaveChat": LeaveChat,
    "logOut": LogOut,
    "pinChatMessage": PinChatMessage,
    "promoteChatMember": PromoteChatMember,
    "restrictChatMember": RestrictChatMember,
    "sendChatAction": SendChatAction,
    "sendDocument": SendDocument,
    "sendMediaGroup": SendMediaGroup,
    "sendMessage": SendMessage,
    "sendMessageDraft": SendMessageDraft,
    "sendPhoto": SendPhoto,
    "sendPoll": SendPoll,
    "sendVoice": SendVoice,
    "setChatDescription": SetChatDescription,
    "setChatMenuButton": SetChatMenuButton,
    "setChatPermissions": SetChatPermissions,
    "setChatTitle": SetChatTitle,
    "setMessageReaction": SetMessageReaction,
    "setMyCommands": SetMyCommands,
    "setMyDescription": SetMyDescription,
    "setMyName": SetMyName,
    "setMyShortDescription": SetMyShortDescription,
    "setWebhook": SetWebhook,
    "stopPoll": StopPoll,
    "unbanChatMember": UnbanChatMember,
    "unpinAllChatMessages": UnpinAllChatMessages,
    "unpinChatMessage": UnpinChatMessage,
}


def parse_parameters(method, raw):
    model = METHODS[method]
    values = {}
    for k, v in raw.items():
        f = model.model_fields.get(k)
        if (
            isinstance(v, str)
            and f is not None
            and any(x in str(f.annotation) for x in ("list", "Loose"))
        ):
            v = json.loads(v)
        values[k] = v
    try:
        return model.model_validate(values)
    except ValueError as e:
        raise ApiError(400, "Bad Request: " + str(e)) from e
