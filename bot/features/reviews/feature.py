"""Reviews and reminders as the bot runs them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from bot.feature import Feature
from bot.features.reviews.reminders import Reminders
from bot.features.reviews.review_handlers import ReviewHandlers
from bot.upkeep import Upkeep

if TYPE_CHECKING:
    from telegram.ext import ExtBot

    from bot.feature import Core
    from bot.features.answer_log import Recorder
    from bot.features.quizzes import QuizRunner, Study

REMINDING_SECONDS = 5.0
"""How often it is looked at who is to be reminded."""


class ReviewsFeature(Feature):
    """/review, cards made of answers, and reminders in working hours."""

    def __init__(self, core: Core, study: Study, runner: QuizRunner, recorder: Recorder) -> None:
        self.handler_groups = (ReviewHandlers(core, study, runner, recorder),)
        self.reminders = Reminders(core, study)
        self._upkeep = Upkeep("reminders", REMINDING_SECONDS, core.clock)

    async def start(self, bot: ExtBot[Any]) -> None:
        """Begin to remind."""
        self._upkeep.start(partial(self.reminders.send, bot))

    async def close(self) -> None:
        """Stop reminding."""
        await self._upkeep.close()
