"""The methods that the sandbox knows, by the Bot API's name."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from bot.sandbox.schema.changing import (
    AnswerCallbackQuery,
    DeleteMessage,
    DeleteMessages,
    EditMessageCaption,
    EditMessageMedia,
    EditMessageReplyMarkup,
    EditMessageText,
    PinChatMessage,
    SetMessageReaction,
    StopPoll,
    UnpinAllChatMessages,
    UnpinChatMessage,
)
from bot.sandbox.schema.chats import (
    BanChatMember,
    GetChat,
    GetChatAdministrators,
    GetChatMember,
    GetChatMemberCount,
    LeaveChat,
    PromoteChatMember,
    RestrictChatMember,
    SetChatDescription,
    SetChatPermissions,
    SetChatTitle,
    UnbanChatMember,
)
from bot.sandbox.schema.inline import (
    AnswerInlineQuery,
)
from bot.sandbox.schema.profile import (
    Close,
    DeleteMyCommands,
    GetChatMenuButton,
    GetMe,
    GetMyCommands,
    GetMyDescription,
    GetMyName,
    GetMyShortDescription,
    LogOut,
    SetChatMenuButton,
    SetMyCommands,
    SetMyDescription,
    SetMyName,
    SetMyShortDescription,
)
from bot.sandbox.schema.sending import (
    CopyMessage,
    CopyMessages,
    ForwardMessage,
    ForwardMessages,
    GetFile,
    SendChatAction,
    SendDocument,
    SendMediaGroup,
    SendMessage,
    SendMessageDraft,
    SendPhoto,
    SendPoll,
    SendVoice,
)
from bot.sandbox.schema.updates import (
    DeleteWebhook,
    GetUpdates,
    GetWebhookInfo,
    SetWebhook,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.sandbox.schema.base import Parameters

_ALL: tuple[type[Parameters], ...] = (
    GetMe,
    LogOut,
    Close,
    GetUpdates,
    SetWebhook,
    DeleteWebhook,
    GetWebhookInfo,
    SendMessage,
    ForwardMessage,
    ForwardMessages,
    CopyMessage,
    CopyMessages,
    SendPhoto,
    SendDocument,
    SendVoice,
    SendMediaGroup,
    SendPoll,
    StopPoll,
    SendChatAction,
    SendMessageDraft,
    SetMessageReaction,
    EditMessageText,
    EditMessageCaption,
    EditMessageMedia,
    EditMessageReplyMarkup,
    DeleteMessage,
    DeleteMessages,
    AnswerCallbackQuery,
    AnswerInlineQuery,
    GetFile,
    SetMyCommands,
    DeleteMyCommands,
    GetMyCommands,
    SetMyName,
    GetMyName,
    SetMyDescription,
    GetMyDescription,
    SetMyShortDescription,
    GetMyShortDescription,
    SetChatMenuButton,
    GetChatMenuButton,
    GetChat,
    GetChatMember,
    GetChatAdministrators,
    GetChatMemberCount,
    LeaveChat,
    BanChatMember,
    UnbanChatMember,
    RestrictChatMember,
    PromoteChatMember,
    SetChatPermissions,
    SetChatTitle,
    SetChatDescription,
    PinChatMessage,
    UnpinChatMessage,
    UnpinAllChatMessages,
)

METHODS: Mapping[str, type[Parameters]] = MappingProxyType(
    {kind.__name__[0].lower() + kind.__name__[1:]: kind for kind in _ALL}
)
