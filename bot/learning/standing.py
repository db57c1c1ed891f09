"""How far people are on the learning path: one learner, or the whole cohort, read in few queries.

The number of queries does not grow with the number of learners: attempts are added up by day, and
quizzes by topic, in the database.
"""

from __future__ import annotations

from collections import defaultdict
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from math import fsum
from typing import TYPE_CHECKING

from sqlalchemy import case, func, select

from bot.database.office_days import OfficeDay
from bot.learning.concern import Concern, Pace, concerns
from bot.learning.tables import (
    AttemptRow,
    AttemptState,
    LearnerRow,
    QuizSessionRow,
    ReviewCardRow,
    SessionKind,
    SessionState,
)
from bot.record.period import office_day
from knowledge.errors import QuizError
from knowledge.learning.path import (
    PASS_SHARE,
    PathStep,
    StepState,
    is_complete,
    next_step,
    path_score,
    path_steps,
)
from knowledge.learning.schedule import ReviewCard, Schedule

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence

    from sqlalchemy import ColumnElement
    from sqlalchemy.ext.asyncio import AsyncSession
    from sqlalchemy.orm import InstrumentedAttribute

    from bot.database import Database
    from knowledge.learning.bank import QuestionBank
    from knowledge.learning.topic import QuizTopic


_DAY = timedelta(days=1)
_ROUNDING = 1e-9  # as the path allows means of thirds


@dataclass(frozen=True, slots=True)
class StudyDay:
    """What somebody answered on one day of the office."""

    day: dt.date
    answered: int
    right: int


@dataclass(frozen=True, slots=True)
class LearnerStanding:
    """One learner at one moment; moments are UTC, scores and shares 0–1."""

    person_id: int
    name: str
    department: str | None
    enrolled_at: dt.datetime | None
    """None for who only practises."""
    deadline: dt.datetime | None
    completed_at: dt.datetime | None
    steps: tuple[PathStep, ...]
    """In the order of the path; topics without questions are left out."""
    failures: Mapping[str, int]
    """Finished quizzes below the mark, by the id of the topic."""
    memory: Mapping[str, float]
    """Mean retrievability of the cards of each topic that has any, by the topic's id."""
    streak: int
    """Days in a row with an answer, up to today or yesterday."""
    due: int
    """Cards to be reviewed by now."""
    days: tuple[StudyDay, ...]
    """Days with answers, oldest first."""
    last_active: dt.datetime | None
    concerns: tuple[Concern, ...]

    @property
    def answered(self) -> int:
        """How many questions were answered, of any quiz."""
        return sum(day.answered for day in self.days)

    @property
    def right(self) -> int:
        """How many of them fully right."""
        return sum(day.right for day in self.days)

    @property
    def passed(self) -> int:
        """How many topics of the path are passed."""
        return sum(step.state is StepState.PASSED for step in self.steps)

    @property
    def current(self) -> PathStep | None:
        """The topic to be learned now; None at the end of the path."""
        return next_step(self.steps)

    @property
    def score(self) -> float | None:
        """The mean of the best scores of the topics tried; None before the first."""
        return path_score(self.steps)

    @property
    def overdue(self) -> bool:
        """Whether the deadline passed before the path was complete."""
        return Concern.OVERDUE in self.concerns

    @property
    def at_risk(self) -> bool:
        """Whether there is another concern."""
        return bool(self.concerns) and not self.overdue


@dataclass(frozen=True, slots=True)
class Cohort:
    """Everybody on the path at one moment: who needs looking after first, then by name."""

    at: dt.datetime
    topics: tuple[tuple[str, str], ...]
    """Ids and titles of the path's topics."""
    learners: tuple[LearnerStanding, ...]

    @property
    def completed(self) -> int:
        """How many completed the path."""
        return sum(learner.completed_at is not None for learner in self.learners)

    @property
    def overdue(self) -> int:
        """How many are overdue."""
        return sum(learner.overdue for learner in self.learners)

    @property
    def at_risk(self) -> int:
        """How many are at risk."""
        return sum(learner.at_risk for learner in self.learners)


