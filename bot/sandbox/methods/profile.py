"""The bot's own account: who it is, its descriptions and commands."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.sandbox.errors import bad_request
from bot.sandbox.limits import (
    BOT_DESCRIPTION_CHARACTERS,
    BOT_SHORT_DESCRIPTION_CHARACTERS,
    COMMAND_CHARACTERS,
    COMMAND_DESCRIPTION_CHARACTERS,
    COMMANDS,
)
from bot.sandbox.methods.registry import Call, handles, known_chat

if TYPE_CHECKING:
    from bot.sandbox.bot_profile import ScopeKey, Translated
    from bot.sandbox.values import Json

_COMMAND = re.compile(rf"[a-z0-9_]{{1,{COMMAND_CHARACTERS}}}")


@handles("getMe")
async def get_me(call: Call) -> Json:
    """Return the bot's account."""
    return {
        **call.world.bot.user().json(),
        "can_join_groups": True,
        "can_read_all_group_messages": not call.world.settings.group_privacy,
        "supports_inline_queries": call.world.settings.inline_mode,
        "can_connect_to_business": False,
        "has_main_web_app": False,
        "has_topics_enabled": False,
        "allows_users_to_create_topics": False,
    }


@handles("setMyDescription")
async def set_my_description(call: Call) -> bool:
    """Set what an empty chat shows in one language."""
    text = call.asked.get("description", "")
    return _set_text(call, call.world.bot.description, text, BOT_DESCRIPTION_CHARACTERS)


@handles("getMyDescription")
async def get_my_description(call: Call) -> Json:
    """Return what an empty chat shows in one language."""
    return {"description": call.world.bot.description.get(_language(call))}


@handles("setMyShortDescription")
async def set_my_short_description(call: Call) -> bool:
    """Set what the bot's profile shows in one language."""
    text = call.asked.get("short_description", "")
    texts = call.world.bot.short_description
    return _set_text(call, texts, text, BOT_SHORT_DESCRIPTION_CHARACTERS)


@handles("getMyShortDescription")
async def get_my_short_description(call: Call) -> Json:
    """Return what the bot's profile shows in one language."""
    return {"short_description": call.world.bot.short_description.get(_language(call))}


def _set_text(call: Call, texts: Translated, text: str, limit: int) -> bool:
    if len(text.strip()) > limit:
        raise bad_request(f"the text must have at most {limit} characters")
    if texts.set(text.strip(), _language(call)):
        call.world.publish_bot()
    return True


def _language(call: Call) -> str:
    """Return the language asked for; the empty one is everyone else's."""
    language: str = call.asked.get("language_code", "")
    return language


@handles("setMyCommands")
async def set_my_commands(call: Call) -> bool:
    """Set the command menu of one scope and language."""
    scope = _scope_key(call)
    commands = [
        {**command, "command": command["command"].removeprefix("/")}
        for command in call.asked["commands"]
    ]
    if len(commands) > COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    for command in commands:
        if not _COMMAND.fullmatch(command["command"]):
            raise bad_request("BOT_COMMAND_INVALID")
        if not 1 <= len(command["description"]) <= COMMAND_DESCRIPTION_CHARACTERS:
            raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    return _set_commands(call, scope, commands)


@handles("deleteMyCommands")
async def delete_my_commands(call: Call) -> bool:
    """Remove the command menu of one scope and language."""
    return _set_commands(call, _scope_key(call), [])


@handles("getMyCommands")
async def get_my_commands(call: Call) -> list[Json]:
    """Return the command menu of one scope and language."""
    return call.world.menus.get(_scope_key(call), _language(call))


def _set_commands(call: Call, scope: ScopeKey, commands: list[Json]) -> bool:
    call.world.menus.set(scope, _language(call), commands)
    _, of_chat, _ = scope
    for chat in call.world.chats():
        if of_chat in {0, chat.id}:
            call.world.publish("chat_changed", chat)
    return True


def _scope_key(call: Call) -> ScopeKey:
    scope = call.asked.get("scope", {"type": "default"})
    chat_id = known_chat(call.world, scope["chat_id"]).id if "chat_id" in scope else 0
    return scope["type"], chat_id, scope.get("user_id", 0)
