"""The newcomers' path as the bot runs it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.feature import Feature
from bot.features.onboarding.leaderboard import Leaderboard
from bot.features.onboarding.leaderboard_handlers import LeaderboardHandlers
from bot.features.onboarding.path_handlers import LearningPathHandlers
from bot.features.onboarding.progress_handlers import ProgressHandlers

if TYPE_CHECKING:
    from bot.feature import Core
    from bot.features.quizzes import QuizRunner, Study


class OnboardingFeature(Feature):
    """/learn, /progress and /leaderboard."""

    def __init__(self, core: Core, study: Study, runner: QuizRunner) -> None:
        self.handler_groups = (
            LearningPathHandlers(core, study, runner),
            ProgressHandlers(core, study.pool),
            LeaderboardHandlers(Leaderboard(core.database), study.learners),
        )
