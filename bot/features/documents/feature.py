"""Documents as the bot runs them: uploads, the list, and the service that reads and stores."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from bot.feature import Feature
from bot.features.documents import texts
from bot.features.documents.changes import DocumentChanges
from bot.features.documents.edit_handlers import DocumentEditHandlers
from bot.features.documents.list_handlers import DocumentListHandlers
from bot.features.documents.pending_uploads import PendingUploads
from bot.features.documents.personal_data import DocumentsOfPerson
from bot.features.documents.reading_handlers import ReadingHandlers
from bot.features.documents.service import DocumentService
from bot.features.documents.upload_handlers import DocumentHandlers
from knowledge.documents.store import DocumentStore

if TYPE_CHECKING:
    from bot.feature import Core
    from bot.features.documents.upload_handlers import OnChanged


class DocumentsFeature(Feature):
    """Files that editors send, and /docs; `on_changed` follows what changes the store."""

    commands = texts.COMMANDS

    def __init__(self, core: Core, on_changed: OnChanged) -> None:
        pending = PendingUploads(core.settings.data_dir)
        pending.load(core.now())
        self.service = DocumentService(
            DocumentStore(core.settings.data_dir), pending, core.settings.articles_dir, now=core.now
        )
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

    async def close(self) -> None:
        """Wait for readings under way."""
        await asyncio.to_thread(self.service.close)
