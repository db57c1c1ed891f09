"""/start and /help."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.access.authorisation import Capability
from bot.access.roles import Role
from bot.features.asking import texts
from bot.features.onboarding import INVITED, start_button
from bot.telegram.formatting import escape
from bot.telegram.gate import Guarded, on_command
from bot.telegram.sending import reply
from bot.telegram.texts import ROLES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update

    from bot.telegram.gate import Gate
    from bot.telegram.menus import CommandMenus, MenuCommand
    from bot.telegram.sending import Context

    WelcomeKeyboard = Callable[[InlineKeyboardButton | None], InlineKeyboardMarkup]
    """What gives the suggested questions, below a button if given."""


class StartHandlers:
    """Welcomes people in their private chats and explains how to ask."""

    def __init__(
        self,
        gate: Gate,
        menus: CommandMenus,
        welcome_keyboard: WelcomeKeyboard,
        *,
        with_model: bool,
    ) -> None:
        self._gate = gate
        self._menus = menus
        self._welcome_keyboard = welcome_keyboard
        self._words = texts.HELP_WRITTEN if with_model else texts.HELP_EXTRACTED

    def handlers(self) -> list[Guarded]:
        """Return the handlers of the two commands."""
        return [
            on_command(Capability.GREET, "start", self.start),
            on_command(Capability.GREET, "help", self.help),
        ]

    async def start(self, update: Update, context: Context) -> None:
        """Send the welcome with suggested questions, or the way in to whoever may not ask.

        The command menu follows the role: it may have changed while the bot was away, or on the
        command line.
        """
        role = await self._role(update)
        keyboard: InlineKeyboardMarkup | None = self._welcome_keyboard(None)
        paragraphs = [texts.WELCOME, texts.WELCOME_TRY]
        if not self._gate.lets(role, Capability.ASK):
            way_in, keyboard = self._gate.refusal(Capability.ASK, role)
            paragraphs = [texts.WELCOME_CLOSED.format(text=way_in)]
        elif self._menus.of(role):
            paragraphs.insert(1, texts.WELCOME_ROLE.format(role=ROLES[role]))
            if role is Role.NEWCOMER and update.effective_user is not None:
                paragraphs.insert(2, INVITED)
                keyboard = self._welcome_keyboard(start_button(update.effective_user.id))
        await reply(update, context, ["\n\n".join(paragraphs)], keyboard)
        if update.effective_user is not None:
            await self._menus.show(context.bot, update.effective_user.id, role)

    async def help(self, update: Update, context: Context) -> None:
        """Explain how to ask, with the commands of the person's role."""
        role = await self._role(update)
        commands = command_lines(self._menus.everybodys)
        if own := self._menus.of(role):
            head = texts.HELP_ROLE.format(role=ROLES[role])
            commands += f"\n\n{head}\n{command_lines(own)}"
            if self._gate.lets(role, Capability.EDIT_DOCUMENTS):
                commands += f"\n{texts.HELP_SEND_FILE}"
        messages = [texts.HELP.format(commands=commands, words=self._words)]
        keyboard = None
        if not self._gate.lets(role, Capability.ASK):
            way_in, keyboard = self._gate.refusal(Capability.ASK, role)
            messages.append(way_in)
        await reply(update, context, messages, keyboard)

    async def _role(self, update: Update) -> Role:
        user = update.effective_user
        return Role.STRANGER if user is None else await self._gate.role_of(user.id)


def command_lines(commands: Iterable[MenuCommand]) -> str:
    """Return a line a command, in HTML."""
    return "\n".join(f"/{each.name} – {escape(each.description)}" for each in commands)
