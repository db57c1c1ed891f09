"""Sending and changing messages: HTML, in order, the buttons under the last one."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import structlog
from telegram import (
    ForceReply,
    InlineQueryResultsButton,
    InputMediaPhoto,
    LinkPreviewOptions,
    Message,
    ReplyParameters,
)
from telegram.constants import ChatAction, ChatType, ParseMode
from telegram.error import BadRequest, TelegramError
from telegram.ext import Defaults

from bot.limits import CALLBACK_ANSWER_UNITS
from bot.telegram.closed_chats import is_closed
from bot.telegram.formatting import clip

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from telegram import (
        CallbackQuery,
        InlineKeyboardMarkup,
        InlineQuery,
        InlineQueryResultArticle,
        MaybeInaccessibleMessage,
        Update,
    )
    from telegram.ext import CallbackContext, ExtBot

    Context = CallbackContext[ExtBot[Any], Any, Any, Any]

DEFAULTS = Defaults(
    parse_mode=ParseMode.HTML, link_preview_options=LinkPreviewOptions(is_disabled=True)
)
"""How every text of the bot is sent; whoever builds a bot gives it these."""

INLINE_START = "inline"
"""The parameter of /start for who comes from inline mode; it opens the usual welcome."""
_INLINE_CACHE_SECONDS = 20  # Telegram's own memory: the base and roles change now and then
_GONE = ("message to edit not found", "message can't be edited", "message_id_invalid")
"""What Telegram says of a message that was deleted, or is too old to be changed."""

_log = structlog.get_logger(__name__)


async def reply(
    update: Update,
    context: Context,
    messages: Sequence[str],
    keyboard: InlineKeyboardMarkup | None = None,
    *,
    begun: Message | None = None,
) -> list[Message]:
    """Send `messages` (HTML) to the update's chat; in groups as replies to what was asked.

    The first is written into `begun`, a message of the bot's own, unless that was deleted. Returns
    what was sent.
    """
    chat, origin = update.effective_chat, _origin(update)
    sent: list[Message] = []
    if chat is None:
        return sent
    if begun is not None and await _written_into(begun, messages, keyboard):
        sent.append(begun)
    quoted = None
    if chat.type != ChatType.PRIVATE and origin is not None:
        quoted = ReplyParameters(origin.message_id, allow_sending_without_reply=True)
    for number, text in enumerate(messages[len(sent) :], len(sent) + 1):
        message = await context.bot.send_message(
            chat.id,
            text,
            reply_parameters=quoted if number == 1 else None,
            reply_markup=keyboard if number == len(messages) else None,
            message_thread_id=topic_of(origin),
        )
        sent.append(message)
    return sent


async def _written_into(
    begun: Message, messages: Sequence[str], keyboard: InlineKeyboardMarkup | None
) -> bool:
    """Write the first of `messages` into one that was sent; False where it is gone."""
    try:
        await edit_message(begun, messages[0], keyboard if len(messages) == 1 else None)
    except BadRequest as error:
        if not _is_gone(error):
            raise
        return False
    return True


def topic_of(message: MaybeInaccessibleMessage | None) -> int | None:
    """Return the forum's topic that a message is in; replies elsewhere have a thread, no topic."""
    if not isinstance(message, Message) or not message.is_topic_message:
        return None
    return message.message_thread_id


def _origin(update: Update) -> Message | None:
    """Return the message that an update is about; None where it is out of the bot's reach."""
    if update.callback_query is None:
        return update.effective_message
    message = update.callback_query.message
    return message if isinstance(message, Message) else None


async def ask_for_reply(update: Update, context: Context, text: str, placeholder: str) -> None:
    """Ask (HTML) for a text as a reply in the update's chat, which `on_reply` takes."""
    if update.effective_chat is not None:
        await context.bot.send_message(
            update.effective_chat.id,
            text,
            reply_markup=ForceReply(input_field_placeholder=placeholder),
        )


async def acknowledge(query: CallbackQuery, text: str = "", *, alert: bool = False) -> None:
    """Let a pressed button stop spinning, with a short text if there is one.

    A button pressed while the bot was away can't be answered any more, but what it asks for can
    still be done; so a refusal is only logged.
    """
    try:
        await query.answer(clip(text, CALLBACK_ANSWER_UNITS) or None, show_alert=alert)
    except TelegramError as error:
        _log.info("button_not_answered", reason=str(error))


