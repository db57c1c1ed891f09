"""/cohort: who learns how, for mentors: pictures, details, deadlines and a spreadsheet."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from telegram import InlineKeyboardMarkup, InputMediaPhoto
from telegram.constants import ParseMode
from telegram.error import BadRequest

from bot.access.audit import AuditAction
from bot.access.authorisation import Capability
from bot.access.person import on_telegram
from bot.features.mentoring import texts
from bot.features.mentoring.cohort_picture import LEARNERS_A_PAGE, draw_cohort
from bot.features.mentoring.cohort_sheet import cohort_xlsx
from bot.features.mentoring.cohort_text import day_of, learner_caption, page_caption
from bot.features.onboarding.deadlines import extend_deadline
from bot.features.onboarding.path_progress import cohort, learner_standing
from bot.features.onboarding.progress_picture import draw_progress
from bot.period import office_day
from bot.telegram.callbacks import arguments_of, from_base36, owned_button
from bot.telegram.gate import in_private
from bot.telegram.paging import Page
from bot.telegram.sending import acknowledge, notify

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from telegram import CallbackQuery, Update

    from bot.access.audit_notes import AuditNotes
    from bot.database import Database
    from bot.features.onboarding.path_progress import LearnerStanding
    from bot.features.quizzes.question_pool import QuestionPool
    from bot.telegram.gate import Guarded
    from bot.telegram.sending import Context

_PAGE, _LEARNER, _FILE, _DEADLINE = "cop", "col", "cox", "cod"
_MORE_DAYS = (7, 14)
_NUMBERS_A_ROW = 6


class CohortHandlers:
    """Shows mentors the cohort; `bank` returns the questions in use."""

    def __init__(
        self,
        database: Database,
        pool: QuestionPool,
        noting: AuditNotes,
        *,
        now: Callable[[], dt.datetime],
    ) -> None:
        self._database = database
        self._pool = pool
        self._noting = noting
        self._now = now

    def handlers(self) -> list[Guarded]:
        """Return the handlers of the command and its buttons."""
        return in_private(
            Capability.SEE_LEARNERS,
            {"cohort": self.cohort},
            {
                _PAGE: self.turn,
                _LEARNER: self.learner,
                _FILE: self.export,
                _DEADLINE: self.set_deadline,
            },
        )

    async def cohort(self, update: Update, context: Context) -> None:
        """Send the first page."""
        chat, user = update.effective_chat, update.effective_user
        if chat is None or user is None:
            return
        picture, caption, keyboard = await self._page("", user.id)
        await context.bot.send_photo(
            chat.id, picture, caption=caption, parse_mode=ParseMode.HTML, reply_markup=keyboard
        )

    async def turn(self, update: Update, _context: Context) -> None:
        """Show another page."""
        query = update.callback_query
        if query is None:
            return
        await acknowledge(query)
        page = "".join(arguments_of(query.data)[:1])
        await _show(query, *await self._page(page, query.from_user.id))

    async def learner(self, update: Update, _context: Context) -> None:
        """Show one person's progress."""
        query = update.callback_query
        if query is None:
            return
        found = await self._chosen(query)
        if found is not None:
            await acknowledge(query)
            await self._show_learner(query, found)

    async def set_deadline(self, update: Update, context: Context) -> None:
        """Give the person more time, and tell them."""
        query = update.callback_query
        if query is None:
            return
        found = await self._chosen(query)
        days = from_base36("".join(arguments_of(query.data)[2:3]))
        if found is None:
            return
        deadline = None
        if days in _MORE_DAYS:
            actor = on_telegram(query.from_user.id)
            deadline = await extend_deadline(
                self._database, actor, found.person_id, days, self._now()
            )
        if deadline is None:
            await acknowledge(query, texts.LEARNER_GONE, alert=True)
            return
        day = day_of(deadline)
        await acknowledge(query, texts.DEADLINE_SET.format(day=day))
        changed = await self._standing(found.person_id)
        if changed is not None:
            await self._show_learner(query, changed)
        await notify(context.bot, found.person_id, texts.DEADLINE_TOLD.format(day=day))

    async def export(self, update: Update, context: Context) -> None:
        """Send the cohort as a spreadsheet, and note it."""
        query, chat = update.callback_query, update.effective_chat
        if query is None or chat is None:
            return
        await acknowledge(query)
        found = await cohort(self._database, self._pool.bank, self._now())
        await self._noting.note(update, AuditAction.EXPORT_LEARNERS, learners=len(found.learners))
        day = office_day(found.at)
        await context.bot.send_document(
            chat.id,
            await asyncio.to_thread(cohort_xlsx, found),
            filename=f"hoc-tap-{day.isoformat()}.xlsx",
            caption=texts.EXPORT_CAPTION.format(day=day_of(found.at), learners=len(found.learners)),
        )

    async def _page(self, argument: str, owner: int) -> tuple[bytes, str, InlineKeyboardMarkup]:
        found = await cohort(self._database, self._pool.bank, self._now())
        page = Page.of(argument, len(found.learners), LEARNERS_A_PAGE)
        learners = found.learners[page.offset : page.offset + page.size]
        numbers = [
            owned_button(str(number), _LEARNER, owner, learner.person_id, page.number)
            for number, learner in enumerate(learners, page.offset + 1)
        ]
        rows = [
            numbers[first : first + _NUMBERS_A_ROW]
            for first in range(0, len(numbers), _NUMBERS_A_ROW)
        ]
        export = [owned_button(texts.EXPORT_BUTTON, _FILE, owner)] if learners else []
        rows.append([*page.buttons(_PAGE, owner), *export])
        picture = await asyncio.to_thread(draw_cohort, found, page.number)
        caption = page_caption(found, learners, page.offset)
        return picture, caption, InlineKeyboardMarkup([row for row in rows if row])

    async def _chosen(self, query: CallbackQuery) -> LearnerStanding | None:
        """Return whom a button is about; says so when that person is not on the path any more."""
        person_id = from_base36("".join(arguments_of(query.data)[:1]))
        found = None if person_id is None else await self._standing(person_id)
        if found is None or found.enrolled_at is None:
            await acknowledge(query, texts.LEARNER_GONE, alert=True)
            return None
        return found

    async def _standing(self, person_id: int) -> LearnerStanding | None:
        return await learner_standing(self._database, self._pool.bank, person_id, self._now())

    async def _show_learner(self, query: CallbackQuery, learner: LearnerStanding) -> None:
        owner = query.from_user.id
        page = from_base36("".join(arguments_of(query.data)[1:2])) or 0
        rows = [[owned_button(texts.BACK_BUTTON, _PAGE, owner, page)]]
        if learner.completed_at is None:
            rows.insert(0, [
                owned_button(
                    texts.DEADLINE_BUTTON.format(days=days),
                    _DEADLINE, owner, learner.person_id, page, days,
                )
                for days in _MORE_DAYS
            ])  # fmt: skip
        picture = await asyncio.to_thread(draw_progress, learner, self._now())
        await _show(query, picture, learner_caption(learner), InlineKeyboardMarkup(rows))


async def _show(
    query: CallbackQuery, picture: bytes, caption: str, keyboard: InlineKeyboardMarkup
) -> None:
    media = InputMediaPhoto(picture, caption=caption, parse_mode=ParseMode.HTML)
    try:
        await query.edit_message_media(media, reply_markup=keyboard)
    except BadRequest as error:
        if "not modified" not in error.message:  # pressed twice: it shows what it should already
            raise
