"""The one error handler: a short apology for the person, the rest for the log."""

from __future__ import annotations

from secrets import token_hex
from typing import TYPE_CHECKING

import structlog
from telegram import Update
from telegram.error import NetworkError, TelegramError

from bot.database.errors import DatabaseError
from bot.telegram import texts
from bot.telegram.closed_chats import ClosedChats, is_closed
from bot.telegram.handling import fails
from bot.telegram.sending import acknowledge, reply

if TYPE_CHECKING:
    from bot.telegram.sending import Context

_log = structlog.get_logger(__name__)


class ErrorHandler:
    """Takes what no handler caught."""

    def __init__(self) -> None:
        self._closed = ClosedChats()

    async def handle(self, update: object, context: Context) -> None:
        """Log `context.error`, and apologise if someone waits for a reply.

        Both the person and the log get the failure's reference number. A chat that is closed to
        the bot is logged once.
        """
        error = context.error
        if is_closed(error):
            chat = update.effective_chat if isinstance(update, Update) else None
            if self._closed.is_news(chat):
                _log.info("chat_closed_to_the_bot", reason=str(error))
            return
        reference = token_hex(4).upper()
        if not isinstance(update, Update):
            # The connection to Telegram: python-telegram-bot tries again by itself.
            event = "telegram_unreachable" if isinstance(error, NetworkError) else "bot_failed"
            _log.warning(event, reference=reference, reason=repr(error))
            return
        if isinstance(error, DatabaseError) and update.effective_chat is None:
            fails()  # nobody can be told to try again
        _log.error("update_failed", reference=reference, update_id=update.update_id, exc_info=error)
        if update.callback_query is not None:
            apology = texts.APOLOGY_PLAIN.format(reference=reference)
            await acknowledge(update.callback_query, apology)
        try:
            await reply(update, context, [texts.APOLOGY.format(reference=reference)])
        except TelegramError as second:
            _log.warning("apology_not_sent", reference=reference, reason=str(second))
