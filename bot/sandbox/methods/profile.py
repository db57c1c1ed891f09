"""The bot's own account: who it is, its names, descriptions, commands and menu button."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.sandbox.api_error import ApiError
from bot.sandbox.limits import (
    BOT_DESCRIPTION_CHARACTERS,
    BOT_NAME_CHARACTERS,
    BOT_SHORT_DESCRIPTION_CHARACTERS,
    COMMAND_CHARACTERS,
    COMMAND_DESCRIPTION_CHARACTERS,
    COMMANDS,
)
from bot.sandbox.members import REQUIRED_RIGHTS
from bot.sandbox.methods.outgoing import dump, dump_all
from bot.sandbox.methods.registry import Call, handles
from bot.sandbox.recipients import known_chat
from bot.sandbox.schema import (
    DeleteMyCommands,
    GetChatMenuButton,
    GetMe,
    GetMyCommands,
    GetMyDefaultAdministratorRights,
    GetMyDescription,
    GetMyName,
    GetMyShortDescription,
    SetChatMenuButton,
    SetMyCommands,
    SetMyDefaultAdministratorRights,
    SetMyDescription,
    SetMyName,
    SetMyShortDescription,
)

if TYPE_CHECKING:
    from bot.sandbox.bot_profile import Translated
    from bot.sandbox.chats import PrivateChat
    from bot.sandbox.command_menus import ScopeKey
    from bot.sandbox.json_object import Json
    from bot.sandbox.world import World

_COMMAND = re.compile(rf"[a-z0-9_]{{1,{COMMAND_CHARACTERS}}}")


@handles(GetMe)
async def get_me(call: Call[GetMe]) -> Json:
    """Return the bot's account."""
    world = call.world
    return {
        **world.bot.user().json(),
        "can_join_groups": True,
        "can_read_all_group_messages": not world.settings.group_privacy,
        "supports_inline_queries": world.bot.supports_inline_queries,
        "can_connect_to_business": False,
        "has_main_web_app": False,
        "has_topics_enabled": False,
        "allows_users_to_create_topics": False,
    }


def _set_text(
    world: World, texts: Translated, text: str | None, language: str | None, limit: int
) -> bool:
    if len((text or "").strip()) > limit:
        raise ApiError(400, f"Bad Request: the text must have at most {limit} characters")
    if texts.set((text or "").strip(), language or ""):
        world.publish_bot()
    return True


@handles(SetMyName)
async def set_my_name(call: Call[SetMyName]) -> bool:
    """Set the bot's name in one language."""
    asked, names = call.parameters, call.world.bot.name
    if not (asked.name or "").strip() and not asked.language_code:
        raise ApiError(400, "Bad Request: BOT_TITLE_INVALID")
    return _set_text(call.world, names, asked.name, asked.language_code, BOT_NAME_CHARACTERS)


@handles(GetMyName)
async def get_my_name(call: Call[GetMyName]) -> Json:
    """Return the bot's name in one language."""
    return {"name": call.world.bot.name.get(call.parameters.language_code)}


@handles(SetMyDescription)
async def set_my_description(call: Call[SetMyDescription]) -> bool:
    """Set what an empty chat shows in one language."""
    asked, texts = call.parameters, call.world.bot.description
    return _set_text(
        call.world, texts, asked.description, asked.language_code, BOT_DESCRIPTION_CHARACTERS
    )


@handles(GetMyDescription)
async def get_my_description(call: Call[GetMyDescription]) -> Json:
    """Return what an empty chat shows in one language."""
    return {"description": call.world.bot.description.get(call.parameters.language_code)}


@handles(SetMyShortDescription)
async def set_my_short_description(call: Call[SetMyShortDescription]) -> bool:
    """Set what the bot's profile shows in one language."""
    asked, texts = call.parameters, call.world.bot.short_description
    return _set_text(
        call.world,
        texts,
        asked.short_description,
        asked.language_code,
        BOT_SHORT_DESCRIPTION_CHARACTERS,
    )


