"""/stats: a period as a picture with a short text."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from bot.access.authorisation import Capability
from bot.features.answer_log import texts
from bot.features.answer_log.buttons import StatisticsPress, parse_days, statistics_keyboard
from bot.features.answer_log.statistics_picture import draw, latency
from bot.features.answer_log.statistics_query import statistics
from bot.office_time import Period, shown_day
from bot.telegram.formatting import escape
from bot.telegram.gate import Guarded, Tap, in_private, on_press
from bot.telegram.sending import acknowledge, edit_picture, reply
from bot.vietnamese_numbers import number, percentage

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from telegram import Update

    from bot.database import Database
    from bot.features.answer_log.statistics import Statistics
    from bot.telegram.sending import Context

_NAME_UNITS = 120


class StatisticsHandlers:
    """Shows what a period adds up to."""

    def __init__(self, database: Database, *, now: Callable[[], dt.datetime]) -> None:
        self._database = database
        self._now = now

    def handlers(self) -> list[Guarded]:
        """Return the handlers of the command and its buttons, for who may see statistics."""
        return [
            *in_private(Capability.SEE_STATISTICS, stats=self.stats),
            on_press(Capability.SEE_STATISTICS, StatisticsPress, self.pressed),
        ]

    async def stats(self, update: Update, context: Context) -> None:
        """Send the picture of some days, 30 unless told."""
        message = update.effective_message
        argument = " ".join(context.args or [])
        days = parse_days(argument or str(texts.DEFAULT_DAYS))
        if message is None:
            return
        if days is None:
            text = texts.BAD_ARGUMENT.format(
                argument=escape(argument[:64]), usage=texts.STATS_USAGE, most=texts.MOST_DAYS
            )
            await reply(update, context, [text])
            return
        picture, caption = await self._picture(days)
        keyboard = statistics_keyboard(days)
        await message.reply_photo(picture, caption=caption, reply_markup=keyboard)

    async def pressed(self, tap: Tap, press: StatisticsPress) -> None:
        """Change the period: the message gets another picture."""
        await acknowledge(tap.query)
        picture, caption = await self._picture(press.days)
        await edit_picture(tap.query, picture, caption, statistics_keyboard(press.days))

    async def _picture(self, days: int) -> tuple[bytes, str]:
        period = Period.up_to(self._now(), days)
        found = await statistics(self._database, period)
        return await asyncio.to_thread(draw, found), caption_of(found)


def caption_of(found: Statistics) -> str:
    """Return the short text under the picture, in HTML; it fits in a caption."""
    period, total = found.period, found.total
    note = ""
    if found.people_from is not None:
        note = texts.PEOPLE_NOTE.format(day=shown_day(found.people_from))
    text = texts.CAPTION.format(
        period=texts.PERIODS.get(period.length, f"{period.length} ngày"),
        span=span_of(period),
        questions=number(found.questions),
        share=percentage(found.answered_share),
        refused=number(total.refused),
        up=number(total.up),
        down=number(total.down),
        people=number(found.people),
        people_note=note,
        p50=latency(found.latency_p50),
        p95=latency(found.latency_p95),
    )
    if found.articles:
        most = found.articles[0]
        name = escape(most.name, _NAME_UNITS)
        text += "\n" + texts.CAPTION_ARTICLE.format(name=name, answers=number(most.answers))
    return text


def span_of(period: Period) -> str:
    """Return the first and the last day of a period as people write them."""
    return texts.SPAN.format(first=shown_day(period.first), last=shown_day(period.last))
