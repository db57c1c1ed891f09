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
    from collections import Counter
    from collections.abc import Collection

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
        return (await self.paths_of([person_id]))[person_id]

    async def paths_of(self, person_ids: Collection[int]) -> dict[int, tuple[PathStep, ...]]:
        """Return what `path_of` returns, of some people at one go."""
        topics = self.pool.bank.topics
        found = await self.quizzes.best_scores(person_ids)
        return {person_id: path_steps(topics, best) for person_id, best in found.items()}

    async def due_counts(self, person_ids: Collection[int]) -> Counter[int]:
        """Return how many cards `due_of` would return of each of some people, at one go."""
        return await self.cards.due_counts(person_ids, self._now(), self.pool.bank.questions)

    async def due_of(self, person_id: int) -> tuple[ReviewCard, ...]:
        """Return the person's cards that are due and can still be asked, longest overdue first."""
        return await self.cards.due(person_id, self._now(), self.pool.bank.questions)
