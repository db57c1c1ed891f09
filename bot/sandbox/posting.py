"""Putting messages into chats, changing them and taking them away, with all who learn of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.sandbox.group_privacy import reaches_bot
from bot.sandbox.message import Message

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.sandbox.chats import Chat
    from bot.sandbox.json_object import Json
    from bot.sandbox.people import User
    from bot.sandbox.world import World


def post(  # noqa: PLR0913 (a message has as many parts)
    world: World,
    chat: Chat,
    sender: User,
    content: Json,
    *,
    reply_to: int | None = None,
    quote: Json | None = None,
    reply_markup: Json | None = None,
    media_group_id: str | None = None,
    via_bot: User | None = None,
    forward_origin: Json | None = None,
    inline_message_id: str | None = None,
    protected: bool = False,
) -> Message:
    """Put a new message into a chat and return it; a `poll` in `content` is not for here."""
    message = Message(
        chat.next_message_id(),
        chat,
        sender,
        world.timestamp,
        content,
        reply_to=reply_to,
        quote=quote,
        reply_markup=reply_markup,
        media_group_id=media_group_id,
        via_bot=via_bot,
        forward_origin=forward_origin,
        inline_message_id=inline_message_id,
        protected=protected,
    )
    deliver(world, message)
    return message


def deliver(world: World, message: Message) -> None:
    """Put a message that has its id into its chat; tell the apps and, if it may know, the bot."""
    chat = message.chat
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


def edited(world: World, message: Message, change: str = "edit") -> None:
    """Note that a message was edited; tell the apps and, if a person did it, the bot."""
    if change == "edit":
        message.edit_date = world.timestamp
    if message.sender.id != world.bot.user_id and reaches_bot(world, message):
        world.updates.add("edited_message", message.json())
    world.publish_change(message, change)


def delete(world: World, chat: Chat, message_ids: Sequence[int]) -> None:
    """Take messages out of a chat; the bot is never told."""
    gone = [number for number in message_ids if chat.messages.pop(number, None) is not None]
    if not gone:
        return
    world.publish("messages_deleted", chat, message_ids=gone)
    if not set(gone).isdisjoint(chat.pinned):
        chat.pinned = [number for number in chat.pinned if number not in gone]
        world.publish("pins", chat, pinned=chat.pinned)


def pin(world: World, chat: Chat, message: Message, by: User) -> None:
    """Pin a message above the chat, with the service message that tells of it."""
    if message.message_id in chat.pinned:
        chat.pinned.remove(message.message_id)
    chat.pinned.insert(0, message.message_id)
    world.publish_change(message, "pin")
    world.publish("pins", chat, pinned=chat.pinned)
    post(world, chat, by, {"pinned_message_id": message.message_id})


def unpin(world: World, chat: Chat, message_ids: Sequence[int]) -> None:
    """Take messages from above the chat."""
    chat.pinned = [number for number in chat.pinned if number not in message_ids]
    for number in message_ids:
        world.publish_change(chat.messages[number], "pin")
    world.publish("pins", chat, pinned=chat.pinned)
