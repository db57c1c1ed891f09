"""Challenges against the sandbox: time and Telegram's updates come by hand."""

import asyncio
from collections.abc import AsyncIterator, Coroutine
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr
from telegram.ext import ExtBot

from bot.app import ALLOWED_UPDATES, App
from bot.database import Database
from bot.features.challenges.feature import ChallengesFeature
from bot.features.quizzes.feature import QuizzesFeature
from bot.features.quizzes.question_pool import QuestionPool
from bot.sandbox import Sandbox
from bot.sandbox.persona import Persona, SeenMessage
from bot.settings import Access, Settings
from bot.telegram.incoming import BotApiRequest
from bot.telegram.sending import DEFAULTS
from knowledge import KnowledgeBase
from tests.bot.conftest import SHIPPED_QUIZZES
from tests.bot.whole_bot import HandClock, WholeBot, whole_bot

WHOLE_QUESTION = 32.0
"""Seconds of a question, with those for answers on their way."""


@dataclass
class Group:
    """The bot in its group, on one database; `restart` is a new process."""

    sandbox: Sandbox
    database: Database
    settings: Settings
    base: KnowledgeBase
    timer: HandClock
    bot: WholeBot = field(init=False)
    receiver: ExtBot[None] = field(init=False)
    """Takes Telegram's updates, which the bot gets by hand."""

    @property
    def application(self) -> App:
        return self.bot.application

    @property
    def challenges(self) -> ChallengesFeature:
        return self.bot.feature(ChallengesFeature)

    @property
    def pool(self) -> QuestionPool:
        return self.bot.feature(QuizzesFeature).study.pool

    async def start(self) -> None:
        self.bot = whole_bot(self.settings, self.database, self.base, clock=self.timer)
        await self.application.initialize()
        address, request = f"{self.sandbox.api_url}/bot", BotApiRequest()
        token = self.sandbox.token
        self.receiver = ExtBot(token, base_url=address, request=request, defaults=DEFAULTS)
        await self.receiver.initialize()
        await self.bot.feature(QuizzesFeature).refresh(self.application.bot)
        await self.challenges.start(self.application.bot)

    async def end(self) -> None:
        await self.bot.close()
        await self.receiver.shutdown()
        await self.application.shutdown()

    async def restart(self) -> None:
        await self.end()
        await self.start()

    def persona(self, key: str) -> Persona:
        return self.sandbox.persona(key)

    async def deliver(self) -> None:
        """Hand the next updates to the bot, as long polling would, and let it finish."""
        bot = self.receiver
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
def timer() -> HandClock:
    return HandClock()


@pytest.fixture
async def sandbox(timer: HandClock) -> AsyncIterator[Sandbox]:
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
    timer: HandClock,
    shipped_base: KnowledgeBase,
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
    made = Group(sandbox, database, settings, shipped_base, timer)
    await made.start()
    await made.persona("newcomer").joins()
    await made.deliver()
    yield made
    await made.end()
