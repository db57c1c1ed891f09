"""Which documents the bot answers from: their titles with dates, a page at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from telegram import InlineKeyboardMarkup

from bot.access.authorisation import Capability
from bot.features.asking import texts
from bot.office_time import shown_date
from bot.telegram.formatting import escape
from bot.telegram.gate import Guarded, Where, on_press
from bot.telegram.paging import Page, PagedList, PagePress

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.knowledge_worker import KnowledgeWorker
    from knowledge.index.manifest import ArticleEntry

_A_PAGE = 10
_TITLE_UNITS = 200
_DETAILS_UNITS = 120


class DocumentsPage(PagePress, kind="dlist"):
    """Shows a page of the list of documents."""


class DocumentList:
    """Lists the documents in force, the newest first."""

    def __init__(self, worker: KnowledgeWorker) -> None:
        self._worker = worker
        self.pages = PagedList(self._draw)

    def handlers(self) -> list[Guarded]:
        """Return the handler of the buttons that turn the pages."""
        gone, where = texts.LIST_GONE, Where.ANYWHERE
        return [on_press(Capability.ASK, DocumentsPage, self.pages.turn, gone, where=where)]

    async def _draw(self, number: int, owner: int) -> tuple[str, InlineKeyboardMarkup | None]:
        documents = self._worker.documents
        page = Page.of(number, len(documents), _A_PAGE)
        shown = documents[page.offset : page.offset + page.size]
        head = texts.DOCUMENTS.format(count=len(documents))
        lines = [f"<b>{head}</b>", *document_lines(shown, page.offset + 1)]
        buttons = page.buttons(DocumentsPage, owner)
        return "\n".join(lines), InlineKeyboardMarkup([buttons]) if buttons else None


def document_lines(documents: Sequence[ArticleEntry], first: int) -> list[str]:
    """Return a line a document in HTML, numbered from `first` on."""
    return [
        texts.DOCUMENT.format(
            number=number,
            title=escape(document.title, _TITLE_UNITS),
            details=_details(document),
        )
        for number, document in enumerate(documents, first)
    ]


def _details(document: ArticleEntry) -> str:
    """Return number and date (HTML) behind a title; nothing where there is neither."""
    day = shown_date(document.published) if document.published else None
    details = ", ".join(part for part in (document.number, day) if part)
    return texts.DOCUMENT_DETAILS.format(details=escape(details, _DETAILS_UNITS)) if details else ""
