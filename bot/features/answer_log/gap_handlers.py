"""/gaps: what people asked and found no good answer to."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import TYPE_CHECKING

from bot.access.audit import AuditAction
from bot.access.authorisation import Capability
from bot.features.answer_log import texts
from bot.features.answer_log.buttons import GAPS_A_PAGE, GapsPress, gaps_keyboard, parse_days
from bot.features.answer_log.gap_finder import GapFinder
from bot.features.answer_log.logged_answer import parse_answer_id
from bot.features.answer_log.messages import answer_text, gaps_text, not_understood
from bot.office_time import Period
from bot.telegram.gate import Guarded, Tap, in_private, on_press
from bot.telegram.sending import acknowledge, edit, reply

if TYPE_CHECKING:
    from telegram import InlineKeyboardMarkup, Update

    from bot.feature import Core
    from bot.features.answer_log.gaps import Gap
    from bot.features.answer_log.store import AnswerLog
    from bot.telegram.sending import Context

_MOST_DAYS = 999
_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_MICROSECOND = dt.timedelta(microseconds=1)


class GapHandlers:
    """Lists gaps by meaning, and notes which were closed."""

    def __init__(self, core: Core, answer_log: AnswerLog) -> None:
        self._finder = GapFinder(core.database, core.base.encoder)
        self._notes = core.notes
        self._answer_log = answer_log
        self._now = core.now

    def handlers(self) -> list[Guarded]:
        """Return the handlers of the command and its buttons, for who may see statistics."""
        return [
            *in_private(Capability.SEE_STATISTICS, gaps=self.gaps),
            on_press(Capability.SEE_STATISTICS, GapsPress, self.pressed, texts.GAP_CHANGED),
        ]

    async def gaps(self, update: Update, context: Context) -> None:
        """List the gaps of some days, or show the answer of an id."""
        argument = " ".join(context.args or [])
        days = parse_days(argument or str(texts.DEFAULT_DAYS), _MOST_DAYS)
        if days is not None:
            gaps = await self._find(days)
            text, keyboard = _page(gaps, GapsPress(days))
            await reply(update, context, [text], keyboard)
        elif (answer_id := parse_answer_id(argument)) is not None:
            await reply(update, context, [await self._answer(answer_id)])
        else:
            text = not_understood(argument, texts.GAPS_USAGE, _MOST_DAYS)
            await reply(update, context, [text])

    async def pressed(self, tap: Tap, press: GapsPress) -> None:
        """Turn a page, change the period, mark a gap as handled or take that back."""
        if press.handled is None and press.reopened is None:
            await acknowledge(tap.query)  # the search may take a moment
        gaps = await self._find(press.days)
        undo: int | None = None
        presser = tap.query.from_user.id
        if press.handled is not None:
            gap = next((gap for gap in gaps if press.handled in gap.answer_ids), None)
            if gap is None:
                await acknowledge(tap.query, texts.GAP_CHANGED)
            else:
                now = self._now()
                note = self._notes.entry(presser, AuditAction.CLOSE_GAP, press.handled)
                await self._finder.mark_handled(gap, now, note)
                undo = (now - _EPOCH) // _MICROSECOND
                gaps.remove(gap)
                await acknowledge(tap.query, texts.HANDLED.format(example=gap.example))
        elif press.reopened is not None:
            note = self._notes.entry(presser, AuditAction.REOPEN_GAP)
            reopened = await self._finder.reopen(_EPOCH + press.reopened * _MICROSECOND, note)
            await acknowledge(tap.query, texts.UNDONE if reopened else texts.GAP_CHANGED)
            gaps = await self._find(press.days)
        await edit(tap.update, *_page(gaps, press, undo))

    async def _find(self, days: int) -> list[Gap]:
        return await self._finder.find(Period.up_to(self._now(), days))

    async def _answer(self, answer_id: str) -> str:
        answer = await self._answer_log.answer(answer_id)
        feedback = await self._answer_log.feedback(answer_id, 0)  # nobody's: only the counts
        if answer is None or feedback is None:
            return texts.UNKNOWN_ANSWER.format(answer_id=answer_id)
        return answer_text(answer, feedback)


def _page(
    gaps: list[Gap], press: GapsPress, undo: int | None = None
) -> tuple[str, InlineKeyboardMarkup]:
    pages = max(1, -(-len(gaps) // GAPS_A_PAGE))
    shown = dataclasses.replace(press, page=min(press.page, pages - 1))
    return gaps_text(gaps, shown), gaps_keyboard(gaps, shown, pages, undo=undo)
