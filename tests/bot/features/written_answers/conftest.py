import asyncio
import dataclasses
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any

import pytest
from langchain_core.language_models import BaseChatModel

from bot.database import Database
from bot.settings import Settings
from embeddings import Reader
from knowledge import KnowledgeBase, Writer
from tests.bot.conftest import Telegram
from tests.bot.offline_request import Call, OfflineRequest
from tests.bot.whole_bot import HandClock, WholeBot, offline_bot

QUESTION = "Tỉnh Lào Cai tái lập ngày nào?"
GOOD = "Tỉnh Lào Cai được tái lập và hoạt động từ ngày 1/10/1991 [1]."
SECOND = "Ngày 1/10/1991 là ngày tỉnh Lào Cai tái lập [1]."
BAD = "Lễ tái lập có 5.000 người dự [1]."
FIRST_SHOWN, SECOND_SHOWN = GOOD.replace(" [1]", ""), SECOND.replace(" [1]", "")


@dataclasses.dataclass
class WatchedRequest(OfflineRequest):
    """Tells of every request."""

    news: asyncio.Event = dataclasses.field(default_factory=asyncio.Event)

    async def do_request(self, *request: Any, **how: Any) -> tuple[int, bytes]:
        done = await super().do_request(*request, **how)
        self.news.set()
        return done


class Office(Telegram):
    """A person's side of a bot whose answers a model writes."""

    def __init__(self, bot: WholeBot, request: WatchedRequest, clock: HandClock) -> None:
        super().__init__(bot.application, request)
        self.bot, self.watched, self.clock = bot, request, clock

    async def called(self, method: str, count: int = 1) -> list[Call]:
        """Wait until there were so many calls of a method."""
        async with asyncio.timeout(20):
            while len(found := [c for c in self.request.calls if c.method == method]) < count:
                self.watched.news.clear()
                await self.watched.news.wait()
        return found


Opened = Callable[..., AbstractAsyncContextManager[Office]]


@pytest.fixture
def opened(
    settings: Settings, shipped_base: KnowledgeBase, app_database: Database, reader: Reader
) -> Opened:
    """Opens a bot whose answers `model` writes; `changes` are settings."""

    @asynccontextmanager
    async def office(
        model: BaseChatModel | None, *, seconds: float = 10, **changes: Any
    ) -> AsyncIterator[Office]:
        clock, request = HandClock(), WatchedRequest()

        def seconds_passed() -> float:
            return clock.moment.timestamp()

        writer = None
        if model is not None:
            writer = Writer(model, reader, seconds=seconds, clock=seconds_passed)
        how = settings.model_copy(update=changes)
        async with offline_bot(
            how, app_database, shipped_base, request, clock=clock, writer=writer
        ) as bot:
            yield Office(bot, request, clock)

    return office
