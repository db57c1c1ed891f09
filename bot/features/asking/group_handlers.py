"""Groups: who calls the bot or replies to it is answered; all else it lets pass."""

from __future__ import annotations

from typing import TYPE_CHECKING

from telegram import InlineKeyboardButton, InlineKeyboardMarkup
from telegram.ext import MessageHandler, filters

from bot.access.authorisation import Capability
from bot.features.asking import texts
from bot.features.asking.addressed import CalledByName, ForTheBot, asked_of_bot
from bot.telegram.gate import Guarded
from bot.telegram.sending import reply

if TYPE_CHECKING:
    from telegram import Update

    from bot.features.asking.question_handlers import QuestionHandlers
    from bot.telegram.menus import CommandMenus
    from bot.telegram.sending import Context


class GroupHandlers:
    """Answers what is said to the bot in groups and their topics. Registered after all commands."""

    def __init__(self, questions: QuestionHandlers, menus: CommandMenus) -> None:
        self._questions = questions
        self._menus = menus

    def handlers(self) -> list[Guarded]:
        """Return the handlers; the second takes the commands that no other has in groups."""
        groups = filters.UpdateType.MESSAGE & filters.ChatType.GROUPS
        said = groups & ~filters.COMMAND & ForTheBot()
        command = groups & filters.COMMAND & CalledByName()
        return [
            Guarded(Capability.ASK, MessageHandler(said, self.said)),
            Guarded(Capability.ASK, MessageHandler(command, self.not_here)),
        ]

    async def said(self, update: Update, context: Context) -> None:
        """Answer what the bot was asked, or say how to ask."""
        message = update.effective_message
        asked = None if message is None else asked_of_bot(message)
        if asked:
            await self._questions.said(update, context, asked)
        elif asked is not None:
            usage = texts.GROUP_USAGE.format(bot=context.bot.username)
            await reply(update, context, [usage])

    async def not_here(self, update: Update, context: Context) -> None:
        """Point to the private chat, where the other commands are."""
        names = ", ".join(f"/{command.name}" for command in self._menus.groups)
        link = f"https://t.me/{context.bot.username}"
        button = InlineKeyboardButton(texts.PRIVATE_CHAT_BUTTON, url=link)
        keyboard = InlineKeyboardMarkup.from_button(button)
        await reply(update, context, [texts.NOT_IN_GROUPS.format(commands=names)], keyboard)