@handles(GetMyShortDescription)
async def get_my_short_description(call: Call[GetMyShortDescription]) -> Json:
    """Return what the bot's profile shows in one language."""
    texts = call.world.bot.short_description
    return {"short_description": texts.get(call.parameters.language_code)}


@handles(SetMyCommands)
async def set_my_commands(call: Call[SetMyCommands]) -> bool:
    """Set the command menu of one scope and language."""
    asked = call.parameters
    scope = _scope_key(call.world, dump(asked.scope))
    commands = dump_all(asked.commands) or []
    if len(commands) > COMMANDS:
        raise ApiError(400, "Bad Request: BOT_COMMANDS_TOO_MUCH")
    for command in commands:
        command["command"] = command["command"].removeprefix("/")
        if not _COMMAND.fullmatch(command["command"]):
            raise ApiError(400, "Bad Request: BOT_COMMAND_INVALID")
        if not 1 <= len(command["description"]) <= COMMAND_DESCRIPTION_CHARACTERS:
            raise ApiError(400, "Bad Request: BOT_COMMAND_DESCRIPTION_INVALID")
    return _set_commands(call.world, scope, asked.language_code, commands)


@handles(DeleteMyCommands)
async def delete_my_commands(call: Call[DeleteMyCommands]) -> bool:
    """Remove the command menu of one scope and language."""
    asked = call.parameters
    scope = _scope_key(call.world, dump(asked.scope))
    return _set_commands(call.world, scope, asked.language_code, [])


@handles(GetMyCommands)
async def get_my_commands(call: Call[GetMyCommands]) -> list[Json]:
    """Return the command menu of one scope and language."""
    asked = call.parameters
    scope = _scope_key(call.world, dump(asked.scope))
    return call.world.menus.get(scope, asked.language_code or "")


def _set_commands(
    world: World, scope: ScopeKey, language: str | None, commands: list[Json]
) -> bool:
    world.menus.set(scope, language or "", commands)
    for chat in world.chats():
        world.publish("chat_changed", chat)
    return True


def _scope_key(world: World, scope: Json | None) -> ScopeKey:
    scope = scope or {"type": "default"}
    chat_id = scope.get("chat_id")
    number = 0 if chat_id is None else known_chat(world, chat_id).id
    return scope["type"], number, scope.get("user_id", 0)


@handles(SetChatMenuButton)
async def set_chat_menu_button(call: Call[SetChatMenuButton]) -> bool:
    """Set the menu button of one private chat, or of all."""
    asked, world = call.parameters, call.world
    button = dump(asked.menu_button)
    if button is not None and button["type"] == "default":
        button = None
    if asked.chat_id is None:
        world.bot.menu_button = button
        for chat in world.chats():
            world.publish("chat_changed", chat)
        return True
    private = _private(world, asked.chat_id)
    private.menu_button = button
    world.publish("chat_changed", private)
    return True


@handles(GetChatMenuButton)
async def get_chat_menu_button(call: Call[GetChatMenuButton]) -> Json:
    """Return the menu button of one private chat, or the one of all."""
    asked, world = call.parameters, call.world
    own = None if asked.chat_id is None else _private(world, asked.chat_id).menu_button
    return own or world.bot.menu_button or {"type": "commands"}


@handles(SetMyDefaultAdministratorRights)
async def set_my_default_administrator_rights(
    call: Call[SetMyDefaultAdministratorRights],
) -> bool:
    """Set the rights that the bot asks for when it is made an administrator."""
    asked = call.parameters
    call.world.bot.administrator_rights[bool(asked.for_channels)] = dump(asked.rights)
    return True


@handles(GetMyDefaultAdministratorRights)
async def get_my_default_administrator_rights(
    call: Call[GetMyDefaultAdministratorRights],
) -> Json:
    """Return the rights that the bot asks for; none of them before they are set."""
    rights = call.world.bot.administrator_rights.get(bool(call.parameters.for_channels))
    return rights or dict.fromkeys(REQUIRED_RIGHTS, False)


def _private(world: World, chat_id: int | str) -> PrivateChat:
    chat = world.private_chat(known_chat(world, chat_id).id)
    if chat is None:
        raise ApiError(400, "Bad Request: chat_id must be of a private chat")
    return chat
