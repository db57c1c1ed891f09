"""Documents that an editor sends: read, shown, mended and stored, one update a step."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING

import structlog
from telegram import Message, Update
from telegram.error import TelegramError
from telegram.ext import MessageHandler, filters

from bot.access.authorisation import Capability
from bot.access.person import on_telegram
from bot.errors import DraftError
from bot.features.documents import texts
from bot.features.documents.buttons import (
    ASKED_FIELDS,
    DraftAction,
    DraftPress,
    back_keyboard,
    draft_details_keyboard,
    draft_keyboard,
)
from bot.features.documents.messages import draft_card
from bot.features.documents.pending_uploads import MAX_DRAFTS
from bot.limits import DOWNLOAD_BYTES
from bot.telegram.formatting import escape
from bot.telegram.gate import Guarded, Tap, on_press
from bot.telegram.sending import acknowledge, edit, edit_message, reply
from knowledge.documents.details import display_name
from knowledge.documents.stored_document import StoredDocument
from knowledge.errors import ArticleError, DocumentDetailError, KnowledgeError

if TYPE_CHECKING:
    from telegram import Document

    from bot.features.documents.changes import DocumentChanges
    from bot.features.documents.pending_uploads import Draft
    from bot.features.documents.service import DocumentService
    from bot.telegram.sending import Context

OnChanged = Callable[[Update, "Context", StoredDocument], Awaitable[None]]
"""What follows when the store has changed: the base is to be reloaded."""

_REPLACES = re.compile(r"\s*/?(?:thay(?: thế)?|replace)(?: cho)?\s+(d\d{1,6})\b", re.IGNORECASE)

_log = structlog.get_logger(__name__)


class AwaitedDetail(filters.MessageFilter):
    """Lets through a text that answers a question about its sender's draft."""

    def __init__(self, service: DocumentService) -> None:
        super().__init__(name="AwaitedDetail")
        self._service = service

    def filter(self, message: Message) -> bool:
        """Tell whether the message's sender was asked for a detail in this chat."""
        return self._service.awaiting(message) is not None


