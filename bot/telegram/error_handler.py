"""The one error handler: a short apology for the person, the rest for the log."""

from __future__ import annotations

from secrets import token_hex
from typing import TYPE_CHECKING

import structlog
from telegram import Update
from telegram.error import NetworkError, TelegramError

from bot.database.errors import (
    DatabaseBusyError,
    DatabaseError,
    DatabaseFullError,
    DatabaseReadOnlyError,
)
from bot.telegram import texts
from bot.telegram.closed_chats import ClosedChats, is_closed
from bot.telegram.handling import fails
from bot.telegram.sending import acknowledge, reply
from knowledge import IndexDamagedError, StorageError

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
            fails()  # an answer to a poll: it is taken later
        _log.error("update_failed", reference=reference, update_id=update.update_id, exc_info=error)
        apology = _apology(error).format(reference=reference)
        if update.callback_query is not None:
            plain = texts.APOLOGY_PLAIN.format(reference=reference)
            await acknowledge(update.callback_query, plain)
        try:
            await reply(update, context, [apology])
        except TelegramError as second:
            _log.warning("apology_not_sent", reference=reference, reason=str(second))


_FAULTS: dict[type[BaseException], str] = {
    DatabaseFullError: texts.FAULT_FULL,
    DatabaseReadOnlyError: texts.FAULT_READ_ONLY,
    DatabaseBusyError: texts.FAULT_BUSY,
    DatabaseError: texts.FAULT_DATABASE,
    StorageError: texts.FAULT_DOCUMENTS,
    IndexDamagedError: texts.FAULT_DOCUMENTS,
}
"""What people are told of the machine's faults; the first that fits."""


def _apology(error: Exception | None) -> str:
    """Return the apology for an error, with a place for its reference."""
    fault = next((text for kind, text in _FAULTS.items() if isinstance(error, kind)), None)
    if fault is None:
        return texts.APOLOGY
    return texts.APOLOGY_FAULT.replace("{fault}", fault)
