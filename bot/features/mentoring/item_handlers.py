"""/items: what the answers say about the questions, the worst first."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Protocol

from telegram import InlineKeyboardMarkup

from bot.access.audit import AuditAction
from bot.access.authorisation import Capability
from bot.features.mentoring import item_texts as texts
from bot.features.mentoring.item_text import item_text, items_text
from bot.features.mentoring.items import item_reports
from bot.telegram.callbacks import arguments_of, from_base36, owned_button
from bot.telegram.gate import in_private
from bot.telegram.paging import Page, PagedList
from bot.telegram.sending import acknowledge, edit

if TYPE_CHECKING:
    from collections.abc import Collection

    from telegram import CallbackQuery, Update

    from bot.access.audit_notes import AuditNotes
    from bot.database import Database
    from bot.features.mentoring.items import ItemReport
    from bot.features.quizzes.question_pool import QuestionPool
    from bot.telegram.gate import Guarded
    from bot.telegram.sending import Context

_PAGE, _ITEM, _RETIRE, _RESTORE = "itp", "iti", "itr", "itb"


class Shelf(Protocol):
    """Takes questions out of use and brings them back."""

    async def retire(self, question_id: str, by: int) -> None:
        """Take a question out of use."""

    async def restore(self, question_id: str) -> None:
        """Bring it back."""

    async def retired(self) -> Collection[str]:
        """Return the ids of the questions that were retired."""
        ...


class ItemAnalysisHandlers:
    """Shows mentors how good the questions are; `bank` returns all, the retired ones too."""

    def __init__(
        self, database: Database, pool: QuestionPool, shelf: Shelf, noting: AuditNotes
    ) -> None:
        self._database = database
        self._pool = pool
        self._shelf = shelf
        self._noting = noting
        self._pages = PagedList(self._page)

    def handlers(self) -> list[Guarded]:
        """Return the handlers of the command and its buttons; retiring is the editors'."""
        return [
            *in_private(
                Capability.SEE_LEARNERS,
                {"items": self._pages.send},
                {_PAGE: self._pages.turn, _ITEM: self.item},
            ),
            *in_private(
                Capability.EDIT_QUIZZES, {}, {_RETIRE: self.retire, _RESTORE: self.restore}
            ),
        ]

    async def item(self, update: Update, _context: Context) -> None:
        """Show one question."""
        query = update.callback_query
        report = None if query is None else await self._chosen(query)
        if query is None or report is None:
            return
        await acknowledge(query)
        await self._show(update, query, report)

    async def retire(self, update: Update, _context: Context) -> None:
        """Take the question out of use."""
        query = update.callback_query
        report = None if query is None else await self._chosen(query)
        if query is None or report is None:
            return
        question_id = report.question.question_id
        if not report.retired:
            await self._shelf.retire(question_id, query.from_user.id)
            await self._noting.note(update, AuditAction.RETIRE_QUESTION, question_id)
        await self._changed(update, query, texts.RETIRE_DONE)

    async def restore(self, update: Update, _context: Context) -> None:
        """Bring the question back."""
        query = update.callback_query
        report = None if query is None else await self._chosen(query)
        if query is None or report is None:
            return
        question_id = report.question.question_id
        if report.retired:
            await self._shelf.restore(question_id)
            await self._noting.note(update, AuditAction.RESTORE_QUESTION, question_id)
        await self._changed(update, query, texts.RESTORE_DONE)

    async def _changed(self, update: Update, query: CallbackQuery, done: str) -> None:
        """Say what was done, and show the question as it is now."""
        report = await self._chosen(query)
        if report is not None:
            await acknowledge(query, done)
            await self._show(update, query, report)

    async def _reports(self) -> tuple[ItemReport, ...]:
        return await item_reports(
            self._database, self._pool.everything, await self._shelf.retired()
        )

    async def _page(self, argument: str, owner: int) -> tuple[str, InlineKeyboardMarkup | None]:
        reports = await self._reports()
        page = Page.of(argument, len(reports))
        shown = reports[page.offset : page.offset + page.size]
        buttons = [
            owned_button(str(number), _ITEM, owner, _key(report), page.number)
            for number, report in enumerate(shown, page.offset + 1)
        ]
        rows = [buttons[:4], buttons[4:], page.buttons(_PAGE, owner)]
        keyboard = InlineKeyboardMarkup([row for row in rows if row]) if shown else None
        return items_text(reports, page), keyboard

    async def _chosen(self, query: CallbackQuery) -> ItemReport | None:
        """Return what a button is about; says so when that question is gone."""
        key = "".join(arguments_of(query.data)[:1])
        found = next((report for report in await self._reports() if _key(report) == key), None)
        if found is None:
            await acknowledge(query, texts.GONE, alert=True)
        return found

    async def _show(self, update: Update, query: CallbackQuery, report: ItemReport) -> None:
        owner = query.from_user.id
        page = from_base36("".join(arguments_of(query.data)[1:2])) or 0
        label = texts.RESTORE_BUTTON if report.retired else texts.RETIRE_BUTTON
        kind = _RESTORE if report.retired else _RETIRE
        row = [
            owned_button(label, kind, owner, _key(report), page),
            owned_button(texts.BACK_BUTTON, _PAGE, owner, page),
        ]
        await edit(update, item_text(report), InlineKeyboardMarkup([row]))


def _key(report: ItemReport) -> str:
    """Return what names a question in a button: ids may be long and of any letters."""
    return hashlib.sha256(report.question.question_id.encode()).hexdigest()[:12]
