"""Requests to be let in (ACCESS=approval): made by strangers, decided by one admin."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from sqlalchemy import update

from bot.access.audit import AuditAction, AuditEvent, append
from bot.access.errors import JoinRequestError
from bot.access.person import on_telegram
from bot.access.registry import put
from bot.access.roles import Role
from bot.access.tables import JoinNoticeRow, JoinRequestRow, PersonRow
from bot.database.statements import deleted, rows_of
from bot.settings import Access

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.access.person import Actor, Identity
    from bot.database import Database

PAUSE_AFTER_REFUSAL = dt.timedelta(days=1)
"""How long somebody who was refused waits before asking again."""


@dataclass(frozen=True, slots=True)
class JoinNotice:
    """A message that told an admin of a request."""

    chat_id: int
    message_id: int


@dataclass(frozen=True, slots=True)
class JoinDecision:
    """What became of a request: `role` is None for a refusal."""

    person_id: int
    name: str
    role: Role | None
    notices: tuple[JoinNotice, ...]


class JoinRequests:
    """Keeps the newest request of each person and sees that it is decided once."""

    def __init__(self, database: Database, access: Access) -> None:
        self._database = database
        self._access = access

    async def make(self, identity: Identity, now: dt.datetime) -> None:
        """Ask to be let in.

        Raises JoinRequestError when a request waits already, when the last one was refused a short
        while ago, when the person is in and when ACCESS is not "approval".
        """
        if self._access is not Access.APPROVAL:
            raise JoinRequestError("Hiện không nhận yêu cầu tham gia. Anh/chị hỏi người quản trị.")
        async with self._database.transaction() as session:
            person = await session.get(PersonRow, identity.id, with_for_update=True)
            if person is not None and person.role is Role.PENDING:
                raise JoinRequestError("Yêu cầu của anh/chị đã gửi và đang chờ duyệt.")
            if person is not None:
                raise JoinRequestError("Anh/chị đã có trong danh sách, mời anh/chị đặt câu hỏi.")
            last = await session.get(JoinRequestRow, identity.id, with_for_update=True)
            if (
                last is not None
                and last.decided_at is not None
                and now < last.decided_at + PAUSE_AFTER_REFUSAL
            ):
                raise JoinRequestError(
                    "Yêu cầu trước của anh/chị chưa được chấp nhận. Anh/chị gửi lại sau 24 giờ, "
                    "hoặc liên hệ trực tiếp người quản trị."
                )
            if last is not None:
                await session.delete(last)  # with its notices
                await session.flush()
            session.add(JoinRequestRow(person_id=identity.id, requested_at=now))
            await put(session, identity, Role.PENDING, now)
            event = AuditEvent(AuditAction.REQUEST_TO_JOIN, subject=identity.id)
            await append(session, on_telegram(identity.id), event, now)

    async def add_notices(self, person_id: int, notices: Sequence[JoinNotice]) -> None:
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
            notices = tuple(row.as_value(JoinNotice) for row in rows)
            await session.execute(deleted(JoinNoticeRow.person_id, person_id))
            return JoinDecision(person_id, name, role, notices)
