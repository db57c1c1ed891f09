"""/start and /help."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from telegram.ext import BaseHandler, CommandHandler, filters

from bot import texts
from bot.handlers.replying import reply
from bot.keyboards import suggestions_keyboard

if TYPE_CHECKING:
    from telegram import Update

    from bot.handlers.replying import Context


class StartHandlers:
    """Welcomes people and explains how to ask."""

    def handlers(self) -> list[BaseHandler[Any, Any, Any]]:
        """Return the handlers of the two commands."""
        new = filters.UpdateType.MESSAGE
        return [
            CommandHandler("start", self.start, filters=new),
            CommandHandler("help", self.help, filters=new),
        ]

    async def start(self, update: Update, context: Context) -> None:
        """Send the welcome with suggested questions as buttons."""
        await reply(update, context, [texts.WELCOME], suggestions_keyboard())

    async def help(self, update: Update, context: Context) -> None:
        """Send the explanation of how to ask."""
        await reply(update, context, [texts.HELP])
