"""What all of learning stands on: the questions in use, quizzes, review cards and learners."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.features.quizzes.cards import CardStore
from bot.features.quizzes.learners import Learners
from bot.features.quizzes.question_pool import QuestionPool
from bot.features.quizzes.question_store import QuestionStore
from bot.features.quizzes.store import QuizStore
from knowledge.quiz.path import path_steps
from knowledge.quiz.schedule import Schedule

if TYPE_CHECKING:
    from bot.feature import Core
    from knowledge.quiz.path import PathStep
    from knowledge.quiz.schedule import ReviewCard


class Study:
    """The stores of learning, shared by the features that build on them."""

    def __init__(self, core: Core) -> None:
        database, settings = core.database, core.settings
        self.questions = QuestionStore(database)
        self.pool = QuestionPool(settings.quizzes_dir, core.worker, self.questions, now=core.now)
        self.quizzes = QuizStore(database)
        self.cards = CardStore(database, Schedule())
        self.learners = Learners(database, settings.path_days)
        self._now = core.now

    async def path_of(self, person_id: int) -> tuple[PathStep, ...]:
        """Return the topics of the path in order, and how far the person is with each."""
        return path_steps(self.pool.bank.topics, await self.quizzes.best_scores(person_id))

    async def due_of(self, person_id: int) -> tuple[ReviewCard, ...]:
        """Return the person's cards that are due and can still be asked, longest overdue first."""
        return await self.cards.due(person_id, self._now(), self.pool.bank.questions)
