"""Editing and deleting messages."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from bot.sandbox.errors import bad_request
from bot.sandbox.limits import DELETABLE_HOURS
from bot.sandbox.media import file_content
from bot.sandbox.message_texts import caption_content, text_content
from bot.sandbox.methods.registry import Call, handles
from bot.sandbox.methods.sending import checked_markup
from bot.sandbox.posting import delete, edited

if TYPE_CHECKING:
    from bot.sandbox.chats import Message
    from bot.sandbox.values import Json
    from bot.sandbox.world import World

_NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are "
    "exactly the same as a current content and reply markup of the message"
)


@handles("editMessageText")
async def edit_message_text(call: Call) -> Json | bool:
    """Replace a text message's text and buttons."""
    message = _editable(call)
    if "text" not in message.content:
        raise bad_request("there is no text in the message to edit")
    return _replace(call, message, text_content(call.asked))


@handles("editMessageMedia")
async def edit_message_media(call: Call) -> Json | bool:
    """Replace a message's photo or document, its caption and the buttons."""
    message = _editable(call)
    if message.poll is not None:
        raise bad_request("message can't be edited")
    media = call.asked["media"]
    file = await file_content(call.world.files, media["type"], media["media"], call.uploads)
    return _replace(call, message, {**file, **caption_content(media)})


@handles("editMessageReplyMarkup")
async def edit_message_reply_markup(call: Call) -> Json | bool:
    """Replace a message's buttons only."""
    message = _editable(call)
    return _replace(call, message, message.content, "markup")


@handles("deleteMessage")
async def delete_message(call: Call) -> bool:
    """Delete one message; ApiError 400 when it isn't there or may not be deleted."""
    message = call.message("message to delete not found")
    if not _deletable(call.world, message):
        raise bad_request("message can't be deleted for everyone")
    delete(call.world, message)
    return True


def _deletable(world: World, message: Message) -> bool:
    """Say whether the bot may delete a message: a young one, its own or as an administrator."""
    if message.date < (world.now - timedelta(hours=DELETABLE_HOURS)).timestamp():
        return False
    own = message.sender.id == world.bot.user_id
    return message.chat.is_private or own or world.bot_member.is_admin


def _editable(call: Call) -> Message:
    """Return the message that an edit names; ApiError 400 when it can't be edited."""
    asked, world = call.asked, call.world
    if "inline_message_id" in asked:
        inline = world.inline_messages.get(asked["inline_message_id"])
        if inline is None or inline.message_id not in inline.chat.messages:
            raise bad_request("MESSAGE_ID_INVALID")
        return inline
    if "chat_id" not in asked:
        raise bad_request("chat_id is empty")
    if "message_id" not in asked:
        raise bad_request("message identifier is not specified")
    message = call.message("message to edit not found")
    if message.sender.id != world.bot.user_id or message.is_service or message.has_keyboard:
        raise bad_request("message can't be edited")
    return message


def _replace(call: Call, message: Message, content: Json, change: str = "edit") -> Json | bool:
    markup = checked_markup(call.asked.get("reply_markup"))
    unchanged = _shown(content) == _shown(message.content)
    if unchanged and markup == message.reply_markup:
        raise bad_request(_NOT_MODIFIED)
    message.content = content
    message.reply_markup = markup
    edited(call.world, message, change)
    return True if "inline_message_id" in call.asked else message.json()


def _shown(content: Json) -> Json:
    """Return what people see of a content: without a link there is no preview to choose."""
    entities = content.get("entities", [])
    if any(entity["type"] in {"url", "text_link"} for entity in entities):
        return content
    return {name: value for name, value in content.items() if name != "link_preview_options"}
