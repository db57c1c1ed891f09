"""Sending and changing messages: HTML, in order, the buttons under the last one."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import structlog
from telegram import (
    InlineQueryResultsButton,
    InputMediaPhoto,
    LinkPreviewOptions,
    ReplyParameters,
)
from telegram.constants import ChatAction, ChatType, ParseMode
from telegram.error import BadRequest, TelegramError
from telegram.ext import Defaults

from bot.limits import CALLBACK_ANSWER_UNITS
from bot.telegram.formatting import clip

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from telegram import (
        CallbackQuery,
        InlineKeyboardMarkup,
        InlineQuery,
        InlineQueryResultArticle,
        Message,
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

_log = structlog.get_logger(__name__)


async def reply(
    update: Update,
    context: Context,
    messages: Sequence[str],
    keyboard: InlineKeyboardMarkup | None = None,
) -> list[Message]:
    """Send `messages` (HTML) to the update's chat; in groups as replies to what was asked.

    Returns what was sent.
    """
    chat, origin = update.effective_chat, update.effective_message
    sent: list[Message] = []
    if chat is None:
        return sent
    quoted = None
    if chat.type != ChatType.PRIVATE and origin is not None:
        quoted = ReplyParameters(origin.message_id, allow_sending_without_reply=True)
    for number, text in enumerate(messages, 1):
        message = await context.bot.send_message(
            chat.id,
            text,
            reply_parameters=quoted if number == 1 else None,
            reply_markup=keyboard if number == len(messages) else None,
            message_thread_id=origin.message_thread_id
            if origin is not None and getattr(origin, "is_topic_message", None)
            else None,
        )
        sent.append(message)
    return sent


async def acknowledge(query: CallbackQuery, text: str = "", *, alert: bool = False) -> None:
    """Let a pressed button stop spinning, with a short text if there is one.

    A button pressed while the bot was away can't be answered any more, but what it asks for can
    still be done; so a refusal is only logged.
    """
    try:
        await query.answer(clip(text, CALLBACK_ANSWER_UNITS) or None, show_alert=alert)
    except TelegramError as error:
        _log.info("button_not_answered", reason=str(error))


async def offer(
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
    """Answer a pressed button by changing (HTML) the message it is under."""
    query = update.callback_query
    if query is None:
        return
    with _unchanged_is_fine():
        await query.edit_message_text(text, reply_markup=keyboard)


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
    """Answer a pressed button by changing the picture that it is under; `caption` is HTML."""
    with _unchanged_is_fine():
        await query.edit_message_media(InputMediaPhoto(picture, caption), reply_markup=keyboard)


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
) -> None:
    """Tell somebody (HTML) what others did; who never wrote to the bot can't be told."""
    try:
        await bot.send_message(person_id, text, reply_markup=keyboard)
    except TelegramError as error:
        _log.info("not_notified", reason=str(error))


async def without_buttons(query: CallbackQuery) -> None:
    """Take the buttons off the message that `query` came from, once they have no use any more."""
    try:
        await query.edit_message_reply_markup(None)
    except TelegramError as error:
        _log.info("buttons_not_removed", reason=str(error))


async def show_typing(update: Update, context: Context) -> None:
    """Show that an answer is coming; it is a courtesy, so a failure is only logged."""
    if update.effective_chat is None:
        return
    try:
        await context.bot.send_chat_action(update.effective_chat.id, ChatAction.TYPING)
    except TelegramError as error:
        _log.info("typing_not_shown", reason=str(error))
