"""Putting messages into chats, changing them and taking them away, with all who learn of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.sandbox.chats import Message
from bot.sandbox.group_privacy import reaches_bot

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
    elif reaches_bot(world, message):
        world.updates.add("message", message.json())
    world.publish("message", chat, message=message.seen_by_people())
    return message


def edited(world: World, message: Message, change: str = "edit") -> None:
    """Note that a message was edited; tell the apps and, if a person did it, the bot."""
    if change == "edit":
        message.edit_date = world.timestamp
    if message.sender.id != world.bot.user_id and reaches_bot(world, message):
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
