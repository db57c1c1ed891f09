"""A chat with the document handlers alone: files go in, messages and store come out."""

import asyncio
import datetime as dt
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from telegram import Update
from telegram.ext import Application

from bot.access.audit import AuditLog
from bot.access.audit_notes import AuditNotes
from bot.access.deeds import Deeds
from bot.access.person import CLI
from bot.access.registry import People
from bot.access.roles import Role
from bot.database import Database
from bot.database.url import parse_url
from bot.features.asking.other_message_handlers import OtherMessageHandlers
from bot.features.documents import upload_inspection
from bot.features.documents.changes import DocumentChanges
from bot.features.documents.edit_handlers import DocumentEditHandlers
from bot.features.documents.list_handlers import DocumentListHandlers
from bot.features.documents.pending_uploads import Draft, PendingUploads
from bot.features.documents.queued_uploads import QueuedUploads, Upload
from bot.features.documents.reading_handlers import ReadingHandlers
from bot.features.documents.reading_queue import ReadingQueue
from bot.features.documents.service import DocumentService
from bot.features.documents.upload_handlers import DocumentHandlers
from bot.features.documents.upload_inspection import InspectionOrder, inspect_upload
from bot.settings import Access
from bot.telegram.gate import Gate, GuardedApplication
from bot.telegram.sending import DEFAULTS
from knowledge.documents.reader import read_document
from knowledge.documents.store import DocumentStore
from knowledge.documents.stored_document import StoredDocument
from tests.bot.conftest import STAFF, TOKEN, Telegram
from tests.bot.offline_request import Call, OfflineRequest
from tests.bot.whole_bot import HandClock

OTHER = {"id": 2002, "is_bot": False, "first_name": "Minh"}


def without_a_fence(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let documents be read in the process that wants them, which is quick.

    The fence, and the process that compares what was read, have tests of their own.
    """
    monkeypatch.setattr(upload_inspection, "read_fenced", read_document)


class HeldReader:
    """Reads in this process, while `open` is set."""

    def __init__(self, data_dir: Path, articles: Path, clock: HandClock) -> None:
        self._places = data_dir, articles
        self._clock = clock
        self.begun: list[str] = []
        self._beginning = asyncio.Condition()
        self.open = asyncio.Event()
        self.open.set()

    async def read(self, upload: Upload, _compare: Callable[[], None]) -> Draft:
        async with self._beginning:
            self.begun.append(upload.name)
            self._beginning.notify_all()
        await self.open.wait()
        order = InspectionOrder(upload, *self._places, self._clock.now().isoformat())
        return await asyncio.to_thread(inspect_upload, order, lambda: None)

    async def has_begun(self, count: int) -> None:
        async with asyncio.timeout(20), self._beginning:
            await self._beginning.wait_for(lambda: len(self.begun) >= count)


class DocumentChat(Telegram):
    """The editor's side; `changes` are what `on_changed` was told, `clock` can be moved."""

    def __init__(
        self, data_dir: Path, articles: Path, request: OfflineRequest, database: Database
    ) -> None:
        self.clock = HandClock(dt.datetime(2026, 11, 24, 3, 0, tzinfo=dt.UTC))
        self.database = database
        self.store = DocumentStore(data_dir)
        self.uploads, self.pending = QueuedUploads(data_dir), PendingUploads(data_dir)
        self.uploads.load()
        self.pending.load(self.now, {upload.token for upload in self.uploads})
        self.reader = HeldReader(data_dir, articles, self.clock)
        self.queue = ReadingQueue(self.uploads, self.pending, self.reader, self.clock)
        self.service = DocumentService(self.store, self.pending, self.queue, now=self.clock.now)
        self.changes: list[str] = []
        self.taken_up: list[str] = []
        audit, self.people = AuditLog(database), People(database)
        gate = Gate(self.people, audit, Access.OPEN, self.clock.now)
        builder = Application.builder().token(TOKEN).defaults(DEFAULTS).request(request)
        application = builder.application_class(GuardedApplication, {"gate": gate}).build()
        notes = AuditNotes(audit, self.clock.now)
        deeds = Deeds(database, self.clock.now)
        changes = DocumentChanges(self.service, deeds, self._taken_up)
        shown = DocumentListHandlers(self.service, changes, notes, self._changed, self.people)
        for room in (
            DocumentHandlers(self.service, changes, self._changed),
            DocumentEditHandlers(self.service, changes, self._changed, shown),
            ReadingHandlers(self.service),
            shown,
            OtherMessageHandlers(gate),
        ):
            application.add_handlers(room.handlers())
        super().__init__(application, request)

    @property
    def now(self) -> dt.datetime:
        return self.clock.now()

    @now.setter
    def now(self, moment: dt.datetime) -> None:
        self.clock.moment = moment

    async def sends_file(
        self, data: bytes, name: str = "tệp.docx", *, size: int | None = None, **fields: Any
    ) -> list[Call]:
        """Send a document and return the requests that follow, until it is read."""
        before = len(self.request.calls)
        await self.puts_file(data, name, size=size, **fields)
        await self.queue.join()
        return self.request.calls[before:]

    async def puts_file(
        self, data: bytes, name: str = "tệp.docx", *, size: int | None = None, **fields: Any
    ) -> list[Call]:
        """Send a document and return the requests that follow at once."""
        file_id = f"file{len(self.request.files)}"
        self.request.files[file_id] = data
        document = {
            "file_id": file_id,
            "file_unique_id": file_id,
            "file_name": name,
            "file_size": len(data) if size is None else size,
        }
        return await self.sends(document=document, **fields)

    async def _taken_up(self, article_id: str) -> None:
        self.taken_up.append(article_id)

    async def _changed(self, update: Update, context: object, document: StoredDocument) -> None:
        self.changes.append(f"{document.document_id} {document.state}")


@asynccontextmanager
async def document_chat(data_dir: Path, articles: Path) -> AsyncIterator[DocumentChat]:
    """The chat of an editor; everybody else in it is an editor, too."""
    database = Database(parse_url(f"sqlite:///{data_dir / 'vanphong.db'}"))
    await database.migrate()
    await database.connect()
    chat = DocumentChat(data_dir, articles, OfflineRequest(), database)
    for person_id in (STAFF["id"], OTHER["id"]):
        await People(database).set_role(CLI, person_id, Role.EDITOR, chat.now, name="Biên tập")
    async with chat.application:
        chat.queue.start(chat.application.bot)
        yield chat
        await chat.queue.close()
    await database.close()