async def learner_standing(
    database: Database, bank: QuestionBank, person_id: int, now: dt.datetime
) -> LearnerStanding | None:
    """Return one learner's standing, None for who never learned; raises DatabaseError."""
    found = await _standings(database, bank, now, person_id)
    return found[0] if found else None


async def cohort(database: Database, bank: QuestionBank, now: dt.datetime) -> Cohort:
    """Return everybody who is on the path or completed it; raises DatabaseError."""
    learners = sorted(await _standings(database, bank, now, None), key=_order)
    topics = tuple((topic.topic_id, topic.title) for topic in _topics(bank))
    return Cohort(now, topics, tuple(learners))


def _topics(bank: QuestionBank) -> list[QuizTopic]:
    return [topic for topic in bank.topics if topic.questions]


async def _standings(
    database: Database, bank: QuestionBank, now: dt.datetime, person_id: int | None
) -> list[LearnerStanding]:
    """Return the standing of one person, or of everybody on the path, in five queries."""
    own = (
        LearnerRow.enrolled_at.is_not(None)
        if person_id is None
        else LearnerRow.person_id == person_id
    )
    async with database.session() as session:
        learners = list(await session.scalars(select(LearnerRow).where(own)))
        if not learners:
            return []
        reader = _Reader(session, person_id)
        quizzes = await reader.quizzes()
        days = await reader.days()
        last_active = await reader.last_active()
        cards = await reader.cards(now)
    topics = _topics(bank)
    return [
        _standing(
            row,
            topics,
            quizzes[row.person_id],
            days[row.person_id],
            last_active.get(row.person_id),
            cards[row.person_id],
            now,
        )
        for row in learners
    ]


def _order(learner: LearnerStanding) -> tuple[int, str, int]:
    if learner.overdue:
        group = 0
    elif learner.at_risk:
        group = 1
    else:
        group = 2 if learner.completed_at is None else 3
    return group, learner.name.casefold(), learner.person_id


@dataclass
class _Quizzes:
    """What came of a person's quizzes on the path, by topic."""

    best: dict[str, float] = field(default_factory=dict)
    failures: dict[str, int] = field(default_factory=dict)


@dataclass
class _Cards:
    """A person's cards: how many are due, and the retrievability of each by topic."""

    due: int = 0
    memory: defaultdict[str, list[float]] = field(default_factory=lambda: defaultdict(list))


