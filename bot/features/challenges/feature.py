"""Group challenges as the bot runs them."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from bot.feature import Feature
from bot.features.challenges import texts
from bot.features.challenges.challenge_handlers import ChallengeHandlers
from bot.features.challenges.personal_data import ChallengesOfPerson
from bot.features.challenges.runner import ChallengeRunner
from bot.features.challenges.tables import ChallengeRow
from bot.retention import rows_over

if TYPE_CHECKING:
    from collections.abc import Sequence

    from telegram import Poll, User
    from telegram.ext import ExtBot

    from bot.feature import Core, TakesAnswer
    from bot.features.quizzes import QuestionPool


class ChallengesFeature(Feature):
    """Challenges in groups, over the questions in use."""

    commands = texts.COMMANDS

    def __init__(self, core: Core, pool: QuestionPool) -> None:
        self.runner = ChallengeRunner(core, pool)
        self.handler_groups = (ChallengeHandlers(self.runner, pool, core.gate),)
        self.personal_data = (ChallengesOfPerson(core.database),)
        kept = dt.timedelta(days=core.settings.learning_days)
        self.expiring = (
            rows_over(
                core.database,
                ChallengeRow,
                lambda at: ChallengeRow.started_at < at - kept,
                core.now,
            ),
        )

    async def poll_answered(
        self, bot: ExtBot[Any], poll_id: str, user: User, options: Sequence[int]
    ) -> bool:
        """Take the answer to a challenge's question."""
        return await self.runner.answered(bot, poll_id, user, options)

    async def knows_poll(self, poll_id: str) -> bool:
        """Tell whether a poll asks a challenge's question."""
        return await self.runner.knows_poll(poll_id)

    async def claims(self, poll: Poll, user: User) -> Sequence[TakesAnswer]:
        """Return what takes the answer to a question whose poll's id was never stored."""
        return await self.runner.claims(poll, user)

    async def chat_moved(self, old: int, new: int) -> None:
        """Go on with the challenge and keep the results where the group is now."""
        await self.runner.chat_moved(old, new)

    async def start(self, bot: ExtBot[Any]) -> None:
        """Go on with what was under way; after the questions were read."""
        await self.runner.start(bot)

    async def close(self) -> None:
        """Let what is being sent arrive."""
        await self.runner.close()
