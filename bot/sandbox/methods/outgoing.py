"""What all messages of the bot have in common: where they go, what they answer, their buttons."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.sandbox.button_rules import check_markup
from bot.sandbox.chats import Message
from bot.sandbox.errors import bad_request
from bot.sandbox.posting import post
from bot.sandbox.recipients import writable_chat

if TYPE_CHECKING:
    from bot.sandbox.chats import Chat
    from bot.sandbox.polls import Poll
    from bot.sandbox.values import Json
    from bot.sandbox.world import World


def send(world: World, asked: Json, content: Json, poll: Poll | None = None) -> Json:
    """Put a message where a `send…` call asks for it, with the keyboard it brings.

    Returns the `Message` object; ApiError 400, 403 or 429 says why it can't.
    """
    chat = writable_chat(world, asked["chat_id"])
    reply_to = _replied(chat, asked.get("reply_parameters"))
    markup = checked_markup(asked.get("reply_markup"))
    if world.settings.rate_limits:
        world.rate_limits.count(chat)
    inline = markup if markup and "inline_keyboard" in markup else None
    message = Message(
        chat,
        world.bot.user(),
        content,
        reply_to=reply_to,
        reply_markup=inline,
        poll=poll,
        has_keyboard=markup is not None and inline is None,
    )
    post(world, message)
    if message.has_keyboard:
        _show_keyboard(world, chat, markup)
    return message.json()


def _show_keyboard(world: World, chat: Chat, keyboard: Json | None) -> None:
    if keyboard and keyboard.get("remove_keyboard"):
        keyboard = None
    if chat.keyboard != keyboard:
        chat.keyboard = keyboard
        world.publish("keyboard", chat, keyboard=keyboard)


def checked_markup(markup: Json | None) -> Json | None:
    """Return a keyboard, None for an empty one; ApiError 400 for one that Telegram refuses."""
    if markup is None or markup.get("inline_keyboard") == []:
        return None
    check_markup(markup)
    return markup


def _replied(chat: Chat, reply: Json | None) -> int | None:
    """Return the id of the message that is replied to; ApiError 400 when it isn't there."""
    if reply is None:
        return None
    elsewhere = reply.get("chat_id", chat.id) != chat.id
    replied = None if elsewhere else chat.messages.get(reply["message_id"])
    if replied is not None and not replied.is_service:
        return replied.message_id
    if reply.get("allow_sending_without_reply"):
        return None
    raise bad_request("message to be replied not found")
