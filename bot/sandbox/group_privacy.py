"""Which messages in a group reach the bot (Bot API, "Privacy mode")."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.sandbox.utf16 import entity_text

if TYPE_CHECKING:
    from bot.sandbox.chats import Message
    from bot.sandbox.world import World


def reaches_bot(world: World, message: Message) -> bool:
    """Say whether the bot is told of a message or of its change."""
    if message.chat.is_private:
        return True
    if not world.bot_member.is_in:
        return False
    if world.bot_member.is_admin or not world.settings.group_privacy:
        return True
    via_bot = message.via_bot is not None and message.via_bot.id == world.bot.user_id
    return (
        message.is_service or via_bot or _answers_bot(world, message) or _calls_bot(world, message)
    )


def _answers_bot(world: World, message: Message) -> bool:
    replied = message.chat.messages.get(message.reply_to or 0)
    return replied is not None and replied.sender.id == world.bot.user_id


def _calls_bot(world: World, message: Message) -> bool:
    """Say whether it holds a command for the bot or, if these count, its @name."""
    name = f"@{world.bot.username}".casefold()
    for entity in message.entities:
        text = entity_text(message.text, entity).casefold()
        if entity["type"] == "bot_command" and ("@" not in text or text.endswith(name)):
            return True
        if not world.settings.mentions_pass_privacy:
            continue
        if entity["type"] == "mention" and text == name:
            return True
        if entity["type"] == "text_mention" and entity["user"]["id"] == world.bot.user_id:
            return True
    return False
