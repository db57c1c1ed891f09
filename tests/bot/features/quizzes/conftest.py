"""Learning against the sandbox: real polls, a real database, a clock that tests move."""

import shutil
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from pydantic import SecretStr
from telegram import InlineKeyboardButton, InlineKeyboardMarkup
from telegram.ext import ExtBot

from bot.access.registry import People
from bot.database import Database
from bot.features.quizzes.feature import QuizzesFeature
from bot.features.quizzes.study import Study
from bot.features.reviews.feature import ReviewsFeature
from bot.sandbox import Sandbox
from bot.sandbox.persona import Persona, SeenMessage
from bot.serving import serving
from bot.settings import Access, Settings
from bot.telegram.incoming import BotApiRequest
from bot.telegram.sending import DEFAULTS
from knowledge import KnowledgeBase
from tests.bot.conftest import SHIPPED_QUIZZES
from tests.bot.whole_bot import HandClock, WholeBot, whole_bot


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    async with Sandbox() as place:
        yield place


@pytest.fixture
async def telegram_bot(sandbox: Sandbox) -> AsyncIterator[ExtBot[None]]:
    """The bot's side of the sandbox; updates are delivered by the tests."""
    address, request = f"{sandbox.api_url}/bot", BotApiRequest()
    bot = ExtBot(sandbox.token, base_url=address, request=request, defaults=DEFAULTS)
    async with bot:
        yield bot


@pytest.fixture
def quizzes(tmp_path: Path) -> Path:
    """A copy of the shipped bank that a test may change."""
    folder = tmp_path / "quizzes"
    shutil.copytree(SHIPPED_QUIZZES, folder)
    return folder


@dataclass(frozen=True)
class School:
    """Learning, as a test drives it: time and Telegram's updates come by hand."""

    service: QuizzesFeature
    database: Database
    bot: ExtBot[None]
    sandbox: Sandbox
    clock: HandClock
    whole: WholeBot

    def persona(self, key: str = "newcomer") -> Persona:
        """Somebody's side of the chat."""
        return self.sandbox.persona(key)

    async def deliver(self) -> int:
        """Hand the waiting answers to the bot, as a running one would; return how many updates."""
        updates = await self.bot.get_updates(allowed_updates=["poll_answer", "poll"])
        for update in updates:
            if update.poll_answer is not None or update.poll is not None:
                await self.whole.application.process_update(update)
        await self.lose_updates(updates[-1].update_id if updates else None)
        return len(updates)

    async def lose_updates(self, last: int | None = None) -> None:
        """Confirm updates to Telegram, all waiting ones unless told, without looking at them."""
        if last is None:
            updates = await self.bot.get_updates(allowed_updates=["poll_answer", "poll"])
            last = updates[-1].update_id if updates else None
        if last is not None:
            await self.bot.get_updates(offset=last + 1, allowed_updates=["poll_answer", "poll"])


@pytest.fixture
def quiz_seconds() -> int:
    """The time for a question; a test that wants a limit parametrises this."""
    return 0


@pytest.fixture
def access() -> Access:
    """Who may learn; a test that wants another office parametrises this."""
    return Access.OPEN


@pytest.fixture
def learning_settings(  # noqa: PLR0917 -- fixtures
    database_url: str,
    sandbox: Sandbox,
    tmp_path: Path,
    quizzes: Path,
    quiz_seconds: int,
    access: Access,
) -> Settings:
    return Settings(
        database_url=SecretStr(database_url),
        telegram_bot_token=SecretStr(sandbox.token),
        telegram_api_url=sandbox.api_url,
        data_dir=tmp_path,
        quizzes_dir=quizzes,
        quiz_seconds=quiz_seconds,
        access=access,
        admin_ids=frozenset({1003}),
        _env_file=None,
    )


@pytest.fixture
async def school(  # noqa: PLR0917 -- fixtures
    learning_settings: Settings,
    database: Database,
    shipped_base: KnowledgeBase,
    telegram_bot: ExtBot[None],
    sandbox: Sandbox,
    clock: HandClock,
) -> AsyncIterator[School]:
    made = whole_bot(learning_settings, database, shipped_base, clock=clock)
    await made.feature(QuizzesFeature).refresh(telegram_bot)
    async with made.application:
        service = made.feature(QuizzesFeature)
        yield School(service, database, telegram_bot, sandbox, clock, made)
    await made.close()


@dataclass(frozen=True)
class Classroom:
    """The whole bot with learning and the record; time is moved, and looked at, by hand."""

    whole: WholeBot
    database: Database
    bot: ExtBot[None]
    sandbox: Sandbox
    quizzes: Path

    @property
    def study(self) -> Study:
        return self.whole.feature(QuizzesFeature).study

    def persona(self, key: str = "newcomer") -> Persona:
        """Somebody's side of the chat."""
        return self.sandbox.persona(key)

    async def tick(self) -> None:
        """Let the bot look after time."""
        await self.whole.feature(QuizzesFeature).tick(self.bot)
        await self.whole.feature(ReviewsFeature).reminders.send(self.bot)

    async def shows(self, person: Persona, button: InlineKeyboardButton) -> SeenMessage:
        """Let the bot show a button, such as an older version's."""
        keyboard = InlineKeyboardMarkup([[button]])
        user = self.sandbox.world.people.persona(person.key).user
        await self.bot.send_message(user.id, "…", reply_markup=keyboard)
        return await person.receives(where=lambda message: message.text == "…")


@pytest.fixture
async def classroom(
    learning_settings: Settings,
    telegram_bot: ExtBot[None],
    sandbox: Sandbox,
    clock: HandClock,
    shipped_base: KnowledgeBase,
) -> AsyncIterator[Classroom]:
    database = Database.of(learning_settings)
    await database.connect()
    await People(database, frozenset({1003})).ensure_configured_admins(clock())
    bot = whole_bot(learning_settings, database, shipped_base, clock=clock)
    async with serving(bot.application, learning_settings):
        yield Classroom(bot, database, telegram_bot, sandbox, learning_settings.quizzes_dir)
    bot.core.worker.close()
