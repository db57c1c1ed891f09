"""Invitations: links that give a role, with an end, a number of uses and a way to revoke them.

Who has used one is told by a mark that outlives their erasure. Somebody removed could otherwise
have themselves erased and come back by the link they hold. A mark is HMAC-SHA256 of the Telegram id
with the invitation's token as the key. The token is stored nowhere (only its SHA-256, and it has
192 random bits), so what the database holds leads from no mark to a person, nor from one mark to
another: it is not personal data. Only who presents the link can be recognised, at that moment, by
the link.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import func, select, update

from bot.access.audit import AuditAction, AuditEvent, append
from bot.access.audit_throttle import Repeats
from bot.access.errors import InvitationError, InvitationProblem, PeopleError, RoleError
from bot.access.person import official_name, on_telegram
from bot.access.registry import put
from bot.access.roles import ASSIGNABLE, Role
from bot.access.tables import InvitationMarkRow, InvitationRow, InvitationUseRow, PersonRow
from bot.database.errors import DataConflictError

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from sqlalchemy.ext.asyncio import AsyncSession

    from bot.access.person import Actor, Identity
    from bot.database import Database

START_PREFIX = "inv_"
"""What a deep link's parameter begins with; with the token it stays under Telegram's 64."""
MAX_USES = 1000
MAX_DAYS = 365
_TOKEN_BYTES = 24  # 192 random bits, 32 characters of A-Z a-z 0-9 _ -


class InvitationState(StrEnum):
    """Whether an invitation still lets people in."""

    OPEN = "open"
    EXPIRED = "expired"
    REVOKED = "revoked"
    USED_UP = "used_up"


@dataclass(frozen=True, slots=True)
class Invitation:
    """An invitation without its token; moments are UTC. `created_by` None: the command line."""

    id: int
    role: Role
    max_uses: int
    used: int
    created_at: dt.datetime
    created_by: int | None
    expires_at: dt.datetime
    revoked_at: dt.datetime | None

    def state(self, now: dt.datetime) -> InvitationState:
        """Tell whether the invitation lets people in at `now`, or why not."""
        if self.revoked_at is not None:
            return InvitationState.REVOKED
        if self.expires_at <= now:
            return InvitationState.EXPIRED
        if self.used >= self.max_uses:
            return InvitationState.USED_UP
        return InvitationState.OPEN


def deep_link(username: str, token: str) -> str:
    """Return the link that opens the bot with an invitation."""
    return f"https://t.me/{username}?start={START_PREFIX}{token}"


def mark_of(token: str, person_id: int) -> str:
    """Return the mark that a person leaves on the invitation with `token`."""
    return hmac.new(token.encode(), str(person_id).encode(), hashlib.sha256).hexdigest()


def _random_token() -> str:
    return secrets.token_urlsafe(_TOKEN_BYTES)


def _hash(token: str) -> str:
    """Return what is stored of a token; it is random, so a plain hash can't be guessed back."""
    return hashlib.sha256(token.encode()).hexdigest()


