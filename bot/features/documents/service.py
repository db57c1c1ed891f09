"""The one place where the slow work on documents leaves the event loop."""

from __future__ import annotations

import asyncio
import dataclasses
import datetime as dt
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from bot.features.documents.messages import (
    StoreFindings,
    change_views,
    inspection_report,
    reading_intro,
)
from bot.features.documents.pending_uploads import (
    AskedEdit,
    Draft,
    PendingUploads,
    is_token,
    new_token,
)
from bot.features.documents.reading_view import reading_pages
from bot.office_time import office_day, utc_now
from knowledge import Standing, document_standings
from knowledge.documents.details import display_name
from knowledge.documents.fenced_reading import read_fenced
from knowledge.documents.inspection import (
    Replaced,
    guessed_details,
    inspect_document,
    typed_details,
)
from knowledge.documents.loader import ArticleFile, article_files
from knowledge.documents.store import DocumentStore, NewDocument
from knowledge.documents.stored_document import HistoryAction, ended_by
from knowledge.documents.text_comparison import compare_texts

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from telegram import Message

    from knowledge.articles.article import Block
    from knowledge.documents.details import DetailField
    from knowledge.documents.stored_document import HistoryEntry, StoredDocument

Clock = Callable[[], dt.datetime]

_READERS = 2  # at once; each may take 500 MB
_BEGINNING = 60  # blocks
_WHOLE_TEXTS = 4  # whose pages are kept while somebody turns them


