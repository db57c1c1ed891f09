"""/export: the record of a period as spreadsheets."""

from __future__ import annotations

import asyncio
import html
from typing import TYPE_CHECKING

from telegram.ext import CallbackQueryHandler, CommandHandler, filters

from bot.access.audit import AuditAction
from bot.access.authorisation import Capability
from bot.features.answer_log import texts
from bot.features.answer_log.buttons import EXPORT_PREFIX, export_keyboard, parse_days
from bot.features.answer_log.rows import record_rows
from bot.features.answer_log.spreadsheet import csv_file, xlsx
from bot.features.answer_log.statistics_handlers import span_of
from bot.features.answer_log.statistics_picture import number
from bot.limits import UPLOAD_BYTES
from bot.period import Period
from bot.telegram.gate import Guarded
from bot.telegram.sending import acknowledge, reply

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from telegram import Update

    from bot.access.audit_notes import AuditNotes
    from bot.database import Database
    from bot.telegram.sending import Context


class ExportHandlers:
    """Sends the record as XLSX and CSV."""

    def __init__(
        self, database: Database, noting: AuditNotes, *, now: Callable[[], dt.datetime]
    ) -> None:
        self._database = database
        self._noting = noting
        self._now = now

    def handlers(self) -> list[Guarded]:
        """Return the handlers of the command and its buttons, for who may see statistics."""
        private = filters.UpdateType.MESSAGE & filters.ChatType.PRIVATE
        return [
            Guarded(
                Capability.SEE_STATISTICS, CommandHandler("export", self.export, filters=private)
            ),
            Guarded(
                Capability.SEE_STATISTICS,
                CallbackQueryHandler(self.pressed, pattern=f"^{EXPORT_PREFIX}"),
            ),
        ]

    async def export(self, update: Update, context: Context) -> None:
        """Ask for the period, or send that of the days named."""
        argument = " ".join(context.args or [])
        if not argument:
            await reply(update, context, [texts.EXPORT_CHOOSE], export_keyboard())
            return
        days = parse_days(argument, "")
        if days is None:
            text = texts.BAD_ARGUMENT.format(
                argument=html.escape(argument[:64]), usage=texts.EXPORT_USAGE, most=texts.MOST_DAYS
            )
            await reply(update, context, [text])
            return
        await self._send(update, context, days)

    async def pressed(self, update: Update, context: Context) -> None:
        """Send the period of the button."""
        query = update.callback_query
        if query is None:
            return
        await acknowledge(query, texts.EXPORT_WORKING)
        days = parse_days(query.data, EXPORT_PREFIX) or texts.DEFAULT_DAYS
        await self._send(update, context, days)

    async def _send(self, update: Update, context: Context, days: int) -> None:
        chat = update.effective_chat
        user = update.effective_user
        if chat is None or user is None:
            return
        await self._noting.note(update, AuditAction.EXPORT_RECORD, days=days)
        period = Period.up_to(self._now(), days)
        rows = await record_rows(self._database, period)
        if not rows:
            text = texts.EXPORT_EMPTY.format(span=span_of(period))
            await reply(update, context, [text])
            return
        caption = texts.EXPORT_CAPTION.format(span=span_of(period), rows=number(len(rows)))
        for ending, write in (("xlsx", xlsx), ("csv", csv_file)):
            file = await asyncio.to_thread(write, rows)
            if len(file) > UPLOAD_BYTES:
                text = texts.EXPORT_TOO_LARGE.format(megabytes=UPLOAD_BYTES // 1_000_000)
                await reply(update, context, [text])
                continue
            await context.bot.send_document(
                chat.id,
                file,
                filename=f"hoi-dap-{period.first}-{period.last}.{ending}",
                caption=caption,
            )
