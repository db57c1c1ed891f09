"""/start and /help."""

from __future__ import annotations

from typing import TYPE_CHECKING

from telegram.constants import ChatType
from telegram.ext import CommandHandler, filters

from bot import texts
from bot.handlers.gate import Guarded
from bot.handlers.replying import reply
from bot.keyboards import suggestions_keyboard
from bot.people.authorisation import Capability
from bot.texts import people as people_texts

if TYPE_CHECKING:
    from telegram import Update

    from bot.handlers.gate import Gate
    from bot.handlers.replying import Context
    from bot.menus import CommandMenus
    from bot.people.registry import People


class StartHandlers:
    """Welcomes people and explains how to ask."""

    def __init__(self, gate: Gate, people: People, menus: CommandMenus) -> None:
        self._gate = gate
        self._people = people
        self._menus = menus

    def handlers(self) -> list[Guarded]:
        """Return the handlers of the two commands."""
        new = filters.UpdateType.MESSAGE
        return [
            Guarded(Capability.GREET, CommandHandler("start", self.start, filters=new)),
            Guarded(Capability.GREET, CommandHandler("help", self.help, filters=new)),
        ]

    async def start(self, update: Update, context: Context) -> None:
        """Send the welcome with suggested questions, or the way in to whoever may not ask."""
        user, chat = update.effective_user, update.effective_chat
        person = None if user is None else await self._people.get(user.id)
        if user is not None and not await self._gate.allows(user.id, Capability.ASK):
            text, keyboard = self._gate.refusal(Capability.ASK, person.role if person else None)
            await reply(update, context, [people_texts.WELCOME_CLOSED.format(text=text)], keyboard)
            return
        await reply(update, context, [texts.WELCOME], suggestions_keyboard())
        if person is not None and chat is not None and chat.type == ChatType.PRIVATE:
            await self._menus.show(context.bot, person.id, person.role)

    async def help(self, update: Update, context: Context) -> None:
        """Send the explanation of how to ask."""
        await reply(update, context, [texts.HELP])
