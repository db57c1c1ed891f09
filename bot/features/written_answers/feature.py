"""Answers in the language model's words as the bot runs them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.feature import Feature
from bot.features.written_answers.daily_budget import DailyBudget
from bot.features.written_answers.model_uses import ModelUses
from bot.features.written_answers.personal_data import ModelUsesOfPerson
from bot.features.written_answers.written_answers import WrittenAnswers
from bot.upkeep import Upkeep

if TYPE_CHECKING:
    from telegram.ext import ExtBot

    from bot.feature import Core
    from knowledge import Writer

_PURGING_SECONDS = 900.0


class WrittenAnswersFeature(Feature):
    """What the model writes, and everybody's budget; counts of days that are over are deleted."""

    def __init__(self, core: Core, writer: Writer | None) -> None:
        self._budget = DailyBudget(ModelUses(core.database), core.settings.llm_daily, core.now)
        self.answers = WrittenAnswers(core, writer, self._budget)
        self.personal_data = (ModelUsesOfPerson(core.database, self._budget),)
        self._purging = Upkeep("written_answers", _PURGING_SECONDS, core.clock)

    async def start(self, bot: ExtBot[Any]) -> None:
        """Go on with today's counts."""
        del bot
        await self._budget.load()
        self._purging.start(self._budget.purge)

    def interrupt(self) -> None:
        """Send the extracted answers instead of those that are being written."""
        self.answers.interrupt()

    async def close(self) -> None:
        """Stop deleting, and wait until all counts are stored."""
        await self._purging.close()
        await self._budget.settled()
