"""Requests to be let in (ACCESS=approval): made by strangers, decided by one admin.

Strangers write to every admin by them, so each person has one a day, and all together a number of
them an hour. The day outlives an erasure by a mark (`bot/access/marks.py`).
"""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from sqlalchemy import func, select, update

from bot.access.audit import AuditAction, AuditEvent, append
from bot.access.audit_throttle import Limit
from bot.access.errors import JoinRequestError
from bot.access.marks import MarkKind
from bot.access.person import on_telegram
from bot.access.registry import put
from bot.access.roles import Role
from bot.access.tables import JoinNoticeRow, JoinRequestRow, PersonRow
from bot.database.statements import deleted, rows_of
from bot.settings import Access
from bot.telegram.admin_notices import Notice

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Select
    from sqlalchemy.ext.asyncio import AsyncSession

    from bot.access.marks import Marks
    from bot.access.person import Actor, Identity
    from bot.database import Database

PAUSE_AFTER_REFUSAL = dt.timedelta(days=1)
"""How long somebody who was refused or removed waits before asking again."""
MOST_AN_HOUR = 60
"""Requests that the admins get within an hour, from all strangers together."""
MOST_WAITING = 500
"""Requests that may wait for a decision."""

_LATER = (
    "Yêu cầu trước của anh/chị chưa được chấp nhận. Anh/chị gửi lại sau 24 giờ, hoặc liên hệ trực "
    "tiếp người quản trị."
)
_TOO_MANY = (
    "Đang có quá nhiều yêu cầu tham gia. Anh/chị gửi lại sau một giờ, hoặc liên hệ trực tiếp người "
    "quản trị."
)


@dataclass(frozen=True, slots=True)
class JoinDecision:
    """What became of a request: `role` is None for a refusal."""

    person_id: int
    name: str
    role: Role | None
    notices: tuple[Notice, ...]


class JoinRequests:
    """Keeps the newest request of each person and sees that it is decided once."""

    def __init__(self, database: Database, access: Access, marks: Marks) -> None:
        self._database = database
        self._access = access
        self._marks = marks
        self._limit = Limit(MOST_AN_HOUR)

    async def make(self, identity: Identity, now: dt.datetime) -> None:
        """Ask to be let in; harmless while no admin was told of it.

        Raises JoinRequestError when a request waits already, when the last one was refused a short
        while ago (the person may have been erased since), when there are too many of others, when
        the person is in and when ACCESS is not "approval".
        """
        if self._access is not Access.APPROVAL:
            raise JoinRequestError("Hiện không nhận yêu cầu tham gia. Anh/chị hỏi người quản trị.")
        async with self._database.transaction() as session:
            person = await session.get(PersonRow, identity.id, with_for_update=True)
            if person is not None and person.role is Role.PENDING:
                if not await session.scalar(_told(identity.id)):
                    return  # the program was killed before, or no admin was reached
                raise JoinRequestError("Yêu cầu của anh/chị đã gửi và đang chờ duyệt.")
            if person is not None:
                raise JoinRequestError("Anh/chị đã có trong danh sách, mời anh/chị đặt câu hỏi.")
            last = await session.get(JoinRequestRow, identity.id, with_for_update=True)
            if (
                last is not None
                and last.decided_at is not None
                and now < last.decided_at + PAUSE_AFTER_REFUSAL
            ):
                raise JoinRequestError(_LATER)
            if await self._marks.amount(session, MarkKind.JOIN_REQUEST, identity.id, now):
                raise JoinRequestError(_LATER)
            if await _waiting(session) >= MOST_WAITING or not self._limit.take(now):
                raise JoinRequestError(_TOO_MANY)
            if last is not None:
                await session.delete(last)  # with its notices
                await session.flush()
            session.add(JoinRequestRow(person_id=identity.id, requested_at=now))
            await put(session, identity, Role.PENDING, now)
            event = AuditEvent(AuditAction.REQUEST_TO_JOIN, subject=identity.id)
            await append(session, on_telegram(identity.id), event, now)

    async def add_notices(self, person_id: int, notices: Sequence[Notice]) -> None:
        """Remember the messages that told the admins; nothing if the request is gone meanwhile."""
        async with self._database.transaction() as session:
            if await session.get(JoinRequestRow, person_id, with_for_update=True) is None:
                return
            session.add_all(
                JoinNoticeRow(person_id=person_id, **asdict(notice)) for notice in notices
            )

    async def decide(
        self, actor: Actor, person_id: int, role: Role | None, now: dt.datetime
    ) -> JoinDecision:
        """Let somebody in with `role`, or refuse them with None; the first decision counts.

        Raises JoinRequestError when it was decided already or there is no such request.
        """
        async with self._database.transaction() as session:
            taken = await session.scalar(
                update(JoinRequestRow)
                .where(JoinRequestRow.person_id == person_id, JoinRequestRow.decision.is_(None))
                .values(
                    decision="refused" if role is None else "approved",
                    decided_at=now,
                    decided_by=actor.person_id,
                )
                .returning(JoinRequestRow.person_id)
            )
            person = await session.get(PersonRow, person_id, with_for_update=True)
            if taken is None or person is None or person.role is not Role.PENDING:
                raise JoinRequestError("Yêu cầu này đã có người xử lý hoặc không còn.")
            name = person.name
            if role is None:
                await session.delete(person)
            else:
                person.role, person.role_changed_at = role, now
            action = AuditAction.REFUSE if role is None else AuditAction.APPROVE
            details = {} if role is None else {"role": role.value}
            event = AuditEvent(action, subject=person_id, details=details)
            await append(session, actor, event, now)
            rows = await rows_of(session, JoinNoticeRow, JoinNoticeRow.person_id == person_id)
            notices = tuple(row.as_value(Notice) for row in rows)
            await session.execute(deleted(JoinNoticeRow.person_id, person_id))
            return JoinDecision(person_id, name, role, notices)


async def leave_mark(session: AsyncSession, marks: Marks, person_id: int, now: dt.datetime) -> None:
    """Leave a mark of a person's request where it is too new for another one."""
    row = await session.get(JoinRequestRow, person_id)
    if row is None:
        return
    until = (row.decided_at or row.requested_at) + PAUSE_AFTER_REFUSAL
    if until > now:
        await marks.leave(session, MarkKind.JOIN_REQUEST, person_id, now, until=until)


def _told(person_id: int) -> Select[int]:
    return select(func.count()).where(JoinNoticeRow.person_id == person_id)


async def _waiting(session: AsyncSession) -> int:
    pending = select(func.count()).select_from(PersonRow).where(PersonRow.role == Role.PENDING)
    return await session.scalar(pending) or 0
