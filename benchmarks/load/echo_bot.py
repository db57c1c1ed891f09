"""The peer: python-telegram-bot's own example of a bot, which echoes what it is sent."""

from __future__ import annotations

import asyncio
import os
import sys
from typing import TYPE_CHECKING, Any

from telegram.ext import Application, MessageHandler, filters

if TYPE_CHECKING:
    from telegram import Update
    from telegram.ext import CallbackContext


async def echo(update: Update, _context: CallbackContext[Any, Any, Any, Any]) -> None:
    """Send a text back."""
    if update.message is not None and update.message.text is not None:
        await update.message.reply_text(update.message.text)


async def serve() -> None:
    """Serve until the standard input ends."""
    application = (
        Application.builder()
        .token(os.environ["TELEGRAM_BOT_TOKEN"])
        .base_url(f"{os.environ['TELEGRAM_API_URL']}/bot")
        .build()
    )
    application.add_handler(MessageHandler(filters.TEXT, echo))
    async with application:
        await application.start()
        assert application.updater is not None
        await application.updater.start_polling()
        print("serving", flush=True)
        await asyncio.to_thread(sys.stdin.read)
        await application.updater.stop()
        await application.stop()


if __name__ == "__main__":
    asyncio.run(serve())
