"""The whole bot at work: the knowledge base, the handlers and the connection to Telegram."""

from __future__ import annotations

import asyncio
import sys
from contextlib import ExitStack, asynccontextmanager
from typing import TYPE_CHECKING

from bot.app import build_application
from bot.challenges.service import ChallengeService
from bot.cli.database import prepare_database
from bot.cli.opening import open_base
from bot.documents.desk import DocumentDesk
from bot.documents.pending import PendingUploads
from bot.features import Features
from bot.knowledge_updates import KnowledgeUpdates
from bot.knowledge_worker import SWITCH_SECONDS, KnowledgeWorker
from bot.learning.service import LearningService
from bot.office_time import utc_now
from bot.record_service import RecordService
from bot.serving import serving
from knowledge.documents.store import DocumentStore

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.settings import Settings
    from embeddings import Encoder


@asynccontextmanager
async def running_bot(settings: Settings, encoder: Encoder) -> AsyncIterator[None]:
    """Open what the bot needs, off the event loop, and serve while the block runs.

    Raises what opening the knowledge base and `serving` raise.
    """
    sys.setswitchinterval(SWITCH_SECONDS)
    with ExitStack() as opened:
        base = await asyncio.to_thread(opened.enter_context, open_base(settings, encoder))
        assistant = await asyncio.to_thread(base.assistant)
        worker = KnowledgeWorker(assistant, settings.answer_threads)
        opened.callback(worker.close)
        desk = document_desk(settings)
        opened.callback(desk.close)
        database = await asyncio.to_thread(prepare_database, settings)
        record = RecordService(database, base.encoder, settings.record_days, assistant.glossary)
        updates = KnowledgeUpdates(base, worker)
        learning = LearningService(database, worker, settings)
        challenges = ChallengeService(database, learning.pool)
        features = Features(updates, desk, record, learning, challenges)
        async with serving(build_application(settings, worker, database, features), settings):
            try:
                yield
            finally:
                updates.stop()  # first: handlers that wait for a reload would hold up the end


def document_desk(settings: Settings) -> DocumentDesk:
    """Return where documents are taken in, with the uploads that still wait for a decision."""
    pending = PendingUploads(settings.data_dir)
    pending.load(utc_now())
    return DocumentDesk(DocumentStore(settings.data_dir), pending, settings.articles_dir)
