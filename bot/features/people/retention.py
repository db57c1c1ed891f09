"""What is kept of coming in and of the audit log, and for how long."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from sqlalchemy import update

from bot.access.tables import InvitationRow, JoinRequestRow, MarkRow
from bot.office_time import OFFICE_TIME
from bot.retention import Expiring, rows_over

if TYPE_CHECKING:
    from bot.feature import Core


def expiring(core: Core) -> tuple[Expiring, ...]:
    """Return what expires: AUDIT_DAYS after the fact, or once it says nothing any more."""
    kept = dt.timedelta(days=core.settings.audit_days)
    database, now = core.database, core.now

    async def old_entries() -> int:
        return await core.audit.purge(month_start(now() - kept), now())

    async def names_of_the_invited() -> int:
        """Forget whom invitations were for that let nobody in any more."""
        over = InvitationRow.expires_at < now()
        named = InvitationRow.name.is_not(None)
        async with database.transaction() as session:
            forgotten = await session.scalars(
                update(InvitationRow)
                .where(over, named)
                .values(name=None)
                .returning(InvitationRow.id)
            )
            return len(forgotten.all())

    return (
        Expiring("audit_log", old_entries),
        Expiring("names_of_the_invited", names_of_the_invited),
        rows_over(database, InvitationRow, lambda at: InvitationRow.expires_at < at - kept, now),
        rows_over(database, JoinRequestRow, lambda at: JoinRequestRow.decided_at < at - kept, now),
        rows_over(database, MarkRow, lambda at: MarkRow.until <= at, now),
    )


def month_start(moment: dt.datetime) -> dt.datetime:
    """Return when the office's month of `moment` began: what is deleted is noted once a month."""
    first = moment.astimezone(OFFICE_TIME).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    return first.astimezone(dt.UTC)
