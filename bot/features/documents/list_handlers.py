"""/docs: pages through the documents; view, replace, retire, restore, download."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from telegram import InputFile

from bot.access.audit import AuditAction
from bot.access.authorisation import Capability
from bot.access.person import Channel, on_telegram
from bot.features.documents import texts
from bot.features.documents.buttons import (
    PAGE_SIZE,
    ListAction,
    ListPress,
    document_keyboard,
    list_keyboard,
)
from bot.features.documents.messages import document_text, list_text
from bot.telegram.formatting import escape
from bot.telegram.gate import Guarded, Tap, on_command, on_press
from bot.telegram.sending import acknowledge, edit, reply
from knowledge import Standing
from knowledge.articles.article import Paragraph
from knowledge.errors import ArticleError, KnowledgeError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from telegram import InlineKeyboardMarkup, Update

    from bot.access.audit_notes import AuditNotes
    from bot.access.registry import People
    from bot.features.documents.changes import DocumentChanges
    from bot.features.documents.service import DocumentService
    from bot.features.documents.upload_handlers import OnChanged
    from bot.telegram.sending import Context
    from knowledge.articles.article import Block
    from knowledge.documents.stored_document import StoredDocument


class DocumentListHandlers:
    """Shows the store in private chats; `on_changed` follows each change of it."""

    def __init__(
        self,
        service: DocumentService,
        changes: DocumentChanges,
        notes: AuditNotes,
        on_changed: OnChanged,
        people: People,
    ) -> None:
        self._service = service
        self._people = people
        self._changes = changes
        self._notes = notes
        self._on_changed = on_changed

    def handlers(self) -> list[Guarded]:
        """Return the handlers of the command and of the buttons."""
        return [
            on_command(Capability.EDIT_DOCUMENTS, "docs", self.docs),
            on_press(Capability.EDIT_DOCUMENTS, ListPress, self.pressed, texts.NOT_YOURS),
        ]

    async def docs(self, update: Update, context: Context) -> None:
        """Show the first page of the list."""
        chat, user = update.effective_chat, update.effective_user
        if chat is None or user is None:
            return
        text, keyboard = await self._page(1, user.id)
        await reply(update, context, [text], keyboard)

    async def pressed(self, tap: Tap, press: ListPress) -> None:
        """Do what a button says, for the person who asked for the list only."""
        if press.owner != tap.query.from_user.id:
            await acknowledge(tap.query, texts.NOT_YOURS, alert=True)
            return
        try:
            await self._do(tap, press)
        except KnowledgeError as error:
            await acknowledge(tap.query, str(error), alert=True)

    async def _do(self, tap: Tap, press: ListPress) -> None:
        match press.action:
            case ListAction.PAGE:
                text, keyboard = await self._page(press.page, press.owner)
                await acknowledge(tap.query)
                await edit(tap.update, text, keyboard)
            case ListAction.VIEW:
                await self._view(tap, press)
                await acknowledge(tap.query)
            case ListAction.REPLACE:
                await self._replace(tap, press)
            case ListAction.RETIRE | ListAction.RESTORE:
                await self._change(tap, press)
            case ListAction.DOWNLOAD:
                await self._download(tap, press)

    async def _page(self, page: int, owner: int) -> tuple[str, InlineKeyboardMarkup | None]:
        documents = await self._service.documents()
        if not documents:
            return texts.LIST_EMPTY, None
        pages = -(-len(documents) // PAGE_SIZE)
        page = min(max(page, 1), pages)
        shown = documents[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]
        standings = await self._service.standings()
        keyboard = list_keyboard(shown, standings, page, pages, owner)
        return list_text(standings.values(), page, pages), keyboard

    async def _view(self, tap: Tap, press: ListPress) -> None:
        document = await self._service.document(press.document_id)
        keyboard = document_keyboard(document, press.page, press.owner)
        await edit(tap.update, await self.text_of(document), keyboard)

    async def text_of(self, document: StoredDocument) -> str:
        """Return the message that shows a document; raises StorageError."""
        beginning: Sequence[Block]
        try:
            beginning = await self._service.beginning(document.document_id)
        except ArticleError as error:  # its text is damaged; the rest can still be seen and mended
            beginning = [Paragraph(str(error))]
        standings = await self._service.standings()
        return document_text(
            document,
            beginning,
            standings.get(document.document_id, Standing.NOT_YET),
            added_by=await self._who(document.added_by),
            changed_by=await self._who(document.changed_by),
        )

    async def _who(self, by: str) -> str:
        """Return in words whom the store's history names.

        That is a Telegram id, `cli:` and a user of the machine, or the words that the store puts in
        the place of somebody who was erased.
        """
        channel, _, user = by.partition(":")
        if channel == Channel.CLI and user:
            return texts.COMMAND_LINE.format(user=user)
        if not by.isdecimal():
            return by
        person = await self._people.get(int(by))
        return by if person is None else person.name

    async def _replace(self, tap: Tap, press: ListPress) -> None:
        document = await self._service.document(press.document_id)
        chat = tap.update.effective_chat
        if chat is None:
            return
        self._service.pending.expect_replacement(
            chat.id, press.owner, document.document_id, self._service.now()
        )
        await acknowledge(tap.query)
        title = escape(document.details.title)
        text = texts.SEND_REPLACEMENT.format(document=document.document_id, title=title)
        await reply(tap.update, tap.context, [text])

    async def _change(self, tap: Tap, press: ListPress) -> None:
        actor = on_telegram(press.owner)
        if press.action is ListAction.RETIRE:
            document = await self._changes.retire(actor, press.document_id)
            done = texts.RETIRED
        else:
            document = await self._changes.restore(actor, press.document_id)
            done = texts.RESTORED
        await acknowledge(tap.query, done.format(document=document.document_id))
        await self._view(tap, press)
        await self._on_changed(tap.update, tap.context, document)

    async def _download(self, tap: Tap, press: ListPress) -> None:
        document = await self._service.document(press.document_id)
        data = await self._service.original(press.document_id)
        await self._notes.note(tap.update, AuditAction.DOWNLOAD_DOCUMENT, press.document_id)
        await acknowledge(tap.query)
        if tap.update.effective_chat is not None:
            await tap.context.bot.send_document(
                tap.update.effective_chat.id, InputFile(io.BytesIO(data), filename=document.name)
            )