class _Reader:
    """Reads what one person did, or what everybody on the path did."""

    def __init__(self, session: AsyncSession, person_id: int | None) -> None:
        self._session = session
        self._person_id = person_id

    async def quizzes(self) -> defaultdict[int, _Quizzes]:
        failed = func.sum(case((QuizSessionRow.score < PASS_SHARE - _ROUNDING, 1), else_=0))
        rows = await self._session.execute(
            select(
                QuizSessionRow.person_id,
                QuizSessionRow.topic,
                func.max(QuizSessionRow.score),
                failed,
            )
            .where(
                self._theirs(QuizSessionRow.person_id),
                QuizSessionRow.kind == SessionKind.PATH,
                QuizSessionRow.state == SessionState.FINISHED,
                QuizSessionRow.topic.is_not(None),
                QuizSessionRow.score.is_not(None),
            )
            .group_by(QuizSessionRow.person_id, QuizSessionRow.topic)
        )
        found: defaultdict[int, _Quizzes] = defaultdict(_Quizzes)
        for person_id, topic, best, failures in rows:
            found[person_id].best[topic] = best
            found[person_id].failures[topic] = failures
        return found

    async def days(self) -> defaultdict[int, list[StudyDay]]:
        day = OfficeDay(AttemptRow.answered_at)
        rows = await self._session.execute(
            select(
                AttemptRow.person_id,
                day,
                func.count(),
                func.sum(case((AttemptRow.correct, 1), else_=0)),
            )
            .where(*self._answered())
            .group_by(AttemptRow.person_id, day)
            .order_by(AttemptRow.person_id, day)
        )
        found: defaultdict[int, list[StudyDay]] = defaultdict(list)
        for person_id, on, answered, right in rows:
            found[person_id].append(StudyDay(on, answered, right))
        return found

    async def last_active(self) -> dict[int, dt.datetime]:
        rows = await self._session.execute(
            select(AttemptRow.person_id, func.max(AttemptRow.answered_at))
            .where(*self._answered())
            .group_by(AttemptRow.person_id)
        )
        return {person_id: moment for person_id, moment in rows}

    async def cards(self, now: dt.datetime) -> defaultdict[int, _Cards]:
        rows = await self._session.execute(
            select(
                ReviewCardRow.person_id,
                ReviewCardRow.question_id,
                ReviewCardRow.topic,
                ReviewCardRow.state,
                ReviewCardRow.step,
                ReviewCardRow.stability,
                ReviewCardRow.difficulty,
                ReviewCardRow.due,
                ReviewCardRow.last_review,
            ).where(self._theirs(ReviewCardRow.person_id))
        )
        schedule = Schedule()
        found: defaultdict[int, _Cards] = defaultdict(_Cards)
        for person_id, *values in rows:
            card, theirs = ReviewCard(*values), found[person_id]
            theirs.due += card.due <= now
            if card.topic is None:
                continue
            with suppress(QuizError):  # a damaged card is not remembered by anybody
                theirs.memory[card.topic].append(schedule.retrievability(card, now))
        return found

    def _answered(self) -> tuple[ColumnElement[bool], ...]:
        return (
            self._theirs(AttemptRow.person_id),
            AttemptRow.state == AttemptState.ANSWERED,
            AttemptRow.answered_at.is_not(None),
        )

    def _theirs(
        self, column: InstrumentedAttribute[int] | InstrumentedAttribute[int | None]
    ) -> ColumnElement[bool]:
        if self._person_id is not None:
            return column == self._person_id
        return column.in_(select(LearnerRow.person_id).where(LearnerRow.enrolled_at.is_not(None)))


def _standing(  # noqa: PLR0913 -- what was read of one person
    row: LearnerRow,
    topics: Sequence[QuizTopic],
    quizzes: _Quizzes,
    days: Sequence[StudyDay],
    last_active: dt.datetime | None,
    cards: _Cards,
    now: dt.datetime,
) -> LearnerStanding:
    steps = path_steps(topics, quizzes.best)
    found: tuple[Concern, ...] = ()
    if row.enrolled_at is not None and row.completed_at is None and not is_complete(steps):
        not_passed = [s.topic.topic_id for s in steps if s.state is not StepState.PASSED]
        pace = Pace(
            row.enrolled_at,
            row.deadline,
            last_active,
            passed=len(steps) - len(not_passed),
            topics=len(steps),
            failures=[quizzes.failures.get(topic, 0) for topic in not_passed],
        )
        found = concerns(pace, now)
    return LearnerStanding(
        person_id=row.person_id,
        name=row.name,
        department=row.department,
        enrolled_at=row.enrolled_at,
        deadline=row.deadline,
        completed_at=row.completed_at,
        steps=steps,
        failures=quizzes.failures,
        memory={topic: fsum(values) / len(values) for topic, values in cards.memory.items()},
        streak=_streak({day.day for day in days}, office_day(now)),
        due=cards.due,
        days=tuple(days),
        last_active=last_active,
        concerns=found,
    )


def _streak(days: set[dt.date], today: dt.date) -> int:
    """Return how many days in a row have answers, up to today, or yesterday while today has none."""
    last = today if today in days else today - _DAY
    length = 0
    while last - length * _DAY in days:
        length += 1
    return length
