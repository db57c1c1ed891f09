"""Whatever is not a question: voice, stickers, photos, unknown commands, forgotten buttons."""

from __future__ import annotations

from typing import TYPE_CHECKING

from telegram.ext import CallbackQueryHandler, MessageHandler, filters

from bot.access.authorisation import Capability
from bot.features.asking import texts
from bot.features.sources import SOURCE_GONE
from bot.telegram.gate import Guarded
from bot.telegram.sending import acknowledge, reply

if TYPE_CHECKING:
    from telegram import Update

    from bot.telegram.gate import Gate
    from bot.telegram.sending import Context


class OtherMessageHandlers:
    """Says in one friendly line what the bot can't do. Registered last; silent in groups."""

    def __init__(self, gate: Gate) -> None:
        self._gate = gate

    def handlers(self) -> list[Guarded]:
        """Return the handlers that catch what no other took."""
        private = filters.UpdateType.MESSAGE & filters.ChatType.PRIVATE
        return [
            Guarded(
                Capability.GREET, MessageHandler(private & filters.COMMAND, self.unknown_command)
            ),
            Guarded(
                Capability.ASK, MessageHandler(private & ~filters.StatusUpdate.ALL, self.not_text)
            ),
            Guarded(Capability.GREET, CallbackQueryHandler(self.forgotten_button)),
        ]

    async def unknown_command(self, update: Update, context: Context) -> None:
        """Point to the commands that exist."""
        await reply(update, context, [texts.UNKNOWN_COMMAND])

    async def not_text(self, update: Update, context: Context) -> None:
        """Ask for words instead of a picture, a voice and so on; an editor, for a file."""
        message, user = update.message, update.effective_user
        if message is None or user is None:
            return
        kinds = (said for kind, said in texts.OTHER_KINDS.items() if getattr(message, kind))
        line = next(kinds, texts.NOT_TEXT)
        if line is texts.PHOTO:
            role = await self._gate.role_of(user.id)
            if self._gate.lets(role, Capability.EDIT_DOCUMENTS):
                line = texts.PHOTO_TO_EDITOR
        await reply(update, context, [line])

    async def forgotten_button(self, update: Update, _context: Context) -> None:
        """Answer a button that no version of the bot knows, so that it stops spinning."""
        if update.callback_query is not None:
            await acknowledge(update.callback_query, SOURCE_GONE, alert=True)
