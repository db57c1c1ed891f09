"""What all messages of the bot have in common: where they go, what they answer, their buttons."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bot.sandbox.api_error import ApiError
from bot.sandbox.button_rules import check_markup
from bot.sandbox.markup import format_text
from bot.sandbox.message import Message
from bot.sandbox.posting import deliver
from bot.sandbox.recipients import writable_chat
from bot.sandbox.utf16 import utf16_length

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.sandbox.chats import Chat
    from bot.sandbox.json_object import Json
    from bot.sandbox.polls import Poll
    from bot.sandbox.world import World


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A message's place, checked: the chat takes it and the replied-to message is there."""

    world: World
    chat: Chat
    reply_to: int | None
    quote: Json | None
    markup: Json | None
    protected: bool

    def send(
        self,
        content: Json,
        *,
        poll: Poll | None = None,
        media_group_id: str | None = None,
        forward_origin: Json | None = None,
    ) -> Message:
        """Put a message into the chat and the keyboard it brings under it."""
        inline = self.markup if self.markup and "inline_keyboard" in self.markup else None
        message = Message(
            self.chat.next_message_id(),
            self.chat,
            self.world.bot.user(),
            self.world.timestamp,
            content,
            reply_to=self.reply_to,
            quote=self.quote,
            reply_markup=inline,
            poll=poll,
            media_group_id=media_group_id,
            forward_origin=forward_origin,
            protected=self.protected,
            has_keyboard=self.markup is not None and inline is None,
        )
        deliver(self.world, message)
        if message.has_keyboard:
            self._show_keyboard()
        return message

    def _show_keyboard(self) -> None:
        keyboard = self.markup
        if keyboard and keyboard.get("remove_keyboard"):
            keyboard = None
        if self.chat.keyboard != keyboard:
            self.chat.keyboard = keyboard
            self.world.publish("keyboard", self.chat, keyboard=keyboard)


def outgoing(world: World, parameters: Any, messages: int = 1) -> Outgoing:  # noqa: ANN401
    """Return where the message of a `send…` or `copy…` call goes.

    `parameters` are those of any such method. ApiError 400, 403 or 429 says why it can't.
    """
    chat = writable_chat(world, parameters.chat_id)
    reply_to, quote = _reply(chat, getattr(parameters, "reply_parameters", None))
    markup = checked_markup(getattr(parameters, "reply_markup", None))
    if world.settings.rate_limits:
        world.rate_limits.count(chat, messages)
    return Outgoing(world, chat, reply_to, quote, markup, bool(parameters.protect_content))


def checked_markup(markup: Any) -> Json | None:  # noqa: ANN401
    """Return a keyboard as it goes over the wire, or None; ApiError 400 for a refused one."""
    shown = dump(markup)
    if shown is None or shown.get("inline_keyboard") == []:
        return None
    check_markup(shown)
    return shown


def dump(model: Any) -> Json | None:  # noqa: ANN401
    """Return a part of a call as it goes over the wire, or None."""
    if model is None:
        return None
    dumped: Json = model.model_dump(mode="json", by_alias=True, exclude_none=True)
    return dumped


def dump_all(models: Sequence[Any] | None) -> list[Json] | None:
    """Return each of several parts as it goes over the wire, or None."""
    return None if models is None else [m for m in map(dump, models) if m is not None]


def _reply(chat: Chat, reply: Any) -> tuple[int | None, Json | None]:  # noqa: ANN401
    if reply is None:
        return None, None
    elsewhere = reply.chat_id is not None and str(reply.chat_id) != str(chat.id)
    replied = None if elsewhere else chat.messages.get(reply.message_id)
    if replied is None or replied.is_service:
        if reply.allow_sending_without_reply:
            return None, None
        raise ApiError(400, "Bad Request: message to be replied not found")
    if reply.quote is None:
        return replied.message_id, None
    quote = format_text(reply.quote, reply.quote_parse_mode, reply.quote_entities)
    found = replied.text.find(quote.text)
    if found < 0:
        raise ApiError(400, "Bad Request: QUOTE_TEXT_INVALID")
    position = utf16_length(replied.text[:found])
    shown: Json = {"text": quote.text, "position": position, "is_manual": True}
    if quote.entities:
        shown["entities"] = list(quote.entities)
    return replied.message_id, shown
