"""The whole bot at work: the knowledge base, the handlers and the connection to Telegram."""

from __future__ import annotations

import asyncio
from contextlib import ExitStack, asynccontextmanager
from typing import TYPE_CHECKING

from bot.app import build_application
from bot.cli.opening import open_base
from bot.knowledge_worker import KnowledgeWorker
from bot.serving import serving

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.settings import Settings
    from embeddings import Encoder


@asynccontextmanager
async def running_bot(settings: Settings, encoder: Encoder) -> AsyncIterator[None]:
    """Open what the bot needs, off the event loop, and serve while the block runs.

    Raises what opening the knowledge base and `serving` raise.
    """
    with ExitStack() as opened:
        base = await asyncio.to_thread(opened.enter_context, open_base(settings, encoder))
        assistant = await asyncio.to_thread(base.assistant)
        worker = KnowledgeWorker(assistant, settings.answer_threads)
        opened.callback(worker.close)
        async with serving(build_application(settings, worker), settings):
            yield
