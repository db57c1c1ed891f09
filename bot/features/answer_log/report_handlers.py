"""/stats and /export: a period as a picture with a short text, and its answers as spreadsheets."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from bot.access.audit import AuditAction
from bot.access.authorisation import Capability
from bot.features.answer_log import texts
from bot.features.answer_log.buttons import (
    ExportPress,
    StatisticsPress,
    export_keyboard,
    parse_days,
    statistics_keyboard,
)
from bot.features.answer_log.messages import caption_of, not_understood
from bot.features.answer_log.spreadsheet import spreadsheet
from bot.features.answer_log.statistics_picture import draw, span_of
from bot.features.answer_log.statistics_query import statistics
from bot.limits import UPLOAD_BYTES
from bot.office_time import Period
from bot.picture_style import drawn
from bot.spreadsheet import FileKind
from bot.telegram.gate import Guarded, Tap, in_private, on_press
from bot.telegram.sending import acknowledge, edit_picture, reply
from bot.vietnamese_numbers import number

if TYPE_CHECKING:
    from telegram import Update

    from bot.feature import Core
    from bot.features.answer_log.store import AnswerLog
    from bot.telegram.sending import Context


class ReportHandlers:
    """Shows what a period adds up to, and sends its answers as XLSX and CSV."""

    def __init__(self, core: Core, answer_log: AnswerLog) -> None:
        self._core = core
        self._answer_log = answer_log

    def handlers(self) -> list[Guarded]:
        """Return the handlers of the commands and their buttons, for who may see statistics."""
        capability = Capability.SEE_STATISTICS
        return [
            *in_private(capability, stats=self.stats, export=self.export),
            on_press(capability, StatisticsPress, self.show_other_period),
            on_press(capability, ExportPress, self.export_pressed),
        ]

    async def stats(self, update: Update, context: Context) -> None:
        """Send the picture of some days, 30 unless told."""
        message = update.effective_message
        argument = " ".join(context.args or [])
        days = parse_days(argument or str(texts.DEFAULT_DAYS))
        if message is None:
            return
        if days is None:
            await reply(update, context, [not_understood(argument, texts.STATS_USAGE)])
            return
        picture, caption = await self._picture(days)
        keyboard = statistics_keyboard(days)
        await message.reply_photo(picture, caption=caption, reply_markup=keyboard)

    async def show_other_period(self, tap: Tap, press: StatisticsPress) -> None:
        """Change the period: the message gets another picture."""
        await acknowledge(tap.query)
        picture, caption = await self._picture(press.days)
        await edit_picture(tap.query, picture, caption, statistics_keyboard(press.days))

    async def export(self, update: Update, context: Context) -> None:
        """Ask for the period, or send that of the days named."""
        argument = " ".join(context.args or [])
        if not argument:
            await reply(update, context, [texts.EXPORT_CHOOSE], export_keyboard())
            return
        days = parse_days(argument)
        if days is None:
            await reply(update, context, [not_understood(argument, texts.EXPORT_USAGE)])
            return
        await self._send(update, context, days)

    async def export_pressed(self, tap: Tap, press: ExportPress) -> None:
        """Send the period of the button."""
        await acknowledge(tap.query, texts.EXPORT_WORKING)
        await self._send(tap.update, tap.context, press.days)

    async def _picture(self, days: int) -> tuple[bytes, str]:
        period = Period.up_to(self._core.now(), days)
        found = await statistics(self._core.database, period)
        return await drawn(draw, found), caption_of(found)

    async def _send(self, update: Update, context: Context, days: int) -> None:
        chat = update.effective_chat
        if chat is None or update.effective_user is None:
            return
        await self._core.notes.note(update, AuditAction.EXPORT_ANSWER_LOG, days=days)
        period = Period.up_to(self._core.now(), days)
        answers = await self._answer_log.answers(period)
        if not answers:
            text = texts.EXPORT_EMPTY.format(span=span_of(period))
            await reply(update, context, [text])
            return
        table = await asyncio.to_thread(spreadsheet, answers)
        caption = texts.EXPORT_CAPTION.format(span=span_of(period), rows=number(len(answers)))
        for kind in FileKind:
            file = await asyncio.to_thread(table.file, kind)
            if len(file) > UPLOAD_BYTES:
                text = texts.EXPORT_TOO_LARGE.format(megabytes=UPLOAD_BYTES // 1_000_000)
                await reply(update, context, [text])
                continue
            await context.bot.send_document(
                chat.id,
                file,
                filename=f"hoi-dap-{period.first}-{period.last}.{kind}",
                caption=caption,
            )
