"""The answer log as the bot runs it: what stores, what answers commands, what deletes in time."""

from __future__ import annotations

from typing import TYPE_CHECKING

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
from bot.retention import Expiring

if TYPE_CHECKING:
    from bot.feature import Core
    from bot.features.answer_log.feedback_handlers import FeedbackTaker


class AnswerLogFeature(Feature):
    """Votes, /gaps, /stats and /export; answers older than RECORD_DAYS are deleted every day."""

    commands = texts.COMMANDS

    def __init__(self, core: Core, take_feedback: FeedbackTaker) -> None:
        answer_log = AnswerLog(core.database)
        retention = Retention(core.database, core.settings.record_days, now=core.now)
        self.expiring = (Expiring("answers", retention.purge),)
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

    async def close(self) -> None:
        """Wait until every answer is stored."""
        await self.recorder.close()
