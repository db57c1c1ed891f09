"""The details of stored documents: chosen by buttons, typed, and stated in the store."""

from __future__ import annotations

from typing import TYPE_CHECKING

from telegram.ext import MessageHandler, filters

from bot.access.authorisation import Capability
from bot.access.person import on_telegram
from bot.features.documents import texts
from bot.features.documents.buttons import (
    EditAction,
    EditPress,
    asked_keyboard,
    details_keyboard,
    document_keyboard,
)
from bot.features.documents.pending_uploads import AskedEdit
from bot.telegram.formatting import escape
from bot.telegram.gate import Guarded, Tap, on_press
from bot.telegram.sending import acknowledge, edit, reply
from knowledge.errors import DocumentDetailError, KnowledgeError

if TYPE_CHECKING:
    from telegram import InlineKeyboardMarkup, Message, Update

    from bot.features.documents.changes import DocumentChanges
    from bot.features.documents.list_handlers import DocumentListHandlers
    from bot.features.documents.service import DocumentService
    from bot.features.documents.upload_handlers import OnChanged
    from bot.telegram.sending import Context
    from knowledge.documents.stored_document import StoredDocument


class _AskedDetail(filters.MessageFilter):
    """Lets through a text that answers a question about a stored document."""

    def __init__(self, service: DocumentService) -> None:
        super().__init__(name="AskedDetail")
        self._service = service

    def filter(self, message: Message) -> bool:
        return self._service.asked_edit(message) is not None


class DocumentEditHandlers:
    """Edits documents for the person who opened them; `shown` draws them.

    It needs to stand before the handlers of questions. `on_changed` follows each change.
    """

    def __init__(
        self,
        service: DocumentService,
        changes: DocumentChanges,
        on_changed: OnChanged,
        shown: DocumentListHandlers,
    ) -> None:
        self._service = service
        self._changes = changes
        self._on_changed = on_changed
        self._shown = shown

    def handlers(self) -> list[Guarded]:
        """Return the handlers of the buttons and of what is typed."""
        private = filters.UpdateType.MESSAGE & filters.ChatType.PRIVATE
        typed = private & filters.TEXT & ~filters.COMMAND & _AskedDetail(self._service)
        return [
            Guarded(Capability.EDIT_DOCUMENTS, MessageHandler(typed, self.typed)),
            on_press(Capability.EDIT_DOCUMENTS, EditPress, self.pressed, texts.NOT_YOURS),
        ]

    async def pressed(self, tap: Tap, press: EditPress) -> None:
        """Do what a button says."""
        chat = tap.update.effective_chat
        if chat is None:
            return
        try:
            document = await self._service.document(press.document_id)
            if press.action is EditAction.ASK and press.field is not None:
                at = self._service.now().isoformat()
                asked = AskedEdit(document.document_id, press.field, press.page, at)
                self._service.pending.ask_edit(chat.id, press.owner, asked)
                await acknowledge(tap.query)
                name = escape(f"{document.document_id} – {document.details.title}", 120)
                question = texts.QUESTIONS[press.field].format(name=name)
                await reply(tap.update, tap.context, [question], _keyboard(asked, press.owner))
            elif press.action is EditAction.CLEAR and press.field is not None:
                asked = AskedEdit(document.document_id, press.field, press.page, "")
                await acknowledge(tap.query)
                await self._set(asked, "", tap.update, tap.context)
            else:
                self._service.pending.forget_edit(chat.id, press.owner)
                await acknowledge(tap.query)
                keyboard = details_keyboard(document.document_id, press.page, press.owner)
                await edit(tap.update, await self._shown.text_of(document), keyboard)
        except KnowledgeError as error:
            await acknowledge(tap.query, str(error), alert=True)

    async def typed(self, update: Update, context: Context) -> None:
        """Set the detail that was asked for."""
        message = update.effective_message
        if message is None or message.text is None or message.from_user is None:
            return
        asked = self._service.asked_edit(message)
        if asked is None:  # two texts at once: the first was the answer
            return
        try:
            await self._set(asked, message.text, update, context)
        except DocumentDetailError as error:
            await reply(update, context, [escape(error)], _keyboard(asked, message.from_user.id))
        except KnowledgeError as error:
            await reply(update, context, [escape(error)])

    async def _set(self, asked: AskedEdit, text: str, update: Update, context: Context) -> None:
        """State a detail and show the document anew; raises KnowledgeError."""
        chat, user = update.effective_chat, update.effective_user
        if chat is None or user is None:
            return
        edited, changed = await self._changes.edit(
            on_telegram(user.id), asked.document_id, asked.field, text
        )
        self._service.pending.forget_edit(chat.id, user.id)
        await self._show(edited, asked, update, context)
        if changed and edited.is_active:
            await self._on_changed(update, context, edited)

    async def _show(
        self, document: StoredDocument, asked: AskedEdit, update: Update, context: Context
    ) -> None:
        user = update.effective_user
        if user is not None:
            text = await self._shown.text_of(document)
            keyboard = document_keyboard(document, asked.page, user.id)
            await reply(update, context, [text], keyboard)


def _keyboard(asked: AskedEdit, owner: int) -> InlineKeyboardMarkup:
    return asked_keyboard(asked.document_id, asked.page, owner, asked.field)
