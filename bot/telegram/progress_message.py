"""One message that shows how far a reload is, and becomes its report."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import structlog
from telegram.error import BadRequest, TelegramError

from bot.telegram import texts
from bot.telegram.formatting import escape
from bot.telegram.sending import edit_message
from bot.vietnamese_numbers import duration, number

if TYPE_CHECKING:
    from collections.abc import Callable

    from telegram import InlineKeyboardMarkup, Message

    from knowledge import ReloadProgress

EDIT_SECONDS = 1.5
"""Between two edits of one message: Telegram allows a chat about one message a second."""

_log = structlog.get_logger(__name__)


class ProgressMessage:
    """Edits its message at most once in EDIT_SECONDS; steps in between are passed over."""

    def __init__(self, message: Message, started: str, clock: Callable[[], float]) -> None:
        self._message = message
        self._started = started
        self._clock = clock
        self._last = clock()
        self._editing: asyncio.Task[None] | None = None
        self._finished = False

    @classmethod
    async def sent(cls, origin: Message, text: str, clock: Callable[[], float]) -> ProgressMessage:
        """Send the message (`text` in HTML) as a reply to `origin`."""
        return cls(await origin.reply_text(text), text, clock)

    def show(self, step: ReloadProgress) -> None:
        """Show `step` if it is time to and the last edit is through; called in the event loop."""
        now = self._clock()
        busy = self._editing is not None and not self._editing.done()
        if self._finished or busy or now - self._last < EDIT_SECONDS:
            return
        self._last = now
        stage = escape(step.stage)
        text = texts.PROGRESS.format(
            started=self._started,
            stage=stage,
            done=number(step.done),
            total=number(step.total),
            remaining=_remaining(step.remaining),
        )
        self._editing = asyncio.ensure_future(self._show(text))

    async def finish(self, text: str, keyboard: InlineKeyboardMarkup | None = None) -> None:
        """Replace the progress by `text` (HTML); a message that is gone is sent anew."""
        self._finished = True
        if self._editing is not None:
            await self._editing
        try:
            await edit_message(self._message, text, keyboard)
        except BadRequest as error:
            _log.info("progress_message_gone", reason=str(error))
            await self._message.get_bot().send_message(
                self._message.chat_id, text, reply_markup=keyboard
            )

    async def _show(self, text: str) -> None:
        try:
            await edit_message(self._message, text)
        except TelegramError as error:
            _log.info("progress_not_shown", reason=str(error))


def _remaining(seconds: float | None) -> str:
    """Return how long a stage will still take, in words; nothing where that can't be told."""
    return "" if seconds is None else texts.REMAINING.format(time=duration(seconds))
