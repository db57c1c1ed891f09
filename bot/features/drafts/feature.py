"""Drafted questions as the bot runs them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.feature import Feature
from bot.features.drafts import texts
from bot.features.drafts.draft_handlers import DraftsHandlers
from bot.features.drafts.personal_data import DecisionsOfPerson

if TYPE_CHECKING:
    from bot.feature import Core
    from bot.features.quizzes import Study


class DraftsFeature(Feature):
    """/drafts: editors decide on questions drafted from the passages."""

    commands = texts.COMMANDS

    def __init__(self, core: Core, study: Study) -> None:
        self.personal_data = (DecisionsOfPerson(core.database),)
        self.handler_groups = (DraftsHandlers(core, study),)
