"""The one place where the slow work on documents leaves the event loop."""

from __future__ import annotations

import asyncio
import dataclasses
import datetime as dt
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from bot.features.documents.messages import inspection_report
from bot.features.documents.pending_uploads import DetailField, Draft, PendingUploads, new_token
from bot.office_time import utc_now
from knowledge.documents.details import display_name, iso_day, one_line
from knowledge.documents.fenced_reading import read_fenced
from knowledge.documents.inspection import inspect_document, reading_excerpt
from knowledge.documents.loader import ArticleFile, article_files
from knowledge.documents.store import DocumentStore, NewDocument

if TYPE_CHECKING:
    from pathlib import Path

    from telegram import Message

    from knowledge.documents.stored_document import HistoryEntry, StoredDocument

Clock = Callable[[], dt.datetime]

_READERS = 2  # at once; each may take 500 MB


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

    async def set_detail(self, draft: Draft, text: str) -> Draft:
        """Set the awaited detail of `draft`; raises DocumentDetailError saying the rule."""
        match draft.awaited:
            case DetailField.TITLE:
                details = dataclasses.replace(draft.details, title=one_line("Tiêu đề", text))
            case DetailField.SOURCE:
                details = dataclasses.replace(draft.details, source=one_line("Nguồn", text))
            case DetailField.PUBLISHED:
                details = dataclasses.replace(draft.details, published=iso_day(text))
            case None:
                raise ValueError("a detail must be awaited to be set")
        return await self.update(dataclasses.replace(draft, details=details, awaited=None))

    async def update(self, draft: Draft) -> Draft:
        """Keep a changed draft."""
        return await asyncio.to_thread(self.pending.update, draft)

    async def keep(self, token: str, by: str) -> StoredDocument:
        """Put a draft into the store, once however often it is asked for.

        Raises DraftError when it is gone, DocumentError or StorageError when it cannot be stored:
        then the draft stays.
        """
        return await asyncio.to_thread(self._keep, token, by)

    async def drop(self, token: str) -> Draft:
        """Forget a draft; raises DraftError when it is gone."""
        draft = self.pending.take(token, self.now())
        await asyncio.to_thread(self.pending.drop, token)
        return draft

    async def documents(self) -> tuple[StoredDocument, ...]:
        """Return the documents of the store, the latest first."""
        return await asyncio.to_thread(self._store.documents)

    async def document(self, document_id: str) -> StoredDocument:
        """Return one document; raises NoDocumentError."""
        return await asyncio.to_thread(self._store.get, document_id)

    async def excerpt(self, document_id: str) -> str:
        """Return the beginning of a document's text; raises NoDocumentError, ArticleError."""
        reading = await asyncio.to_thread(self._store.reading, document_id)
        return reading_excerpt(reading)

    async def original(self, document_id: str) -> bytes:
        """Return a document's original file; raises NoDocumentError, StorageError."""
        return await asyncio.to_thread(self._store.original, document_id)

    async def retire(self, document_id: str, by: str) -> StoredDocument:
        """Take a document out of use; raises DocumentError, StorageError."""
        return await asyncio.to_thread(self._store.retire, document_id, by=by, now=self.now())

    async def restore(self, document_id: str, by: str) -> StoredDocument:
        """Put a document back into use; raises DocumentError, StorageError."""
        return await asyncio.to_thread(self._store.restore, document_id, by=by, now=self.now())

    def _receive(
        self, data: bytes, name: str, chat_id: int, user_id: int, replaces: str | None
    ) -> Draft:
        replaced = self._store.get(replaces) if replaces else None
        reading = read_fenced(data, name)
        article_id = replaced.article_id if replaced else ""
        inspection = inspect_document(reading, name, self._existing(), article_id=article_id)
        report = inspection_report(inspection, self._store.same_file(data))
        details = inspection.guess
        if replaced:  # what people have typed is better than a guess, but for the date
            details = dataclasses.replace(
                replaced.details, published=details.published or replaced.details.published
            )
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
        )
        return self.pending.create(draft, data, reading)

    def _keep(self, token: str, by: str) -> StoredDocument:
        draft = self.pending.take(token, self.now())
        try:
            data, reading = self.pending.content(draft)
            new = NewDocument(data, draft.name, reading, draft.details)
            stored = self._store.add(new, by=by, now=self.now(), replaces=draft.replaces)
        except BaseException:
            self.pending.update(draft)
            raise
        self.pending.drop(token)
        return stored

    def _existing(self) -> list[ArticleFile]:
        return [*article_files(self._articles_dir), *self._store.article_files()]
