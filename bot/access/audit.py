"""The audit log: every denied and every administrative action, never changed afterwards.

Entries name people by the number of an audit subject, never by name or Telegram id, and hold no
question and no token. What somebody is denied again and again within an hour is noted the first
time and then seldom, with its count (`bot/access/audit_throttle.py`). The database itself refuses
to change an entry, and to delete one that is not a year old. Erasing a person deletes the link
between that number and the person: the log stays whole and tells no more who it was.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, or_, select, union
from sqlalchemy.orm import aliased

from bot.access.person import SETTINGS, Actor, Channel
from bot.access.tables import AuditRow, AuditSubjectRow, PersonRow
from bot.database.once import first_time
from bot.database.statements import insert_or_ignore
from bot.retention import delete_rows

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import AsyncIterator, Mapping, Sequence

    from sqlalchemy import Select
    from sqlalchemy.ext.asyncio import AsyncSession

    from bot.database import Database

_BATCH = 200
"""Entries read at one go: nobody waits longer for the event loop than these take."""


class AuditAction(StrEnum):
    """What an entry is about; a feature adds its own here."""

    DENIED = "denied"
    SET_ROLE = "people.set_role"
    REMOVE = "people.remove"
    FORGET = "people.forget"
    EXPORT_DATA = "people.export_data"
    CONFIRM_NAME = "people.confirm_name"
    REFUSE_NAME = "people.refuse_name"
    REQUEST_TO_JOIN = "join.request"
    APPROVE = "join.approve"
    REFUSE = "join.refuse"
    CREATE_INVITATION = "invitation.create"
    NAME_INVITATION = "invitation.name"
    REVOKE_INVITATION = "invitation.revoke"
    USE_INVITATION = "invitation.use"
    EXPORT_AUDIT = "audit.export"
    PURGE_AUDIT = "audit.purge"
    RELOAD = "knowledge.reload.outcome"
    PROMOTE = "knowledge.promote"
    DISCARD = "knowledge.discard"
    ROLL_BACK = "knowledge.roll_back"
    STORE_DOCUMENT = "document.store"
    RETIRE_DOCUMENT = "document.retire"
    RESTORE_DOCUMENT = "document.restore"
    EDIT_DOCUMENT = "document.edit"
    DOWNLOAD_DOCUMENT = "document.download"
    EXPORT_ANSWER_LOG = "record.export"
    CLOSE_GAP = "record.close_gap"
    REOPEN_GAP = "record.reopen_gap"
    ANSWER_FORWARDED = "forwarded.answer"
    CLOSE_FORWARDED = "forwarded.close"
    APPROVE_QUESTION = "quiz.approve"
    CHANGE_QUESTION = "quiz.change"
    REJECT_QUESTION = "quiz.reject"
    RETIRE_QUESTION = "quiz.retire"
    RESTORE_QUESTION = "quiz.restore"
    IMPORT_QUESTIONS = "quiz.import"
    EXPORT_QUESTIONS = "quiz.export"
    EXPORT_LEARNERS = "learning.export"
    SET_DEADLINE = "learning.deadline"
    ISSUE_CERTIFICATE = "certificate.issue"
    REPLACE_CERTIFICATE = "certificate.replace"
    REVOKE_CERTIFICATE = "certificate.revoke"
    BACK_UP = "backup.make"
    RESTORE_BACKUP = "backup.restore"
    FORGIVE_CERTIFICATE = "certificate.forgive"


@dataclass(frozen=True, slots=True)
class AuditEvent:
    """What happened: to whom (`subject`, a Telegram id) or to what (`target`).

    `details` go into JSON; they must hold no question, no token, no name.
    """

    action: AuditAction
    denied: bool = False
    subject: int | None = None
    target: str | None = None
    details: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class AuditParty:
    """A person in an entry: `person_id` and `name` are None once that person is erased."""

    number: int
    person_id: int | None
    name: str | None


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """An entry as it is read; `at` is UTC."""

    id: int
    at: dt.datetime
    channel: Channel
    actor: AuditParty | None
    action: str
    denied: bool
    subject: AuditParty | None
    target: str | None
    details: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class AuditNote:
    """An entry that is to be part of the transaction of what it is about."""

    actor: Actor
    event: AuditEvent
    at: dt.datetime


class AuditLog:
    """Writes and reads the audit log."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def record(self, actor: Actor, event: AuditEvent, now: dt.datetime) -> None:
        """Append an entry in a transaction of its own."""
        async with self._database.transaction() as session:
            await append(session, actor, event, now)

    async def count(self) -> int:
        """Return how many entries there are."""
        async with self._database.session() as session:
            return await session.scalar(select(func.count()).select_from(AuditRow)) or 0

    async def page(self, offset: int, size: int) -> list[AuditEntry]:
        """Return `size` entries, newest first, after the first `offset`."""
        query = _entries().order_by(AuditRow.id.desc()).offset(offset).limit(size)
        async with self._database.session() as session:
            return [_entry(row) for row in await session.execute(query)]

    async def batches(self) -> AsyncIterator[list[AuditEntry]]:
        """Yield every entry, oldest first, some at a time; the database is not held meanwhile."""
        last = 0
        while True:
            query = _entries().where(AuditRow.id > last).order_by(AuditRow.id).limit(_BATCH)
            async with self._database.session() as session:
                entries = [_entry(row) for row in await session.execute(query)]
            if not entries:
                return
            yield entries
            last = entries[-1].id

    async def all(self) -> AsyncIterator[AuditEntry]:
        """Yield every entry, oldest first."""
        async for entries in self.batches():
            for entry in entries:
                yield entry

    async def purge(self, before: dt.datetime, now: dt.datetime) -> int:
        """Delete the entries before a moment, and who is in none any more; return how many.

        An entry tells of it. The database refuses to delete what is not a year old: DatabaseError.
        """
        deleted = await delete_rows(self._database, AuditRow, AuditRow.at < before)
        if deleted:
            named = union(
                select(AuditRow.actor).where(AuditRow.actor.is_not(None)),
                select(AuditRow.subject).where(AuditRow.subject.is_not(None)),
            )
            nameless = AuditSubjectRow.id.not_in(named.scalar_subquery())
            await delete_rows(self._database, AuditSubjectRow, nameless)
            details = {"entries": deleted, "before": str(before.date())}
            await self.record(SETTINGS, AuditEvent(AuditAction.PURGE_AUDIT, details=details), now)
        return deleted

    async def about(self, person_id: int) -> list[AuditEntry]:
        """Return the entries that a person made or that were made about them, oldest first."""
        async with self._database.session() as session:
            number = await session.scalar(_number(person_id))
            if number is None:
                return []
            theirs = or_(AuditRow.actor == number, AuditRow.subject == number)
            query = _entries().where(theirs).order_by(AuditRow.id)
            return [_entry(row) for row in await session.execute(query)]


