"""What people did on the learning path, read in three queries however many people there are."""

from __future__ import annotations

from collections import defaultdict
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sqlalchemy import case, func, select

from bot.database.statements import OfficeDay
from bot.features.quizzes import (
    OWN_PREFIX,
    AttemptRow,
    AttemptState,
    LearnerRow,
    QuizSessionRow,
    ReviewCardRow,
    SessionKind,
    SessionState,
)
from knowledge.errors import QuizError
from knowledge.quiz.path import PASS_SHARE
from knowledge.quiz.schedule import ReviewCard, Schedule

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Container

    from sqlalchemy import ColumnElement
    from sqlalchemy.ext.asyncio import AsyncSession
    from sqlalchemy.orm import InstrumentedAttribute

_ROUNDING = 1e-9  # as the path allows means of thirds


@dataclass(frozen=True, slots=True)
class StudyDay:
    """What somebody answered on one day of the office."""

    day: dt.date
    answered: int
    right: int


@dataclass
class StudyActivity:
    """What one person did; topics by their ids, moments in UTC."""

    best: dict[str, float] = field(default_factory=dict)
    """The best score, 0–1, of the finished quizzes on the path of each topic."""
    failures: dict[str, int] = field(default_factory=dict)
    """How many of these were below the mark."""
    days: list[StudyDay] = field(default_factory=list)
    """Days with answers, oldest first."""
    last_active: dt.datetime | None = None
    due: int = 0
    """Cards to be reviewed by now."""
    recall: defaultdict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    """The chance, 0–1, to recall each card of each topic."""


class ActivityReader:
    """Reads what one person did, or with None what everybody on the path did."""

    def __init__(self, session: AsyncSession, person_id: int | None) -> None:
        self._session = session
        self._person_id = person_id
        self._found: defaultdict[int | None, StudyActivity] = defaultdict(StudyActivity)

    async def read(
        self, now: dt.datetime, in_use: Container[str]
    ) -> defaultdict[int | None, StudyActivity]:
        """Return the activity by person; `in_use` are the questions that may be asked."""
        await self._read_quizzes()
        await self._read_days()
        await self._read_cards(now, in_use)
        return self._found

    async def _read_quizzes(self) -> None:
        failed = QuizSessionRow.score < PASS_SHARE - _ROUNDING
        rows = await self._session.execute(
            select(
                QuizSessionRow.person_id,
                QuizSessionRow.topic,
                func.max(QuizSessionRow.score),
                func.sum(case((failed, 1), else_=0)),
            )
            .where(
                self._theirs(QuizSessionRow.person_id),
                QuizSessionRow.kind == SessionKind.PATH,
                QuizSessionRow.state == SessionState.FINISHED,
                QuizSessionRow.score.is_not(None),
            )
            .group_by(QuizSessionRow.person_id, QuizSessionRow.topic)
        )
        for person_id, topic, best, failures in rows:
            if topic is not None and best is not None:
                self._found[person_id].best[topic] = best
                self._found[person_id].failures[topic] = failures

    async def _read_days(self) -> None:
        day = OfficeDay(AttemptRow.answered_at)
        rows = await self._session.execute(
            select(
                AttemptRow.person_id,
                day,
                func.count(),
                func.sum(case((AttemptRow.correct.is_(True), 1), else_=0)),
                func.max(AttemptRow.answered_at),
            )
            .where(
                self._theirs(AttemptRow.person_id),
                AttemptRow.state == AttemptState.ANSWERED,
                AttemptRow.answered_at.is_not(None),
            )
            .group_by(AttemptRow.person_id, day)
            .order_by(AttemptRow.person_id, day)
        )
        for person_id, on, answered, right, last in rows:
            self._found[person_id].days.append(StudyDay(on, answered, right))
            self._found[person_id].last_active = last

    async def _read_cards(self, now: dt.datetime, in_use: Container[str]) -> None:
        columns = ReviewCardRow.__table__.columns
        rows = await self._session.execute(
            select(*columns).where(self._theirs(ReviewCardRow.person_id))
        )
        schedule = Schedule()
        for row in rows.mappings():
            values = dict(row)
            theirs = self._found[values.pop("person_id")]
            card = ReviewCard(**values)
            own = card.question_id.startswith(OWN_PREFIX)
            if not own and card.question_id not in in_use:
                continue
            theirs.due += card.due <= now
            if card.topic is not None:
                with suppress(QuizError):  # a damaged card says nothing of the others
                    theirs.recall[card.topic].append(schedule.retrievability(card, now))

    def _theirs(
        self, column: InstrumentedAttribute[int] | InstrumentedAttribute[int | None]
    ) -> ColumnElement[bool]:
        if self._person_id is not None:
            return column == self._person_id
        return column.in_(select(LearnerRow.person_id).where(LearnerRow.enrolled_at.is_not(None)))
