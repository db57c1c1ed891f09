"""Documents as the bot runs them: the queue of uploads, the list, and the service that stores."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.feature import Feature
from bot.features.documents import texts
from bot.features.documents.changes import DocumentChanges
from bot.features.documents.edit_handlers import DocumentEditHandlers
from bot.features.documents.list_handlers import DocumentListHandlers
from bot.features.documents.pending_uploads import PendingUploads
from bot.features.documents.personal_data import DocumentsOfPerson
from bot.features.documents.queued_uploads import QueuedUploads
from bot.features.documents.reading_handlers import ReadingHandlers
from bot.features.documents.reading_queue import ReadingQueue
from bot.features.documents.service import DocumentService
from bot.features.documents.upload_handlers import DocumentHandlers
from bot.features.documents.upload_reader import UploadReader
from knowledge.documents.store import DocumentStore

if TYPE_CHECKING:
    from telegram.ext import ExtBot

    from bot.feature import Core
    from bot.features.documents.upload_handlers import OnChanged


class DocumentsFeature(Feature):
    """Files that editors send, and /docs; `on_changed` follows what changes the store."""

    commands = texts.COMMANDS

    def __init__(self, core: Core, on_changed: OnChanged) -> None:
        data_dir, articles_dir = core.settings.data_dir, core.settings.articles_dir
        uploads, pending = QueuedUploads(data_dir), PendingUploads(data_dir)
        uploads.load()
        pending.load(core.now(), {upload.token for upload in uploads})
        reader = UploadReader(data_dir, articles_dir, core.now)
        self._queue = ReadingQueue(uploads, pending, reader, core.clock)
        self.service = DocumentService(DocumentStore(data_dir), pending, self._queue, now=core.now)
        self.personal_data = (DocumentsOfPerson(self.service),)
        self._core = core
        changes = DocumentChanges(self.service, core.deeds, self._take_up)
        self.finishes = changes.finishes
        shown = DocumentListHandlers(self.service, changes, core.notes, on_changed, core.people)
        self.handler_groups = (
            DocumentHandlers(self.service, changes, on_changed),
            DocumentEditHandlers(self.service, changes, on_changed, shown),
            ReadingHandlers(self.service),
            shown,
        )

    async def _take_up(self, article_id: str) -> None:
        """Let later versions have a document that was changed, though it was set aside before."""
        await self._core.worker.decide(self._core.base.take_up, article_id)

    async def start(self, bot: ExtBot[Any]) -> None:
        """Read what was sent, beginning with what earlier runs left."""
        self._queue.start(bot)

    def interrupt(self) -> None:
        """Give up the readings under way; they are taken up again at the next start."""
        self._queue.stop()

    async def close(self) -> None:
        """End the readings under way."""
        await self._queue.close()
