"""The whole bot as tests put it together: time and chance are in their hands."""

import asyncio
import datetime as dt
import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TypeVar

from bot.app import App, all_features, build_application
from bot.database import Database
from bot.feature import Core, Feature
from bot.knowledge_worker import KnowledgeWorker
from bot.office_time import Clock
from bot.settings import Settings
from bot.unfinished_deeds import UnfinishedDeeds
from knowledge import KnowledgeBase, Writer
from tests.bot.offline_request import OfflineRequest

MORNING = dt.datetime(2026, 11, 23, 2, 0, tzinfo=dt.UTC)
"""9:00 on a Monday in the office."""

F = TypeVar("F", bound=Feature)


class HandClock:
    """A clock and what waits by it; both stand still until a test moves them."""

    def __init__(self, moment: dt.datetime = MORNING) -> None:
        self.moment = moment
        self._waiting: list[tuple[dt.datetime, asyncio.Future[None]]] = []
        self._arrival = asyncio.Condition()

    def __call__(self) -> dt.datetime:
        return self.moment

    def now(self) -> dt.datetime:
        return self.moment

    async def until(self, moment: dt.datetime) -> None:
        if moment <= self.moment:
            return
        future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        async with self._arrival:
            self._waiting.append((moment, future))
            self._arrival.notify_all()
        await future

    def pass_time(self, **lengths: float) -> None:
        """Move the clock alone, on or back: whoever waits goes on waiting."""
        self.moment += dt.timedelta(**lengths)

    async def is_waited_for(self) -> None:
        """Return once somebody waits for time to pass."""
        async with asyncio.timeout(20), self._arrival:
            while not any(not future.done() for _, future in self._waiting):
                await self._arrival.wait()

    async def passes(self, seconds: float) -> None:
        """Move time on, once somebody waits for it."""
        await self.is_waited_for()
        self.moment += dt.timedelta(seconds=seconds)
        for moment, future in self._waiting:
            if moment <= self.moment and not future.done():
                future.set_result(None)


@dataclass(frozen=True)
class WholeBot:
    """A bot's parts; closing it waits for what is under way, as its end does."""

    core: Core
    features: list[Feature]
    application: App

    @property
    def unfinished(self) -> UnfinishedDeeds:
        """What finishes deeds that were cut off."""
        return UnfinishedDeeds(self.core, self.features)

    def feature(self, kind: type[F]) -> F:
        """The one feature of a kind."""
        (found,) = (feature for feature in self.features if isinstance(feature, kind))
        return found

    async def close(self) -> None:
        for feature in reversed(self.features):
            await feature.close()
        self.core.worker.close()


def whole_bot(
    settings: Settings,
    database: Database,
    base: KnowledgeBase,
    *,
    clock: Clock | None = None,
    request: OfflineRequest | None = None,
    writer: Writer | None = None,
) -> WholeBot:
    """Put the bot together, not yet started."""
    worker = KnowledgeWorker(base.assistant(), settings.answer_threads)
    rng = random.Random(7)  # noqa: S311
    core = Core.of(settings, database, base, worker, clock=clock, rng=rng)
    features = all_features(core, writer)
    return WholeBot(core, features, build_application(core, features, request=request))


@asynccontextmanager
async def offline_bot(
    settings: Settings,
    database: Database,
    base: KnowledgeBase,
    request: OfflineRequest,
    *,
    clock: Clock | None = None,
    writer: Writer | None = None,
) -> AsyncIterator[WholeBot]:
    """The bot without a network: updates are delivered by hand, nothing runs beside them."""
    bot = whole_bot(settings, database, base, clock=clock, request=request, writer=writer)
    async with bot.application:
        yield bot
    await bot.close()
