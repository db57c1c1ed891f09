"""Challenges against the sandbox: time and Telegram's updates come by hand."""

import asyncio
import datetime as dt
import random
from collections.abc import AsyncIterator, Coroutine
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from bot.app import ALLOWED_UPDATES, App, build_application
from bot.challenges.service import ChallengeService
from bot.database import Database
from bot.features import Features
from bot.knowledge_worker import KnowledgeWorker
from bot.learning.service import LearningService
from bot.sandbox import Sandbox
from bot.sandbox.persona import Persona, SeenMessage
from bot.settings import Access, Settings
from knowledge import Assistant
from tests.bot.conftest import SHIPPED_QUIZZES

MORNING = dt.datetime(2026, 11, 23, 2, 0, tzinfo=dt.UTC)
WHOLE_QUESTION = 32.0
"""Seconds of a question, with those for answers on their way."""


class HandTimer:
    """A clock and what waits by it; both stand still until a test moves them."""

    def __init__(self) -> None:
        self.moment = MORNING
        self._waiting: list[tuple[dt.datetime, asyncio.Future[None]]] = []
        self._arrival = asyncio.Condition()

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

    async def passes(self, seconds: float) -> None:
        """Move time on, once somebody waits for it."""
        async with asyncio.timeout(20), self._arrival:
            while not any(not future.done() for _, future in self._waiting):
                await self._arrival.wait()
        self.moment += dt.timedelta(seconds=seconds)
        for moment, future in self._waiting:
            if moment <= self.moment and not future.done():
                future.set_result(None)


@dataclass
class Group:
    """The bot in its group, on one database; `restart` is a new process."""

    sandbox: Sandbox
    database: Database
    settings: Settings
    worker: KnowledgeWorker
    timer: HandTimer
    learning: LearningService = field(init=False)
    challenges: ChallengeService = field(init=False)
    application: App = field(init=False)

    async def start(self) -> None:
        rng = random.Random(7)  # noqa: S311
        self.learning = LearningService(
            self.database, self.worker, self.settings, rng=rng, now=self.timer.now
        )
        self.challenges = ChallengeService(
            self.database, self.learning.pool, timer=self.timer, rng=rng, now=self.timer.now
        )
        self.application = build_application(
            self.settings,
            self.worker,
            self.database,
            Features(learning=self.learning, challenges=self.challenges),
            now=self.timer.now,
        )
        await self.application.initialize()
        await self.learning.refresh(self.application.bot)
        await self.challenges.start(self.application.bot)

    async def end(self) -> None:
        await self.challenges.close()
        await self.application.shutdown()

    async def restart(self) -> None:
        await self.end()
        await self.start()

    def persona(self, key: str) -> Persona:
        return self.sandbox.persona(key)

    async def deliver(self) -> None:
        """Hand the next updates to the bot, as long polling would, and let it finish."""
        bot = self.application.bot
        updates = await bot.get_updates(timeout=20, allowed_updates=list(ALLOWED_UPDATES))
        for update in updates:
            await self.application.process_update(update)
        if updates:
            await bot.get_updates(
                offset=updates[-1].update_id + 1, limit=1, allowed_updates=list(ALLOWED_UPDATES)
            )

    async def command(self, person: Persona, text: str) -> SeenMessage:
        """Write a command in the group and return what the bot says to it."""
        await person.sends(text, chat="group")
        await self.deliver()
        return await person.receives(chat="group")

    async def votes(self, key: str, poll: SeenMessage, *places: int) -> None:
        """Vote in the poll as somebody, and let the bot hear of it."""
        await self.persona(key).vote(poll, places)
        await self.deliver()

    async def while_delivering(self, doing: Coroutine[Any, Any, Any]) -> Any:
        """Do something that waits for the bot, such as pressing a button."""
        task = asyncio.ensure_future(doing)
        await self.deliver()
        return await task

    async def next_poll(self, key: str = "staff") -> SeenMessage:
        return await self.persona(key).receives(chat="group", where=lambda m: "poll" in m.data)

    async def result(self, key: str = "staff") -> str:
        found = await self.persona(key).receives(
            chat="group", where=lambda m: m.text.startswith(("🏆", "⏹", "⚠"))
        )
        return found.text


@pytest.fixture
def timer() -> HandTimer:
    return HandTimer()


@pytest.fixture
async def sandbox(timer: HandTimer) -> AsyncIterator[Sandbox]:
    async with Sandbox(clock=timer.now) as place:
        yield place


@pytest.fixture
def access() -> Access:
    """Who may learn; a test of a closed office parametrises this."""
    return Access.OPEN


@pytest.fixture
async def group(  # noqa: PLR0917 -- fixtures
    sandbox: Sandbox,
    database: Database,
    timer: HandTimer,
    shipped_assistant: Assistant,
    access: Access,
    tmp_path: Path,
) -> AsyncIterator[Group]:
    settings = Settings(
        telegram_bot_token=SecretStr(sandbox.token),
        telegram_api_url=sandbox.api_url,
        data_dir=tmp_path,
        quizzes_dir=SHIPPED_QUIZZES,
        admin_ids=frozenset({1005}),
        access=access,
        _env_file=None,
    )
    worker = KnowledgeWorker(shipped_assistant, 1)
    made = Group(sandbox, database, settings, worker, timer)
    await made.start()
    await made.persona("newcomer").joins()
    await made.deliver()
    yield made
    await made.end()
    worker.close()
