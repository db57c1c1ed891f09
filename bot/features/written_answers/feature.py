"""Answers in the language model's words as the bot runs them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.feature import Feature
from bot.features.written_answers.daily_budget import DailyBudget
from bot.features.written_answers.model_uses import ModelUses
from bot.features.written_answers.written_answers import WrittenAnswers

if TYPE_CHECKING:
    from telegram.ext import ExtBot

    from bot.feature import Core
    from knowledge import Writer


class WrittenAnswersFeature(Feature):
    """What the model writes, and everybody's budget."""

    def __init__(self, core: Core, writer: Writer | None) -> None:
        uses, most = ModelUses(core.database), core.settings.llm_daily
        self._budget = DailyBudget(uses, core.marks, most, core.now)
        self.answers = WrittenAnswers(core, writer, self._budget)

    async def start(self, bot: ExtBot[Any]) -> None:
        """Go on with today's counts."""
        del bot
        await self._budget.load()

    def interrupt(self) -> None:
        """Send the extracted answers instead of those that are being written."""
        self.answers.interrupt()

    async def close(self) -> None:
        """Wait until all counts are stored."""
        await self._budget.settled()
