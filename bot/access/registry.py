"""The people of the office and their roles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import case, func, select

from bot.access.audit import AuditAction, AuditEvent, append
from bot.access.errors import ConfiguredAdminError, LastAdminError, RoleError, UnknownPersonError
from bot.access.person import SETTINGS, Identity, Person, official_name
from bot.access.roles import ASSIGNABLE, Role
from bot.access.tables import JoinNoticeRow, JoinRequestRow, PersonRow
from bot.database.statements import deleted

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection, Iterable

    from sqlalchemy.ext.asyncio import AsyncSession

    from bot.access.person import Actor
    from bot.database import Database

_MOST_FIRST = case({role.value: -role.rank for role in Role}, value=PersonRow.role, else_=0)


class People:
    """Reads and changes roles; every change is in the audit log with it.

    `configured_admins` (ADMIN_IDS) are admins at every start, so nobody takes that from them here.
    """

    def __init__(self, database: Database, configured_admins: Iterable[int] = ()) -> None:
        self._database = database
        self._configured = frozenset(configured_admins)

    async def get(self, person_id: int) -> Person | None:
        """Return somebody by Telegram id, or None for a stranger."""
        async with self._database.session() as session:
            row = await session.get(PersonRow, person_id)
            return None if row is None else row.as_value(Person)

    async def roles_of(self, person_ids: Collection[int]) -> dict[int, Role]:
        """Return the roles of some people by Telegram id; strangers are left out."""
        query = select(PersonRow).where(PersonRow.id.in_(person_ids))
        async with self._database.session() as session:
            return {row.id: row.role for row in await session.scalars(query)}

    async def count(self) -> int:
        """Return how many people there are, those who wait to be let in among them."""
        async with self._database.session() as session:
            return await session.scalar(select(func.count()).select_from(PersonRow)) or 0

    async def page(self, offset: int, size: int) -> list[Person]:
        """Return `size` people after the first `offset`: most rights first, then by name."""
        order = (_MOST_FIRST, PersonRow.name, PersonRow.id)
        async with self._database.session() as session:
            rows = await session.scalars(
                select(PersonRow).order_by(*order).offset(offset).limit(size)
            )
            return [row.as_value(Person) for row in rows]

    async def with_role(self, *roles: Role) -> list[Person]:
        """Return everybody who has one of `roles`, by id."""
        query = select(PersonRow).where(PersonRow.role.in_(roles)).order_by(PersonRow.id)
        async with self._database.session() as session:
            return [row.as_value(Person) for row in await session.scalars(query)]

    async def refresh_names(self, identity: Identity) -> None:
        """Keep the names of a known person as Telegram shows them today."""
        async with self._database.transaction() as session:
            row = await session.get(PersonRow, identity.id)
            if row is not None:
                row.name, row.username = identity.short_name, identity.username

    async def set_role(
        self, actor: Actor, person_id: int, role: Role, now: dt.datetime, *, name: str | None = None
    ) -> Person:
        """Give somebody a role; with `name`, also somebody who is not known yet.

        Raises RoleError for a role that can't be given, UnknownPersonError, LastAdminError and
        ConfiguredAdminError.
        """
        if role not in ASSIGNABLE:
            allowed = ", ".join(role.value for role in ASSIGNABLE)
            raise RoleError(f"Chỉ giao được vai trò {allowed}; đang là {role.value}.")
        async with self._database.transaction() as session:
            if role is not Role.ADMIN:
                await self.check_may_leave(session, person_id)
            if name is None and await session.get(PersonRow, person_id) is None:
                raise UnknownPersonError(person_id)
            row = await _give(session, actor, Identity(person_id, name or ""), role, now)
            return row.as_value(Person)

    async def confirm_name(
        self, actor: Actor, person_id: int, name: str, now: dt.datetime
    ) -> Person:
        """Give somebody who was let in the name that certificates bear.

        Raises NameProblemError and UnknownPersonError.
        """
        async with self._database.transaction() as session:
            row = await confirm_name(session, actor, person_id, name, now)
            return row.as_value(Person)

    async def remove(self, actor: Actor, person_id: int, now: dt.datetime) -> Person:
        """Make somebody a stranger again, who has to wait before they may ask to be let in.

        Returns who it was. Raises UnknownPersonError, LastAdminError and ConfiguredAdminError.
        """
        async with self._database.transaction() as session:
            await self.check_may_leave(session, person_id)
            row = await session.get(PersonRow, person_id, with_for_update=True)
            if row is None:
                raise UnknownPersonError(person_id)
            removed = row.as_value(Person)
            await session.delete(row)
            await _refuse(session, actor, person_id, now)
            details = {"before": removed.role.value}
            event = AuditEvent(AuditAction.REMOVE, subject=person_id, details=details)
            await append(session, actor, event, now)
            return removed

    async def ensure_configured_admins(self, now: dt.datetime) -> None:
        """Make everybody in ADMIN_IDS an admin, as they are meant to be at every start."""
        async with self._database.transaction() as session:
            for person_id in sorted(self._configured):
                await _give(session, SETTINGS, Identity(person_id, ""), Role.ADMIN, now)

    async def check_may_leave(self, session: AsyncSession, person_id: int) -> None:
        """Raise LastAdminError or ConfiguredAdminError if somebody must stay an admin.

        The admins stay locked until the transaction ends, so that two who leave at once can't both
        count on each other. It comes before other locks: whoever changes admins queues here, in the
        same order.
        """
        if person_id in self._configured:
            raise ConfiguredAdminError(person_id)
        admins = await session.scalars(
            select(PersonRow.id)
            .where(PersonRow.role == Role.ADMIN)
            .order_by(PersonRow.id)
            .with_for_update()
        )
        if list(admins) == [person_id]:
            raise LastAdminError


async def put(session: AsyncSession, identity: Identity, role: Role, now: dt.datetime) -> PersonRow:
    """Store somebody with `role`, known before or not; the caller writes the audit log."""
    row = await session.get(PersonRow, identity.id, with_for_update=True)
    if row is None:
        row = PersonRow(id=identity.id, joined_at=now, role=role, role_changed_at=now)
        row.name, row.username = identity.short_name, identity.username
        session.add(row)
    else:
        if identity.name:
            row.name, row.username = identity.short_name, identity.username
        if row.role is not role:
            row.role, row.role_changed_at = role, now
    await session.flush()
    return row


async def confirm_name(
    session: AsyncSession, actor: Actor, person_id: int, name: str, now: dt.datetime
) -> PersonRow:
    """Store somebody's official name, which is not in the audit log; raises as People's does."""
    name = official_name(name)
    row = await session.get(PersonRow, person_id, with_for_update=True)
    if row is None or not row.role.is_admitted:
        raise UnknownPersonError(person_id)
    row.official_name = name
    await append(session, actor, AuditEvent(AuditAction.CONFIRM_NAME, subject=person_id), now)
    return row


async def _give(
    session: AsyncSession, actor: Actor, identity: Identity, role: Role, now: dt.datetime
) -> PersonRow:
    """Store somebody with `role`; a change is in the audit log with it."""
    row = await session.get(PersonRow, identity.id, with_for_update=True)
    before = Role.STRANGER if row is None else row.role
    row = await put(session, identity, role, now)
    if before is not role:
        details = {"before": before.value, "after": role.value}
        event = AuditEvent(AuditAction.SET_ROLE, subject=identity.id, details=details)
        await append(session, actor, event, now)
    return row


async def _refuse(session: AsyncSession, actor: Actor, person_id: int, now: dt.datetime) -> None:
    """Let somebody's request to join be refused, one that was never made too."""
    row = await session.get(JoinRequestRow, person_id, with_for_update=True)
    if row is None:
        row = JoinRequestRow(person_id=person_id, requested_at=now)
        session.add(row)
    row.decision, row.decided_at, row.decided_by = "refused", now, actor.person_id
    await session.execute(deleted(JoinNoticeRow.person_id, person_id))
