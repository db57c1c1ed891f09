"""How far people are on the learning path: one learner, or the whole cohort, read in few queries.

The number of queries does not grow with the number of learners: attempts are added up by day, and
quizzes by topic, in the database.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from math import fsum
from typing import TYPE_CHECKING

from sqlalchemy import select

from bot.features.onboarding.concern import Concern, Pace, concerns
from bot.features.onboarding.study_activity import ActivityReader
from bot.features.quizzes import LearnerRow
from bot.office_time import office_day
from knowledge.quiz.path import StepState, is_complete, next_step, path_score, path_steps
from knowledge.quiz.streak import streak

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence

    from bot.database import Database
    from bot.features.onboarding.study_activity import StudyActivity, StudyDay
    from knowledge.quiz.bank.bank import QuestionBank
    from knowledge.quiz.path import PathStep
    from knowledge.quiz.topic import QuizTopic


class LearnerState(StrEnum):
    """How somebody on the path does, in one word; the concerns say why."""

    OVERDUE = "overdue"
    AT_RISK = "at_risk"
    ON_WAY = "on_way"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class LearnerProgress:
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
    """Working days in a row with an answer."""
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
    def remembered(self) -> list[tuple[float, str]]:
        """What is remembered of each topic that has cards, with its title, the weakest first."""
        return sorted(
            (self.memory[step.topic.topic_id], step.topic.title)
            for step in self.steps
            if step.topic.topic_id in self.memory
        )

    @property
    def overdue(self) -> bool:
        """Whether the deadline passed before the path was complete."""
        return Concern.OVERDUE in self.concerns

    @property
    def at_risk(self) -> bool:
        """Whether there is another concern."""
        return bool(self.concerns) and not self.overdue

    @property
    def state(self) -> LearnerState:
        """How they do."""
        if self.concerns:
            return LearnerState.OVERDUE if self.overdue else LearnerState.AT_RISK
        return LearnerState.ON_WAY if self.completed_at is None else LearnerState.DONE


@dataclass(frozen=True, slots=True)
class Cohort:
    """Everybody on the path at one moment: who needs looking after first, then by name."""

    at: dt.datetime
    topics: tuple[tuple[str, str], ...]
    """Ids and titles of the path's topics."""
    learners: tuple[LearnerProgress, ...]

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


async def learner_progress(
    database: Database, bank: QuestionBank, person_id: int, now: dt.datetime
) -> LearnerProgress | None:
    """Return one learner's progress, None for who never learned; raises DatabaseError."""
    found = await _read_progress(database, bank, now, person_id)
    return found[0] if found else None


async def cohort(database: Database, bank: QuestionBank, now: dt.datetime) -> Cohort:
    """Return everybody who is on the path or completed it; raises DatabaseError."""
    learners = sorted(await _read_progress(database, bank, now, None), key=_order)
    topics = tuple((topic.topic_id, topic.title) for topic in _topics(bank))
    return Cohort(now, topics, tuple(learners))


def _topics(bank: QuestionBank) -> list[QuizTopic]:
    return [topic for topic in bank.topics if topic.questions]


async def _read_progress(
    database: Database, bank: QuestionBank, now: dt.datetime, person_id: int | None
) -> list[LearnerProgress]:
    """Return the progress of one person, or with None of everybody on the path."""
    on_path = LearnerRow.enrolled_at.is_not(None)
    wanted = on_path if person_id is None else LearnerRow.person_id == person_id
    async with database.session() as session:
        learners = list(await session.scalars(select(LearnerRow).where(wanted)))
        activity = await ActivityReader(session, person_id).read(now, bank.questions)
    topics = _topics(bank)
    return [_progress(row, topics, activity[row.person_id], now) for row in learners]


def _order(learner: LearnerProgress) -> tuple[int, str, int]:
    group = list(LearnerState).index(learner.state)
    return group, learner.name.casefold(), learner.person_id


def _progress(
    row: LearnerRow, topics: Sequence[QuizTopic], activity: StudyActivity, now: dt.datetime
) -> LearnerProgress:
    steps = path_steps(topics, activity.best)
    found: tuple[Concern, ...] = ()
    if row.enrolled_at is not None and row.completed_at is None and not is_complete(steps):
        missing = [s.topic.topic_id for s in steps if s.state is not StepState.PASSED]
        pace = Pace(
            row.enrolled_at,
            row.deadline,
            activity.last_active,
            passed=len(steps) - len(missing),
            topics=len(steps),
            failures=[activity.failures.get(topic, 0) for topic in missing],
        )
        found = concerns(pace, now)
    return LearnerProgress(
        person_id=row.person_id,
        name=row.name,
        department=row.department,
        enrolled_at=row.enrolled_at,
        deadline=row.deadline,
        completed_at=row.completed_at,
        steps=steps,
        failures=activity.failures,
        memory={topic: fsum(chances) / len(chances) for topic, chances in activity.recall.items()},
        streak=streak({day.day for day in activity.days}, office_day(now)),
        due=activity.due,
        days=tuple(activity.days),
        last_active=activity.last_active,
        concerns=found,
    )
