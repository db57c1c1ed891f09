"""Documents that an editor sends: queued, then shown, mended and stored, one update a step."""

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
    UploadPress,
    back_keyboard,
    draft_details_keyboard,
    draft_keyboard,
    upload_keyboard,
)
from bot.features.documents.messages import draft_card
from bot.features.documents.pending_uploads import MAX_DRAFTS, new_token
from bot.features.documents.queued_uploads import Upload
from bot.features.documents.reading_queue import MAX_QUEUED
from bot.limits import DOWNLOAD_BYTES
from bot.telegram.formatting import escape
from bot.telegram.gate import Guarded, Tap, on_press
from bot.telegram.handling import current
from bot.telegram.sending import acknowledge, edit, reply
from knowledge.documents.details import display_name
from knowledge.documents.stored_document import StoredDocument
from knowledge.errors import DocumentDetailError, KnowledgeError

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
            on_press(Capability.EDIT_DOCUMENTS, UploadPress, self.cancelled, texts.CANCEL_TOO_LATE),
        ]

    async def document(self, update: Update, context: Context) -> None:
        """Put a file into the queue and tell its place there; that is all, and soon done."""
        message = update.effective_message
        if message is None or message.document is None or message.from_user is None:
            return
        user_id, queue = message.from_user.id, self._service.queue
        origin = _origin(message)
        handling = current()
        if queue.knows(origin) or (handling is not None and handling.made):
            return  # handled once more after a kill: it waits, or what came of it was told
        name = display_name(message.document.file_name)
        refusal = self._refusal(message.document, user_id, escape(name))
        if refusal is not None:
            await reply(update, context, [refusal])
            return
        upload = Upload(
            token=new_token(),
            chat_id=message.chat_id,
            user_id=user_id,
            origin=origin,
            file_id=message.document.file_id,
            name=name,
            received_at=self._service.now().isoformat(),
            replaces=self._replaced_document(message, user_id),
        )
        try:
            await queue.add(upload)
            self._service.pending.keep_expected()
        except KnowledgeError as error:
            await reply(update, context, [escape(error)])
            return
        try:
            status = await message.reply_text(
                queue.status(upload), reply_markup=upload_keyboard(upload)
            )
        except TelegramError as error:  # the outcome is told all the same
            _log.info("upload_not_acknowledged", reason=type(error).__name__)
        else:
            upload = dataclasses.replace(upload, status_id=status.message_id)
        await queue.begin(upload)

    def _refusal(self, document: Document, user_id: int, name: str) -> str | None:
        """Return (HTML) why a file is not taken, None if it is; `name` is HTML, too."""
        queue = self._service.queue
        if not queue.has_room_for(user_id):
            count = queue.places_of(user_id)
            return texts.TOO_MANY_DRAFTS.format(count=count, limit=MAX_DRAFTS, name=name)
        if (size := document.file_size or 0) > DOWNLOAD_BYTES:
            reason = texts.TOO_LARGE.format(size=size / 2**20, limit=DOWNLOAD_BYTES // 2**20)
            return texts.NOT_READ.format(name=name, reason=reason)
        return texts.QUEUE_FULL.format(count=MAX_QUEUED, name=name) if queue.is_full else None

    async def cancelled(self, tap: Tap, press: UploadPress) -> None:
        """End the reading of a file, at its sender's wish only."""
        upload = await self._service.queue.cancel(press.token, tap.query.from_user.id)
        if upload is None:
            await acknowledge(tap.query, texts.CANCEL_TOO_LATE, alert=True)
            return
        await acknowledge(tap.query)
        await edit(tap.update, texts.CANCELLED.format(name=escape(upload.name)))

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


def _origin(message: Message) -> str:
    """Return what tells a message from others, also of another bot that has the same numbers."""
    return f"{message.chat_id}:{message.message_id}:{message.date.timestamp():.0f}"
