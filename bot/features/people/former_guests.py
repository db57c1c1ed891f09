"""Who used the bot while it was open to everybody stays in when it is so no more by default.

ACCESS is "approval" where ADMIN_IDS is set and nothing else is; before, it was "open". Whoever
asked or learned of late must not be shut out by an upgrade, or by the first line in ADMIN_IDS. Who
sets ACCESS decides for themselves, so nobody is let in then.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import structlog
from sqlalchemy import select, union

from bot.access.audit import AuditAction
from bot.access.person import SETTINGS
from bot.access.roles import Role
from bot.access.tables import AccessRow, AuditRow, AuditSubjectRow, JoinRequestRow, PersonRow
from bot.features.answer_log import AnswerRow
from bot.features.quizzes import AttemptRow, LearnerRow
from bot.settings import Access

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncSession

    from bot.access.registry import People
    from bot.database import Database

ACTIVE_DAYS = 90
"""Who asked or learned within so many days is let in."""

_log = structlog.get_logger(__name__)


class FormerGuests:
    """Remembers since when the bot runs with which ACCESS, and lets former guests in."""

    def __init__(self, database: Database, people: People) -> None:
        self._database = database
        self._people = people

    async def admit(self, access: Access, now: dt.datetime, *, is_set: bool) -> list[int]:
        """Note `access`; where the office was open and is so no more by default, let guests in.

        `is_set`: whether ACCESS was set. Each of them is in the audit log. Returns their ids.
        """
        async with self._database.session() as session:
            newest = select(AccessRow.access).order_by(AccessRow.id.desc()).limit(1)
            before = await session.scalar(newest)
            closes = access is Access.APPROVAL and not is_set and before in {None, Access.OPEN}
            guests = await _guests(session, now) if closes else {}
        for person_id, (role, name) in guests.items():
            await self._people.set_role(SETTINGS, person_id, role, now, name=name)
        if before != access:
            async with self._database.transaction() as session:
                session.add(AccessRow(access=access.value, since=now))
        if guests:
            _log.info("former_guests_admitted", people=len(guests))
        return list(guests)


async def _guests(session: AsyncSession, now: dt.datetime) -> dict[int, tuple[Role, str]]:
    """Return who was active of late and is nobody's yet, with the role and the name to have.

    Not those who were refused or removed at any time.
    """
    since = now - dt.timedelta(days=ACTIVE_DAYS)
    active = union(
        select(AnswerRow.person_id).where(AnswerRow.shown_at >= since),
        select(AttemptRow.person_id).where(AttemptRow.prepared_at >= since),
    )
    turned_away = union(
        select(JoinRequestRow.person_id).where(JoinRequestRow.decision == "refused"),
        select(AuditSubjectRow.person_id)
        .join(AuditRow, AuditRow.subject == AuditSubjectRow.id)
        .where(AuditRow.action.in_([AuditAction.REFUSE, AuditAction.REMOVE])),
        select(PersonRow.id),
    )
    found = set(await session.scalars(active)) - set(await session.scalars(turned_away))
    ids = {person_id for person_id in found if person_id is not None}
    learners = await session.scalars(select(LearnerRow).where(LearnerRow.person_id.in_(ids)))
    known = {row.person_id: (_role_of(row), row.name) for row in learners}
    return {person_id: known.get(person_id, (Role.STAFF, "")) for person_id in sorted(ids)}


def _role_of(learner: LearnerRow) -> Role:
    on_the_path = learner.enrolled_at is not None and learner.completed_at is None
    return Role.NEWCOMER if on_the_path else Role.STAFF
