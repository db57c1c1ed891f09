"""Giving somebody more time for the learning path."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from bot.access.audit import AuditAction, AuditEvent, append
from bot.features.quizzes import LearnerRow

if TYPE_CHECKING:
    from bot.access.person import Actor
    from bot.database import Database

MOST_DAYS = 365


async def extend_deadline(
    database: Database, actor: Actor, person_id: int, days: int, now: dt.datetime
) -> dt.datetime | None:
    """Set a deadline `days` (1–365) after the present one, or after `now` where that is later.

    Returns the new deadline; None for who is not on the path or has completed it. The audit log
    has it with the change. Raises DatabaseError.
    """
    if not 1 <= days <= MOST_DAYS:
        raise ValueError(f"days must be 1 to {MOST_DAYS}, got {days}")
    async with database.transaction() as session:
        row = await session.get(LearnerRow, person_id, with_for_update=True)
        if row is None or row.enrolled_at is None or row.completed_at is not None:
            return None
        row.deadline = max(row.deadline or now, now) + dt.timedelta(days=days)
        event = AuditEvent(AuditAction.SET_DEADLINE, subject=person_id, details={"days": days})
        await append(session, actor, event, now)
        return row.deadline
