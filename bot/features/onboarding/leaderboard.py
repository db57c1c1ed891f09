"""The leaderboard: who wants to be on it, in which department, with how many points.

Points: TOPIC_POINTS for each topic of the path passed, QUESTION_POINTS for each different question
ever answered right, in whatever quiz. Both can only grow, and neither grows by repeating.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from math import fsum
from typing import TYPE_CHECKING

from sqlalchemy import distinct, func, select, update

from bot.access.errors import PeopleError
from bot.access.person import shown_name
from bot.features.onboarding import leaderboard_texts as texts
from bot.features.quizzes import (
    DEPARTMENT_CHARACTERS,
    AttemptRow,
    LearnerRow,
    QuizSessionRow,
    SessionKind,
    SessionState,
)
from knowledge.quiz.path import is_passed

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.database import Database

TOPIC_POINTS = 10
QUESTION_POINTS = 1
LEAST_PEOPLE = 3
"""Of a department whose mean is shown: fewer would show what one person has."""


class DepartmentNameError(PeopleError):
    """A department's name that is empty or too long."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """Somebody on the leaderboard; people with equal points share a place."""

    person_id: int
    name: str
    points: int
    place: int


@dataclass(frozen=True, slots=True)
class Department:
    """Those of a department (None: none chosen) who are on the leaderboard, best first."""

    name: str | None
    people: tuple[Ranked, ...]

    @property
    def mean(self) -> float:
        """The mean of their points."""
        return fsum(person.points for person in self.people) / len(self.people)

    @property
    def shown(self) -> bool:
        """Whether it may be compared with others."""
        return self.name is not None and len(self.people) >= LEAST_PEOPLE


@dataclass(frozen=True, slots=True)
class Membership:
    """Whether somebody is on the leaderboard, and their department."""

    on_leaderboard: bool = False
    department: str | None = None


def department_name(typed: str) -> str:
    """Return a typed name as it can be shown, or raise DepartmentNameError."""
    name = shown_name(typed)
    if not name:
        raise DepartmentNameError(texts.EMPTY_NAME)
    if len(name) > DEPARTMENT_CHARACTERS:
        raise DepartmentNameError(
            texts.TOO_LONG.format(length=len(name), most=DEPARTMENT_CHARACTERS)
        )
    return name


class Leaderboard:
    """Reads the leaderboard, and keeps who is on it."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def departments(self) -> tuple[Department, ...]:
        """Return the departments with people on the leaderboard: best mean first, None last."""
        on_it = select(LearnerRow.person_id).where(LearnerRow.on_leaderboard.is_(True))
        async with self._database.session() as session:
            learners = list(
                await session.scalars(select(LearnerRow).where(LearnerRow.on_leaderboard.is_(True)))
            )
            right = await session.execute(
                select(AttemptRow.person_id, func.count(distinct(AttemptRow.question_id)))
                .where(AttemptRow.person_id.in_(on_it), AttemptRow.correct.is_(True))
                .group_by(AttemptRow.person_id)
            )
            points: defaultdict[int | None, int] = defaultdict(int)
            for person_id, count in right:
                points[person_id] += QUESTION_POINTS * count
            best = await session.execute(
                select(QuizSessionRow.person_id, func.max(QuizSessionRow.score))
                .where(
                    QuizSessionRow.person_id.in_(on_it),
                    QuizSessionRow.kind == SessionKind.PATH,
                    QuizSessionRow.state == SessionState.FINISHED,
                )
                .group_by(QuizSessionRow.person_id, QuizSessionRow.topic)
            )
            for person_id, score in best:
                points[person_id] += TOPIC_POINTS * is_passed(score)
        by_name: defaultdict[str | None, list[tuple[LearnerRow, int]]] = defaultdict(list)
        for row in learners:
            by_name[row.department].append((row, points[row.person_id]))
        found = [Department(name, _ranked(people)) for name, people in by_name.items()]
        return tuple(sorted(found, key=_order))

    async def membership(self, person_id: int) -> Membership:
        """Return what somebody chose."""
        async with self._database.session() as session:
            row = await session.get(LearnerRow, person_id)
            return Membership() if row is None else row.as_value(Membership)

    async def names(self) -> tuple[str, ...]:
        """Return the names of the departments that people chose, the biggest first."""
        query = (
            select(LearnerRow.department)
            .where(LearnerRow.department.is_not(None))
            .group_by(LearnerRow.department)
            .order_by(func.count().desc(), LearnerRow.department)
        )
        async with self._database.session() as session:
            return tuple(name for name in await session.scalars(query) if name is not None)

    async def join(self, person_id: int, *, on: bool) -> None:
        """Put a known learner on the leaderboard, or take them off."""
        await self._set(person_id, on_leaderboard=on)

    async def set_department(self, person_id: int, name: str | None) -> None:
        """Set a known learner's department; raises DepartmentNameError."""
        await self._set(person_id, department=None if name is None else department_name(name))

    async def _set(self, person_id: int, **values: object) -> None:
        async with self._database.transaction() as session:
            await session.execute(
                update(LearnerRow).where(LearnerRow.person_id == person_id).values(**values)
            )


def _ranked(people: Iterable[tuple[LearnerRow, int]]) -> tuple[Ranked, ...]:
    ordered = sorted(people, key=lambda p: (-p[1], p[0].name.casefold(), p[0].person_id))
    scores = [points for _, points in ordered]
    return tuple(
        Ranked(row.person_id, row.name, points, scores.index(points) + 1) for row, points in ordered
    )


def _order(department: Department) -> tuple[bool, float, str]:
    return department.name is None, -department.mean, department.name or ""
