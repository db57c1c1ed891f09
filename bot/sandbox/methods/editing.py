"""Editing the bot's messages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.sandbox.api_error import ApiError
from bot.sandbox.media import media_content
from bot.sandbox.message_texts import caption_content, text_content, without_caption
from bot.sandbox.methods.outgoing import checked_markup, dump
from bot.sandbox.methods.registry import Call, handles
from bot.sandbox.posting import edited
from bot.sandbox.recipients import writable_chat
from bot.sandbox.schema import (
    EditMessageCaption,
    EditMessageMedia,
    EditMessageReplyMarkup,
    EditMessageText,
)

if TYPE_CHECKING:
    from bot.sandbox.json_object import Json
    from bot.sandbox.message import Message
    from bot.sandbox.world import World

_NOT_MODIFIED = (
    "Bad Request: message is not modified: specified new message content and reply markup are "
    "exactly the same as a current content and reply markup of the message"
)


@handles(EditMessageText)
async def edit_message_text(call: Call[EditMessageText]) -> Json | bool:
    """Replace a text message's text and buttons."""
    asked = call.parameters
    message = _editable(call.world, asked)
    if "text" not in message.content:
        raise ApiError(400, "Bad Request: there is no text in the message to edit")
    content = text_content(asked.text or "", asked.parse_mode, asked.entities)
    if asked.link_preview_options is not None:
        content["link_preview_options"] = dump(asked.link_preview_options)
    return _replace(call.world, message, content, asked)


@handles(EditMessageCaption)
async def edit_message_caption(call: Call[EditMessageCaption]) -> Json | bool:
    """Replace a photo's or document's caption and the buttons."""
    asked = call.parameters
    message = _editable(call.world, asked)
    if "text" in message.content or message.poll is not None:
        raise ApiError(400, "Bad Request: there is no caption in the message to edit")
    content = caption_content(asked.caption, asked.parse_mode, asked.caption_entities)
    if asked.show_caption_above_media:
        content["show_caption_above_media"] = True
    return _replace(call.world, message, {**without_caption(message.content), **content}, asked)


@handles(EditMessageMedia)
async def edit_message_media(call: Call[EditMessageMedia]) -> Json | bool:
    """Replace a message's photo or document, its caption and the buttons."""
    asked = call.parameters
    message = _editable(call.world, asked)
    if message.poll is not None:
        raise ApiError(400, "Bad Request: message can't be edited")
    content = await media_content(call.world.files, asked.media, call.uploads)
    return _replace(call.world, message, content, asked)


@handles(EditMessageReplyMarkup)
async def edit_message_reply_markup(call: Call[EditMessageReplyMarkup]) -> Json | bool:
    """Replace a message's buttons only."""
    asked = call.parameters
    message = _editable(call.world, asked)
    return _replace(call.world, message, message.content, asked, "markup")


def _editable(world: World, asked: Any) -> Message:  # noqa: ANN401
    """Return the message that an edit names; ApiError 400 when it can't be edited."""
    if asked.inline_message_id is not None:
        inline = world.inline_messages.get(asked.inline_message_id)
        if inline is None or inline.message_id not in inline.chat.messages:
            raise ApiError(400, "Bad Request: MESSAGE_ID_INVALID")
        return inline
    if asked.chat_id is None:
        raise ApiError(400, "Bad Request: chat_id is empty")
    if asked.message_id is None:
        raise ApiError(400, "Bad Request: message identifier is not specified")
    chat = writable_chat(world, asked.chat_id)
    message = chat.messages.get(asked.message_id)
    if message is None:
        raise ApiError(400, "Bad Request: message to edit not found")
    own = message.sender.id == world.bot.user_id
    if not own or message.is_service or message.forward_origin or message.has_keyboard:
        raise ApiError(400, "Bad Request: message can't be edited")
    return message


def _replace(
    world: World,
    message: Message,
    content: Json,
    asked: Any,  # noqa: ANN401
    change: str = "edit",
) -> Json | bool:
    markup = checked_markup(asked.reply_markup)
    unchanged = _shown(content) == _shown(message.content)
    if unchanged and markup == message.reply_markup:
        raise ApiError(400, _NOT_MODIFIED)
    message.content = content
    message.reply_markup = markup
    edited(world, message, change)
    return True if asked.inline_message_id is not None else message.json()


def _shown(content: Json) -> Json:
    """Return what people see of a content: without a link there is no preview to choose."""
    entities = content.get("entities", [])
    if any(entity["type"] in {"url", "text_link"} for entity in entities):
        return content
    return {name: value for name, value in content.items() if name != "link_preview_options"}