class Invitations:
    """Makes, lists, revokes and redeems invitations."""

    def __init__(self, database: Database, new_token: Callable[[], str] = _random_token) -> None:
        self._database = database
        self._new_token = new_token
        self._repeats = Repeats()

    async def create(  # noqa: PLR0913 -- what an invitation says
        self,
        actor: Actor,
        role: Role,
        lifetime: dt.timedelta,
        max_uses: int,
        now: dt.datetime,
        *,
        name: str | None = None,
    ) -> tuple[Invitation, str]:
        """Return a new invitation and its token, which can't be seen again.

        `name` is that of the one person it is for. Raises RoleError for a role that can't be given,
        NameProblemError, and PeopleError for limits out of range.
        """
        if role not in ASSIGNABLE:
            raise RoleError(f"Không mời được với vai trò {role.value}.")
        if not 1 <= max_uses <= MAX_USES:
            raise PeopleError(f"Số lượt phải từ 1 đến {MAX_USES}, đang là {max_uses}.")
        if not 0 < lifetime.total_seconds() <= MAX_DAYS * 86_400:
            raise PeopleError(f"Thời hạn phải từ 1 đến {MAX_DAYS} ngày.")
        if name is not None and max_uses > 1:
            raise PeopleError("Chỉ lời mời dùng một lần mới ghi được họ tên người được mời.")
        token = self._new_token()
        async with self._database.transaction() as session:
            row = InvitationRow(
                token_hash=_hash(token),
                role=role,
                name=None if name is None else official_name(name),
                max_uses=max_uses,
                used=0,
                created_at=now,
                created_by=actor.person_id,
                expires_at=now + lifetime,
            )
            session.add(row)
            await session.flush()
            details = {"role": role.value, "uses": max_uses, "days": lifetime.days}
            event = AuditEvent(AuditAction.CREATE_INVITATION, target=f"#{row.id}", details=details)
            await append(session, actor, event, now)
            return row.as_value(Invitation), token

    async def give_name(
        self, actor: Actor, invitation_id: int, name: str, now: dt.datetime
    ) -> None:
        """Say whom an invitation for one person is for; raises NameProblemError and PeopleError."""
        name = official_name(name)
        async with self._database.transaction() as session:
            row = await session.get(InvitationRow, invitation_id, with_for_update=True)
            if (
                row is None
                or row.max_uses > 1
                or (row.as_value(Invitation).state(now) is not InvitationState.OPEN)
            ):
                raise PeopleError("Chỉ lời mời dùng một lần, còn hiệu lực mới ghi được họ tên.")
            row.name = name
            event = AuditEvent(AuditAction.NAME_INVITATION, target=f"#{row.id}")
            await append(session, actor, event, now)

    async def count(self) -> int:
        """Return how many invitations there are, closed ones among them."""
        async with self._database.session() as session:
            return await session.scalar(select(func.count()).select_from(InvitationRow)) or 0

    async def page(self, offset: int, size: int) -> list[Invitation]:
        """Return `size` invitations, newest first, after the first `offset`."""
        query = select(InvitationRow).order_by(InvitationRow.id.desc()).offset(offset).limit(size)
        async with self._database.session() as session:
            return [row.as_value(Invitation) for row in await session.scalars(query)]

    async def revoke(self, actor: Actor, invitation_id: int, now: dt.datetime) -> Invitation:
        """Close an invitation; harmless when it is revoked already. Raises PeopleError."""
        async with self._database.transaction() as session:
            row = await session.get(InvitationRow, invitation_id, with_for_update=True)
            if row is None:
                raise PeopleError(f"Không có lời mời số {invitation_id}.")
            if row.revoked_at is None:
                row.revoked_at, row.name = now, None
                event = AuditEvent(AuditAction.REVOKE_INVITATION, target=f"#{row.id}")
                await append(session, actor, event, now)
            return row.as_value(Invitation)

    async def redeem(self, token: str, identity: Identity, now: dt.datetime) -> Invitation:
        """Give somebody the invitation's role and count the use.

        A use is taken in one statement that checks everything, so that no race takes one too many.
        Raises InvitationError with the reason; that is in the audit log, without the token (of
        equal ones within an hour only a few).
        """
        actor = on_telegram(identity.id)
        try:
            async with self._database.transaction() as session:
                return await self._redeem(session, token, identity, now)
        except InvitationError as error:
            await self._denied(actor, error.problem, now)
            raise
        except DataConflictError as error:  # the same person, twice at the same moment
            await self._denied(actor, InvitationProblem.USED_BY_YOU, now)
            raise InvitationError(InvitationProblem.USED_BY_YOU) from error

    async def _redeem(
        self, session: AsyncSession, token: str, identity: Identity, now: dt.datetime
    ) -> Invitation:
        hashed = _hash(token)
        found = await session.scalar(
            select(InvitationRow).where(InvitationRow.token_hash == hashed)
        )
        if found is None or not hmac.compare_digest(found.token_hash, hashed):
            raise InvitationError(InvitationProblem.UNKNOWN)
        person = await session.get(PersonRow, identity.id, with_for_update=True)
        if person is not None and person.role.reaches(found.role):
            raise InvitationError(InvitationProblem.NOT_NEEDED)
        mark = mark_of(token, identity.id)
        for kind, who in ((InvitationUseRow, identity.id), (InvitationMarkRow, mark)):
            if await session.get(kind, (found.id, who)) is not None:
                raise InvitationError(InvitationProblem.USED_BY_YOU)
        taken = await session.scalar(
            update(InvitationRow)
            .where(
                InvitationRow.id == found.id,
                InvitationRow.used < InvitationRow.max_uses,
                InvitationRow.expires_at > now,
                InvitationRow.revoked_at.is_(None),
            )
            .values(used=InvitationRow.used + 1)
            .returning(InvitationRow.id)
            .execution_options(synchronize_session=False)
        )
        await session.refresh(found)
        invitation = found.as_value(Invitation)
        if taken is None:
            raise InvitationError(InvitationProblem(invitation.state(now).value))
        session.add(InvitationUseRow(invitation_id=taken, person_id=identity.id, used_at=now))
        session.add(InvitationMarkRow(invitation_id=taken, mark=mark))
        before = Role.STRANGER if person is None else person.role
        person = await put(session, identity, invitation.role, now)
        if found.name is not None:
            person.official_name, found.name = found.name, None
        event = AuditEvent(
            AuditAction.USE_INVITATION,
            subject=identity.id,
            target=f"#{taken}",
            details={"before": before.value, "after": invitation.role.value},
        )
        await append(session, on_telegram(identity.id), event, now)
        return invitation

    async def _denied(self, actor: Actor, problem: InvitationProblem, now: dt.datetime) -> None:
        repeats = self._repeats.noted((actor.person_id, problem), now, of_stranger=True)
        if repeats is None:
            return
        details = {"reason": problem.value, **repeats}
        event = AuditEvent(AuditAction.USE_INVITATION, denied=True, details=details)
        async with self._database.transaction() as session:
            await append(session, actor, event, now)
