"""The answer log as the bot runs it: what stores, what answers commands, what deletes in time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.feature import Feature
from bot.features.answer_log import texts
from bot.features.answer_log.feedback_handlers import FeedbackHandlers
from bot.features.answer_log.gap_handlers import GapHandlers
from bot.features.answer_log.personal_data import AnswersOfPerson
from bot.features.answer_log.recorder import Recorder
from bot.features.answer_log.report_handlers import ReportHandlers
from bot.features.answer_log.retention import Retention
from bot.features.answer_log.shown_keyboards import ShownKeyboards
from bot.features.answer_log.store import AnswerLog
from bot.upkeep import Upkeep

if TYPE_CHECKING:
    from telegram.ext import ExtBot

    from bot.feature import Core
    from bot.features.answer_log.feedback_handlers import FeedbackTaker

PURGING_SECONDS = 900.0
"""How often it is looked at whether a day is over its time."""


class AnswerLogFeature(Feature):
    """Votes, /gaps, /stats and /export; answers older than RECORD_DAYS are deleted every day."""

    commands = texts.COMMANDS

    def __init__(self, core: Core, take_feedback: FeedbackTaker) -> None:
        answer_log = AnswerLog(core.database)
        self._retention = Retention(core.database, core.settings.record_days, now=core.now)
        self.recorder = Recorder(core, answer_log)
        self.keyboards = ShownKeyboards()
        self.personal_data = (AnswersOfPerson(core.database, self.recorder),)
        self.handler_groups = (
            FeedbackHandlers(
                answer_log, self.recorder, self.keyboards, take_feedback, now=core.now
            ),
            GapHandlers(core, answer_log),
            ReportHandlers(core, answer_log),
        )
        self._purging = Upkeep("answer_log", PURGING_SECONDS, core.clock)

    async def start(self, bot: ExtBot[Any]) -> None:  # noqa: ARG002 -- purging needs no bot
        """Delete what is over its time, now and every quarter of an hour."""
        self._purging.start(self._retention.purge)

    async def close(self) -> None:
        """Stop deleting, and wait until every answer is stored."""
        await self._purging.close()
        await self.recorder.close()
