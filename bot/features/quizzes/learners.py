"""Learners in the database: who is on the path, until when, and whether they want reminders."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import and_, or_, select, update

from bot.access.audit import AuditAction, AuditEvent, append
from bot.database.statements import insert_or_ignore
from bot.features.quizzes.tables import LearnerRow
from bot.office_time import OFFICE_TIME, day_start

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement

    from bot.access.person import Actor, Identity
    from bot.database import Database

MOST_DAYS = 365
_END_OF_DAY = dt.time(17)
_FAR_FUTURE = dt.timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Learner:
    """Somebody who is quizzed; `enrolled_at` None: who only practises."""

    person_id: int
    name: str
    enrolled_at: dt.datetime | None
    deadline: dt.datetime | None
    completed_at: dt.datetime | None
    reminders: bool
    reminded_at: dt.datetime | None


class Learners:
    """Stores learners; the path has to be done in `path_days` days."""

    def __init__(self, database: Database, path_days: int) -> None:
        self._database = database
        self._path_days = path_days

    async def get(self, person_id: int) -> Learner | None:
        """Return a learner, or None."""
        async with self._database.session() as session:
            row = await session.get(LearnerRow, person_id)
            return None if row is None else row.as_value(Learner)

    async def meet(self, who: Identity) -> Learner:
        """Return a learner, stored now if new: without the path, and without reminders."""
        return await self._stored(who, None)

    async def enrol(self, who: Identity, now: dt.datetime) -> Learner:
        """Put somebody on the path, with a deadline and reminders; harmless when they are."""
        learner = await self._stored(who, now)
        if learner.enrolled_at is not None:
            return learner
        async with self._database.transaction() as session:
            await session.execute(
                update(LearnerRow)
                .where(LearnerRow.person_id == who.id, LearnerRow.enrolled_at.is_(None))
                .values(enrolled_at=now, deadline=self._deadline(now), reminders=True)
            )
        return await self._stored(who, now)

    async def extend_deadline(
        self, actor: Actor, person_id: int, days: int, now: dt.datetime
    ) -> dt.datetime | None:
        """Set a deadline `days` (1–365) after the present one, or after `now` where that is later.

        Returns the new deadline; None for who is not on the path or has completed it. The audit log
        has it with the change. Raises DatabaseError.
        """
        if not 1 <= days <= MOST_DAYS:
            raise ValueError(f"days must be 1 to {MOST_DAYS}, got {days}")
        async with self._database.transaction() as session:
            row = await session.get(LearnerRow, person_id, with_for_update=True)
            if row is None or row.enrolled_at is None or row.completed_at is not None:
                return None
            row.deadline = max(row.deadline or now, now) + dt.timedelta(days=days)
            event = AuditEvent(AuditAction.SET_DEADLINE, subject=person_id, details={"days": days})
            await append(session, actor, event, now)
            return row.deadline

    async def switch_reminders(self, person_id: int, *, on: bool) -> None:
        """Turn somebody's reminders on or off."""
        await self._set(person_id, reminders=on)

    async def reminded(self, person_id: int, now: dt.datetime) -> bool:
        """Note that somebody is reminded; False if they want none, or had today's already."""
        async with self._database.transaction() as session:
            noted = await session.execute(
                update(LearnerRow)
                .where(LearnerRow.person_id == person_id, _to_remind(now))
                .values(reminded_at=now)
                .returning(LearnerRow.person_id)
            )
            return noted.first() is not None

    async def complete(self, person_id: int, now: dt.datetime) -> bool:
        """Note that somebody passed every topic; tell whether it is the first time."""
        async with self._database.transaction() as session:
            changed = await session.execute(
                update(LearnerRow)
                .where(LearnerRow.person_id == person_id, LearnerRow.completed_at.is_(None))
                .values(completed_at=now)
                .returning(LearnerRow.person_id)
            )
            return changed.first() is not None

    async def to_remind(self, now: dt.datetime, *, after: int, most: int) -> tuple[Learner, ...]:
        """Return, by id from `after` on, those who want reminders and had none today."""
        async with self._database.session() as session:
            rows = await session.scalars(
                select(LearnerRow)
                .where(LearnerRow.person_id > after, _to_remind(now))
                .order_by(LearnerRow.person_id)
                .limit(most)
            )
            return tuple(row.as_value(Learner) for row in rows)

    def _deadline(self, now: dt.datetime) -> dt.datetime:
        """Return the end of the office's last day."""
        last = now.astimezone(OFFICE_TIME).date() + dt.timedelta(days=self._path_days)
        return dt.datetime.combine(last, _END_OF_DAY, OFFICE_TIME).astimezone(dt.UTC)

    async def _stored(self, who: Identity, enrolled: dt.datetime | None) -> Learner:
        known = await self.get(who.id)
        if known is not None and known.name == who.short_name:
            return known
        async with self._database.transaction() as session:
            await session.execute(
                insert_or_ignore(
                    session,
                    LearnerRow,
                    person_id=who.id,
                    name=who.short_name,
                    enrolled_at=enrolled,
                    deadline=None if enrolled is None else self._deadline(enrolled),
                    reminders=enrolled is not None,
                    on_leaderboard=False,
                )
            )
            await session.execute(
                update(LearnerRow).where(LearnerRow.person_id == who.id).values(name=who.short_name)
            )
            row = await session.get_one(LearnerRow, who.id)
            return row.as_value(Learner)

    async def _set(self, person_id: int, **values: object) -> None:
        async with self._database.transaction() as session:
            await session.execute(
                update(LearnerRow).where(LearnerRow.person_id == person_id).values(**values)
            )


def _to_remind(now: dt.datetime) -> ColumnElement[bool]:
    """Wants reminders and had none today.

    One of tomorrow, by a clock that was put back since, stands for today's; one of a far future
    does not, or nobody would be reminded any more.
    """
    today = day_start(now)
    not_yet = or_(
        LearnerRow.reminded_at.is_(None),
        LearnerRow.reminded_at < today,
        LearnerRow.reminded_at >= today + _FAR_FUTURE,
    )
    return and_(LearnerRow.reminders.is_(True), not_yet)