async def answer_inline(
    query: InlineQuery, results: Sequence[InlineQueryResultArticle], *, way_in: str | None = None
) -> None:
    """Answer what somebody types inline; `way_in` labels a button to the private chat.

    A query that waited too long, or that a later one replaced, can't be answered any more: that is
    only logged.
    """
    button = None
    if way_in is not None:
        button = InlineQueryResultsButton(way_in, start_parameter=INLINE_START)
    try:
        await query.answer(
            results, cache_time=_INLINE_CACHE_SECONDS, is_personal=True, button=button
        )
    except BadRequest as error:
        if "query is too old" not in error.message.lower():
            raise
        _log.info("inline_query_not_answered", reason=error.message)


async def edit(update: Update, text: str, keyboard: InlineKeyboardMarkup | None = None) -> None:
    """Answer a pressed button by changing (HTML) the message it is under.

    Where that message was deleted, or can't be changed any more, a new one says it.
    """
    query = update.callback_query
    if query is None:
        return
    message = query.message
    place: dict[str, Any] = {"inline_message_id": query.inline_message_id}
    if message is not None:
        place = {"chat_id": message.chat.id, "message_id": message.message_id}
    try:
        with _unchanged_is_fine():
            await query.get_bot().edit_message_text(text, reply_markup=keyboard, **place)
    except BadRequest as error:
        if message is None or not _is_gone(error):
            raise
        await query.get_bot().send_message(
            message.chat.id, text, reply_markup=keyboard, message_thread_id=topic_of(message)
        )


async def edit_message(
    message: Message, text: str, keyboard: InlineKeyboardMarkup | None = None
) -> None:
    """Change (HTML) a message of the bot's own."""
    with _unchanged_is_fine():
        await message.edit_text(text, reply_markup=keyboard)


async def edit_message_of(
    bot: ExtBot[Any],
    chat_id: int,
    message_id: int,
    text: str,
    keyboard: InlineKeyboardMarkup | None = None,
) -> None:
    """Change (HTML) a message of which only the place is known; raises BadRequest if it is gone."""
    with _unchanged_is_fine():
        await bot.edit_message_text(text, chat_id, message_id, reply_markup=keyboard)


async def edit_picture(
    query: CallbackQuery, picture: bytes, caption: str, keyboard: InlineKeyboardMarkup
) -> None:
    """Answer a pressed button by changing the picture that it is under; `caption` is HTML.

    Where that picture was deleted, or can't be changed any more, it is sent anew.
    """
    message, bot = query.message, query.get_bot()
    if message is None:  # it was sent by way of an inline query, which pictures with buttons aren't
        return
    try:
        with _unchanged_is_fine():
            await bot.edit_message_media(
                InputMediaPhoto(picture, caption),
                chat_id=message.chat.id,
                message_id=message.message_id,
                reply_markup=keyboard,
            )
    except BadRequest as error:
        if not _is_gone(error):
            raise
        await bot.send_photo(
            message.chat.id,
            picture,
            caption=caption,
            reply_markup=keyboard,
            message_thread_id=topic_of(message),
        )


def _is_gone(error: BadRequest) -> bool:
    """Tell whether a message could not be changed since it is not there any more."""
    return any(words in error.message.lower() for words in _GONE)


@contextmanager
def _unchanged_is_fine() -> Iterator[None]:
    """Pass over that a message shows already what it should: its button was pressed twice."""
    try:
        yield
    except BadRequest as error:
        if "not modified" not in error.message:
            raise


async def notify(
    bot: ExtBot[Any], person_id: int, text: str, keyboard: InlineKeyboardMarkup | None = None
) -> bool:
    """Tell somebody (HTML) what others did, and return whether it was sent.

    Who never wrote to the bot can't be told.
    """
    try:
        await bot.send_message(person_id, text, reply_markup=keyboard)
    except TelegramError as error:
        _log.info("not_notified", reason=str(error))
        return False
    return True


async def without_buttons(query: CallbackQuery) -> None:
    """Take the buttons off the message that `query` came from, once they have no use any more."""
    message = query.message
    if message is None:
        return
    try:
        await query.get_bot().edit_message_reply_markup(message.chat.id, message.message_id)
    except TelegramError as error:
        _log.info("buttons_not_removed", reason=str(error))


async def show_typing(update: Update, context: Context) -> None:
    """Show that an answer is coming; it is a courtesy, so a failure is only logged."""
    if update.effective_chat is None:
        return
    try:
        await context.bot.send_chat_action(
            update.effective_chat.id,
            ChatAction.TYPING,
            message_thread_id=topic_of(_origin(update)),
        )
    except TelegramError as error:
        if not is_closed(error):  # the answer will meet the same, and tells of it
            _log.info("typing_not_shown", reason=str(error))
