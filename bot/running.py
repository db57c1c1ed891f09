"""The whole bot at work: the knowledge base, the features and the connection to Telegram."""

from __future__ import annotations

import asyncio
import sys
from contextlib import ExitStack, asynccontextmanager
from typing import TYPE_CHECKING

from bot.app import all_features, build_application
from bot.feature import Core
from bot.knowledge_worker import SWITCH_SECONDS, KnowledgeWorker
from bot.serving import serving
from bot.terminal.database import prepare_database
from bot.terminal.opening import open_base

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
        database = await asyncio.to_thread(prepare_database, settings)
        core = Core.of(settings, database, base, worker)
        features = all_features(core)
        async with serving(build_application(core, features), settings):
            try:
                yield
            finally:
                for feature in features:
                    feature.interrupt()
