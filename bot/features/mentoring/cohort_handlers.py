"""/cohort: who learns how, for mentors: pictures, details, deadlines and a spreadsheet."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from telegram import InlineKeyboardMarkup

from bot.access.audit import AuditAction
from bot.access.authorisation import Capability
from bot.access.person import on_telegram
from bot.features.mentoring import texts
from bot.features.mentoring.cohort_picture import LEARNERS_A_PAGE, draw_cohort
from bot.features.mentoring.cohort_sheet import cohort_xlsx
from bot.features.mentoring.cohort_text import learner_caption, page_caption
from bot.features.onboarding import cohort, draw_progress, learner_progress
from bot.office_time import office_day, shown_day
from bot.picture_style import drawn
from bot.telegram.callbacks import PersonalPress
from bot.telegram.gate import in_private, on_press
from bot.telegram.paging import Page, PagePress
from bot.telegram.sending import acknowledge, edit_picture, notify

if TYPE_CHECKING:
    from telegram import CallbackQuery, Update

    from bot.feature import Core
    from bot.features.onboarding import LearnerProgress
    from bot.features.quizzes import Study
    from bot.telegram.gate import Guarded, Tap
    from bot.telegram.sending import Context

_MORE_DAYS = (7, 14)
_NUMBERS_A_ROW = 6


class CohortPage(PagePress, kind="cop"):
    """Shows a page of the cohort."""


class LearnerPress(PersonalPress, kind="col"):
    """Shows one learner; `page` is where they were listed."""

    person_id: int
    page: int


class DeadlinePress(PersonalPress, kind="cod"):
    """Gives a learner some days more."""

    person_id: int
    page: int
    days: int


class SheetPress(PersonalPress, kind="cox"):
    """Sends the cohort as a spreadsheet."""


class CohortHandlers:
    """Shows mentors the cohort."""

    def __init__(self, core: Core, study: Study) -> None:
        self._database = core.database
        self._learners = study.learners
        self._pool = study.pool
        self._notes = core.notes
        self._now = core.now

    def handlers(self) -> list[Guarded]:
        """Return the handlers of the command and its buttons."""
        capability, gone = Capability.SEE_LEARNERS, texts.LEARNER_GONE
        return [
            *in_private(capability, cohort=self.cohort),
            on_press(capability, CohortPage, self.turn, gone),
            on_press(capability, LearnerPress, self.learner, gone),
            on_press(capability, DeadlinePress, self.set_deadline, gone),
            on_press(capability, SheetPress, self.export, gone),
        ]

    async def cohort(self, update: Update, context: Context) -> None:
        """Send the first page."""
        chat, user = update.effective_chat, update.effective_user
        if chat is None or user is None:
            return
        picture, caption, keyboard = await self._page(0, user.id)
        await context.bot.send_photo(chat.id, picture, caption=caption, reply_markup=keyboard)

    async def turn(self, tap: Tap, press: CohortPage) -> None:
        """Show another page."""
        await acknowledge(tap.query)
        await edit_picture(tap.query, *await self._page(press.page, press.owner))

    async def learner(self, tap: Tap, press: LearnerPress) -> None:
        """Show one person's progress."""
        found = await self._chosen(tap.query, press)
        if found is not None:
            await acknowledge(tap.query)
            await self._show_learner(tap.query, press, found)

    async def set_deadline(self, tap: Tap, press: DeadlinePress) -> None:
        """Give the person more time, and tell them."""
        found = await self._chosen(tap.query, press)
        if found is None:
            return
        deadline = None
        if press.days in _MORE_DAYS:
            actor = on_telegram(press.owner)
            deadline = await self._learners.extend_deadline(
                actor, found.person_id, press.days, self._now()
            )
        if deadline is None:
            await acknowledge(tap.query, texts.LEARNER_GONE, alert=True)
            return
        day = shown_day(deadline)
        await acknowledge(tap.query, texts.DEADLINE_SET.format(day=day))
        changed = await self._progress(found.person_id)
        if changed is not None:
            await self._show_learner(tap.query, press, changed)
        await notify(tap.context.bot, found.person_id, texts.DEADLINE_TOLD.format(day=day))

    async def export(self, tap: Tap, _press: SheetPress) -> None:
        """Send the cohort as a spreadsheet, and note it."""
        chat = tap.update.effective_chat
        if chat is None:
            return
        await acknowledge(tap.query)
        found = await cohort(self._database, self._pool.bank, self._now())
        await self._notes.note(
            tap.update, AuditAction.EXPORT_LEARNERS, learners=len(found.learners)
        )
        day = office_day(found.at)
        await tap.context.bot.send_document(
            chat.id,
            await asyncio.to_thread(cohort_xlsx, found),
            filename=f"hoc-tap-{day.isoformat()}.xlsx",
            caption=texts.EXPORT_CAPTION.format(
                day=shown_day(found.at), learners=len(found.learners)
            ),
        )

    async def _page(self, number: int, owner: int) -> tuple[bytes, str, InlineKeyboardMarkup]:
        found = await cohort(self._database, self._pool.bank, self._now())
        page = Page.of(number, len(found.learners), LEARNERS_A_PAGE)
        learners = found.learners[page.offset : page.offset + page.size]
        numbers = [
            LearnerPress(owner, learner.person_id, page.number).button(str(place))
            for place, learner in enumerate(learners, page.offset + 1)
        ]
        rows = [
            numbers[first : first + _NUMBERS_A_ROW]
            for first in range(0, len(numbers), _NUMBERS_A_ROW)
        ]
        export = [SheetPress(owner).button(texts.EXPORT_BUTTON)] if learners else []
        rows.append([*page.buttons(CohortPage, owner), *export])
        picture = await drawn(draw_cohort, found, page.number)
        caption = page_caption(found, learners, page.offset)
        return picture, caption, InlineKeyboardMarkup([row for row in rows if row])

    async def _chosen(
        self, query: CallbackQuery, press: LearnerPress | DeadlinePress
    ) -> LearnerProgress | None:
        """Return whom a button is about; says so when that person is not on the path any more."""
        found = await self._progress(press.person_id)
        if found is None or found.enrolled_at is None:
            await acknowledge(query, texts.LEARNER_GONE, alert=True)
            return None
        return found

    async def _progress(self, person_id: int) -> LearnerProgress | None:
        return await learner_progress(self._database, self._pool.bank, person_id, self._now())

    async def _show_learner(
        self, query: CallbackQuery, press: LearnerPress | DeadlinePress, learner: LearnerProgress
    ) -> None:
        owner, page = press.owner, press.page
        rows = [[CohortPage(owner, page).button(texts.BACK_BUTTON)]]
        if learner.completed_at is None:
            more = [
                DeadlinePress(owner, learner.person_id, page, days).button(
                    texts.DEADLINE_BUTTON.format(days=days)
                )
                for days in _MORE_DAYS
            ]
            rows.insert(0, more)
        picture = await drawn(draw_progress, learner, self._now())
        await edit_picture(query, picture, learner_caption(learner), InlineKeyboardMarkup(rows))