class DocumentHandlers:
    """Takes documents in private chats; needs to stand before the handlers of questions.

    `on_changed` follows each change of the store.
    """

    def __init__(
        self, service: DocumentService, changes: DocumentChanges, on_changed: OnChanged
    ) -> None:
        self._service = service
        self._changes = changes
        self._on_changed = on_changed

    def handlers(self) -> list[Guarded]:
        """Return the handlers of files, of typed details and of the buttons of drafts."""
        private = filters.UpdateType.MESSAGE & filters.ChatType.PRIVATE
        awaited = filters.TEXT & ~filters.COMMAND & AwaitedDetail(self._service)
        return [
            Guarded(
                Capability.EDIT_DOCUMENTS,
                MessageHandler(private & filters.Document.ALL, self.document),
            ),
            Guarded(Capability.EDIT_DOCUMENTS, MessageHandler(private & awaited, self.detail)),
            on_press(Capability.EDIT_DOCUMENTS, DraftPress, self.pressed, texts.DRAFT_GONE),
        ]

    async def document(self, update: Update, context: Context) -> None:
        """Download and read a file, and show what was read with the buttons to decide."""
        message = update.effective_message
        if message is None or message.document is None or message.from_user is None:
            return
        user_id, now = message.from_user.id, self._service.now()
        name = display_name(message.document.file_name)
        shown = escape(name)
        if (count := self._service.pending.count(user_id, now)) >= MAX_DRAFTS:
            text = texts.TOO_MANY_DRAFTS.format(count=count, limit=MAX_DRAFTS)
            await reply(update, context, [text])
            return
        if (size := message.document.file_size or 0) > DOWNLOAD_BYTES:
            reason = texts.TOO_LARGE.format(size=size / 2**20, limit=DOWNLOAD_BYTES // 2**20)
            await reply(update, context, [texts.NOT_READ.format(name=shown, reason=reason)])
            return
        replaces = self._replaced_document(message, user_id)
        reading = texts.READING_REPLACEMENT if replaces else texts.READING
        status = await message.reply_text(reading.format(name=shown, document=replaces))
        try:
            data = await _download(message.document, context)
            draft = await self._service.receive(
                data, name, chat_id=message.chat_id, user_id=user_id, replaces=replaces
            )
        except ArticleError as error:
            await edit_message(status, texts.NOT_READ.format(name=shown, reason=escape(error)))
        except KnowledgeError as error:
            await edit_message(status, escape(error))
        except TelegramError as error:
            _log.warning("document_not_downloaded", reason=error.message)
            reason = escape(error.message)
            await edit_message(status, texts.NOT_DOWNLOADED.format(name=shown, reason=reason))
        else:
            draft = await self._service.update(
                dataclasses.replace(draft, message_id=status.message_id)
            )
            await edit_message(status, draft_card(draft), draft_keyboard(draft))

    async def detail(self, update: Update, context: Context) -> None:
        """Set the detail that was asked for, and show the draft anew."""
        message = update.effective_message
        if message is None or message.text is None:
            return
        draft = self._service.awaiting(message)
        if draft is None:  # two texts at once: the first was the answer
            return
        try:
            draft = await self._service.set_detail(draft, message.text)
        except DocumentDetailError as error:
            text = escape(error)
            await reply(update, context, [text], back_keyboard(draft.token, draft.awaited))
            return
        await self._show_anew(draft, context)

    async def pressed(self, tap: Tap, press: DraftPress) -> None:
        """Do what a button under a draft says, for the draft's own person only."""
        try:
            draft = self._service.pending.get(press.token, self._service.now())
            chat = tap.update.effective_chat
            if (draft.user_id, draft.chat_id) != (tap.query.from_user.id, chat.id if chat else 0):
                await acknowledge(tap.query, texts.NOT_YOURS, alert=True)
                return
            await self._do(draft, press.action, tap)
        except DraftError:
            await acknowledge(tap.query, texts.DRAFT_GONE, alert=True)

    async def _do(self, draft: Draft, action: DraftAction, tap: Tap) -> None:
        match action:
            case DraftAction.KEEP:
                await self._keep(draft, tap)
            case DraftAction.KEEP_AND_RETIRE:
                await self._keep(draft, tap, retiring=draft.ends)
            case DraftAction.DROP:
                await self._service.drop(draft.token)
                await acknowledge(tap.query)
                await edit(tap.update, texts.DROPPED.format(name=escape(draft.name)))
            case DraftAction.BACK:
                await self._service.update(dataclasses.replace(draft, awaited=None))
                await acknowledge(tap.query, texts.KEPT_AS_IT_WAS)
                await edit(tap.update, texts.KEPT_AS_IT_WAS)
            case DraftAction.CLEAR:
                await acknowledge(tap.query)
                if draft.awaited is not None:  # pressed twice: it is empty already
                    await self._show_anew(await self._service.set_detail(draft, ""), tap.context)
            case DraftAction.EDIT:
                await acknowledge(tap.query)
                await edit(tap.update, draft_card(draft), draft_details_keyboard(draft))
            case DraftAction.EDITED:
                await acknowledge(tap.query)
                await edit(tap.update, draft_card(draft), draft_keyboard(draft))
            case DraftAction.OFFERED:
                draft = await self._service.use_offered(draft)
                await acknowledge(tap.query)
                await edit(tap.update, draft_card(draft), draft_keyboard(draft))
            case _:
                await self._ask(draft, action, tap.update, tap.context)

    async def _ask(
        self, draft: Draft, action: DraftAction, update: Update, context: Context
    ) -> None:
        if update.callback_query is not None:
            await acknowledge(update.callback_query)
        wanted = ASKED_FIELDS[action]
        self._service.pending.forget_edit(draft.chat_id, draft.user_id)
        asked_at = self._service.now().isoformat()
        await self._service.update(dataclasses.replace(draft, awaited=wanted, awaited_at=asked_at))
        question = texts.QUESTIONS[wanted].format(name=escape(draft.name))
        await reply(update, context, [question], back_keyboard(draft.token, wanted))

    async def _keep(self, draft: Draft, tap: Tap, retiring: Sequence[str] = ()) -> None:
        """Store a draft, and retire those of the documents `retiring` that are still in use."""
        update, context = tap.update, tap.context
        await acknowledge(tap.query)
        try:
            kept = await self._changes.keep(on_telegram(draft.user_id), draft.token, retiring)
        except KnowledgeError as error:
            await reply(update, context, [escape(error)])
            return
        await edit(update, kept.html)
        await self._on_changed(update, context, kept.stored)

    async def _show_anew(self, draft: Draft, context: Context) -> None:
        """Send the card below what was typed and take the buttons off the one above."""
        old = draft.message_id
        sent = await context.bot.send_message(
            draft.chat_id,
            draft_card(draft),
            reply_markup=draft_keyboard(draft),
        )
        await self._service.update(dataclasses.replace(draft, message_id=sent.message_id))
        if old is not None:
            try:
                await context.bot.edit_message_reply_markup(draft.chat_id, old)
            except TelegramError as error:  # deleted by its reader: as good as without buttons
                _log.info("old_card_left", reason=error.message)

    def _replaced_document(self, message: Message, user_id: int) -> str | None:
        """Return what the file replaces: as its caption says, or as a button announced."""
        expected = self._service.pending.replacement_expected(
            message.chat_id, user_id, self._service.now()
        )
        caption = _REPLACES.match(message.caption or "")
        return caption.group(1).upper() if caption else expected


async def _download(document: Document, context: Context) -> bytes:
    """Return a file's bytes; raises TelegramError, ArticleError when it is larger than said."""
    file = await context.bot.get_file(document.file_id)
    if (file.file_size or 0) > DOWNLOAD_BYTES:
        raise ArticleError(
            texts.TOO_LARGE.format(
                size=(file.file_size or 0) / 2**20, limit=DOWNLOAD_BYTES // 2**20
            )
        )
    return bytes(await file.download_as_bytearray())
