"""How far people are on the learning path: one learner, or the whole cohort, read in few queries.

The number of queries does not grow with the number of learners: attempts are added up by day, and
quizzes by topic, in the database.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
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

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Mapping, Sequence

    from sqlalchemy import ColumnElement
    from sqlalchemy.ext.asyncio import AsyncSession
    from sqlalchemy.orm import InstrumentedAttribute

    from bot.database import Database
    from knowledge.learning.bank import QuestionBank
    from knowledge.learning.path import PathStep


@dataclass(frozen=True, slots=True)
class StudyDay:
    """What somebody answered on one day of the office."""

    day: dt.date
    answered: int
    right: int


@dataclass(frozen=True, slots=True)
class TopicStanding:
    """One topic of the path: what came of its quizzes, and what is still remembered."""

    topic_id: str
    title: str
    best: float | None
    """The best score of a finished quiz; None before the first."""
    passed: bool
    open: bool
    """Whether it may be learned by now."""
    failures: int
    """Finished quizzes below the mark."""
    memory: float | None
    """Mean retrievability of its cards; None without any."""


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
    steps: tuple[TopicStanding, ...]
    """In the order of the path."""
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
        return sum(step.passed for step in self.steps)

    @property
    def current(self) -> TopicStanding | None:
        """The first topic that is not passed; None at the end of the path."""
        return next((step for step in self.steps if not step.passed), None)

    @property
    def score(self) -> float | None:
        """The mean of the best scores of the topics tried; None before the first."""
        scores = [step.best for step in self.steps if step.best is not None]
        return sum(scores) / len(scores) if scores else None

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
    topics = tuple((topic.topic_id, topic.title) for topic in bank.topics)
    return Cohort(now, topics, tuple(learners))


def _order(learner: LearnerStanding) -> tuple[int, str, int]:
    if learner.overdue:
        group = 0
    elif learner.at_risk:
        group = 1
    else:
        group = 2 if learner.completed_at is None else 3
    return group, learner.name.casefold(), learner.person_id
