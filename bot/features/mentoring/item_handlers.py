"""/items: what the answers say about the questions, the worst first."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from telegram import InlineKeyboardMarkup

from bot.access.audit import AuditAction
from bot.access.authorisation import Capability
from bot.features.mentoring import item_texts as texts
from bot.features.mentoring.item_text import item_text, items_text
from bot.features.mentoring.items import item_reports
from bot.telegram.callbacks import PersonalPress
from bot.telegram.gate import in_private, on_press
from bot.telegram.paging import Page, PagedList, PagePress
from bot.telegram.sending import acknowledge, edit

if TYPE_CHECKING:
    from telegram import CallbackQuery, Update

    from bot.feature import Core
    from bot.features.mentoring.items import ItemReport
    from bot.features.quizzes import QuestionPool
    from bot.telegram.gate import Guarded, Tap


class ItemsPage(PagePress, kind="itp"):
    """Shows a page of the questions."""


class QuestionPress(PersonalPress):
    """Is about one question; `page` is where it was listed."""

    key: str
    page: int


class ItemPress(QuestionPress, kind="iti"):
    """Shows the question."""


class RetirePress(QuestionPress, kind="itr"):
    """Takes the question out of use."""


class RestorePress(QuestionPress, kind="itb"):
    """Brings the question back."""


class ItemAnalysisHandlers:
    """Shows mentors how good the questions are, the retired ones too."""

    def __init__(self, core: Core, pool: QuestionPool) -> None:
        self._database = core.database
        self._pool = pool
        self._notes = core.notes
        self._pages = PagedList(self._page)

    def handlers(self) -> list[Guarded]:
        """Return the handlers of the command and its buttons; retiring is the editors'."""
        return [
            *in_private(Capability.SEE_LEARNERS, items=self._pages.send),
            on_press(Capability.SEE_LEARNERS, ItemsPage, self._pages.turn, texts.GONE),
            on_press(Capability.SEE_LEARNERS, ItemPress, self.item, texts.GONE),
            on_press(Capability.EDIT_QUIZZES, RetirePress, self.retire, texts.GONE),
            on_press(Capability.EDIT_QUIZZES, RestorePress, self.restore, texts.GONE),
        ]

    async def item(self, tap: Tap, press: ItemPress) -> None:
        """Show one question."""
        report = await self._chosen(tap.query, press)
        if report is not None:
            await acknowledge(tap.query)
            await self._show(tap.update, press, report)

    async def retire(self, tap: Tap, press: RetirePress) -> None:
        """Take the question out of use."""
        await self._change(tap, press, retire=True)

    async def restore(self, tap: Tap, press: RestorePress) -> None:
        """Bring the question back."""
        await self._change(tap, press, retire=False)

    async def _change(self, tap: Tap, press: QuestionPress, *, retire: bool) -> None:
        report = await self._chosen(tap.query, press)
        if report is None:
            return
        question_id = report.question.question_id
        if retire and not report.retired:
            note = self._notes.entry(press.owner, AuditAction.RETIRE_QUESTION, question_id)
            await self._pool.retire(question_id, press.owner, note)
        elif report.retired and not retire:
            note = self._notes.entry(press.owner, AuditAction.RESTORE_QUESTION, question_id)
            await self._pool.restore(question_id, note)
        changed = await self._chosen(tap.query, press)
        if changed is not None:
            await acknowledge(tap.query, texts.RETIRE_DONE if retire else texts.RESTORE_DONE)
            await self._show(tap.update, press, changed)

    async def _reports(self) -> tuple[ItemReport, ...]:
        return await item_reports(self._database, self._pool.everything, await self._pool.retired())

    async def _page(self, number: int, owner: int) -> tuple[str, InlineKeyboardMarkup | None]:
        reports = await self._reports()
        page = Page.of(number, len(reports))
        shown = reports[page.offset : page.offset + page.size]
        buttons = [
            ItemPress(owner, _key(report), page.number).button(str(place))
            for place, report in enumerate(shown, page.offset + 1)
        ]
        rows = [buttons[:4], buttons[4:], page.buttons(ItemsPage, owner)]
        keyboard = InlineKeyboardMarkup([row for row in rows if row]) if shown else None
        return items_text(reports, page), keyboard

    async def _chosen(self, query: CallbackQuery, press: QuestionPress) -> ItemReport | None:
        """Return what a button is about; says so when that question is gone."""
        reports = await self._reports()
        found = next((report for report in reports if _key(report) == press.key), None)
        if found is None:
            await acknowledge(query, texts.GONE, alert=True)
        return found

    async def _show(self, update: Update, press: QuestionPress, report: ItemReport) -> None:
        owner, page = press.owner, press.page
        change = (
            RestorePress(owner, press.key, page).button(texts.RESTORE_BUTTON)
            if report.retired
            else RetirePress(owner, press.key, page).button(texts.RETIRE_BUTTON)
        )
        row = [change, ItemsPage(owner, page).button(texts.BACK_BUTTON)]
        await edit(update, item_text(report), InlineKeyboardMarkup([row]))


def _key(report: ItemReport) -> str:
    """Return what names a question in a button: ids may be long and of any letters."""
    return hashlib.sha256(report.question.question_id.encode()).hexdigest()[:12]
