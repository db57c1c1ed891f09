"""Putting messages into chats, changing them and taking them away, with all who learn of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.sandbox.chats import Message
from bot.sandbox.utf16 import entity_text

if TYPE_CHECKING:
    from bot.sandbox.people import User
    from bot.sandbox.world import World


def post(world: World, message: Message) -> Message:
    """Put a new message into its chat; tell the apps and, if it may know, the bot."""
    chat = message.chat
    message.message_id = chat.next_message_id()
    message.date = world.timestamp
    chat.messages[message.message_id] = message
    if message.inline_message_id is not None:
        world.inline_messages[message.inline_message_id] = message
    if message.poll is not None:
        world.add_poll(message.poll, message)
    if message.sender.id == world.bot.user_id:
        world.end_action(chat)
        world.end_draft(chat)
    elif _reaches_bot(world, message):
        world.updates.add("message", message.json())
    world.publish("message", chat, message=message.seen_by_people())
    return message


def edited(world: World, message: Message, change: str = "edit") -> None:
    """Note that a message was edited; tell the apps and, if a person did it, the bot."""
    if change == "edit":
        message.edit_date = world.timestamp
    if message.sender.id != world.bot.user_id and _reaches_bot(world, message):
        world.updates.add("edited_message", message.json())
    world.publish_change(message, change)


def delete(world: World, message: Message) -> None:
    """Take a message out of its chat; the bot is never told."""
    chat, number = message.chat, message.message_id
    del chat.messages[number]
    world.publish("messages_deleted", chat, message_ids=[number])
    if number in chat.pinned:
        _take_down(world, message)


def pin(world: World, message: Message, by: User) -> None:
    """Pin a message above its chat, with the service message that tells of it."""
    chat, number = message.chat, message.message_id
    chat.pinned = [number, *(other for other in chat.pinned if other != number)]
    world.publish_change(message, "pin")
    world.publish("pins", chat, pinned=chat.pinned)
    post(world, Message(chat, by, {"pinned_message_id": number}))


def unpin(world: World, message: Message) -> None:
    """Take a message from above its chat."""
    _take_down(world, message)
    world.publish_change(message, "pin")


def _take_down(world: World, message: Message) -> None:
    chat = message.chat
    chat.pinned = [number for number in chat.pinned if number != message.message_id]
    world.publish("pins", chat, pinned=chat.pinned)


def _reaches_bot(world: World, message: Message) -> bool:
    """Say whether the bot is told of a message (Bot API, "Privacy mode")."""
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
