"""The whole text of a document or draft, turned page by page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.access.authorisation import Capability
from bot.errors import DraftError
from bot.features.documents import texts
from bot.features.documents.buttons import ReadingPress, reading_keyboard
from bot.features.documents.pending_uploads import is_token
from bot.telegram.formatting import escape
from bot.telegram.gate import Guarded, Tap, on_press
from bot.telegram.paging import Page
from bot.telegram.sending import acknowledge, edit, reply
from knowledge.errors import KnowledgeError

if TYPE_CHECKING:
    from telegram import InlineKeyboardMarkup

    from bot.features.documents.service import DocumentService

_NAME_UNITS = 200


class ReadingHandlers:
    """Shows whole texts to the person whose draft or list it is."""

    def __init__(self, service: DocumentService) -> None:
        self._service = service

    def handlers(self) -> list[Guarded]:
        """Return the handler of the buttons."""
        return [on_press(Capability.EDIT_DOCUMENTS, ReadingPress, self.pressed, texts.NOT_YOURS)]

    async def pressed(self, tap: Tap, press: ReadingPress) -> None:
        """Show a page: a draft's first in a message of its own, so that its card stays."""
        try:
            text, keyboard = await self._page(press)
        except DraftError:
            await acknowledge(tap.query, texts.DRAFT_GONE, alert=True)
            return
        except KnowledgeError as error:
            await acknowledge(tap.query, str(error), alert=True)
            return
        await acknowledge(tap.query)
        if is_token(press.name) and not press.turned:
            await reply(tap.update, tap.context, [text], keyboard)
        else:
            await edit(tap.update, text, keyboard)

    async def _page(self, press: ReadingPress) -> tuple[str, InlineKeyboardMarkup | None]:
        of_draft = is_token(press.name)
        if of_draft:
            draft = self._service.pending.get(press.name, self._service.now())
            if draft.user_id != press.owner:
                raise DraftError
            name = draft.name
        else:
            document = await self._service.document(press.name)
            name = f"{document.document_id} · {document.details.title}"
        pages = await self._service.pages(press.name)
        page = Page.of(press.page, len(pages), 1)
        head = texts.WHOLE_TEXT.format(
            name=escape(name, _NAME_UNITS), page=page.number + 1, pages=page.pages
        )
        return f"<b>{head}</b>\n\n{pages[page.number]}", reading_keyboard(
            press, page.number, page.pages
        )