async def append(session: AsyncSession, actor: Actor, event: AuditEvent, now: dt.datetime) -> None:
    """Append an entry in the transaction of the action that it is about; once for an update."""
    if not await first_time(session, f"audit {event.action} {event.target or event.subject}"[:88]):
        return
    session.add(
        AuditRow(
            at=now,
            channel=actor.channel.value,
            actor=await _subject(session, actor.person_id),
            action=event.action.value,
            denied=event.denied,
            subject=await _subject(session, event.subject),
            target=event.target,
            details=dict(event.details),
        )
    )
    await session.flush()


async def write_note(session: AsyncSession, note: AuditNote | None) -> None:
    """Append an entry, if there is one, in the transaction of what it is about."""
    if note is not None:
        await append(session, note.actor, note.event, note.at)


async def _subject(session: AsyncSession, person_id: int | None) -> int | None:
    """Return the number under which the log knows a person, giving one if need be."""
    if person_id is None:
        return None
    number = await session.scalar(_number(person_id))
    if number is None:
        # Somebody else may be giving the number at this moment; then theirs counts.
        await session.execute(insert_or_ignore(session, AuditSubjectRow, person_id=person_id))
        number = await session.scalar(_number(person_id))
    return number


def _number(person_id: int) -> Select[int]:
    return select(AuditSubjectRow.id).where(AuditSubjectRow.person_id == person_id)


def _entries() -> Select[AuditRow, int, str, int, str]:
    actor, subject = aliased(AuditSubjectRow), aliased(AuditSubjectRow)
    actor_person, subject_person = aliased(PersonRow), aliased(PersonRow)
    return (
        select(AuditRow, actor.person_id, actor_person.name, subject.person_id, subject_person.name)
        .outerjoin(actor, actor.id == AuditRow.actor)
        .outerjoin(actor_person, actor_person.id == actor.person_id)
        .outerjoin(subject, subject.id == AuditRow.subject)
        .outerjoin(subject_person, subject_person.id == subject.person_id)
    )


def _entry(row: Sequence[Any]) -> AuditEntry:
    entry: AuditRow = row[0]
    actor_id, actor_name, subject_id, subject_name = row[1:]
    return entry.as_value(
        AuditEntry,
        channel=Channel(entry.channel),
        actor=_party(entry.actor, actor_id, actor_name),
        subject=_party(entry.subject, subject_id, subject_name),
    )


def _party(number: int | None, person_id: int | None, name: str | None) -> AuditParty | None:
    return None if number is None else AuditParty(number, person_id, name)