class DocumentService:
    """Reads uploads, keeps drafts and changes the store, in threads.

    `pending` must be loaded. `now` is the clock.
    """

    def __init__(
        self,
        store: DocumentStore,
        pending: PendingUploads,
        articles_dir: Path,
        *,
        now: Clock = utc_now,
    ) -> None:
        self._store = store
        self._articles_dir = articles_dir
        self._readers = ThreadPoolExecutor(_READERS, thread_name_prefix="document")
        self._pages = lru_cache(_WHOLE_TEXTS)(self._read_pages)  # what was read never changes
        self.pending = pending
        self.now = now

    def close(self) -> None:
        """Wait for readings under way and end the threads."""
        self._readers.shutdown(wait=True, cancel_futures=True)

    async def receive(
        self, data: bytes, name: str, *, chat_id: int, user_id: int, replaces: str | None
    ) -> Draft:
        """Read an upload and keep it as a draft.

        Raises ArticleError when it cannot be read, NoDocumentError when there is nothing to replace
        under that id, StorageError.
        """
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(
            self._readers, self._receive, data, name, chat_id, user_id, replaces
        )

    async def done_by(self, user_id: int) -> list[HistoryEntry]:
        """Return what a person did to the store, oldest first; raises StorageError."""
        entries = await asyncio.to_thread(self._store.history)
        return [entry for entry in entries if entry.by == str(user_id)]

    async def forget(self, user_id: int) -> None:
        """Drop a person's drafts and cut the store's history off from them."""
        for draft in self.pending.of(user_id):
            await self.drop(draft.token)
        await asyncio.to_thread(self._store.cut_off, str(user_id))

    def awaiting(self, message: Message) -> Draft | None:
        """Return the draft for which a message is the answer to a question, or None."""
        user = message.from_user
        if user is None:
            return None
        return self.pending.awaiting(message.chat_id, user.id, self.now())

    def asked_edit(self, message: Message) -> AskedEdit | None:
        """Return the detail of a stored document that a message is, or None."""
        user = message.from_user
        if user is None:
            return None
        return self.pending.asked_edit(message.chat_id, user.id, self.now())

    async def set_detail(self, draft: Draft, text: str) -> Draft:
        """Set the awaited detail of `draft`; raises DocumentDetailError saying the rule."""
        if draft.awaited is None:
            raise ValueError("a detail must be awaited to be set")
        details = draft.details.with_typed(draft.awaited, text, office_day(self.now()))
        return await self.update(dataclasses.replace(draft, details=details, awaited=None))

    async def use_offered(self, draft: Draft) -> Draft:
        """Set all details that people had typed for the document that `draft` replaces."""
        typed: dict[str, Any] = {field.value: value for field, value in draft.offered.items()}
        details = dataclasses.replace(draft.details, **typed)
        return await self.update(dataclasses.replace(draft, details=details, offered={}))

    async def update(self, draft: Draft) -> Draft:
        """Keep a changed draft."""
        return await asyncio.to_thread(self.pending.update, draft)

    async def keep(self, token: str, by: str, deed: str) -> StoredDocument:
        """Put a draft into the store, once however often it is asked for; `deed` marks it.

        Raises DraftError when it is gone, DocumentError or StorageError when it cannot be stored:
        then the draft stays.
        """
        return await asyncio.to_thread(self._keep, token, by, deed)

    async def drop(self, token: str) -> Draft:
        """Forget a draft; raises DraftError when it is gone."""
        draft = self.pending.take(token, self.now())
        await asyncio.to_thread(self.pending.drop, token)
        return draft

    async def documents(self) -> tuple[StoredDocument, ...]:
        """Return the documents of the store, the latest first."""
        return await asyncio.to_thread(self._store.documents)

    async def standings(self) -> dict[str, Standing]:
        """Return where each document stands, by its id, as the live version tells."""
        return await asyncio.to_thread(document_standings, self._store.root.parent)

    async def document(self, document_id: str) -> StoredDocument:
        """Return one document; raises NoDocumentError."""
        return await asyncio.to_thread(self._store.get, document_id)

    async def beginning(self, document_id: str) -> Sequence[Block]:
        """Return how a document's text begins; raises NoDocumentError, ArticleError."""
        reading = await asyncio.to_thread(self._store.reading, document_id)
        return reading.blocks[:_BEGINNING]

    async def edit(
        self, document_id: str, field: DetailField, text: str, by: str, deed: str
    ) -> tuple[StoredDocument, bool]:
        """State a detail of a stored document as typed, or none when `text` is empty.

        Return it, and whether this deed changed anything. Raises DocumentDetailError saying the
        rule, NoDocumentError, StorageError.
        """
        return await asyncio.to_thread(self._edit, document_id, field, text, by, deed)

    async def was_edited(self, document_id: str, deed: str) -> bool:
        """Tell whether a deed edited a document."""
        action = HistoryAction.EDITED
        done = await asyncio.to_thread(self._store.done, deed, action, document_id)
        return done is not None

    async def pages(self, name: str) -> list[str]:
        """Return the whole text of a stored document or a draft in pages (HTML).

        Raises DraftError or NoDocumentError when it is gone, ArticleError when it is damaged.
        """
        return await asyncio.to_thread(self._pages, name)

    async def original(self, document_id: str) -> bytes:
        """Return a document's original file; raises NoDocumentError, StorageError."""
        return await asyncio.to_thread(self._store.original, document_id)

    async def retire(self, document_id: str, by: str, deed: str) -> StoredDocument:
        """Take a document out of use; raises DocumentError, StorageError."""
        return await asyncio.to_thread(
            self._store.retire, document_id, by=by, now=self.now(), deed=deed
        )

    async def restore(self, document_id: str, by: str, deed: str) -> StoredDocument:
        """Put a document back into use; raises DocumentError, StorageError."""
        return await asyncio.to_thread(
            self._store.restore, document_id, by=by, now=self.now(), deed=deed
        )

    def _receive(
        self, data: bytes, name: str, chat_id: int, user_id: int, replaces: str | None
    ) -> Draft:
        replaced = self._store.get(replaces) if replaces else None
        reading = read_fenced(data, name)
        old = self._store.readable(replaced.document_id) if replaced else None
        inspection = inspect_document(
            reading,
            name,
            self._existing(),
            Replaced(replaced.article_id, replaced.details.title, old) if replaced else None,
        )
        details = inspection.guess
        ended = [
            document
            for document in ended_by(details.amends, self._store.documents())
            if replaced is None or document.root_id != replaced.root_id
        ]
        offered = (
            typed_details(replaced.details, guessed_details(old, replaced.name), details)
            if replaced and old
            else {}
        )
        findings = StoreFindings(self._store.same_file(data), replaced, ended)
        report = inspection_report(inspection, reading.blocks, findings)
        draft = Draft(
            token=new_token(),
            chat_id=chat_id,
            user_id=user_id,
            name=display_name(name),
            details=details,
            report=report.html,
            report_units=report.units,
            created_at=self.now().isoformat(),
            replaces=replaced.document_id if replaced else None,
            ends=tuple(document.document_id for document in ended),
            offered=offered,
        )
        return self.pending.create(draft, data, reading)

    def _keep(self, token: str, by: str, deed: str) -> StoredDocument:
        if (stored := self._store.done(deed, HistoryAction.ADDED)) is not None:
            self.pending.drop(token)
            return stored
        draft = self.pending.take(token, self.now())
        try:
            data, reading = self.pending.content(draft)
            new = NewDocument(data, draft.name, reading, draft.details)
            stored = self._store.add(new, by=by, now=self.now(), replaces=draft.replaces, deed=deed)
        except BaseException:
            self.pending.update(draft)
            raise
        self.pending.drop(token)
        return stored

    def _edit(
        self, document_id: str, field: DetailField, text: str, by: str, deed: str
    ) -> tuple[StoredDocument, bool]:
        document = self._store.get(document_id)
        details = document.details.with_typed(field, text, office_day(self.now()))
        edited = self._store.edit(document_id, details, by=by, now=self.now(), deed=deed)
        done = self._store.done(deed, HistoryAction.EDITED, edited.document_id)
        return edited, done is not None

    def _read_pages(self, name: str) -> list[str]:
        if is_token(name):
            draft = self.pending.get(name, self.now())
            _, reading = self.pending.content(draft)
            old = self._store.readable(draft.replaces) if draft.replaces else None
            changes = compare_texts(old.text, reading.text) if old else None
            intro = change_views(changes, draft.replaces) if changes and draft.replaces else []
        else:
            reading, intro = self._store.reading(name), []
        intro += reading_intro(reading.notes, reading.left_out)
        return reading_pages(intro, reading.blocks)

    def _existing(self) -> list[ArticleFile]:
        return [*article_files(self._articles_dir), *self._store.article_files()]
