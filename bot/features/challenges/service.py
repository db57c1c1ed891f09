"""Group challenges as the bot runs them."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any

from bot.features.challenges.announcing import Announcing
from bot.features.challenges.challenge_handlers import ChallengeHandlers
from bot.features.challenges.personal_data import ChallengesOfPerson
from bot.features.challenges.runner import ChallengeRunner, QuizSource
from bot.features.challenges.store import ChallengeStore
from bot.features.challenges.timer import LoopTimer
from bot.office_time import utc_now

if TYPE_CHECKING:
    import datetime as dt
    import random
    from collections.abc import Callable

    from telegram.ext import ExtBot

    from bot.database import Database
    from bot.features.challenges.timer import Timer
    from bot.features.quizzes.question_pool import QuestionPool
    from bot.telegram.gate import Gate
    from knowledge.quiz.question import QuizQuestion


class ChallengeService:
    """Puts the parts of challenges together; `start` and `close` it in the bot's event loop."""

    def __init__(
        self,
        database: Database,
        pool: QuestionPool,
        *,
        timer: Timer | None = None,
        rng: random.Random | None = None,
        now: Callable[[], dt.datetime] = utc_now,
    ) -> None:
        """`timer` waits between questions, by the event loop unless given."""
        timer = timer or LoopTimer(now)
        store = ChallengeStore(database)
        self._source = QuizSource(
            lambda topic: _questions(pool, topic),
            lambda: pool.bank,
            lambda question: None if (found := pool.passage(question)) is None else found.title,
        )
        self.personal_data = ChallengesOfPerson(database)
        self.runner = ChallengeRunner(
            store,
            self._source,
            Announcing(store, timer, now=now),
            timer,
            now=now,
            rng=rng or secrets.SystemRandom(),
        )

    def rooms(self, gate: Gate) -> tuple[ChallengeHandlers]:
        """Return the handler class of /challenge."""
        return (ChallengeHandlers(self.runner, self._source, gate),)

    async def start(self, bot: ExtBot[Any]) -> None:
        """Go on with what was under way; after the questions were read."""
        await self.runner.start(bot)

    async def close(self) -> None:
        """Let what is being sent arrive; the database stays connected."""
        await self.runner.close()


def _questions(pool: QuestionPool, topic: str | None) -> tuple[QuizQuestion, ...]:
    if topic is None:
        return tuple(pool.bank.questions.values())
    found = pool.topic(topic)
    return () if found is None else found.questions
