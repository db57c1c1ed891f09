"""/versions and /rollback: what is kept, and the way back."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from telegram import InlineKeyboardButton, InlineKeyboardMarkup
from telegram.ext import BaseHandler, CallbackQueryHandler, CommandHandler, filters

from bot.formatting import HtmlBlock, pack
from bot.handlers.replying import reply, without_buttons
from bot.texts import versions as texts
from knowledge import KnowledgeError

if TYPE_CHECKING:
    import datetime as dt

    from telegram import Update

    from bot.handlers.replying import Context
    from bot.knowledge_updates import KnowledgeUpdates
    from knowledge import VersionInfo

ASK_PREFIX = "v:ask:"
BACK_PREFIX = "v:back:"
CANCEL = "v:no"

_OFFICE_TIME = ZoneInfo("Asia/Ho_Chi_Minh")


class VersionHandlers:
    """Lists the versions and returns to an earlier one; needs the capability RELOAD."""

    def __init__(self, updates: KnowledgeUpdates) -> None:
        self._updates = updates

    def handlers(self) -> list[BaseHandler[Any, Any, Any]]:
        """Return the handlers of the two commands and of their buttons."""
        new = filters.UpdateType.MESSAGE
        return [
            CommandHandler("versions", self.versions, filters=new),
            CommandHandler("rollback", self.rollback, filters=new),
            CallbackQueryHandler(self.ask, pattern=f"^{ASK_PREFIX}"),
            CallbackQueryHandler(self.back, pattern=f"^{BACK_PREFIX}"),
            CallbackQueryHandler(self.cancel, pattern=f"^{CANCEL}$"),
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
        try:
            target = await self._updates.rollback_target()
        except KnowledgeError as error:
            await reply(update, context, [html.escape(f"⛔ {error}", quote=False)])
            return
        await self._ask(update, context, target)

    async def ask(self, update: Update, context: Context) -> None:
        """Ask whether to return to the version whose button was pressed."""
        query = update.callback_query
        if query is None:
            return
        await query.answer()
        await self._ask(update, context, (query.data or "").removeprefix(ASK_PREFIX))

    async def back(self, update: Update, context: Context) -> None:
        """Return to the version that was confirmed."""
        query = update.callback_query
        if query is None:
            return
        await query.answer()
        try:
            version = await self._updates.rollback((query.data or "").removeprefix(BACK_PREFIX))
        except KnowledgeError as error:
            await reply(update, context, [html.escape(f"⛔ {error}", quote=False)])
        else:
            await reply(update, context, [texts.ROLLED_BACK.format(version=version)])
        await without_buttons(query)

    async def cancel(self, update: Update, _context: Context) -> None:
        """Leave everything as it is."""
        query = update.callback_query
        if query is not None:
            await query.answer(texts.CANCELLED)
            await without_buttons(query)

    async def _ask(self, update: Update, context: Context, version: str) -> None:
        confirm = InlineKeyboardButton(
            texts.CONFIRM_ROLLBACK.format(version=version), callback_data=BACK_PREFIX + version
        )
        cancel = InlineKeyboardButton(texts.CANCEL, callback_data=CANCEL)
        text = texts.ASK_ROLLBACK.format(version=html.escape(version))
        await reply(update, context, [text], InlineKeyboardMarkup([[confirm, cancel]]))


def version_line(info: VersionInfo) -> str:
    """Return one version in a line of plain text, with office time."""
    line = texts.VERSION_LINE.format(
        name=info.name,
        articles=info.articles,
        chunks=info.chunks,
        built=_office_time(info.built_at),
    )
    if info.promoted_at is not None:
        line += texts.PROMOTED_AT.format(at=_office_time(info.promoted_at))
    marks = [
        mark
        for mark, holds in (
            (texts.ACTIVE, info.active),
            (texts.PREVIOUS, info.previous),
            (texts.NOT_DECIDED, info.waiting),
        )
        if holds
    ]
    return f"{line} – {', '.join(marks)}" if marks else line


def _block(info: VersionInfo) -> HtmlBlock:
    return HtmlBlock.plain(version_line(info), "b" if info.active else "")


def _office_time(moment: dt.datetime) -> str:
    return moment.astimezone(_OFFICE_TIME).strftime("%H:%M %d/%m/%Y")
