"""/versions and /rollback: what is kept, and the way back."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

from telegram import InlineKeyboardButton, InlineKeyboardMarkup
from telegram.ext import CallbackQueryHandler, CommandHandler, filters

from bot.access.audit import AuditAction
from bot.access.authorisation import Capability
from bot.features.knowledge_versions import texts
from bot.features.knowledge_versions.version_line import version_line
from bot.telegram.formatting import HtmlBlock, pack
from bot.telegram.gate import Guarded
from bot.telegram.sending import acknowledge, reply, without_buttons
from knowledge import KnowledgeError

if TYPE_CHECKING:
    from telegram import Update

    from bot.access.audit_notes import AuditNotes
    from bot.features.knowledge_versions.updates import KnowledgeUpdates
    from bot.telegram.sending import Context
    from knowledge import VersionInfo

ASK_PREFIX = "v:ask:"
BACK_PREFIX = "v:back:"
CANCEL = "v:no"


class VersionHandlers:
    """Lists the versions and returns to an earlier one; needs the capability RELOAD."""

    def __init__(self, updates: KnowledgeUpdates, noting: AuditNotes) -> None:
        self._updates = updates
        self._noting = noting

    def handlers(self) -> list[Guarded]:
        """Return the handlers of the two commands and of their buttons."""
        new = filters.UpdateType.MESSAGE
        return [
            Guarded(Capability.RELOAD, CommandHandler("versions", self.versions, filters=new)),
            Guarded(Capability.RELOAD, CommandHandler("rollback", self.rollback, filters=new)),
            Guarded(Capability.RELOAD, CallbackQueryHandler(self.ask, pattern=f"^{ASK_PREFIX}")),
            Guarded(Capability.RELOAD, CallbackQueryHandler(self.back, pattern=f"^{BACK_PREFIX}")),
            Guarded(Capability.RELOAD, CallbackQueryHandler(self.cancel, pattern=f"^{CANCEL}$")),
        ]

    async def versions(self, update: Update, context: Context) -> None:
        """List the versions, with a button for each that can be returned to."""
        infos = await self._updates.versions()
        if not infos:
            await reply(update, context, [texts.NO_VERSIONS])
            return
        blocks = [HtmlBlock.plain(texts.VERSIONS, "b"), *map(_block, infos)]
        rows = [
            [
                InlineKeyboardButton(
                    texts.BACK_BUTTON.format(version=info.name),
                    callback_data=ASK_PREFIX + info.name,
                )
            ]
            for info in infos
            if not info.active and not info.waiting
        ]
        keyboard = InlineKeyboardMarkup(rows) if rows else None
        await reply(update, context, pack(blocks), keyboard)

    async def rollback(self, update: Update, context: Context) -> None:
        """Ask whether to return to the previous version."""
        await self._ask(update, context, None)

    async def ask(self, update: Update, context: Context) -> None:
        """Ask whether to return to the version whose button was pressed."""
        query = update.callback_query
        if query is None:
            return
        await acknowledge(query)
        await self._ask(update, context, (query.data or "").removeprefix(ASK_PREFIX))

    async def back(self, update: Update, context: Context) -> None:
        """Return to the version that was confirmed."""
        query = update.callback_query
        if query is None:
            return
        await acknowledge(query)
        try:
            version = await self._updates.rollback((query.data or "").removeprefix(BACK_PREFIX))
        except KnowledgeError as error:
            await reply(update, context, [html.escape(f"⛔ {error}", quote=False)])
        else:
            await self._noting.note(update, AuditAction.ROLL_BACK, version)
            await reply(update, context, [texts.ROLLED_BACK.format(version=version)])
        await without_buttons(query)

    async def cancel(self, update: Update, _context: Context) -> None:
        """Leave everything as it is."""
        query = update.callback_query
        if query is not None:
            await acknowledge(query, texts.CANCELLED)
            await without_buttons(query)

    async def _ask(self, update: Update, context: Context, to: str | None) -> None:
        try:
            version = await self._updates.rollback_target(to)
        except KnowledgeError as error:
            await reply(update, context, [html.escape(f"⛔ {error}", quote=False)])
            return
        confirm = InlineKeyboardButton(
            texts.CONFIRM_ROLLBACK.format(version=version), callback_data=BACK_PREFIX + version
        )
        cancel = InlineKeyboardButton(texts.CANCEL, callback_data=CANCEL)
        text = texts.ASK_ROLLBACK.format(version=version)
        await reply(update, context, [text], InlineKeyboardMarkup([[confirm, cancel]]))


def _block(info: VersionInfo) -> HtmlBlock:
    return HtmlBlock.plain(version_line(info), "b" if info.active else "")
