"""/docs: pages through the documents; view, replace, retire, restore, download."""

from __future__ import annotations

import html
import io
from typing import TYPE_CHECKING

import structlog
from telegram import InputFile
from telegram.constants import ChatType
from telegram.ext import CallbackQueryHandler, CommandHandler, filters

from bot.access.audit import AuditAction
from bot.access.authorisation import Capability
from bot.access.person import Channel
from bot.features.documents import texts
from bot.features.documents.buttons import (
    LIST_PREFIX,
    PAGE_SIZE,
    ListAction,
    ListPress,
    document_keyboard,
    list_keyboard,
    list_press,
)
from bot.features.documents.messages import document_text, list_text
from bot.limits import CALLBACK_ANSWER_CHARACTERS
from bot.telegram.gate import Guarded
from bot.telegram.sending import acknowledge, edit, reply
from knowledge.errors import ArticleError, KnowledgeError

if TYPE_CHECKING:
    from telegram import CallbackQuery, InlineKeyboardMarkup, Update

    from bot.access.audit_notes import AuditNotes
    from bot.access.registry import People
    from bot.features.documents.service import DocumentService
    from bot.features.documents.upload_handlers import OnChanged
    from bot.telegram.sending import Context

_log = structlog.get_logger(__name__)


class DocumentListHandlers:
    """Shows the store in private chats; `on_changed` follows each change of it.

    `people` know the names of those who changed it; without them their Telegram ids are shown.
    """

    def __init__(
        self,
        desk: DocumentService,
        noting: AuditNotes,
        on_changed: OnChanged,
        people: People | None = None,
    ) -> None:
        self._desk = desk
        self._people = people
        self._noting = noting
        self._on_changed = on_changed

    def handlers(self) -> list[Guarded]:
        """Return the handlers of the command and of the buttons."""
        return [
            Guarded(
                Capability.EDIT_DOCUMENTS,
                CommandHandler("docs", self.docs, filters=filters.UpdateType.MESSAGE),
            ),
            Guarded(
                Capability.EDIT_DOCUMENTS,
                CallbackQueryHandler(self.pressed, pattern=f"^{LIST_PREFIX}"),
            ),
        ]

    async def docs(self, update: Update, context: Context) -> None:
        """Show the first page of the list."""
        chat, user = update.effective_chat, update.effective_user
        if chat is None or user is None:
            return
        if chat.type != ChatType.PRIVATE:
            await reply(update, context, [texts.LIST_PRIVATE])
            return
        text, keyboard = await self._page(1, user.id)
        await reply(update, context, [text], keyboard)

    async def pressed(self, update: Update, context: Context) -> None:
        """Do what a button says, for the person who asked for the list only."""
        query = update.callback_query
        if query is None:
            return
        press = list_press(query.data or "")
        if press is None or press.owner != query.from_user.id:
            await acknowledge(query, texts.NOT_YOURS, alert=True)
            return
        try:
            await self._do(press, query, update, context)
        except KnowledgeError as error:
            await acknowledge(query, str(error)[:CALLBACK_ANSWER_CHARACTERS], alert=True)

    async def _do(
        self, press: ListPress, query: CallbackQuery, update: Update, context: Context
    ) -> None:
        match press.action:
            case ListAction.PAGE:
                text, keyboard = await self._page(press.page, press.owner)
                await acknowledge(query)
                await edit(update, text, keyboard)
            case ListAction.VIEW:
                await self._view(press, update)
                await acknowledge(query)
            case ListAction.REPLACE:
                await self._replace(press, query, update, context)
            case ListAction.RETIRE | ListAction.RESTORE:
                await self._change(press, query, update, context)
            case ListAction.DOWNLOAD:
                await self._download(press, query, update, context)

    async def _page(self, page: int, owner: int) -> tuple[str, InlineKeyboardMarkup | None]:
        documents = await self._desk.documents()
        if not documents:
            return texts.LIST_EMPTY, None
        pages = -(-len(documents) // PAGE_SIZE)
        page = min(max(page, 1), pages)
        shown = documents[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]
        return list_text(documents, page, pages), list_keyboard(shown, page, pages, owner)

    async def _view(self, press: ListPress, update: Update) -> None:
        document = await self._desk.document(press.document_id)
        try:
            excerpt = await self._desk.excerpt(press.document_id)
        except ArticleError as error:  # its text is damaged; the rest can still be seen and mended
            excerpt = str(error)
        keyboard = document_keyboard(document, press.page, press.owner)
        text = document_text(
            document,
            excerpt,
            added_by=await self._who(document.added_by),
            changed_by=await self._who(document.changed_by),
        )
        await edit(update, text, keyboard)

    async def _who(self, by: str) -> str:
        """Return in words whom the store's history names.

        That is a Telegram id, `cli:` and a user of the machine, or the words that the store puts in
        the place of somebody who was erased.
        """
        channel, _, user = by.partition(":")
        if channel == Channel.CLI and user:
            return texts.COMMAND_LINE.format(user=user)
        if self._people is None or not by.isdecimal():
            return by
        person = await self._people.get(int(by))
        return by if person is None else person.name

    async def _replace(
        self, press: ListPress, query: CallbackQuery, update: Update, context: Context
    ) -> None:
        document = await self._desk.document(press.document_id)
        chat = update.effective_chat
        if chat is None:
            return
        self._desk.pending.expect_replacement(
            chat.id, press.owner, document.document_id, self._desk.now()
        )
        await acknowledge(query)
        title = html.escape(document.details.title, quote=False)
        text = texts.SEND_REPLACEMENT.format(document=document.document_id, title=title)
        await reply(update, context, [text])

    async def _change(
        self, press: ListPress, query: CallbackQuery, update: Update, context: Context
    ) -> None:
        by = str(press.owner)
        if press.action is ListAction.RETIRE:
            document = await self._desk.retire(press.document_id, by)
            done, action = texts.RETIRED, AuditAction.RETIRE_DOCUMENT
        else:
            document = await self._desk.restore(press.document_id, by)
            done, action = texts.RESTORED, AuditAction.RESTORE_DOCUMENT
        await self._noting.note(update, action, document.document_id)
        _log.info("document_changed", document=document.document_id, state=document.state)
        await acknowledge(query, done.format(document=document.document_id))
        await self._view(press, update)
        await self._on_changed(update, context, document)

    async def _download(
        self, press: ListPress, query: CallbackQuery, update: Update, context: Context
    ) -> None:
        document = await self._desk.document(press.document_id)
        data = await self._desk.original(press.document_id)
        await self._noting.note(update, AuditAction.DOWNLOAD_DOCUMENT, press.document_id)
        await acknowledge(query)
        if update.effective_chat is not None:
            await context.bot.send_document(
                update.effective_chat.id, InputFile(io.BytesIO(data), filename=document.name)
            )
