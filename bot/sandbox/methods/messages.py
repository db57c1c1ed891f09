"""Sending texts, streaming drafts, reacting, and showing what the bot does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.sandbox.errors import bad_request
from bot.sandbox.limits import REACTIONS
from bot.sandbox.message_texts import text_content
from bot.sandbox.methods.outgoing import send
from bot.sandbox.methods.registry import Call, handles
from bot.sandbox.recipients import writable_chat

if TYPE_CHECKING:
    from bot.sandbox.values import Json

_ACTIONS = frozenset(
    """typing upload_photo record_video upload_video record_voice upload_voice upload_document
    choose_sticker find_location record_video_note upload_video_note""".split()
)


@handles("sendMessage")
async def send_message(call: Call) -> Json:
    """Send a text."""
    return send(call.world, call.asked, text_content(call.asked))


@handles("sendMessageDraft")
async def send_message_draft(call: Call) -> bool:
    """Show a text that is still being written, in a private chat."""
    asked, world = call.asked, call.world
    chat = writable_chat(world, asked["chat_id"])
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
    chat = writable_chat(call.world, call.asked["chat_id"])
    if call.asked["action"] not in _ACTIONS:
        raise bad_request("wrong parameter action in request")
    call.world.show_action(chat, call.asked["action"])
    return True


@handles("setMessageReaction")
async def set_message_reaction(call: Call) -> bool:
    """Replace the bot's reaction to a message; a bot has one."""
    asked, world = call.asked, call.world
    message = writable_chat(world, asked["chat_id"]).messages.get(asked["message_id"])
    if message is None:
        raise bad_request("message to react not found")
    reactions = asked.get("reaction", [])
    if len(reactions) > 1 or any(reaction["type"] != "emoji" for reaction in reactions):
        raise bad_request("REACTIONS_TOO_MANY")
    emoji = [reaction["emoji"] for reaction in reactions]
    if any(each.rstrip("\ufe0f") not in REACTIONS for each in emoji):
        raise bad_request("REACTION_INVALID")
    message.reactions.pop(world.bot.user_id, None)
    if emoji:
        message.reactions[world.bot.user_id] = emoji
    world.publish_change(message, "reactions")
    return True
