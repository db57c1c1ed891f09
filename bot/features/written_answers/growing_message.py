"""A message that people see grow: by drafts in private chats, by edits elsewhere."""

from __future__ import annotations

import asyncio
import datetime as dt
from typing import TYPE_CHECKING

import structlog
from telegram.constants import ChatType
from telegram.error import BadRequest, InvalidToken, TelegramError

from bot.telegram.sending import reply, show_typing, topic_of

if TYPE_CHECKING:
    from telegram import Message, Update

    from bot.office_time import Clock
    from bot.telegram.sending import Context

PRIVATE_PAUSE = dt.timedelta(seconds=1)
"""Between two texts: Telegram allows a chat about one message a second."""
GROUP_PAUSE = dt.timedelta(seconds=5)
"""Likewise in a group, which has 20 messages a minute for all that the bot says there."""
TYPING_PAUSE = dt.timedelta(seconds=4)
"""Until the first text; Telegram shows for five seconds that the bot is typing."""

_log = structlog.get_logger(__name__)


class GrowingMessage:
    """Shows the latest text when it is time to; those in between are passed over.

    What goes wrong is only logged: the whole message is sent in the end anyway, by who takes what
    `finish` returns.
    """

    def __init__(self, update: Update, context: Context, clock: Clock) -> None:
        chat = update.effective_chat
        private = chat is not None and chat.type == ChatType.PRIVATE
        self._update, self._context, self._clock = update, context, clock
        self._by_drafts = private
        self._pause = PRIVATE_PAUSE if private else GROUP_PAUSE
        self._text = ""
        self._news = asyncio.Event()
        self._message: Message | None = None
        self._request: asyncio.Task[None] | None = None
        self._typing = asyncio.create_task(self._keep_typing())
        self._showing = asyncio.create_task(self._keep_showing())

    def show(self, text: str) -> None:
        """Let `text` (HTML, of one message) be what is shown next.

        The answer to a message that was edited stands already, and changes once it is whole.
        """
        if self._update.edited_message is not None:
            return
        self._typing.cancel()
        self._text = text
        self._news.set()

    async def finish(self) -> Message | None:
        """End, and return the message that was sent meanwhile, to be changed into the whole one."""
        tasks = self._typing, self._showing
        for task in tasks:
            task.cancel()
        await asyncio.wait(tasks)
        if self._request is not None:  # else an early text might come after the whole one
            await self._request
        return self._message

    async def _keep_typing(self) -> None:
        while True:
            await self._clock.until(self._clock.now() + TYPING_PAUSE)
            await show_typing(self._update, self._context)

    async def _keep_showing(self) -> None:
        while True:
            await self._news.wait()
            self._news.clear()
            self._request = asyncio.create_task(self._show(self._text))
            await asyncio.shield(self._request)
            await self._clock.until(self._clock.now() + self._pause)

    async def _show(self, text: str) -> None:
        try:
            if self._by_drafts:
                await self._draft(text)
            if not self._by_drafts:
                await self._edit(text)
        except TelegramError as error:
            _log.info("growing_answer_not_shown", reason=type(error).__name__)

    async def _draft(self, text: str) -> None:
        """Send a draft; from then on edit where the server takes none."""
        chat = self._update.effective_chat
        if chat is None:
            return
        try:
            await self._context.bot.send_message_draft(
                chat.id,
                self._update.update_id,
                text,
                message_thread_id=topic_of(self._update.effective_message),
            )
        except (BadRequest, InvalidToken) as error:  # the latter: it has no such method
            _log.info("drafts_not_taken", reason=type(error).__name__)
            self._by_drafts = False

    async def _edit(self, text: str) -> None:
        if self._message is None:
            (self._message,) = await reply(self._update, self._context, [text])
        else:
            place = self._message.chat_id, self._message.message_id
            # without retries: where Telegram wants patience, only the whole answer is worth it
            await self._context.bot.edit_message_text(text, *place, rate_limit_args=0)
