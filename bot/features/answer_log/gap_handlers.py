"""/gaps: what people asked and found no good answer to."""

from __future__ import annotations

import datetime as dt
import html
from typing import TYPE_CHECKING

from telegram.ext import CallbackQueryHandler, CommandHandler, filters

from bot.access.audit import AuditAction
from bot.access.authorisation import Capability
from bot.features.answer_log import texts
from bot.features.answer_log.answer_id import parse_answer_id
from bot.features.answer_log.buttons import (
    GAPS_A_PAGE,
    GAPS_PREFIX,
    GapsPress,
    gaps_keyboard,
    parse_days,
    parse_gaps,
)
from bot.features.answer_log.gap_messages import answer_text, gaps_text
from bot.period import Period
from bot.telegram.gate import Guarded
from bot.telegram.sending import acknowledge, edit, reply

if TYPE_CHECKING:
    from collections.abc import Callable

    from telegram import InlineKeyboardMarkup, Update

    from bot.access.audit_notes import AuditNotes
    from bot.features.answer_log.gap_finder import GapFinder
    from bot.features.answer_log.gaps import Gap
    from bot.features.answer_log.store import Record
    from bot.telegram.sending import Context

_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_MICROSECOND = dt.timedelta(microseconds=1)


class GapHandlers:
    """Lists gaps by meaning, and notes which were closed."""

    def __init__(
        self,
        finder: GapFinder,
        record: Record,
        noting: AuditNotes,
        *,
        now: Callable[[], dt.datetime],
    ) -> None:
        self._finder = finder
        self._noting = noting
        self._record = record
        self._now = now

    def handlers(self) -> list[Guarded]:
        """Return the handlers of the command and its buttons, for who may see statistics."""
        private = filters.UpdateType.MESSAGE & filters.ChatType.PRIVATE
        return [
            Guarded(Capability.SEE_STATISTICS, CommandHandler("gaps", self.gaps, filters=private)),
            Guarded(
                Capability.SEE_STATISTICS,
                CallbackQueryHandler(self.pressed, pattern=f"^{GAPS_PREFIX}"),
            ),
        ]

    async def gaps(self, update: Update, context: Context) -> None:
        """List the gaps of some days, or show the answer of an id."""
        argument = " ".join(context.args or [])
        days = parse_days(argument or str(texts.DEFAULT_DAYS), "")
        if days is not None and days <= 999:
            gaps = await self._find(days)
            press = GapsPress(days, 0)
            text, keyboard = _page(gaps, press)
            await reply(update, context, [text], keyboard)
        elif (answer_id := parse_answer_id(argument)) is not None:
            await reply(update, context, [await self._answer(answer_id)])
        else:
            text = texts.BAD_ARGUMENT.format(
                argument=html.escape(argument[:64]), usage=texts.GAPS_USAGE, most=999
            )
            await reply(update, context, [text])

    async def pressed(self, update: Update, _context: Context) -> None:
        """Turn a page, change the period, mark a gap as handled or take that back."""
        query = update.callback_query
        if query is None:
            return
        press = parse_gaps(query.data)
        if press is None:
            await acknowledge(query, texts.GAP_CHANGED)
            return
        if press.handled is None and press.reopened is None:
            await acknowledge(query)  # the search may take a moment
        gaps = await self._find(press.days)
        undo: int | None = None
        if press.handled is not None:
            gap = next((gap for gap in gaps if press.handled in gap.answer_ids), None)
            if gap is None:
                await acknowledge(query, texts.GAP_CHANGED)
            else:
                now = self._now()
                await self._finder.mark_handled(gap, now)
                await self._noting.note(update, AuditAction.CLOSE_GAP, press.handled)
                undo = (now - _EPOCH) // _MICROSECOND
                gaps.remove(gap)
                await acknowledge(query, texts.HANDLED.format(example=gap.example)[:200])
        elif press.reopened is not None:
            reopened = await self._finder.reopen(_EPOCH + press.reopened * _MICROSECOND)
            if reopened:
                await self._noting.note(update, AuditAction.REOPEN_GAP)
            await acknowledge(query, texts.UNDONE if reopened else texts.GAP_CHANGED)
            gaps = await self._find(press.days)
        await edit(update, *_page(gaps, press, undo))

    async def _find(self, days: int) -> list[Gap]:
        return await self._finder.find(Period.up_to(self._now(), days))

    async def _answer(self, answer_id: str) -> str:
        answer = await self._record.answer(answer_id)
        feedback = await self._record.feedback(answer_id, 0)  # nobody's: only the counts
        if answer is None or feedback is None:
            return texts.UNKNOWN_ANSWER.format(answer_id=answer_id)
        return answer_text(answer, feedback)


def _page(
    gaps: list[Gap], press: GapsPress, undo: int | None = None
) -> tuple[str, InlineKeyboardMarkup]:
    pages = max(1, -(-len(gaps) // GAPS_A_PAGE))
    shown = press._replace(page=min(press.page, pages - 1))
    return gaps_text(gaps, shown), gaps_keyboard(gaps, shown, pages, undo=undo)
