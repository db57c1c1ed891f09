"""Deeds of administrators and editors that change more than the database: files, the index.

What is meant is stored first; then it is done; then, in one transaction, the audit log says so and
the intent goes. A stop in between leaves the intent, and the next start finishes it: what is done
again must therefore find that it was done. A deed that changes the database alone needs none of
this: its audit entry is part of its transaction (`AuditNote`).
"""

from __future__ import annotations

import secrets
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import structlog
from sqlalchemy import delete, select

from bot.access.audit import AuditAction, AuditEvent, append
from bot.access.person import Actor, Channel
from bot.access.tables import DeedRow
from bot.database.errors import DatabaseError
from bot.database.once import chance

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import AsyncIterator, Callable, Mapping

    from bot.database import Database

_ACTIONS = frozenset(AuditAction)

_log = structlog.get_logger(__name__)


@dataclass(slots=True)
class Deed:
    """What somebody means to do; `details` are what doing it needs, as JSON keeps them.

    `id` marks what it does to files, so that doing it again finds that.
    """

    id: str
    action: AuditAction
    actor: Actor
    details: Mapping[str, Any]
    done: list[AuditEvent] = field(default_factory=list)
    """What the audit log will say."""
    told: list[tuple[int, str]] = field(default_factory=list)
    """Whom a deed that is finished at the start still has to tell what (HTML)."""

    @property
    def by(self) -> str:
        """Who does it, as the history of the documents says: a Telegram id, or the channel."""
        person_id = self.actor.person_id
        return str(self.details.get("by") or person_id or self.actor.channel.value)

    def did(
        self,
        target: str | None = None,
        details: Mapping[str, object] | None = None,
        *,
        action: AuditAction | None = None,
    ) -> None:
        """Note that something is done, by default what was meant."""
        self.done.append(AuditEvent(action or self.action, target=target, details=details or {}))


class Deeds:
    """Keeps what is meant until it is done and in the audit log, exactly once."""

    def __init__(self, database: Database, now: Callable[[], dt.datetime]) -> None:
        self._database = database
        self._now = now
        self._begun: set[str] = set()  # by this process
        self._not_noted: dict[str, Deed] = {}

    @asynccontextmanager
    async def doing(
        self, actor: Actor, action: AuditAction, **details: object
    ) -> AsyncIterator[Deed]:
        """Store what is meant, and at the end what was done of it (`Deed.did`).

        Raises DatabaseError before anything is done. Where the block fails with nothing done, the
        intent goes; where it is cut off, it stays for the next start.
        """
        deed = await self.begin(actor, action, **details)
        try:
            yield deed
        except Exception:
            await self.end(deed)
            raise
        await self.end(deed)

    async def begin(self, actor: Actor, action: AuditAction, **details: object) -> Deed:
        """Store what is meant; raises DatabaseError.

        Where an update is handled again after a kill, its deed is the same.
        """
        number = chance(secrets.SystemRandom()).randbytes(8).hex()
        deed = Deed(number, action, actor, details)
        async with self._database.transaction() as session:
            session.add(
                DeedRow(
                    id=deed.id,
                    action=action.value,
                    channel=actor.channel.value,
                    person_id=actor.person_id,
                    details=dict(details),
                    begun_at=self._now(),
                )
            )
        self._begun.add(deed.id)
        return deed

    async def end(self, deed: Deed) -> None:
        """Let the audit log say what was done, and the intent go: both or neither, once.

        Where the database can't take it now, `note_the_rest` or the next start does it.
        """
        try:
            await self.note(deed)
        except DatabaseError as error:
            _log.error("deed_not_noted", action=deed.action.value, reason=str(error))
            self._not_noted[deed.id] = deed
            return
        self._not_noted.pop(deed.id, None)
        self._begun.discard(deed.id)

    async def note(self, deed: Deed) -> None:
        """Do what `end` does, or raise DatabaseError."""
        async with self._database.transaction() as session:
            gone = await session.scalar(
                delete(DeedRow).where(DeedRow.id == deed.id).returning(DeedRow.id)
            )
            if gone is not None:  # else another process was quicker
                for event in deed.done:
                    await append(session, deed.actor, event, self._now())

    async def note_the_rest(self) -> None:
        """Note what was done when the database could not take it."""
        for deed in list(self._not_noted.values()):
            await self.end(deed)

    async def cut_off(self) -> list[Deed]:
        """Return what was meant before this process began and is not noted, oldest first."""
        async with self._database.session() as session:
            rows = await session.scalars(select(DeedRow).order_by(DeedRow.begun_at, DeedRow.id))
            return [
                Deed(
                    row.id,
                    AuditAction(row.action),
                    Actor(Channel(row.channel), row.person_id),
                    row.details,
                )
                for row in rows
                if row.id not in self._begun and row.action in _ACTIONS  # else: a later release's
            ]
