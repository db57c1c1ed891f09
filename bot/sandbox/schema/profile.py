"""The bot's account: commands, names, descriptions, menu button."""

from typing import Annotated, Literal

from pydantic import Field

from bot.sandbox.schema.base import ApiObject, ChatId, Parameters
from bot.sandbox.schema.chats import ChatAdministratorRights
from bot.sandbox.schema.keyboards import WebAppInfo


class BotCommand(ApiObject):
    """The Bot API's `BotCommand`."""

    command: str
    description: str


class BotCommandScopeDefault(ApiObject):
    """The Bot API's `BotCommandScopeDefault`."""

    type: Literal["default"]


class BotCommandScopeAllPrivateChats(ApiObject):
    """The Bot API's `BotCommandScopeAllPrivateChats`."""

    type: Literal["all_private_chats"]


class BotCommandScopeAllGroupChats(ApiObject):
    """The Bot API's `BotCommandScopeAllGroupChats`."""

    type: Literal["all_group_chats"]


class BotCommandScopeAllChatAdministrators(ApiObject):
    """The Bot API's `BotCommandScopeAllChatAdministrators`."""

    type: Literal["all_chat_administrators"]


class BotCommandScopeChat(ApiObject):
    """The Bot API's `BotCommandScopeChat`."""

    type: Literal["chat"]
    chat_id: ChatId


class BotCommandScopeChatAdministrators(ApiObject):
    """The Bot API's `BotCommandScopeChatAdministrators`."""

    type: Literal["chat_administrators"]
    chat_id: ChatId


class BotCommandScopeChatMember(ApiObject):
    """The Bot API's `BotCommandScopeChatMember`."""

    type: Literal["chat_member"]
    chat_id: ChatId
    user_id: int


BotCommandScope = Annotated[
    BotCommandScopeDefault
    | BotCommandScopeAllPrivateChats
    | BotCommandScopeAllGroupChats
    | BotCommandScopeAllChatAdministrators
    | BotCommandScopeChat
    | BotCommandScopeChatAdministrators
    | BotCommandScopeChatMember,
    Field(discriminator="type"),
]


class MenuButtonCommands(ApiObject):
    """The Bot API's `MenuButtonCommands`."""

    type: Literal["commands"]


class MenuButtonWebApp(ApiObject):
    """The Bot API's `MenuButtonWebApp`."""

    type: Literal["web_app"]
    text: str
    web_app: WebAppInfo


class MenuButtonDefault(ApiObject):
    """The Bot API's `MenuButtonDefault`."""

    type: Literal["default"]


MenuButton = Annotated[
    MenuButtonCommands | MenuButtonWebApp | MenuButtonDefault, Field(discriminator="type")
]


class GetMe(Parameters):
    """What `getMe` takes."""


class LogOut(Parameters):
    """What `logOut` takes."""


class Close(Parameters):
    """What `close` takes."""


class SetMyCommands(Parameters):
    """What `setMyCommands` takes."""

    commands: list[BotCommand]
    scope: BotCommandScope | None = None
    language_code: str | None = None


class DeleteMyCommands(Parameters):
    """What `deleteMyCommands` takes."""

    scope: BotCommandScope | None = None
    language_code: str | None = None


class GetMyCommands(Parameters):
    """What `getMyCommands` takes."""

    scope: BotCommandScope | None = None
    language_code: str | None = None


class SetMyName(Parameters):
    """What `setMyName` takes."""

    name: str | None = None
    language_code: str | None = None


class GetMyName(Parameters):
    """What `getMyName` takes."""

    language_code: str | None = None


class SetMyDescription(Parameters):
    """What `setMyDescription` takes."""

    description: str | None = None
    language_code: str | None = None


class GetMyDescription(Parameters):
    """What `getMyDescription` takes."""

    language_code: str | None = None


class SetMyShortDescription(Parameters):
    """What `setMyShortDescription` takes."""

    short_description: str | None = None
    language_code: str | None = None


class GetMyShortDescription(Parameters):
    """What `getMyShortDescription` takes."""

    language_code: str | None = None


class SetChatMenuButton(Parameters):
    """What `setChatMenuButton` takes."""

    chat_id: int | None = None
    menu_button: MenuButton | None = None


class GetChatMenuButton(Parameters):
    """What `getChatMenuButton` takes."""

    chat_id: int | None = None


class SetMyDefaultAdministratorRights(Parameters):
    """What `setMyDefaultAdministratorRights` takes."""

    rights: ChatAdministratorRights | None = None
    for_channels: bool | None = None


class GetMyDefaultAdministratorRights(Parameters):
    """What `getMyDefaultAdministratorRights` takes."""

    for_channels: bool | None = None
