"""Quizzes as the bot runs them: their polls, their time limits, and the questions in use."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import TYPE_CHECKING, Any

import structlog

from bot.access.roles import Role
from bot.feature import Feature
from bot.features.quizzes import texts
from bot.features.quizzes.personal_data import LearningOfPerson
from bot.features.quizzes.pool_news import news_messages
from bot.features.quizzes.quiz_handlers import QuizHandlers
from bot.features.quizzes.results import QuizResults
from bot.features.quizzes.retention import expiring
from bot.features.quizzes.runner import QuizRunner
from bot.telegram.sending import notify
from bot.upkeep import Upkeep
from knowledge import QuizFileError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from telegram import Poll, User
    from telegram.ext import ExtBot

    from bot.feature import Core, TakesAnswer
    from bot.features.quizzes.results import Award
    from bot.features.quizzes.study import Study

TICK_SECONDS = 5.0
"""How often time limits and changed files are looked at."""
SETTLING = dt.timedelta(seconds=30)
"""After a start, what waited and what was answered meanwhile comes first; then time runs out."""

_log = structlog.get_logger(__name__)


class QuizzesFeature(Feature):
    """Quizzes in private chats; `award` is awaited once somebody completed the path."""

    commands = texts.COMMANDS

    def __init__(self, core: Core, study: Study, award: Award) -> None:
        self._core = core
        self.study = study
        self.runner = QuizRunner(core, study, QuizResults(core, study, award))
        self.handler_groups = (QuizHandlers(self.runner, study),)
        self.personal_data = (LearningOfPerson(core.database),)
        self.expiring = expiring(core)
        self._settled_at: dt.datetime | None = None
        self._upkeep = Upkeep("quizzes", TICK_SECONDS, core.clock)

    async def poll_answered(
        self, bot: ExtBot[Any], poll_id: str, user: User, options: Sequence[int]
    ) -> bool:
        """Take the answer to a quiz's question."""
        return await self.runner.answered(bot, poll_id, user, options)

    async def knows_poll(self, poll_id: str) -> bool:
        """Tell whether a poll asks a quiz's question."""
        return await self.runner.knows_poll(poll_id)

    async def claims(self, poll: Poll, user: User) -> Sequence[TakesAnswer]:
        """Return what takes the answer to a question whose poll's id was never stored."""
        return await self.runner.claims(poll, user)

    async def start(self, bot: ExtBot[Any]) -> None:
        """Read the questions, and begin to look after time."""
        await self.refresh(bot)
        self._settled_at = self._core.now() + SETTLING
        self._upkeep.start(partial(self.tick, bot))

    async def close(self) -> None:
        """Stop looking after time."""
        await self._upkeep.close()

    async def refresh(self, bot: ExtBot[Any], *, force: bool = False) -> None:
        """Bring the questions up to date with files and passages, and tell editors what changed."""
        pool = self.study.pool
        try:
            news = await pool.refresh(force=force)
        except QuizFileError as error:
            _log.error("questions_not_read", reason=str(error))
            return
        messages = news_messages(news, pool.everything)
        if not messages:
            return
        for person in await self._core.people.with_role(Role.EDITOR, Role.ADMIN):
            for text in messages:
                await notify(bot, person.id, text)

    async def tick(self, bot: ExtBot[Any]) -> None:
        """Do what is due now. What fails leaves the rest to the next time."""
        await self.refresh(bot)
        now = self._core.now()
        if self._settled_at is not None:  # a clock that was put back makes it wait no longer
            self._settled_at = min(self._settled_at, now + SETTLING)
        if self._settled_at is None or now >= self._settled_at:
            await self.runner.send_unsent(bot)
            await self.runner.expire(bot)
