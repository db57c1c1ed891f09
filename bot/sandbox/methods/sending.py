"""Sending texts, photos and documents, streaming drafts, showing what the bot does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.sandbox.button_rules import check_markup
from bot.sandbox.chats import Message
from bot.sandbox.errors import bad_request
from bot.sandbox.limits import DOWNLOAD_BYTES
from bot.sandbox.media import file_content
from bot.sandbox.message_texts import caption_content, text_content
from bot.sandbox.methods.registry import Call, handles
from bot.sandbox.posting import post

if TYPE_CHECKING:
    from bot.sandbox.chats import Chat
    from bot.sandbox.files import FileKind
    from bot.sandbox.polls import Poll
    from bot.sandbox.values import Json
    from bot.sandbox.world import World

_ACTIONS = frozenset(
    """typing upload_photo record_video upload_video record_voice upload_voice upload_document
    choose_sticker find_location record_video_note upload_video_note""".split()
)


@handles("sendMessage")
async def send_message(call: Call) -> Json:
    """Send a text."""
    return send(call, text_content(call.asked))


@handles("sendPhoto")
async def send_photo(call: Call) -> Json:
    """Send a photo."""
    return await _send_file(call, "photo")


@handles("sendDocument")
async def send_document(call: Call) -> Json:
    """Send a file."""
    return await _send_file(call, "document")


async def _send_file(call: Call, kind: FileKind) -> Json:
    caption = caption_content(call.asked)
    file = await file_content(call.world.files, kind, call.asked[kind], call.uploads)
    return send(call, {**file, **caption})


@handles("getFile")
async def get_file(call: Call) -> Json:
    """Return where a file can be downloaded."""
    file = call.world.files.by_id(call.asked["file_id"])
    if len(file.content) > DOWNLOAD_BYTES:
        raise bad_request("file is too big")
    return {**file.json(), "file_path": file.path}


@handles("sendMessageDraft")
async def send_message_draft(call: Call) -> bool:
    """Show a text that is still being written, in a private chat."""
    asked, world, chat = call.asked, call.world, call.chat
    if not chat.is_private:
        raise bad_request("drafts can be sent to private chats only")
    if asked["draft_id"] == 0:
        raise bad_request("draft_id must be non-zero")
    content: Json = text_content(asked) if asked.get("text") else {"text": ""}
    world.show_draft(chat, asked["draft_id"], content["text"], content.get("entities", []))
    return True


@handles("sendChatAction")
async def send_chat_action(call: Call) -> bool:
    """Show for five seconds what the bot does."""
    chat, _ = call.chat, call.thread
    if call.asked["action"] not in _ACTIONS:
        raise bad_request("wrong parameter action in request")
    call.world.show_action(chat, call.asked["action"])
    return True


def send(call: Call, content: Json, poll: Poll | None = None) -> Json:
    """Put a message where a `send…` call asks for it, with the keyboard it brings.

    Returns the `Message` object; ApiError 400, 403 or 429 says why it can't.
    """
    world, asked, chat = call.world, call.asked, call.chat
    reply_to = _replied(chat, asked.get("reply_parameters"))
    answered = chat.messages.get(reply_to or 0)
    markup = checked_markup(asked.get("reply_markup"))
    inline = markup if markup and "inline_keyboard" in markup else None
    message = Message(
        chat,
        world.bot.user(),
        content,
        reply_to=reply_to,
        reply_markup=inline,
        poll=poll,
        thread_id=call.thread or (answered.thread_id if answered is not None else None),
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
