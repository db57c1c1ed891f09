"""The answer log as the bot runs it: what stores, what answers commands, what deletes in time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.feature import Feature
from bot.features.answer_log import texts
from bot.features.answer_log.export_handlers import ExportHandlers
from bot.features.answer_log.feedback_handlers import FeedbackHandlers
from bot.features.answer_log.gap_finder import GapFinder
from bot.features.answer_log.gap_handlers import GapHandlers
from bot.features.answer_log.personal_data import RecordOfPerson
from bot.features.answer_log.question_wording import QuestionWording
from bot.features.answer_log.recorder import Recorder
from bot.features.answer_log.retention import Retention
from bot.features.answer_log.statistics_handlers import StatisticsHandlers
from bot.features.answer_log.store import Record
from bot.upkeep import Upkeep

if TYPE_CHECKING:
    from telegram.ext import ExtBot

    from bot.feature import Core

PURGING_SECONDS = 900.0
"""How often it is looked at whether a day is over its time."""


class AnswerLogFeature(Feature):
    """Votes, /gaps, /stats and /export; answers older than RECORD_DAYS are deleted every day."""

    commands = texts.COMMANDS

    def __init__(self, core: Core) -> None:
        database, encoder, now = core.database, core.base.encoder, core.now
        wording = QuestionWording(core.base.office.glossary)
        record = Record(database)
        finder = GapFinder(database, wording, encoder)
        self._retention = Retention(database, core.settings.record_days, now=now)
        self.recorder = Recorder(record, wording, encoder, rng=core.rng, now=now)
        self.personal_data = (RecordOfPerson(database),)
        self.handler_groups = (
            FeedbackHandlers(record, self.recorder, now=now),
            GapHandlers(finder, record, core.notes, now=now),
            StatisticsHandlers(database, now=now),
            ExportHandlers(database, core.notes, now=now),
        )
        self._purging = Upkeep("answer_log", PURGING_SECONDS, core.clock)

    async def start(self, bot: ExtBot[Any]) -> None:  # noqa: ARG002 -- purging needs no bot
        """Delete what is over its time, now and every quarter of an hour."""
        self._purging.start(self._retention.purge)

    async def close(self) -> None:
        """Stop deleting, and wait until every answer is stored."""
        await self._purging.close()
        await self.recorder.close()
