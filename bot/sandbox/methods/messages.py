"""Sending texts, streaming drafts, reacting, and showing what the bot does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.sandbox.api_error import ApiError
from bot.sandbox.message_texts import text_content
from bot.sandbox.methods.outgoing import dump, dump_all, outgoing
from bot.sandbox.methods.registry import Call, handles
from bot.sandbox.reactions import REACTIONS
from bot.sandbox.recipients import writable_chat
from bot.sandbox.schema import SendChatAction, SendMessage, SendMessageDraft, SetMessageReaction

if TYPE_CHECKING:
    from bot.sandbox.json_object import Json

ACTIONS = frozenset(
    """typing upload_photo record_video upload_video record_voice upload_voice upload_document
    choose_sticker find_location record_video_note upload_video_note""".split()
)
"""What a bot can be seen doing (sendChatAction)."""


@handles(SendMessage)
async def send_message(call: Call[SendMessage]) -> Json:
    """Send a text."""
    asked = call.parameters
    content = text_content(asked.text, asked.parse_mode, asked.entities)
    if asked.link_preview_options is not None:
        content["link_preview_options"] = dump(asked.link_preview_options)
    return outgoing(call.world, asked).send(content).json()


@handles(SendMessageDraft)
async def send_message_draft(call: Call[SendMessageDraft]) -> bool:
    """Show a text that is still being written, in a private chat."""
    asked, world = call.parameters, call.world
    chat = writable_chat(world, asked.chat_id)
    if not chat.is_private:
        raise ApiError(400, "Bad Request: drafts can be sent to private chats only")
    if asked.draft_id == 0:
        raise ApiError(400, "Bad Request: draft_id must be non-zero")
    content: Json = {"text": ""}
    if asked.text:
        content = text_content(asked.text, asked.parse_mode, asked.entities)
    world.show_draft(chat, asked.draft_id, content["text"], content.get("entities", []))
    return True


@handles(SendChatAction)
async def send_chat_action(call: Call[SendChatAction]) -> bool:
    """Show for five seconds what the bot does."""
    world = call.world
    chat = writable_chat(world, call.parameters.chat_id)
    action = call.parameters.action
    if action not in ACTIONS:
        raise ApiError(400, "Bad Request: wrong parameter action in request")
    world.show_action(chat, action)
    return True


@handles(SetMessageReaction)
async def set_message_reaction(call: Call[SetMessageReaction]) -> bool:
    """Replace the bot's reaction to a message; a bot has one."""
    asked, world = call.parameters, call.world
    chat = writable_chat(world, asked.chat_id)
    message = chat.messages.get(asked.message_id)
    if message is None:
        raise ApiError(400, "Bad Request: message to react not found")
    reactions = dump_all(asked.reaction) or []
    if len(reactions) > 1 or any(reaction["type"] != "emoji" for reaction in reactions):
        raise ApiError(400, "Bad Request: REACTIONS_TOO_MANY")
    if any(reaction["emoji"].rstrip("\ufe0f") not in REACTIONS for reaction in reactions):
        raise ApiError(400, "Bad Request: REACTION_INVALID")
    message.reactions.pop(world.bot.user_id, None)
    if reactions:
        message.reactions[world.bot.user_id] = [reactions[0]["emoji"]]
    world.publish_change(message, "reactions")
    return True
