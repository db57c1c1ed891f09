"""Learning as the bot runs it: quizzes, the path, reviews, reminders and their upkeep."""

from __future__ import annotations

import asyncio
import datetime as dt
import secrets
from typing import TYPE_CHECKING, Any

import structlog

from bot.access.authorisation import Capability, may
from bot.access.registry import People
from bot.access.roles import Role
from bot.features.certificates.certificate_handlers import CertificateHandlers
from bot.features.certificates.key_file import KEY_FILE, KeyFile
from bot.features.certificates.personal_data import CertificatesOfPerson
from bot.features.certificates.register import CertificateRegister
from bot.features.certificates.standing import PathStanding
from bot.features.drafts.draft_handlers import DraftsHandlers
from bot.features.mentoring.cohort_handlers import CohortHandlers
from bot.features.mentoring.item_handlers import ItemAnalysisHandlers
from bot.features.onboarding.leaderboard import Leaderboard
from bot.features.onboarding.leaderboard_handlers import LeaderboardHandlers
from bot.features.onboarding.path_handlers import LearningPathHandlers
from bot.features.onboarding.progress_handlers import ProgressHandlers
from bot.features.quizzes import buttons
from bot.features.quizzes.cards import CardStore
from bot.features.quizzes.learners import Learners
from bot.features.quizzes.personal_data import LearningOfPerson
from bot.features.quizzes.pool_news import news_messages
from bot.features.quizzes.question_personal_data import DecisionsOfPerson
from bot.features.quizzes.question_pool import QuestionPool
from bot.features.quizzes.question_shelf import QuestionShelf
from bot.features.quizzes.question_store import QuestionStore
from bot.features.quizzes.quiz_handlers import QuizHandlers
from bot.features.quizzes.results import QuizResults
from bot.features.quizzes.runner import QuizRunner
from bot.features.quizzes.store import QuizStore
from bot.features.reviews.reminders import Reminders
from bot.features.reviews.review_handlers import ReviewHandlers
from bot.office_time import utc_now
from bot.telegram.sending import notify
from knowledge import QuizFileError
from knowledge.quiz.path import StepState, is_complete, path_score, path_steps
from knowledge.quiz.schedule import Schedule

if TYPE_CHECKING:
    import random
    from collections.abc import Callable

    from telegram.ext import ExtBot

    from bot.access.audit_notes import Noting
    from bot.database import Database
    from bot.feature import Room
    from bot.features.answer_log.recorder import Recorder
    from bot.features.people.personal_data import PersonalDataStore
    from bot.features.quizzes.question_pool import Passages
    from bot.settings import Settings

TICK_SECONDS = 5.0
"""How often time limits, reminders and changed files are looked at."""
SETTLING = dt.timedelta(seconds=30)
"""After a start, what was answered meanwhile arrives first; only then does time run out."""

_log = structlog.get_logger(__name__)


