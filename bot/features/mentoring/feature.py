"""What mentors see, as the bot runs it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.feature import Feature
from bot.features.mentoring import texts
from bot.features.mentoring.cohort_handlers import CohortHandlers
from bot.features.mentoring.item_handlers import ItemAnalysisHandlers

if TYPE_CHECKING:
    from bot.feature import Core
    from bot.features.quizzes import Study


class MentoringFeature(Feature):
    """/cohort and /items."""

    commands = texts.COMMANDS

    def __init__(self, core: Core, study: Study) -> None:
        self.handler_groups = (
            CohortHandlers(core, study),
            ItemAnalysisHandlers(core, study.pool),
        )