class LearningService:
    """Puts the parts of learning together; `start` and `close` it in the bot's event loop."""

    def __init__(  # noqa: PLR0913 -- the last three are for tests
        self,
        database: Database,
        passages: Passages,
        settings: Settings,
        *,
        rng: random.Random | None = None,
        now: Callable[[], dt.datetime] = utc_now,
        tick_seconds: float = TICK_SECONDS,
    ) -> None:
        rng = rng or secrets.SystemRandom()
        self._database = database
        self._people = People(database, settings.admin_ids)
        self._access = settings.access
        self._now = now
        self.questions = QuestionStore(database)
        self.personal_data: tuple[PersonalDataStore, ...] = (
            LearningOfPerson(database),
            DecisionsOfPerson(database),
            CertificatesOfPerson(database, now),
        )
        self.pool = QuestionPool(settings.quizzes_dir, passages, self.questions, now=now)
        self.schedule = Schedule()
        self._store = QuizStore(database)
        self._cards = CardStore(database, self.schedule)
        self._learners = Learners(database, settings.path_days)
        register = CertificateRegister(database, KeyFile(settings.data_dir / KEY_FILE))
        self._certificates = CertificateHandlers(register, self._standing, now=now)
        results = QuizResults(
            self._store, self._cards, self._learners, self.pool, self._certificates, now=now
        )
        self.runner = QuizRunner(
            self._store,
            self._cards,
            self.pool,
            results,
            seconds=settings.quiz_seconds,
            now=now,
            rng=rng,
        )
        self._reminders = Reminders(
            self._store, self._cards, self._learners, self.pool, self._may_learn, now=now
        )
        self._rng = rng
        self._tick_seconds = tick_seconds
        self._upkeep: asyncio.Task[None] | None = None
        self._expires_from: dt.datetime | None = None

    def rooms(self, noting: Noting, recorder: Recorder | None) -> list[Room]:
        """Return the handler classes; they go before those of a plain /start and of questions.

        `recorder` stores the answers that are made into review cards.
        """
        return [*self._of_learners(recorder), *self._of_mentors(noting)]

    def _of_learners(self, recorder: Recorder | None) -> list[Room]:
        store, cards, learners, pool = self._store, self._cards, self._learners, self.pool
        return [
            self._certificates,
            LearningPathHandlers(
                self.runner, store, cards, learners, pool, now=self._now, rng=self._rng
            ),
            QuizHandlers(self.runner, store, learners, pool, self._rng),
            ReviewHandlers(self.runner, cards, learners, pool, recorder, now=self._now),
            ProgressHandlers(
                self._database,
                lambda: pool.bank,
                continue_data=buttons.home_data,
                review_data=buttons.review_data,
                now=self._now,
            ),
            LeaderboardHandlers(Leaderboard(self._database), learners),
        ]

    def _of_mentors(self, noting: Noting) -> list[Room]:
        pool = self.pool
        shelf = QuestionShelf(self.questions, pool.apply_states, now=self._now)
        return [
            DraftsHandlers(
                self.questions,
                lambda: pool.chunks,
                lambda: pool.everything,
                noting,
                now=self._now,
                rng=self._rng,
            ),
            CohortHandlers(self._database, lambda: pool.bank, noting, now=self._now),
            ItemAnalysisHandlers(self._database, lambda: pool.everything, shelf, noting),
        ]

    async def start(self, bot: ExtBot[Any]) -> None:
        """Read the questions, and begin to look after time; needs a connected database."""
        await self.refresh(bot)
        self._expires_from = self._now() + SETTLING
        self._upkeep = asyncio.create_task(self._look_after(bot))
        self._upkeep.add_done_callback(_note_end)

    async def close(self) -> None:
        """Stop looking after time; the database stays connected."""
        if self._upkeep is not None:
            upkeep, self._upkeep = self._upkeep, None
            upkeep.cancel()
            await asyncio.wait([upkeep])

    async def refresh(self, bot: ExtBot[Any], *, force: bool = False) -> None:
        """Bring the questions up to date with files and passages, and tell editors what changed."""
        try:
            news = await self.pool.refresh(force=force)
        except QuizFileError as error:
            _log.error("questions_not_read", reason=str(error))
            return
        messages = news_messages(news, self.pool.everything)
        if not messages:
            return
        for person in await self._people.with_role(Role.EDITOR, Role.ADMIN):
            for text in messages:
                await notify(bot, person.id, text)

    async def tick(self, bot: ExtBot[Any]) -> None:
        """Do what is due now. What fails leaves the rest to the next time."""
        await self.refresh(bot)
        await self.runner.send_unsent(bot)
        if self._expires_from is None or self._now() >= self._expires_from:
            await self.runner.expire(bot)
        await self._reminders.send(bot)

    async def _standing(self, person_id: int) -> PathStanding:
        """Return how far somebody is on the path, for a certificate."""
        steps = path_steps(self.pool.bank.topics, await self._store.best_scores(person_id))
        learner = await self._learners.get(person_id)
        passed = [step for step in steps if step.state is StepState.PASSED]
        return PathStanding(
            complete=learner is not None and is_complete(steps),
            score=path_score(passed) or 0.0,
            topics=tuple(step.topic.title for step in passed),
            missing=tuple(s.topic.title for s in steps if s.state is not StepState.PASSED),
        )

    async def _may_learn(self, person_id: int) -> bool:
        """Tell whether somebody still has the right to learn."""
        person = await self._people.get(person_id)
        role = Role.STRANGER if person is None else person.role
        return may(role, Capability.LEARN, self._access)

    async def _look_after(self, bot: ExtBot[Any]) -> None:
        try:
            await self.runner.recover(bot)
        except Exception:  # noqa: BLE001 -- logged in full; `send_unsent` and people's own going on remain
            _log.exception("quizzes_not_recovered")
        while True:
            await asyncio.sleep(self._tick_seconds)
            try:
                await self.tick(bot)
            except Exception:  # noqa: BLE001 -- logged in full; the next round may do better
                _log.exception("learning_upkeep_failed")


def _note_end(upkeep: asyncio.Task[None]) -> None:
    """Say so when upkeep ends by itself: it never should."""
    if not upkeep.cancelled() and (error := upkeep.exception()) is not None:
        _log.error("learning_upkeep_ended", exc_info=error)
